"""Doing: one action, its events appended to the chained log and folded into the columns, in one transaction."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbench import history
from workbench.history import Change
from workbench.records import ActionRow

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Action


MANY = 1  # changes from which on they are written in batches


def now() -> str:
    """The time as it is stored: UTC, ISO 8601, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_uid() -> str:
    """A name that no other store will give."""
    return uuid.uuid4().hex


def new_salt() -> str:
    """What makes the digest of one value unlike that of the same value elsewhere."""
    return secrets.token_hex(16)


def new_action(reviewer: str, verb: str, label: str, target: Action | None = None) -> Action:
    """An action that is not stored yet; `target` is the one that an undo or redo concerns."""
    from db.models import Action

    salt = new_salt()
    return Action(
        uid=new_uid(), reviewer=reviewer, at=now(), verb=verb, label=label,
        target_id=target.id if target else None, salt=salt, digest=history.seal(salt, label),
    )  # fmt: skip


def act(
    session: Session,
    reviewer: str,
    verb: str,
    label: str,
    changes: Sequence[Change],
    *,
    target: Action | None = None,
    into: Action | None = None,
) -> Action:
    """Record `changes` as one action (or as more of the action `into`) and fold them into the columns.

    `target` is the action that an undo or redo concerns.
    """
    from db import folding, folding_many

    action = into or new_action(reviewer, verb, label, target)
    record(session, action, changes)
    if len(changes) >= MANY and all(folding_many.takes(change.subject, change.field) for change in changes):
        folding_many.apply(session, [(change.subject_id, change.field, change.after) for change in changes])
    else:
        for change in changes:
            folding.apply(session, change.subject, change.subject_id, change.field, change.after)
    _speakers(session, changes)
    return action


def record(session: Session, action: Action, changes: Sequence[Change]) -> None:
    """Append changes to the chained log as (more) events of an action; whoever calls it folds them into the columns."""
    from db import events

    events.append(session, action, map(_columns, changes), history.GENESIS, history.link)


def _speakers(session: Session, changes: Sequence[Change]) -> None:
    """Place the quotes anew whose speaker is another since these changes: who said it counts in a family."""
    from workbench.services import families

    if any(change.subject == "source" and change.field != "record" for change in changes):
        families.respoken(session, None)
    elif claims := [change.subject_id for change in changes if change.subject == "claim" and change.field == "source"]:
        families.respoken(session, claims)


def _columns(change: Change) -> dict[str, Any]:
    """The columns of an event that are known before it is chained."""
    before, after, salt = history.canonical(change.before), history.canonical(change.after), new_salt()
    return {
        "subject": change.subject, "subject_id": change.subject_id, "subject_uid": change.subject_uid,
        "claim_id": change.claim_id, "article_id": change.article_id, "field": change.field, "before": before,
        "after": after, "why": change.why, "salt": salt, "digest": history.seal(salt, before, after, change.why),
    }  # fmt: skip


def to_action_row(action: Action) -> ActionRow:
    """A record of an action."""
    return ActionRow(action.id or 0, action.at, action.reviewer, action.verb, action.label, action.undone)
