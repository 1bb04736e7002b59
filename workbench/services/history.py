"""The history: what was done, undoing and redoing it, and whether the log is whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import pages
from db.driver import Connection
from workbench import history
from workbench.errors import ConflictError, UsageError
from workbench.history import Change
from workbench.records import ActionRow, EventRow
from workbench.services.journal import act, new_action, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Action

_LETTERS = {"claim": "c", "article": "a", "source": "s", "evidence": "e", "version": "v", "note": "n", "kinship": "c",
            "transcript": "t", "match": "match ", "checkimport": "import ", "setting": "settings "}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the hash chain holds, its length and its head; `broken_at` is the first event that does not fit.

    `noted_at` is how many entries led to the head that was asked for, None where no entry has it.
    """

    length: int
    head: str
    ok: bool
    broken_at: int | None = None
    what: str | None = None
    noted_at: int | None = None


Watch = Callable[
    [int, int], None
]  # how much is done, of how much; what it raises stops the work, and nothing is stored


def undo(store: Store, watch: Watch | None = None) -> ActionRow:
    """Take back this reviewer's newest action that stands.

    Raises ConflictError when there is none, or when a later action builds on it (and names that one).
    """
    from db import events

    with store.writing() as session:
        target = events.undo_candidate(session, store.reviewer)
        if target is None:
            raise ConflictError("there is nothing of yours to undo", "workbench log shows what was done, and by whom")
        _refuse_if_purged(session, target)
        _refuse_if_built_on(session, target)
        return _turn(session, store, target, "undo", watch)


def redo(store: Store, watch: Watch | None = None) -> ActionRow:
    """Do again what this reviewer undid last. Raises ConflictError as `undo` does."""
    from db import events

    with store.writing() as session:
        target = events.redo_candidate(session, store.reviewer)
        if target is None:
            raise ConflictError(
                "there is nothing of yours to redo", "redo follows an undo, before anything new is done"
            )
        _refuse_if_purged(session, target)
        _refuse_if_built_on(session, target)
        return _turn(session, store, target, "redo", watch)


def _turn(session: Session, store: Store, target: Action, verb: str, watch: Watch | None) -> ActionRow:
    """Append the events of `target` turned round (or once more), in batches: an action may have 100,000 of them."""
    from db import events, folding
    from workbench.services import conflicts, families, kinship

    backwards = verb == "undo"
    done = new_action(store.reviewer, verb, f"{verb}: {target.label}", target)
    regrouped: set[int] = set()
    decided: set[int] = set()
    kept: set[int] = set()  # claims whose family keeps its number
    count, turned = events.count_of(session, target.id or 0), 0
    act(session, store.reviewer, verb, done.label, (), into=done)
    for rows in events.batches_of(session, target.id or 0, BATCH, backwards=backwards):
        changes = [_change(row).turned() if backwards else _change(row) for row in rows]
        act(session, store.reviewer, verb, done.label, changes, into=done)
        regrouped |= {
            each.article_id or 0
            for each in changes
            if each.field == "spans" or (each.field == "record" and each.subject in _REGROUPED)
        }
        decided |= kinship.touched(changes)
        kept |= kinship.kept(changes)
        turned += len(rows)
        if watch is not None:
            watch(turned, count)
    folding.mark_undone(session, target.id or 0, backwards)
    session.flush()
    if decided:
        families.decided(session, decided, kept)
    for article_id in sorted(regrouped):
        families.update(session, article_id)
        conflicts.update(session, article_id)
    return to_action_row(done)


BATCH = 2_000  # events that are turned at once
_REGROUPED = ("article", "version", "reading", "claim")  # what may bring quotes in or take them away


def _refuse_if_purged(session: Session, target: Action) -> None:
    from db import events

    if target.verb == "purge":
        raise ConflictError("a purge cannot be taken back", "what came before it stays as it is")
    if events.any_purged(session, target.id or 0):
        raise ConflictError(f"what “{target.label}” did was purged since", "it can neither be undone nor done again")


def _refuse_if_built_on(session: Session, target: Action) -> None:
    from db import events

    later = events.built_on(session, target.id or 0)
    if later is not None:
        raise ConflictError(
            f"“{target.label}” cannot be turned back: {later.reviewer} has since done “{later.label}” ({later.at})",
            "undo that first, or decide anew",
        )


def _change(event: Any) -> Change:
    return Change(
        event.subject, event.subject_id, event.subject_uid, event.field, json.loads(event.before),
        json.loads(event.after), event.claim_id, event.article_id, event.why,
    )  # fmt: skip


_LOG = "SELECT event.*, action.reviewer, action.at, action.verb FROM event JOIN action ON action.id = event.action_id"

_ABOUT = {
    "c": "event.claim_id = ?",
    "a": "event.article_id = ?",
    "s": "event.subject = 'source' AND event.subject_id = ?",
    "e": "event.subject = 'evidence' AND event.subject_id = ?",
    "t": "event.subject = 'transcript' AND event.subject_id = ?",
}


def log(store: Store, subject: str | None = None, limit: int | None = 100) -> list[EventRow]:
    """The newest `limit` events, newest last; about one thing ("c12", "a3", "s5", "e4") or about all."""
    return list(entries(store, subject, limit))


def entries(store: Store, subject: str | None = None, limit: int | None = None) -> Iterator[EventRow]:
    """The same one by one, in the memory of a few: a log may be longer than that of the machine."""
    about, values = "", []
    if subject is not None:
        letter, digits = subject[:1], subject[1:]
        if letter not in _ABOUT or not digits.isascii() or not digits.isdigit():
            raise UsageError(f"{subject} names nothing that has a history", "write c12, a3, s5, e4 or t2")
        about, values = f" AND {_ABOUT[letter]}", [int(digits)]
    newest = f"SELECT seq FROM event WHERE seq > 0{about} ORDER BY seq DESC LIMIT ?"
    after = 0
    with store.reading() as reader:
        if limit is not None:
            first = pages.select(reader, f"SELECT min(seq) FROM ({newest})", *values, limit)[0][0]
            after = (first or 1) - 1
        while rows := pages.select(reader, f"{_LOG} WHERE seq > ?{about} ORDER BY seq LIMIT ?", after, *values, _BATCH):
            yield from map(to_event_row, rows)
            after = rows[-1]["seq"]


_BATCH = 500  # entries that are read at once


def to_event_row(row: Any) -> EventRow:
    """A record of a row of the log with its action."""
    return EventRow(
        row["seq"], row["action_id"], row["at"], row["reviewer"], row["verb"],
        f"{_LETTERS.get(row['subject'], row['subject'])}{row['subject_id']}", row["field"],
        json.loads(row["before"]), json.loads(row["after"]),
        "words purged" if row["purged"] else row["why"],
    )  # fmt: skip


_NEXT = """
SELECT count(*) FROM event WHERE action_id = (
  SELECT CASE WHEN :redo THEN (SELECT min(id) FROM action WHERE reviewer = :who AND target_id IS NULL AND undone
      AND id > coalesce(standing.id, 0)) ELSE standing.id END
  FROM (SELECT max(id) AS id FROM action WHERE reviewer = :who AND target_id IS NULL AND NOT undone) AS standing)
"""


def size_of_next(store: Store, *, redo: bool = False) -> int:
    """How many changes the next undo (or redo) would turn."""
    with store.reading() as reader:
        return int(pages.select(reader, _NEXT, who=store.reviewer, redo=redo)[0][0])


def brought(store: Store, action_id: int) -> tuple[int, int]:
    """How many articles and claims an action brought in that still stand: what undoing it hides."""
    sql = (
        "SELECT count(*), coalesce(sum(CASE WHEN NOT article.hidden THEN (SELECT count(*) FROM claim"
        " WHERE claim.article_id = article.id AND NOT claim.hidden) END), 0) FROM article WHERE NOT hidden AND id IN"
        " (SELECT subject_id FROM event WHERE action_id = ? AND subject = 'article' AND field = 'record'"
        " AND before = 'null')"
    )
    with store.reading() as reader:
        articles, claims = pages.select(reader, sql, action_id)[0]
    return int(articles), int(claims)


def last_action(store: Store) -> ActionRow | None:
    """The newest action of this reviewer that `undo` would take back."""
    sql = "SELECT * FROM action WHERE reviewer = ? AND target_id IS NULL AND NOT undone ORDER BY id DESC LIMIT 1"
    with store.reading() as reader:
        rows = pages.select(reader, sql, store.reviewer)
    if not rows:
        return None
    row = rows[0]
    return ActionRow(row["id"], row["at"], row["reviewer"], row["verb"], row["label"], bool(row["undone"]))


def head(store: Store) -> tuple[int, str]:
    """Length of the log and the hash of its newest event, without checking the chain."""
    with store.reading() as reader:
        rows = pages.select(reader, "SELECT count(*), max(seq) FROM event")
        newest = pages.select(reader, "SELECT hash FROM event WHERE seq = ?", rows[0][1])
    return int(rows[0][0]), str(newest[0][0]) if newest else history.GENESIS


def verify(store: Store, noted: str | None = None) -> ChainReport:
    """Walk the whole log and check every hash, and that words are missing only where a later entry purged them.

    `noted` is a head, or the first digits of one, that a report or a backup carried: the chain must lead through it.
    """
    with store.reading() as reader:
        return walk(reader, noted)


def walk(reader: Connection, noted: str | None = None) -> ChainReport:
    """`verify` on a connection, such as one in whose transaction a store is being filled."""
    from db import events

    previous, length, noted_at = history.GENESIS, 0, None
    emptied: dict[int | str, int] = {}  # number of an entry, or uid of an action whose label is gone -> entry
    accounted: set[int | str] = set()
    for event in events.chain(reader):
        if noted_at is None and noted and previous.startswith(noted):
            noted_at = length
        expected = history.link(previous, events.entry_of(event, event, event["label_digest"], event["target"]))
        if event["previous"] != previous or event["hash"] != expected or not _sealed(event):
            what = "an entry was changed, cut or put in"
            return ChainReport(length, previous, False, event["seq"], what, noted_at)
        if event["purged"]:
            emptied[event["seq"]] = event["seq"]
        if event["label_purged"]:
            emptied.setdefault(event["uid"], event["seq"])
        if event["verb"] == "purge":
            given = json.loads(event["after"])
            accounted.update(given["entries"], given["labels"])
        previous, length = event["hash"], length + 1
    if noted_at is None and noted and previous.startswith(noted):
        noted_at = length
    if unexplained := [seq for key, seq in emptied.items() if key not in accounted]:
        broken = min(unexplained)
        what = "its words are gone and no purge accounts for that"
        return ChainReport(length, previous, False, broken, what, noted_at)
    return ChainReport(length, previous, True, noted_at=noted_at)


def _sealed(event: dict[str, Any]) -> bool:
    """Whether the values and the label are those that were hashed, or were purged."""
    values = history.seal(event["salt"], event["before"], event["after"], event["why"])
    label = history.seal(event["label_salt"], event["label"])
    return bool(
        (event["purged"] or event["digest"] == values) and (event["label_purged"] or event["label_digest"] == label)
    )
