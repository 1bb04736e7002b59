"""The lists of the desk and of the command line: rows, counts, facets, neighbours. On the driver alone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from db import pages
from workbench.errors import UsageError
from workbench.records import SORTS, ArticleRow, ClaimFilter, ClaimRow, Family, SourceRow
from workbench.services.store import Store


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of the desk's top line."""

    articles: int
    claims: int
    open: int
    sentences: int
    settled_sentences: int

    @property
    def coverage(self) -> float:
        """Share of the sentences that are settled, 0..1."""
        return self.settled_sentences / self.sentences if self.sentences else 1.0


def to_claim_row(row: Any) -> ClaimRow:
    """A record of a row of the table `claim`."""
    return ClaimRow(
        id=row["id"],
        article_id=row["article_id"],
        article_title=row["title"],
        outlet=row["outlet"],
        published=row["sort_date"] or None,
        kind=row["kind"],
        text=row["text"],
        wording=row["wording"],
        source=row["source_name"],
        source_kind=row["source_kind"],
        source_confirmed=bool(row["source_confirmed"]),
        anonymity=row["anonymity"],
        check_worthiness=row["check_worthiness"],
        status=row["status"],
        truth=row["truth"],
        attribution=row["attribution"],
        flags=tuple(json.loads(row["flags"])),
        family_id=row["family_id"],
        family_size=row["family_size"],
        family_alarm=row["family_alarm"],
        evidence_count=row["evidence_count"],
        anchor_state=row["anchor_state"],
        stale=bool(row["stale"]),
    )


def _where(wanted: ClaimFilter) -> pages.Where:
    return pages.claims_where(asdict(wanted))


def _checked_sort(sort: str) -> str:
    if sort not in SORTS:
        raise UsageError(f"unknown order {sort}", f"known are {', '.join(SORTS)}")
    return sort


def count_claims(store: Store, wanted: ClaimFilter) -> int:
    """How many claims match."""
    with store.reading() as reader:
        return pages.count_claims(reader, _where(wanted))


def claim_rows(
    store: Store,
    wanted: ClaimFilter,
    sort: str = "check",
    offset: int = 0,
    limit: int | None = 200,
    descending: bool = False,
) -> list[ClaimRow]:
    """Rows `offset` … `offset + limit` of the matching claims in that order; `descending` turns it round."""
    with store.reading() as reader:
        found = pages.claim_page(
            reader, _where(wanted), _checked_sort(sort), descending, offset, -1 if limit is None else limit
        )
    return [to_claim_row(row) for row in found]


def claim_position(store: Store, wanted: ClaimFilter, sort: str, claim_id: int, descending: bool = False) -> int | None:
    """Index of a claim in that order; None when it does not match."""
    with store.reading() as reader:
        return pages.claim_position(reader, _where(wanted), _checked_sort(sort), descending, claim_id)


def facets(store: Store, wanted: ClaimFilter) -> dict[str, list[tuple[str, int]]]:
    """Counts of kind, voice, status, verdict and outlet among the matching claims, most first."""
    with store.reading() as reader:
        where = _where(wanted)
        return {name: pages.facet(reader, where, name) for name in pages.facet_names()}


def next_claim(
    store: Store,
    wanted: ClaimFilter,
    sort: str,
    claim_id: int,
    *,
    only_open: bool,
    backwards: bool = False,
) -> int | None:
    """The claim after (or before) this one in that order, round the end; None when there is no other.

    With `only_open`, settled claims are passed over; the claim itself need not match any more.
    """
    if only_open:
        wanted = replace(wanted, marks=wanted.marks | {"open"})
    with store.reading() as reader:
        where = _where(wanted)
        found = pages.claim_neighbour(reader, where, _checked_sort(sort), backwards, claim_id)
        if found is None:
            first = pages.claim_page(reader, where, sort, backwards, 0, 1)
            found = first[0]["id"] if first else None
    return found if found != claim_id else None


def article_rows(
    store: Store,
    search: str = "",
    sort: str = "date",
    limit: int | None = None,
    *,
    outlet: str | None = None,
    since: str | None = None,
) -> list[ArticleRow]:
    """Articles by date (newest first), title, outlet, or check (most open claims first)."""
    if sort not in ("date", "title", "outlet", "check"):
        raise UsageError(f"unknown order {sort}", "known are date, title, outlet, check")
    criteria = {"search": search, "outlet": outlet, "since": since}
    with store.reading() as reader:
        found = pages.articles(reader, criteria, sort, -1 if limit is None else limit)
    return [to_article_row(row) for row in found]


def has_article(store: Store, article_id: int) -> bool:
    """Whether there is such an article."""
    with store.reading() as reader:
        return bool(pages.articles(reader, {"id": article_id}, "date", 1))


def to_article_row(row: Any) -> ArticleRow:
    """A record of a row of `pages.articles`."""
    return ArticleRow(
        row["id"], row["title"], row["outlet"], row["agency"], row["published"], row["url"], row["name"],
        row["versions"], row["claims"], row["open_claims"], row["sentences"], row["settled"],
    )  # fmt: skip


def source_rows(
    store: Store, search: str = "", kind: str | None = None, limit: int | None = None, sort: str = "claims"
) -> list[SourceRow]:
    """Sources that have claims, by claims (most first) or name."""
    if sort not in ("claims", "name"):
        raise UsageError(f"unknown order {sort}", "known are claims, name")
    with store.reading() as reader:
        found = pages.sources(reader, {"search": search, "kind": kind}, sort, -1 if limit is None else limit)
    return [to_source_row(row) for row in found]


def to_source_row(row: Any) -> SourceRow:
    """A record of a row of `pages.sources`."""
    return SourceRow(
        row["id"], row["name"], row["kind"], tuple(json.loads(row["aliases"] or "[]")), row["claims"],
        row["articles"], dict(Counter(json.loads(row["truths"] or "[]"))),
    )  # fmt: skip


def family_rows(store: Store, search: str = "", min_size: int = 2, limit: int | None = None) -> list[Family]:
    """Families, largest first, without their members."""
    with store.reading() as reader:
        found = pages.families(reader, {"search": search, "min_size": min_size}, -1 if limit is None else limit)
    return [to_family(row) for row in found]


def to_family(row: Any) -> Family:
    """A record of a row of the table `family`, without members."""
    return Family(row["id"], row["text"], row["size"], row["origins"], row["alarm"], row["earliest"])


def totals(store: Store) -> Totals:
    """The figures of the desk's top line."""
    with store.reading() as reader:
        row = pages.totals(reader)
    return Totals(row["articles"], row["claims"], row["open_claims"], row["sentences"], row["settled"])


def changed(store: Store) -> int:
    """A number that grows with every decision, ingest and undo of anybody, on this store and in any process.

    For a screen that wants to notice what others did: ask each second or so (it costs one look into an index), and
    when the number is another than after its own last action, read its rows again around the claim it stands on.
    """
    with store.reading() as reader:
        return int(pages.select(reader, "SELECT coalesce(max(seq), 0) FROM event")[0][0])
