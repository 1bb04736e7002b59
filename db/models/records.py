"""What was said, and what others have checked."""

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
