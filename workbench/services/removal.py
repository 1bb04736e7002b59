"""Taking things away: `remove` hides and can be undone. What overwrites stands in `purging`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import NotFoundError, UsageError
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services.journal import act, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

NAMES = {"c": "claim", "a": "article", "e": "evidence", "n": "note", "t": "transcript"}


def remove(store: Store, things: Sequence[tuple[str, int]]) -> ActionRow:
    """Hide articles, claims, evidence and notes, each named by its letter and number, as one action.

    A removed claim does not come back with a new reading. Raises UsageError, and NotFoundError for what is not there;
    then nothing is removed.
    """
    from workbench.services import conflicts, families

    if not things:
        raise UsageError("nothing to remove was named", "name it, such as c12, a3, e4, n2 or t2")
    wanted = list(dict.fromkeys(things))
    with store.writing() as session:
        changes = [_change(session, letter, number) for letter, number in wanted]
        shown = ", ".join(f"{letter}{number}" for letter, number in wanted[:5])
        label = f"removed {shown}" + (f" and {len(wanted) - 5} more" if len(wanted) > 5 else "")
        done = to_action_row(act(session, store.reviewer, "remove", label, changes))
        touched = {change.article_id or 0 for change in changes if change.subject in ("claim", "article")}
        for article_id in sorted(touched):
            families.update(session, article_id)
            conflicts.update(session, article_id)
    return done


def _change(session: Session, letter: str, number: int) -> Change:
    from db.models import Article, Claim, Evidence, Note, Transcript

    models: dict[str, Any] = {"c": Claim, "a": Article, "e": Evidence, "n": Note, "t": Transcript}
    if letter not in models:
        raise UsageError(f"{letter}{number} cannot be removed", "articles, claims, evidence, notes and transcripts can")
    row: Any = session.get(models[letter], number)
    if row is None or row.hidden:
        raise NotFoundError(f"there is no {NAMES[letter]} {letter}{number}", "check the identifier with workbench show")
    if isinstance(row, Article):
        record = {"name": row.name, "title": row.title}
        return Change("article", number, row.uid, "record", record, None, None, number)
    if isinstance(row, Transcript):
        return Change("transcript", number, row.uid, "record", {"name": row.name, "digest": row.digest}, None)
    if isinstance(row, Claim):
        return Change("claim", number, row.uid, "record", {"text": row.text}, None, number, row.article_id)
    claim = session.get_one(Claim, row.claim_id)
    if isinstance(row, Evidence):
        record = row.model_dump(include={"url", "file_name", "excerpt", "stance", "confidential", "blob_digest"})
    else:
        record = {"text": row.text}
    return Change(NAMES[letter], number, row.uid, "record", record, None, claim.id, claim.article_id)
