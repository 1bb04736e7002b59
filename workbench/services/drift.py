"""How a quote drifts: each member of a family against a chosen one. Computed when it is read, from the words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from db import cards, pages
from workbench.errors import NotFoundError, UsageError
from workbench.records import AlsoFound, Drift, Family, Occurrence, Variant, WordChange
from workbench.services.lists import to_family
from workbench.services.store import Store

Relation = Literal["earliest", "same", "near", "fragment", "wire copy"]

if TYPE_CHECKING:
    from db.driver import Connection
    from workbench.match import Quotation


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
    from dataclasses import replace

    return replace(family, members=tuple(each.member for each in made))


def variants(rows: Sequence[Any], decided: Sequence[Any], base: Any | None = None) -> tuple[Variant, ...]:
    """The rows of `cards.members`, in their order, each compared with `base`, by default the first."""
    base = rows[0] if base is None else base
    by = {number: row["reviewer"] for row in decided if row["state"] == "confirmed" for number in row[:2]}
    origins: dict[str, int] = {}
    read: dict[tuple[str, str, str], Any] = {}
    made = []
    for row in rows:
        origin = f"wire {row['agency'].casefold()}" if row["agency"] else f"text {row['source']}"
        earlier = origins.setdefault(origin, row["claim_id"])
        key = (row["words"] or "", row["source_name"] or "", row["sort_date"])
        if key not in read:
            read[key] = _compared(base, row)
        wire_of = earlier if earlier != row["claim_id"] and _other_article(rows, earlier, row) else None
        made.append(_variant(row, base, read[key], wire_of, by))
    return tuple(made)


def _other_article(rows: Sequence[Any], claim_id: int, row: Any) -> bool:
    return any(each["claim_id"] == claim_id and each["article_id"] != row["article_id"] for each in rows)


def _compared(base: Any, row: Any) -> tuple[Any, tuple[WordChange, ...]]:
    from workbench.match import compare, word_diff

    link = compare(_quotation(base), _quotation(row))
    pieces = word_diff(base["words"] or "", row["words"] or "")
    return link, tuple(WordChange(piece.operation, piece.one, piece.other) for piece in pieces)


def _quotation(row: Any) -> Quotation:
    from workbench.match import Quotation

    return Quotation(row["words"] or "", row["source_name"], row["sort_date"] or None)


def _variant(row: Any, base: Any, compared: Any, wire_of: int | None, by: Mapping[int, str | None]) -> Variant:
    link, changes = compared
    first = row["claim_id"] == base["claim_id"]
    relation: Relation = "earliest" if first else "wire copy" if wire_of else link.relation if link else "near"
    why = "the earliest" if first else link.why if link else "joined through other variants or by a person"
    if wire_of and row["agency"]:
        why = f"carried by {row['agency']} as well; {why}"
    member = Occurrence(
        row["claim_id"], row["article_id"], row["outlet"], row["agency"], row["sort_date"] or None, row["text"],
        relation, 1.0 if first else link.score if link else 0.0, () if first or link is None else link.alarms, why,
        "confirmed" if row["claim_id"] in by else "suggested", () if first else changes,
    )  # fmt: skip
    return Variant(
        member, row["words"] or "", row["source_name"], bool(row["headline"]), () if first else changes, wire_of,
        by.get(row["claim_id"]),
    )  # fmt: skip


def also_found(store: Store, claim_id: int) -> tuple[AlsoFound, ...]:
    """Claims outside the family of a claim that share its words, best first, with the reason why they stay outside."""
    from workbench.match import Quotation, compare

    with store.reading() as reader:
        own = cards.quoted_words(reader, claim_id)
        rows = cards.also_found(reader, claim_id, _alike(reader, own["words"] or "")) if own else []
    found = []
    for row in rows:
        mine = Quotation(own["words"] or "", own["source_name"], own["sort_date"] or None) if own else None
        link = compare(mine, _quotation(row)) if mine else None
        if link is not None:
            found.append(
                AlsoFound(row["claim_id"], row["outlet"], row["sort_date"] or None, row["text"], row["family_id"],
                          link.score, link.why)
            )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.score, each.claim_id)))


def _alike(reader: Connection, words: str) -> list[int]:
    """The forms that some occasion would link to a quote, its own among them."""
    from workbench.match.compare import related
    from workbench.match.forms import form_of, form_profile
    from workbench.services import nearby

    own = form_profile(form_of(words).text)
    likely = nearby.candidates_of(reader, own.grams)
    return sorted(each.form_id for each in likely if related(own, form_profile(each.text)) is not None)
