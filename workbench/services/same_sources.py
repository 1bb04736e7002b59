"""Sources that may be one, proposed with the reason; and the other way: saying that two are not one.

Nothing here merges: a person does, by `services.sources.merge`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import pages
from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.match.names import SAME, Name, namesakes
from workbench.match.names import proposals as pairs_of
from workbench.records import ActionRow, ArticleRow, ClaimRow, SourceRow
from workbench.services import lists
from workbench.services.store import Store
from workbench.text import clean_line

if TYPE_CHECKING:
    from db.models import Source


@dataclass(frozen=True, slots=True)
class SameSources:
    """Sources that may be one: `stays` has most claims, those of `goes` would be merged into it.

    `places` are, for each of them by its number, the articles that its claims stand in, with their outlets.
    """

    stays: SourceRow
    goes: tuple[SourceRow, ...]
    why: str
    places: Mapping[int, Sequence[Place]]

    @property
    def ids(self) -> list[int]:
        """The numbers of all of them."""
        return [self.stays.id, *(row.id for row in self.goes)]


@dataclass(frozen=True, slots=True)
class Place:
    """An article that a source speaks in."""

    article_id: int
    outlet: str | None

    def __str__(self) -> str:
        return f"a{self.article_id} {self.outlet}" if self.outlet else f"a{self.article_id}"


def proposals(store: Store, search: str = "") -> list[SameSources]:
    """What may be one and nobody said is apart, those with most claims first; `search` narrows to names that hold it.

    Sources of one name are one proposal, however many they are; of names that are only alike, each pair.
    """
    rows = {row.id: row for row in lists.source_rows(store)}
    apart = _told_apart(store)
    groups = [group for same in _same_names(rows.values()) for group in _parted(same, apart)]
    found = [(group, SAME) for group in groups if len(group) > 1]
    found += [(pair, why) for pair, why in _alike(groups, rows) if pair[1].id not in apart[pair[0].id]]
    wanted = [each for each in found if search.casefold() in "\n".join(row.name for row in each[0]).casefold()]
    places = _places(store, [row.id for group, _ in wanted for row in group])
    made = [
        SameSources(group[0], tuple(group[1:]), why, {row.id: places[row.id] for row in group}) for group, why in wanted
    ]
    return sorted(made, key=lambda each: (-each.stays.claims, -each.goes[0].claims, each.stays.id, each.goes[0].id))


def _told_apart(store: Store) -> Mapping[int, set[int]]:
    """For each source those that somebody said it is not."""
    apart: dict[int, set[int]] = defaultdict(set)
    with store.reading() as reader:
        for row in pages.select(reader, "SELECT source_id, other_id FROM sourceapart"):
            apart[row["source_id"]].add(row["other_id"])
            apart[row["other_id"]].add(row["source_id"])
    return apart


def _same_names(rows: Iterable[SourceRow]) -> list[list[SourceRow]]:
    """The sources by their names, of each name those with most claims first."""
    ordered = {row.id: row for row in sorted(rows, key=lambda row: (-row.claims, row.id))}
    names = [Name(row.id, row.name, row.kind) for row in ordered.values()]
    return [[ordered[name.id] for name in same] for same in namesakes(names)]


def _parted(same: Sequence[SourceRow], apart: Mapping[int, set[int]]) -> list[list[SourceRow]]:
    """Sources of one name in groups without two that were told apart or differ in kind; each joins the first it can."""
    groups: list[tuple[dict[int, SourceRow], set[str]]] = []
    for row in same:
        kinds = {row.kind} - {"unknown"}
        fits = (each for each in groups if apart[row.id].isdisjoint(each[0]) and len(each[1] | kinds) <= 1)
        group = next(fits, None)
        if group is None:
            group = ({}, set())
            groups.append(group)
        group[0][row.id] = row
        group[1].update(kinds)
    return [list(group.values()) for group, _ in groups]


def _alike(
    groups: Sequence[Sequence[SourceRow]], rows: Mapping[int, SourceRow]
) -> Iterator[tuple[list[SourceRow], str]]:
    """Pairs of sources whose names are alike without being the same: of each group the one with most claims."""
    for pair in pairs_of(Name(group[0].id, group[0].name, group[0].kind) for group in groups):
        if pair.why != SAME:
            yield sorted((rows[pair.first], rows[pair.second]), key=lambda row: (-row.claims, row.id)), pair.why


def _places(store: Store, ids: Sequence[int]) -> Mapping[int, Sequence[Place]]:
    """For each of these sources the articles of its claims."""
    found: dict[int, list[Place]] = defaultdict(list)
    sql = (
        "SELECT DISTINCT source_id, article_id, outlet FROM claim"
        " WHERE hidden = 0 AND source_id IN (SELECT value FROM json_each(?)) ORDER BY source_id, article_id"
    )
    with store.reading() as reader:
        for row in pages.select(reader, sql, json.dumps(ids)):
            found[row["source_id"]].append(Place(row["article_id"], row["outlet"]))
    return found


def of_source(store: Store, source_id: int, most: int) -> tuple[list[ClaimRow], list[ArticleRow]]:
    """The claims of a source most worth a check, and the articles that its claims stand in, at most `most` of each."""
    with store.reading() as reader:
        claims = pages.select(
            reader,
            f"SELECT {pages.CLAIM} FROM claim WHERE source_id = ? AND hidden = 0"
            " ORDER BY check_worthiness DESC, id LIMIT ?",
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


def keep_apart(store: Store, *source_ids: int) -> ActionRow:
    """Say that no two of these sources are one: nobody is asked again. Raises ConflictError when that was said."""
    from workbench.services.journal import act, to_action_row

    ids = sorted(set(source_ids))
    if len(ids) < 2:
        raise UsageError("a source is itself", "name two sources")
    with store.writing() as session:
        named = [_named(session, number) for number in ids]
        changes = []
        for place, source in enumerate(named):
            before = _apart_from(session, source)
            after = sorted({*before, *(other.uid for other in named[place + 1 :])})
            if after != before:
                changes.append(Change("source", source.id or 0, source.uid, "apart", before, after))
        first, second, *more = named
        if not changes:
            raise ConflictError(
                f"{_listed(named)} are known to be {'two' if not more else 'apart'}", "nothing to change"
            )
        label = f"s{first.id} {first.name} is not s{second.id} {second.name}"
        if more:
            label = f"{_listed(named)} are {len(named)} sources"
        return to_action_row(act(session, store.reviewer, "source apart", label, changes))


def _listed(named: Sequence[Source]) -> str:
    """The numbers of some sources, of many the first and the last."""
    ids = [f"s{source.id}" for source in named]
    return f"{', '.join(ids[:-1])} and {ids[-1]}" if len(ids) <= 6 else f"{', '.join(ids[:4])} … and {ids[-1]}"


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
