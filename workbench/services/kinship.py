"""What people decide about families: these are one, this is not one of them. Each is an event; no later run undoes it.

A decision is kept between claims: "confirmed" (one family) or "rejected" (the first of the two was put out). A family
is formed by `services.families`, which these decisions bind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError, UsageError
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services.journal import act, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

_WITNESSES = 50  # members of a family from which a claim is kept apart; a family may hold thousands

Decision = tuple[int, int, str | None]


def confirm(store: Store, family_id: int, claim_ids: Sequence[int] = ()) -> ActionRow:
    """Say that claims belong to a family, all of its members where none is named.

    Raises NotFoundError where there is no such family, UsageError where a claim is not in it.
    """
    with store.writing() as session:
        members = _members(session, family_id)
        chosen = _among(members, claim_ids, family_id) or members[1:]
        first = next((one for one in members if one not in chosen), members[0])
        wanted = [(one, first, "confirmed") for one in chosen if one != first]
        return _decide(session, store, f"confirm f{family_id}", wanted, members)


def reject(store: Store, family_id: int, claim_ids: Sequence[int]) -> ActionRow:
    """Put claims out of a family, each by itself. Raises NotFoundError, and UsageError where none would be left."""
    with store.writing() as session:
        members = _members(session, family_id)
        chosen = _among(members, claim_ids, family_id)
        rest = _rest(members, chosen, family_id)
        wanted: list[Decision] = [(one, other, "rejected") for one in chosen for other in rest]
        wanted += [(one, other, None) for one in chosen for other in chosen if one != other]
        return _decide(session, store, f"reject {_listed(chosen)} from f{family_id}", wanted)


def split(store: Store, family_id: int, claim_ids: Sequence[int]) -> ActionRow:
    """Make claims of a family a family of their own. Raises NotFoundError, and UsageError where none would be left."""
    with store.writing() as session:
        members = _members(session, family_id)
        chosen = _among(members, claim_ids, family_id)
        rest = _rest(members, chosen, family_id)
        wanted = [(one, other, "rejected") for one in chosen for other in rest]
        wanted += [(one, chosen[0], "confirmed") for one in chosen[1:]]
        return _decide(session, store, f"split {_listed(chosen)} off f{family_id}", wanted)


def merge(store: Store, family_id: int, other_ids: Sequence[int]) -> ActionRow:
    """Make families one. Raises NotFoundError where one of them is not there, UsageError for one family alone."""
    others = [other for other in dict.fromkeys(other_ids) if other != family_id]
    if not others:
        raise UsageError("a family cannot be merged with itself", "name two families, such as f7 f9")
    with store.writing() as session:
        first = _members(session, family_id)
        further = [_members(session, one) for one in others]
        wanted = [(members[0], first[0], "confirmed") for members in further]
        label = f"merge {', '.join(f'f{one}' for one in others)} into f{family_id}"
        return _decide(session, store, label, wanted, [*first, *(one for members in further for one in members)])


def join(store: Store, claim_id: int, family_id: int) -> ActionRow:
    """Put a claim that is in no family, or in another one, into a family. Raises NotFoundError, UsageError for a claim
    that quotes nothing."""
    from db import kin
    from db.engine import driven
    from db.models import Claim

    with store.writing() as session:
        members = _members(session, family_id)
        claim = session.get(Claim, claim_id)
        if claim is None or claim.hidden:
            raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
        if not kin.parts_of(driven(session), [claim_id]):
            raise UsageError(f"c{claim_id} holds no words in quotation marks", "a family is of quotes alone")
        return _decide(
            session,
            store,
            f"put c{claim_id} into f{family_id}",
            [(claim_id, members[0], "confirmed")],
            [claim_id, *members],
        )


def _members(session: Session, family_id: int) -> list[int]:
    from db import kin
    from db.engine import driven

    found = kin.claims_of_family(driven(session), family_id)
    if len(found) < 2:
        raise NotFoundError(f"there is no family f{family_id}", "workbench families lists them")
    return found


def _among(members: Sequence[int], claim_ids: Sequence[int], family_id: int) -> list[int]:
    for one in claim_ids:
        if one not in members:
            raise UsageError(f"c{one} is not in family f{family_id}", f"workbench show f{family_id} lists its claims")
    return list(dict.fromkeys(claim_ids))


def _rest(members: Sequence[int], chosen: Sequence[int], family_id: int) -> list[int]:
    """The members that stay, at most as many as are needed to keep the others out."""
    if not chosen:
        raise UsageError("no claim is named", "name the claims that do not belong, such as c9")
    rest = [one for one in members if one not in chosen]
    if not rest:
        raise UsageError(f"nothing would be left of f{family_id}", "name some of its claims, not all")
    return rest[:_WITNESSES]


def _listed(claims: Sequence[int]) -> str:
    return ", ".join(f"c{one}" for one in claims[:5]) + (f" and {len(claims) - 5} more" if len(claims) > 5 else "")


def _decide(
    session: Session, store: Store, label: str, wanted: Sequence[Decision], whole: Sequence[int] = ()
) -> ActionRow:
    """Record what differs from what was decided before, and form the families that it touches anew.

    No two claims of `whole` stay apart.
    """
    from db import kin
    from db.engine import driven
    from db.models import Claim
    from workbench.services import families

    concerned = sorted({*whole, *(number for decision in wanted for number in decision[:2])})
    standing = {(row[0], row[1]): row[2] for row in kin.decided(driven(session), concerned)}
    changes: list[Change] = []
    for (one, other), state in _consistent(wanted, standing, set(whole)).items():
        if standing.get((one, other)) != state:
            claim = session.get_one(Claim, one)
            changes.append(
                Change("kinship", one, claim.uid, f"c{other}", standing.get((one, other)), state, one, claim.article_id)
            )
    if not changes:
        raise UsageError("that is decided already", "workbench log shows by whom")
    action = act(session, store.reviewer, "family", label, changes)
    families.decided(session, touched(changes), kept(changes))
    return to_action_row(action)


def _consistent(
    wanted: Sequence[Decision], standing: dict[tuple[int, int], str], whole: set[int]
) -> dict[tuple[int, int], str | None]:
    """What is wanted, and that earlier decisions which say the opposite no longer stand."""
    found = {(one, other): state for one, other, state in wanted}
    for pair, state in list(found.items()):
        for each in (pair, pair[::-1]):
            if each not in found and standing.get(each) not in (None, state):
                found[each] = None
    for pair, stood in standing.items():
        if stood == "rejected" and whole.issuperset(pair):
            found.setdefault(pair, None)
    return found


def touched(changes: Iterable[Change]) -> set[int]:
    """The claims that decisions are about."""
    return {number for change in changes if change.subject == "kinship"
            for number in (change.subject_id, int(change.field[1:]))}  # fmt: skip


def kept(changes: Iterable[Change]) -> set[int]:
    """The claims whose family keeps its number where decisions bring families together."""
    return {int(change.field[1:]) for change in changes if change.subject == "kinship" and change.after == "confirmed"}
