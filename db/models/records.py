"""What was said, and what the machine found of quotes in it."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from db.models.columns import key


class Transcript(SQLModel, table=True):
    """A stored record of what was said; quotes are verified against it."""

    id: int | None = key()
    uid: str = Field(unique=True)
    name: str
    title: str
    text: str
    digest: str = Field(unique=True)
    blob_digest: str | None = Field(default=None, foreign_key="blob.digest")
    held_at: str | None = None
    url: str | None = None
    added_at: str
    hidden: bool = False  # folded
    words: int = 0
    speakers: str = "[]"  # JSON: who speaks in it, in the order of their first words
    added_by: str = ""


class Verification(SQLModel, table=True):
    """What the machine found of a quote in the texts given (never changed), and what a person says of its meaning."""

    id: int | None = key()
    uid: str = Field(unique=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    result: str  # JSON: quote, class, alarms, texts with their digests, place, word diff
    added_by: str
    added_at: str
    hidden: bool = False  # folded
    meaning: str | None = None  # folded: "changed", "same" or not answered
    answered_by: str | None = None  # folded
    answered_at: str | None = None  # folded
