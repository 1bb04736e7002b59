"""How a quote drifts: each member of a family against a chosen one. Computed when it is read, from the words alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db import cards, pages
from workbench.errors import NotFoundError, UsageError
from workbench.records import AlsoFound, Drift, Family, Occurrence, Relation, Variant, WordChange
from workbench.services.lists import to_family
from workbench.services.store import Store

if TYPE_CHECKING:
    from db.driver import Connection
    from workbench.match import Comparison, Piece, Quotation
    from workbench.spans import Span

MOST_TRIED = 600  # pairs compared to say through whom a claim is joined; a family may hold thousands

Key = tuple[str, str, str]  # a claim's quoted words, speaker and date: equal ones are compared once


def drift(store: Store, family_id: int, against: int | None = None) -> Drift:
    """The variants of a family against the claim `against`, the earliest where none is named.

    Raises NotFoundError where there is no such family, UsageError where the claim is not in it.
    """
    with store.reading() as reader:
        found = _family_row(reader, family_id)
        rows = cards.members(reader, family_id)
        decided = cards.kinships(reader, family_id)
    if found is None or len(rows) < 2:
        raise NotFoundError(f"there is no family f{family_id}", "workbench families lists them")
    base = next((row for row in rows if row["claim_id"] == against), None) if against else rows[0]
    if base is None:
        raise UsageError(f"c{against} is not in family f{family_id}", f"workbench show f{family_id} lists its claims")
    made = variants(rows, decided, base)
    return Drift(_with(found, made), base["claim_id"], made)


def _family_row(reader: Connection, family_id: int) -> Family | None:
    found = pages.families(reader, {"id": family_id}, 1)
    return to_family(found[0]) if found else None


def _with(family: Family, made: tuple[Variant, ...]) -> Family:
    return replace(family, members=tuple(each.member for each in made))


def variants(rows: Sequence[Any], decided: Sequence[Any], base: Any | None = None) -> tuple[Variant, ...]:
    """The rows of `cards.members`, in their order, each compared with `base`, by default the first."""
    base = rows[0] if base is None else base
    by = {number: row for row in decided if row["state"] == "confirmed" for number in row[:2]}
    read: dict[Key, Any] = {}
    for row in rows:
        if _key(row) not in read:
            read[_key(row)] = _compared(base, row)
    through = _through(rows, base, {key: linked for key, (linked, _, _) in read.items()}, by)
    origins: dict[str, int] = {}
    made = []
    for row in rows:
        origin = f"wire {row['agency'].casefold()}" if row["agency"] else f"text {row['source']}"
        earlier = origins.setdefault(origin, row["claim_id"])
        copied = earlier if earlier != row["claim_id"] and _other_article(rows, earlier, row) else None
        made.append(_variant(row, base, read[_key(row)], through.get(row["claim_id"], ""), copied, by))
    return tuple(made)


def _key(row: Any) -> Key:
    return row["words"] or "", row["source_name"] or "", row["sort_date"]


def _other_article(rows: Sequence[Any], claim_id: int, row: Any) -> bool:
    return any(each["claim_id"] == claim_id and each["article_id"] != row["article_id"] for each in rows)


def _compared(base: Any, row: Any) -> tuple[bool, Comparison, tuple[WordChange, ...]]:
    """Whether the two are linked, how they stand to each other, and the differences by word."""
    from workbench.match import beside, compare

    one, other = _quotation(base), _quotation(row)
    found = beside(one, other)
    changes = tuple(_changes(found.aligned, other.text))
    return compare(one, other) is not None, found, changes


def _changes(pieces: Sequence[Piece], text: str) -> Iterator[WordChange]:
    """The differences by word, with what `text` has in brackets between them: words that it stands for are replaced."""
    from workbench.match.words import words

    waiting = list(words(text).bracketed) if pieces else []
    ends = [piece.span_other.start for piece in pieces if piece.other]
    for piece in pieces:
        upto = piece.span_other.start if piece.other else next(iter(ends), len(text))
        remark = " ".join(span.of(text) for span in waiting if span.start < upto)
        waiting = [span for span in waiting if span.start >= max(upto, piece.span_other.end)]
        ends = ends[1:] if piece.other else ends
        if remark and not piece.other:
            yield WordChange("replace", piece.one, remark)
            continue
        if remark:
            yield WordChange("insert", "", remark)
        yield WordChange(piece.operation, piece.one, _in_brackets(piece.span_other, text) or piece.other)
    if waiting:
        yield WordChange("insert", "", " ".join(span.of(text) for span in waiting))


def _in_brackets(span: Span, text: str) -> str:
    """The stretch with the brackets right around it, "" where there are none."""
    around = text[max(0, span.start - 1) : span.end + 1]
    return around if span.start < span.end and around[:1] == "[" and around[-1:] == "]" else ""


def _quotation(row: Any) -> Quotation:
    from workbench.match import Quotation

    return Quotation(row["words"] or "", row["source_name"], row["sort_date"] or None)


def _through(rows: Sequence[Any], base: Any, linked: Mapping[Key, bool], by: Mapping[int, Any]) -> Mapping[int, str]:
    """For each claim that is not linked to `base`: by whom it is in the family all the same, in words.

    Claims are reached from those that are linked, by likeness first, then from those that a person put here.
    """
    found: dict[int, str] = {}
    if all(linked.values()):
        return found
    reached = [row for row in rows if linked[_key(row)] or row is base]
    missing = [row for row in rows if not linked[_key(row)] and row is not base]
    missing = _spread(reached, missing, found)
    put_here = [row for row in missing if row["claim_id"] in by]
    found |= {row["claim_id"]: "put here by a person" for row in put_here}
    missing = _spread(put_here, [row for row in missing if row["claim_id"] not in by], found)
    return found | {row["claim_id"]: "joined through other variants" for row in missing}


def _spread(fresh: Sequence[Any], missing: Sequence[Any], found: dict[int, str]) -> list[Any]:
    """Note through which claim the missing rows are joined, as far as links lead; returns those not reached."""
    from workbench.match import compare

    tried = 0
    waiting, near = list(missing), {_key(row): row for row in reversed(fresh)}
    while near and waiting and tried < MOST_TRIED:
        reached: dict[Key, Any] = {}
        rest = []
        for row in waiting:
            links = [(link.score, each["claim_id"]) for each in near.values()
                     if (link := compare(_quotation(each), _quotation(row))) is not None]  # fmt: skip
            tried += len(near)
            if links:
                _, through = max(links, key=lambda entry: (entry[0], -entry[1]))
                found[row["claim_id"]] = f"joined through c{through}"
                reached.setdefault(_key(row), row)
            else:
                rest.append(row)
        waiting, near = rest, reached
    return waiting


def _variant(row: Any, base: Any, compared: Any, through: str, copied: int | None, by: Mapping[int, Any]) -> Variant:
    _, found, changes = compared
    first = row["claim_id"] == base["claim_id"]
    relation: Relation = "earliest" if first else found.relation
    if copied and not first and relation in ("same", "near"):
        relation = "wire copy"
    carried = f"carried by {row['agency']} as well" if row["agency"] else f"a copy of a{row['source']}"
    again = "perhaps another occasion" if _far(base, row) and not through else ""
    why = "; ".join(filter(None, (carried if copied else "", found.why, again, through)))
    member = Occurrence(
        row["claim_id"], row["article_id"], row["outlet"], row["agency"], row["sort_date"] or None, row["text"],
        relation, 1.0 if first else found.score, () if first else found.alarms, "the earliest" if first else why,
        "confirmed" if row["claim_id"] in by else "suggested", () if first else changes,
    )  # fmt: skip
    decided = by.get(row["claim_id"])
    return Variant(
        member, row["words"] or "", row["source_name"], bool(row["headline"]), () if first else changes, copied,
        decided["reviewer"] if decided else None, decided["at"] if decided else None,
    )  # fmt: skip


def _far(one: Any, other: Any) -> bool:
    from workbench.match.compare import FAR, days_between

    return (days_between(one["sort_date"], other["sort_date"]) or 0) > FAR


def also_found(store: Store, claim_id: int) -> tuple[AlsoFound, ...]:
    """Claims outside the family of a claim that share its words, best first, with the reason why they stay outside.

    Words that would be the same utterance on the same day are among them, however long before or after.
    """
    from workbench.match import beside

    with store.reading() as reader:
        own = cards.quoted_words(reader, claim_id)
        rows = cards.also_found(reader, claim_id, _likely(reader, own["words"] or "")) if own else []
    found = []
    for row in rows:
        apart = _apart(own, row)
        if apart is not None:
            there = beside(_quotation(own), _quotation(row))
            found.append(
                AlsoFound(row["claim_id"], row["outlet"], row["sort_date"] or None, row["text"], row["family_id"],
                          there.score, there.why + apart)
            )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.score, each.claim_id)))


def _apart(own: Any, row: Any) -> str | None:
    """What to add about the occasion of two quotes of different families, None where they have nothing in common."""
    from workbench.match import compare

    one, other = _quotation(own), _quotation(row)
    if compare(one, other) is not None:
        return ""
    again = compare(replace(one, date=None), replace(other, date=None)) is not None
    return "; said on another occasion, not the same utterance" if again else None


def _likely(reader: Connection, words: str) -> list[int]:
    """The forms that share grams enough with a quote to be held against it, its own among them."""
    from workbench.match.forms import form_of, form_profile
    from workbench.services import nearby

    own = form_profile(form_of(words).text)
    return sorted(each.form_id for each in nearby.candidates_of(reader, own.grams))
