"""To whom words are attributed, and where a text names them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from db.models.columns import key


class Source(SQLModel, table=True):
    """To whom words are attributed."""

    __table_args__ = (Index("ix_source_name", "name", "kind"),)

    id: int | None = key()
    uid: str = Field(unique=True)
    name: str  # folded
    kind: str  # folded
    article_id: int | None = Field(default=None, foreign_key="article.id")  # set while known in one article only
    merged_into_id: int | None = Field(default=None, foreign_key="source.id")  # folded
    hidden: bool = False  # folded


class SourceAlias(SQLModel, table=True):
    """Another form of a source's name."""

    source_id: int = Field(foreign_key="source.id", primary_key=True)
    name: str = Field(primary_key=True)


class Mention(SQLModel, table=True):
    """A span that names a source, with the reason and confidence of its resolution."""

    __table_args__ = (CheckConstraint("0 <= start AND start < end"),)

    id: int | None = key()
    reading_id: int = Field(foreign_key="reading.id", index=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    start: int
    end: int
    reason: str
    confidence: float


class SourceApart(SQLModel, table=True):
    """Two sources that a person said are not one (folded); `source_id` < `other_id`."""

    __table_args__ = (CheckConstraint("source_id < other_id"), {"sqlite_with_rowid": False})

    source_id: int = Field(foreign_key="source.id", primary_key=True)
    other_id: int = Field(foreign_key="source.id", primary_key=True)
