"""The lists of the desk and of the command line: rows, counts, facets, neighbours. On the driver alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from db import counting, pages
from workbench.errors import UsageError
from workbench.records import SORTS, ArticleRow, ClaimFilter, ClaimRow, Family, SourceRow
from workbench.services.store import Stop, Store


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


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims match and their facets, each most first; not `exact`: counted so far and no further."""

    number: int
    exact: bool
    facets: dict[str, list[tuple[str, int]]]

    def __str__(self) -> str:
        return f"{self.number:,}" if self.exact else f"{self.number:,}+"


@dataclass(frozen=True, slots=True)
class KeyMap:
    """A sparse map of a list: how many claims match, and the key of every `step`th, from which a page is read on.

    It is of the list as it stood; who shows that list drops it when they read the list anew.
    """

    count: int
    keys: Sequence[tuple[Any, ...]]
    step: int

    def before(self, offset: int) -> tuple[tuple[Any, ...] | None, int]:
        """The last key that stands before row `offset`, and how many rows lie between; None: the beginning."""
        place = min(offset // self.step, len(self.keys))
        return (self.keys[place - 1] if place else None), offset - place * self.step


STEP = 200  # rows from key to key: as many as the desk reads at once
DEEP = 10_000  # rows that are passed over from the beginning without asking how many there are
BATCH = 2_000  # rows that are read at once where all are wanted
COUNTED = 10_000  # claims that are counted one by one, where the counters do not tell


def to_claim_row(row: Any) -> ClaimRow:
    """A record of a row of the table `claim`, with `copies`, the size of its family (pages.CLAIM)."""
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
        family_size=row["copies"] or 0,
        family_alarm=row["family_alarm"],
        evidence_count=row["evidence_count"],
        anchor_state=row["anchor_state"],
        stale=bool(row["stale"]),
    )


def _where(wanted: ClaimFilter) -> pages.Where:
    return pages.claims_where(asdict(wanted))


def _checked_sort(sort: str) -> str:
    if sort not in (*SORTS, pages.RELEVANCE):
        raise UsageError(f"unknown order {sort}", f"known are {', '.join(SORTS)}")
    return sort


def count_claims(store: Store, wanted: ClaimFilter, stop: Stop | None = None) -> int:
    """How many claims match, exactly, however long that takes: at once where `counts_at_once` says so."""
    with store.reading(stop) as reader:
        if (where := counting.counted(asdict(wanted))) is not None:
            return counting.count(reader, where)
        return pages.count_claims(reader, _where(wanted))


def open_claims(store: Store, wanted: ClaimFilter, limit: int = 1_000) -> tuple[int, bool]:
    """How many of the matching claims are open, and whether that is exact: uncounted ones are told up to `limit`."""
    wanted = replace(wanted, marks=wanted.marks | {"open"})
    with store.reading() as reader:
        if (where := counting.counted(asdict(wanted))) is not None:
            return counting.count(reader, where), True
        found = pages.count_claims(reader, _where(wanted), limit + 1)
    return min(found, limit), found <= limit


def counts_at_once(wanted: ClaimFilter) -> bool:
    """Whether the counters tell how many match: any of kind, status, verdict, outlet and some marks, or nothing."""
    return counting.counted(asdict(wanted)) is not None


def tally(store: Store, wanted: ClaimFilter, stop: Stop | None = None, limit: int = COUNTED) -> Tally:
    """Count the matching claims and their facets: from the counters, exactly, else one by one and up to `limit`.

    For a worker thread: `stop.now()` from another thread ends it, and it raises StoppedError.
    """
    with store.reading(stop) as reader:
        if (where := counting.counted(asdict(wanted))) is not None:
            facets = {name: counting.facet(reader, where, name) for name in counting.FACETS}
            return Tally(counting.count(reader, where), True, facets)
        combinations = pages.facet_values(reader, _where(wanted), -1 if limit < 0 else limit + 1)
    found = sum(row["number"] for row in combinations)
    counts: dict[str, Counter[str]] = {name: Counter() for name in counting.FACETS}
    for row in combinations:
        for name in counting.FACETS:
            counts[name][row[name]] += row["number"]
    facets = {name: sorted(count.items(), key=lambda one: (-one[1], one[0])) for name, count in counts.items()}
    return Tally(min(found, limit) if limit >= 0 else found, limit < 0 or found <= limit, facets)


def claim_rows(
    store: Store,
    wanted: ClaimFilter,
    sort: str = "check",
    offset: int = 0,
    limit: int | None = 200,
    descending: bool = False,
    stop: Stop | None = None,
    keys: KeyMap | None = None,
) -> list[ClaimRow]:
    """Rows `offset` … `offset + limit` of the matching claims in that order; `descending` turns it round.

    `keys` is the map of this very list, where there is one: then a page in the midst of it is as quick as the first.
    """
    size = -1 if limit is None else limit
    with store.reading(stop) as reader:
        where, counted = _where(wanted), counting.counted(asdict(wanted))
        if keys is not None:
            key, rest = keys.before(offset)
            found = pages.claim_page(reader, where, _checked_sort(sort), descending, rest, size, key)
            return [to_claim_row(row) for row in found]
        total = counting.count(reader, counted) if offset >= DEEP and counted is not None else 0
        if size >= 0 and 2 * offset > total > 0:  # nearer to the end: passed over from there
            size = max(min(size, total - offset), 0)
            after = max(total - offset - size, 0)
            found = pages.claim_page(reader, where, _checked_sort(sort), not descending, after, size)[::-1]
        else:
            found = pages.claim_page(reader, where, _checked_sort(sort), descending, offset, size)
    return [to_claim_row(row) for row in found]


def every_claim(store: Store, wanted: ClaimFilter, sort: str = "check", most: int | None = None) -> Iterator[ClaimRow]:
    """Every matching claim in that order, or the first `most`; each page is read from the key of the one before."""
    key, left = None, most
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        if sort == pages.RELEVANCE and wanted.search.strip():
            size = -1 if most is None else most  # each page would rank every match anew
        with store.reading() as reader:
            found = pages.claim_page(reader, _where(wanted), _checked_sort(sort), False, 0, size, key)
        yield from map(to_claim_row, found)
        if len(found) < size or size < 0:
            return
        left = None if left is None else left - size
        key = pages.key_of(found[-1], sort)


def key_map(store: Store, wanted: ClaimFilter, sort: str, descending: bool = False, stop: Stop | None = None) -> KeyMap:
    """The map of a list, made by reading all of it: for a worker. Raises StoppedError.

    An order by relevance has no keys: of that one the count alone.
    """
    if sort == pages.RELEVANCE and wanted.search.strip():
        return KeyMap(count_claims(store, wanted, stop), (), STEP)
    with store.reading(stop) as reader:
        plain = "check" if sort == pages.RELEVANCE else _checked_sort(sort)
        keys, count = pages.claim_keys(reader, _where(wanted), plain, descending, STEP)
    return KeyMap(count, keys, STEP)


def claim_position(
    store: Store,
    wanted: ClaimFilter,
    sort: str,
    claim_id: int,
    descending: bool = False,
    stop: Stop | None = None,
    within: int = -1,
) -> int | None:
    """Index of a claim in that order; None when it does not match, or stands behind the first `within` rows."""
    with store.reading(stop) as reader:
        return pages.claim_position(reader, _where(wanted), _checked_sort(sort), descending, claim_id, within)


def facets(store: Store, wanted: ClaimFilter) -> dict[str, list[tuple[str, int]]]:
    """Exact counts of kind, voice, status, verdict and outlet among the matching claims, most first."""
    return tally(store, wanted, limit=-1).facets


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
        row["same_text"],
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


def family_rows(
    store: Store,
    search: str = "",
    min_size: int = 2,
    limit: int | None = None,
    *,
    sort: str = "size",
    since: str | None = None,
) -> list[Family]:
    """Families by size, origins (most first) or date (latest first), without their members."""
    wanted = {"search": search, "min_size": min_size, "since": since}
    with store.reading() as reader:
        found = pages.families(reader, wanted, -1 if limit is None else limit, sort)
    return [to_family(row) for row in found]


def family_claims(store: Store, family_id: int) -> list[int]:
    """The claims of a family, by number."""
    with store.reading() as reader:
        sql = "SELECT id FROM claim WHERE family_id = ? AND NOT hidden ORDER BY id"
        return [row["id"] for row in pages.select(reader, sql, family_id)]


def to_family(row: Any) -> Family:
    """A record of a row of the table `family`, without members."""
    return Family(row["id"], row["text"], row["size"], row["origins"], row["alarm"], row["earliest"])


def totals(store: Store) -> Totals:
    """The figures of the desk's top line, from the counters."""
    with store.reading() as reader:
        held = counting.totals(reader)
        claims, still_open = (
            counting.count(reader, counting.counted({"marks": marks}) or pages.Where("0")) for marks in ((), ("open",))
        )
    return Totals(held["articles"], claims, still_open, held["sentences"], held["settled sentences"])


def changed(store: Store) -> int:
    """A number that grows with every decision, ingest and undo of anybody, on this store and in any process.

    For a screen that wants to notice what others did: ask each second or so (it costs one look into an index), and
    when the number is another than after its own last action, read its rows again around the claim it stands on.
    """
    with store.reading() as reader:
        return int(pages.select(reader, "SELECT coalesce(max(seq), 0) FROM event")[0][0])


@dataclass(frozen=True, slots=True)
class Change:
    """Something that somebody did to a claim: `what` is the field, or what was added or taken away.

    `elsewhere` unless it was done through the store that was asked.
    """

    reviewer: str
    claim_id: int | None
    what: str
    elsewhere: bool = True


def changes_since(store: Store, number: int) -> tuple[int, list[Change]]:
    """What `changed` is now, and what was done since it was `number`, oldest first, of at most the last 1,000."""
    sql = (
        "SELECT event.seq, event.action_id AS action, action.reviewer, event.claim_id AS claim,"
        " iif(event.subject = 'claim', event.field, event.subject) AS what FROM event"
        " JOIN action ON action.id = event.action_id WHERE event.seq > ? ORDER BY event.seq DESC LIMIT 1000"
    )
    with store.reading() as reader:
        found = pages.select(reader, sql, number)
    return (found[0][0] if found else number), [
        Change(row["reviewer"], row["claim"], row["what"], row["action"] not in store.done) for row in reversed(found)
    ]
