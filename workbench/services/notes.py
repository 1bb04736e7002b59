"""Changing a note. Writing one is a mark, taking one away a removal."""

from __future__ import annotations

from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services.given import text_given
from workbench.services.journal import act, to_action_row
from workbench.services.store import Store


def edit(store: Store, note_id: int, text: str) -> ActionRow:
    """Give a note other words; what stood is in the history.

    Raises UsageError without words, NotFoundError for a note that is not there, ConflictError when nothing changes.
    """
    from db.models import Claim, Note

    words = text_given(text, "note")
    if not words:
        raise UsageError("a note needs words", f"workbench remove n{note_id} takes it away")
    with store.writing() as session:
        note = session.get(Note, note_id) if abs(note_id) < 2**63 else None
        if note is None or note.hidden:
            raise NotFoundError(f"there is no note n{note_id}", "workbench show CLAIM lists a claim's notes")
        if note.text == words:
            raise ConflictError(f"nothing to change: n{note_id} says that", "write something else")
        claim = session.get_one(Claim, note.claim_id)
        change = Change("note", note_id, note.uid, "text", note.text, words, claim.id, claim.article_id)
        return to_action_row(act(session, store.reviewer, "note edit", f"n{note_id} of c{claim.id} changed", [change]))
