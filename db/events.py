"""The log: appending actions and events, reading them, and what they say about undo.

The hash of each event covers what it is about, the digests of its values and of its action's label, its action's
uid, reviewer, time, verb and the action that it turns back, and the hash before it: a purge takes the words and the
chain still holds. The caller computes digests and hashes (the rules are in `workbench.history`), this module stores
and reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from db import storing
from db.engine import driven
from db.models import Action

Linker = Callable[[str, Mapping[str, Any]], str]


def last_hash(session: Session) -> str | None:
    """The hash of the newest event, None in an empty log."""
    row = driven(session).execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


_COVERED = ("subject", "subject_id", "subject_uid", "claim_id", "article_id", "field", "digest")


def entry_of(event: Mapping[str, Any], action: Mapping[str, Any], label: str, target: str | None) -> dict[str, Any]:
    """What of an event and its action the hash covers; `label` is its digest, `target` the uid of a turned action."""
    covered = {name: event[name] for name in _COVERED} | {"label": label, "target": target}
    return covered | {name: action[name] for name in ("uid", "reviewer", "at", "verb")}


# An event whose action is gone stays in the chain and breaks it, because what the hash covers is not there.
_CHAIN = (
    "SELECT event.*, action.uid AS uid, action.reviewer, action.at, action.verb, action.label,"
    " action.salt AS label_salt, action.digest AS label_digest, action.purged AS label_purged, target.uid AS target"
    " FROM event LEFT JOIN action ON action.id = event.action_id LEFT JOIN action AS target"
    " ON target.id = action.target_id"
)


def chain(connection: Any) -> Iterator[dict[str, Any]]:
    """Every event with its action, oldest first, one by one; on a driver connection."""
    cursor = connection.execute(f"{_CHAIN} ORDER BY event.seq")
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


_OWN = ("uid", "reviewer", "at", "verb")


def append(session: Session, action: Action, events: Iterable[dict[str, Any]], genesis: str, linker: Linker) -> None:
    """Store events of an action by their columns, chained; an action that has no number yet is stored first."""
    if action.id is None:
        session.add(action)
        session.flush()
    session.info.setdefault("actions", set()).add(action.id)
    head = last_hash(session) or genesis
    target = session.get_one(Action, action.target_id).uid if action.target_id else None
    own, label, rows = {name: getattr(action, name) for name in _OWN}, action.digest, []
    for event in events:
        previous, head = head, linker(head, entry_of(event, own, label, target))
        rows.append(event | {"action_id": action.id, "purged": False, "previous": previous, "hash": head})
    storing.insert(session, "event", rows)


def undo_candidate(session: Session, reviewer: str) -> Action | None:
    """The reviewer's newest action that stands and is itself no undo or redo."""
    return session.exec(
        select(Action)
        .where(Action.reviewer == reviewer, col(Action.target_id).is_(None), col(Action.undone).is_(False))
        .order_by(col(Action.id).desc())
        .limit(1)
    ).first()


def redo_candidate(session: Session, reviewer: str) -> Action | None:
    """Of what the reviewer undid since their newest new action, that one included, the oldest that is still undone."""
    newest = select(Action.id).where(Action.reviewer == reviewer, col(Action.target_id).is_(None))
    last = session.exec(newest.order_by(col(Action.id).desc()).limit(1)).first() or 0
    turn = aliased(Action)
    return session.exec(
        select(Action)
        .join(turn, col(turn.target_id) == col(Action.id))
        .where(turn.reviewer == reviewer, col(turn.id) > last, turn.verb == "undo", col(Action.undone).is_(True))
        .order_by(col(Action.id))
        .limit(1)
    ).first()


_FIELDS = "subject, subject_id, subject_uid, field, before, after, claim_id, article_id, why, purged"


def count_of(session: Session, action_id: int) -> int:
    """How many events an action has."""
    counted = text("SELECT count(*) FROM event WHERE action_id = :action")
    return int(session.connection().execute(counted, {"action": action_id}).scalar_one())


def any_purged(session: Session, action_id: int) -> bool:
    """Whether the words of any event of an action are gone."""
    sql = text("SELECT 1 FROM event WHERE action_id = :action AND purged LIMIT 1")
    return session.connection().execute(sql, {"action": action_id}).first() is not None


def batches_of(session: Session, action_id: int, size: int, *, backwards: bool) -> Iterator[Sequence[Row[Any]]]:
    """The columns of an action's events that make a change, `size` at a time, in order or backwards."""
    way, beyond = ("DESC", "<") if backwards else ("ASC", ">")
    sql = text(
        f"SELECT {_FIELDS}, seq FROM event WHERE action_id = :action AND seq {beyond} :after"
        f" ORDER BY seq {way} LIMIT :size"
    )
    after = 2**62 if backwards else 0
    while rows := session.connection().execute(sql, {"action": action_id, "after": after, "size": size}).all():
        yield rows
        after = rows[-1].seq


_BUILT_ON = """
SELECT DISTINCT later_action.id FROM event AS own
  JOIN event AS later ON later.seq > own.seq AND later.action_id <> own.action_id AND (
    (later.subject = own.subject AND later.subject_id = own.subject_id AND later.field = own.field)
    OR (own.field = 'record' AND own.subject IN ('article', 'version', 'reading')
      AND later.article_id = own.article_id)
    -- a claim that a person made, or its words: what was decided on it since
    OR (own.field = 'record' AND own.subject = 'claim' AND later.claim_id = own.claim_id)
    OR (own.field = 'spans' AND later.claim_id = own.claim_id AND later.field IN ('truth', 'attribution', 'wording'))
    OR (own.field = 'spans' AND later.field = 'record' AND later.subject IN ('version', 'reading')
      AND later.article_id = own.article_id)
    -- a source into which another was merged since cannot be merged itself
    OR (own.field = 'merged' AND later.field = 'merged' AND json_extract(later."after", '$.uid') = own.subject_uid))
  JOIN action AS later_action ON later_action.id = later.action_id
WHERE own.action_id = :action AND later_action.target_id IS NULL AND NOT later_action.undone
ORDER BY later_action.id LIMIT 1
"""


def built_on(session: Session, action_id: int) -> Action | None:
    """The first later action that stands and touches what this action touched, if any."""
    found = session.connection().execute(text(_BUILT_ON), {"action": action_id}).first()
    return session.get(Action, found[0]) if found else None
