"""Sources that may be one, proposed with the reason; and the other way: saying that two are not one.

Nothing here merges: a person does, by `services.sources.merge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import pages
from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.match.names import Name
from workbench.match.names import proposals as pairs_of
from workbench.records import ActionRow, ArticleRow, ClaimRow, SourceRow
from workbench.services import lists
from workbench.services.store import Store
from workbench.text import clean_line

if TYPE_CHECKING:
    from db.models import Source


@dataclass(frozen=True, slots=True)
class SameSources:
    """Two sources that may be one: `stays` has more claims, `goes` would be merged into it."""

    stays: SourceRow
    goes: SourceRow
    why: str


def proposals(store: Store, search: str = "") -> list[SameSources]:
    """The pairs that nobody said are apart, those with most claims first; `search` narrows to names that hold it."""
    rows = {row.id: row for row in lists.source_rows(store)}
    with store.reading() as reader:
        told = {(row["source_id"], row["other_id"]) for row in pages.select(reader, "SELECT * FROM sourceapart")}
    found = []
    for pair in pairs_of(Name(row.id, row.name, row.kind) for row in rows.values()):
        if (pair.first, pair.second) in told:
            continue
        stays, goes = sorted((rows[pair.first], rows[pair.second]), key=lambda row: (-row.claims, row.id))
        if search.casefold() in f"{stays.name}\n{goes.name}".casefold():
            found.append(SameSources(stays, goes, pair.why))
    return sorted(found, key=lambda each: (-each.stays.claims, -each.goes.claims, each.stays.id, each.goes.id))


def of_source(store: Store, source_id: int, most: int) -> tuple[list[ClaimRow], list[ArticleRow]]:
    """The claims of a source most worth a check, and the articles that its claims stand in, at most `most` of each."""
    with store.reading() as reader:
        claims = pages.select(
            reader,
            "SELECT * FROM claim WHERE source_id = ? AND hidden = 0 ORDER BY check_worthiness DESC, id LIMIT ?",
            source_id,
            most,
        )
        places = pages.select(
            reader,
            "SELECT DISTINCT article_id FROM claim WHERE source_id = ? AND hidden = 0 ORDER BY 1 LIMIT ?",
            source_id,
            4 * most,
        )
        articles = [pages.articles(reader, {"id": place["article_id"]}, "date", 1)[0] for place in places]
    return [lists.to_claim_row(row) for row in claims], [lists.to_article_row(row) for row in articles]


def known(store: Store, name: str, but: int) -> int:
    """The number of the source of that name, most claims first, other than source `but`. Raises UsageError."""
    wanted = name.strip().casefold()
    for row in lists.source_rows(store, name.strip()):
        if row.id != but and wanted in (row.name.casefold(), f"s{row.id}"):
            return row.id
    raise UsageError(f"no other source is named “{clean_line(name)}”", "choose one of the list")


def keep_apart(store: Store, one_id: int, other_id: int) -> ActionRow:
    """Say that two sources are not one: they are not proposed again. Raises ConflictError when that was said."""
    from workbench.services.journal import act, to_action_row

    if one_id == other_id:
        raise UsageError("a source is itself", "name two sources")
    with store.writing() as session:
        first, second = (_named(session, number) for number in sorted((one_id, other_id)))
        before = _apart_from(session, first)
        if second.uid in before:
            raise ConflictError(f"s{first.id} and s{second.id} are known to be two", "nothing to change")
        label = f"s{first.id} {first.name} is not s{second.id} {second.name}"
        change = Change("source", first.id or 0, first.uid, "apart", before, sorted([*before, second.uid]))
        return to_action_row(act(session, store.reviewer, "source apart", label, [change]))


def part(store: Store, source_id: int, article_id: int) -> ActionRow:
    """Say that an article means somebody else by this name: its claims get a source of their own, named alike.

    Raises NotFoundError when the article has no claim of that source.
    """
    from sqlmodel import col, select

    from db.models import Claim
    from db.models import Source as Row
    from workbench.services.journal import act, new_uid, to_action_row

    with store.writing() as session:
        source = _named(session, source_id)
        mine = select(Claim).where(
            Claim.source_id == source.id, Claim.article_id == article_id, col(Claim.hidden).is_(False)
        )
        claims = list(session.exec(mine.order_by(col(Claim.id))))
        if not claims:
            raise NotFoundError(
                f"a{article_id} has no claim of s{source_id}", f"workbench show s{source_id} lists them"
            )
        other = Row(uid=new_uid(), name=source.name, kind=source.kind, article_id=article_id)
        session.add(other)
        session.flush()
        changes = [_given(claim, source, other) for claim in claims]
        label = f"s{source_id} {source.name} of a{article_id} is another: s{other.id}"
        return to_action_row(act(session, store.reviewer, "source part", label, changes))


def _given(claim: Any, before: Source, after: Source) -> Change:
    was = {"uid": before.uid, "name": before.name, "confirmed": claim.source_confirmed}
    now = {"uid": after.uid, "name": after.name, "confirmed": True}
    return Change("claim", claim.id, claim.uid, "source", was, now, claim.id, claim.article_id)


def _named(session: Any, source_id: int) -> Source:
    from db.models import Source

    found = session.get(Source, source_id) if 0 < source_id < 2**63 else None
    if found is None or found.hidden or found.merged_into_id is not None:
        raise NotFoundError(f"there is no source s{source_id}", "workbench sources lists them")
    return found  # type: ignore[no-any-return]


def _apart_from(session: Any, source: Source) -> list[str]:
    from sqlmodel import select

    from db.models import Source as Row
    from db.models import SourceApart

    known = select(Row.uid).join(SourceApart, Row.id == SourceApart.other_id).where(SourceApart.source_id == source.id)  # type: ignore[arg-type]
    return sorted(session.exec(known))
