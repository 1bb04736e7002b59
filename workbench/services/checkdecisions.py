"""Confirming and rejecting published fact-checks for a claim: each call is one action, durable on return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from workbench.errors import ConflictError, NotFoundError
from workbench.factchecks import CheckMatch
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services import matching
from workbench.services.journal import act, new_uid, now, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Claim, FactCheck, FactCheckMatch

_STANDS = {"confirmed": "answers", "rejected": "does not answer"}


def decide(store: Store, claim_id: int, check_id: int, state: Literal["confirmed", "rejected"]) -> ActionRow:
    """Say that a published check answers a claim, or that it does not; the copy that stands now is kept for good.

    Raises NotFoundError for a claim or a check that is not there, ConflictError when it was decided so already.
    """
    suggested = _suggested(store, claim_id, check_id)
    with store.writing() as session:
        claim, check = _claim(session, claim_id), _check(session, check_id)
        match = _match(session, claim, check, suggested, check.copy_id or 0)
        if match.state == state:
            raise ConflictError(f"k{check_id} is {state} for c{claim_id} already", "nothing was changed")
        before = None
        if match.state != "suggested":
            before = {"state": match.state, "by": match.decided_by, "at": match.decided_at, "copy": match.copy_id}
        after = {"state": state, "by": store.reviewer, "at": now(), "copy": check.copy_id}
        change = Change("match", match.id or 0, match.uid, "state", before, after, claim.id, claim.article_id)
        label = f"k{check_id} {_STANDS[state]} c{claim_id}"
        return to_action_row(act(session, store.reviewer, f"check {state}", label, [change]))


def taken_over(session: Session, other: Claim, claim: Claim) -> list[Change]:
    """What was decided on checks for `other`, decided so for `claim`, as when the first takes the second in.

    Who decided, when, and the copy that was seen stay; what was decided for `claim` itself stands.
    """
    from sqlmodel import col, select

    from db.models import FactCheck, FactCheckMatch

    changes = []
    decided = select(FactCheckMatch).where(FactCheckMatch.claim_id == other.id, FactCheckMatch.state != "suggested")
    for row in session.exec(decided.order_by(col(FactCheckMatch.id))).all():
        match = _match(session, claim, session.get_one(FactCheck, row.fact_check_id), row, row.copy_id)
        if match.state == "suggested":
            after = {"state": row.state, "by": row.decided_by, "at": row.decided_at, "copy": row.copy_id}
            changes.append(
                Change("match", match.id or 0, match.uid, "state", None, after, claim.id, claim.article_id)
            )  # fmt: skip
    return changes


def _suggested(store: Store, claim_id: int, check_id: int) -> CheckMatch | None:
    """The suggestion that the person saw, for its score and reason."""
    found = matching.match_claim(store, claim_id, limit=20, least=0.0).matches
    return next((match for match in found if match.check.id == check_id and match.state == "suggested"), None)


def _claim(session: Session, claim_id: int) -> Claim:
    from db.models import Claim

    claim = session.get(Claim, claim_id)
    if claim is None or claim.hidden:
        raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
    return claim


def _check(session: Session, check_id: int) -> FactCheck:
    from db.models import FactCheck

    check = session.get(FactCheck, check_id) if abs(check_id) < 2**63 else None
    if check is None or check.hidden or check.copy_id is None:
        raise NotFoundError(f"there is no fact-check k{check_id}", "workbench match lists those that fit a claim")
    return check


def _match(
    session: Session, claim: Claim, check: FactCheck, suggested: CheckMatch | FactCheckMatch | None, copy: int
) -> FactCheckMatch:
    """The row of this pair, made where nobody decided on it before; score and reason come from `suggested`."""
    from sqlmodel import select

    from db.models import FactCheckMatch

    of = select(FactCheckMatch).where(FactCheckMatch.claim_id == claim.id, FactCheckMatch.fact_check_id == check.id)
    match = session.exec(of).first()
    if match is None:
        match = FactCheckMatch(
            uid=new_uid(), claim_id=claim.id or 0, fact_check_id=check.id or 0, copy_id=copy,
            score=suggested.score if suggested else 0.0, why=suggested.why if suggested else "named by a person",
        )  # fmt: skip
        session.add(match)
        session.flush()
    return match
