"""Families: the same words in several articles. Candidates come from the index of grams, `match` decides.

Everything here is a suggestion; what a person confirmed or rejected stays.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import candidates
from workbench.services.journal import new_uid

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.match.compare import Link, Quotation
    from workbench.match.families import FamilyDraft


def update(session: Session, article_id: int) -> None:
    """Compare the quotes of an article that came in, changed or went away, and regroup every family they touch."""
    own = candidates.claims_of_article(session, article_id)
    touched = sorted({*own, *candidates.relatives(session, own)})
    shown = candidates.quotes(session, touched)
    candidates.forget(session, sorted(set(own) - {row.id for row in shown}))
    known = candidates.placed(session, touched)
    for row in shown:
        if row.id not in known:
            _compare(session, row)
    regroup(session, sorted({*touched, *candidates.connected(session, touched)}))


def forget_reworded(session: Session, article_id: int) -> None:
    """Take the quotes of an article that stand on other words than before out of the index; `update` reads them."""
    from db import readings

    candidates.forget(session, readings.reworded(session, article_id))


def _quotation(row: Any) -> Quotation:
    from workbench.match.compare import Quotation

    return Quotation(row.words, row.speaker, row.date or None, row.origin)


def _compare(session: Session, row: Any) -> None:
    """Store the links of one quote to those that share its grams, and index it.

    A quote that is equal to an indexed one is linked to that one alone and stays out of the index: `match.group` lets
    equal quotes share their links, so a stock phrase stored a thousand times costs little more than once.
    """
    from workbench.match.compare import compare
    from workbench.match.grams import grams_of

    own, quotation = grams_of(row.words).all, _quotation(row)
    others = candidates.quotes(session, candidates.find(session, row.id, own))
    equal = [other for other in others if _quotation(other) == quotation][:1]
    if not equal:
        candidates.add(session, row.id, own)
    rows = []
    for other in equal or others:
        link = compare(quotation, _quotation(other))
        if link is not None:
            first, second = sorted((row.id, other.id))
            rows.append(
                {"first_id": first, "second_id": second, "relation": link.relation, "score": link.score,
                 "alarms": json.dumps(link.alarms), "why": link.why}
            )  # fmt: skip
    candidates.put_links(session, rows)


def regroup(session: Session, claim_ids: Sequence[int]) -> None:
    """Form the families among these claims anew from their links."""
    from workbench.match.families import group

    rows = candidates.quotes(session, claim_ids)
    place = {row.id: index for index, row in enumerate(rows)}
    links = [
        (place[link.first_id], place[link.second_id], _link(link))
        for link in candidates.links_among(session, list(place))
    ]
    drafts = group([_quotation(row) for row in rows], links) if links else []
    _write(session, claim_ids, [row.id for row in rows], drafts, {row.id: row for row in rows})


def _link(row: Any) -> Link:
    from workbench.match.compare import Link

    return Link(row.relation, row.score, tuple(json.loads(row.alarms)), (), row.why)


def _write(
    session: Session, claim_ids: Sequence[int], ids: list[int], drafts: list[FamilyDraft], rows: dict[int, Any]
) -> None:
    """Replace the families of `claim_ids`; a family keeps its number with its earliest member that had one."""
    numbers = candidates.family_numbers(session, claim_ids)
    candidates.clear_families(session, claim_ids)
    taken: set[int] = set()
    for draft in drafts:
        members = [ids[index] for index in draft.indexes]
        kept = next((numbers[one] for one in members if one in numbers and numbers[one] not in taken), None)
        first = rows[members[0]]
        columns = {
            "size": len(members), "origins": draft.origins, "alarm": ", ".join(draft.alarms) or None,
            "earliest": first.date or None, "text": first.words, "hidden": False,
        }  # fmt: skip
        family_id = candidates.put_family(session, kept, new_uid(), columns)
        taken.add(family_id)
        candidates.put_members(
            session,
            [
                {"claim_id": ids[member.index], "family_id": family_id, "place": place, "relation": member.relation,
                 "score": member.score, "alarms": json.dumps(member.alarms), "why": member.why, "state": "suggested"}
                for place, member in enumerate(draft.members)
            ],
        )  # fmt: skip
