"""The history: actions and their events."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from db.models.columns import key


class Action(SQLModel, table=True):
    """What one person did at once."""

    __table_args__ = (Index("ix_action_reviewer", "reviewer", "id"),)

    id: int | None = key()
    uid: str = Field(unique=True)
    reviewer: str
    at: str
    verb: str
    label: str
    target_id: int | None = Field(default=None, foreign_key="action.id")  # of an undo or redo
    undone: bool = False  # folded
    salt: str
    digest: str  # over the salt and the label; the chain covers this, so that a purge can take the words
    purged: bool = False


class Event(SQLModel, table=True):
    """One change: append-only, chained by hash. `before` and `after` are JSON, null once they were purged."""

    __table_args__ = (
        Index("ix_event_action", "action_id"),
        Index("ix_event_subject", "subject", "subject_id", "field", "seq"),
        Index("ix_event_claim", "claim_id", "seq"),
        Index("ix_event_article", "article_id", "seq"),
    )

    seq: int | None = key()
    action_id: int = Field(foreign_key="action.id")
    subject: str  # claim, article, version, sentence, source, evidence, note, …
    subject_id: int
    subject_uid: str
    claim_id: int | None = None  # the claim and the article that the subject belongs to, for their histories
    article_id: int | None = None
    field: str
    before: str
    after: str
    why: str | None = None
    salt: str
    digest: str  # over the salt, before, after and why; the chain covers this, so that a purge can take the words
    purged: bool = False
    previous: str  # hash of the event before
    hash: str
