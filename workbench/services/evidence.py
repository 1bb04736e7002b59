"""Changing what was said about a piece of evidence. Adding and removing stand in `review`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.errors import NotFoundError, UsageError
from workbench.history import Change
from workbench.records import STANCES, Evidence
from workbench.services import show
from workbench.services.journal import act, to_action_row
from workbench.services.review import checked_url, one_of, text_given
from workbench.services.store import Store

if TYPE_CHECKING:
    from workbench.records import ActionRow, Stance


def edit(
    store: Store,
    evidence_id: int,
    *,
    url: str | None = None,
    quote: str | None = None,
    stance: Stance | None = None,
    confidential: bool | None = None,
    independent: bool | None = None,
) -> tuple[Evidence, ActionRow]:
    """Change what is given, leave the rest; an empty `quote` takes the excerpt away. The kept copy stays.
    A person who says something of proposed evidence takes it over.

    Raises UsageError when nothing is given or nothing would change, NotFoundError for evidence that is not there.
    """
    from db.models import Claim
    from db.models import Evidence as Row

    wanted: dict[str, Any] = {
        "url": checked_url(url) if url is not None else None,
        "excerpt": text_given(quote, "excerpt"),
        "stance": one_of(stance, STANCES, "stance"),
        "confidential": confidential,
        "independent": independent,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    if not given:
        raise UsageError("nothing to change was given", "name a quote, stance, address or mark")
    with store.writing() as session:
        row = session.get(Row, evidence_id)
        if row is None or row.hidden:
            raise NotFoundError(f"there is no evidence e{evidence_id}", "workbench show CLAIM lists a claim's evidence")
        if "url" in given and row.url is None:
            raise UsageError(f"e{evidence_id} is a file and has no address", "add the address as evidence of its own")
        claim = session.get_one(Claim, row.claim_id)
        changes = [
            Change("evidence", evidence_id, row.uid, name, getattr(row, name), value or None if name == "excerpt" else
                   value, claim.id, claim.article_id)
            for name, value in given.items()
            if getattr(row, name) != (value or None if name == "excerpt" else value)
        ]  # fmt: skip
        if row.proposed:
            changes.append(
                Change("evidence", evidence_id, row.uid, "proposed", True, False, claim.id, claim.article_id)
            )
        if not changes:
            raise UsageError(f"e{evidence_id} is already as you say", "nothing was changed")
        names = ", ".join(change.field for change in changes)
        done = to_action_row(act(session, store.reviewer, "evidence edit", f"e{evidence_id} changed: {names}", changes))
    return show.evidence(store, evidence_id), done
