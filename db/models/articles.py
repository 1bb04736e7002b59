"""Articles: their versions, readings and sentences, who published them, and the bytes they came as."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models.columns import key


class Blob(SQLModel, table=True):
    """Original bytes, kept once by their SHA-256."""

    digest: str = Field(primary_key=True)
    size: int
    media_type: str | None = None
    origin: str | None = None
    kept_at: str
    purged_at: str | None = None  # then `data` is empty and the digest remains
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Outlet(SQLModel, table=True):
    """Who publishes."""

    id: int | None = key()
    uid: str = Field(unique=True)
    name: str = Field(unique=True)


class Agency(SQLModel, table=True):
    """The wire that wrote a text; copies of one wire are one origin."""

    id: int | None = key()
    uid: str = Field(unique=True)
    name: str = Field(unique=True)


class Article(SQLModel, table=True):
    """A piece of journalism, identified by its URL, else by its name within its outlet."""

    id: int | None = key()
    uid: str = Field(unique=True)
    identity: str = Field(unique=True)
    name: str
    url: str | None = None
    outlet_id: int | None = Field(default=None, foreign_key="outlet.id", index=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    copy_of_id: int | None = Field(default=None, foreign_key="article.id")
    hidden: bool = False  # folded
    version_id: int | None = None  # folded: the newest version that is not hidden
    reading_id: int | None = None  # folded: the newest reading of that version that is not hidden
    purged_at: str | None = None  # then texts and names are empty and the digests remain
    title: str = ""  # folded: of that version
    published: str | None = None  # folded: of that version


class Version(SQLModel, table=True):
    """An article's text at one retrieval; never changed afterwards."""

    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("ix_version_digest", "digest"),
        Index("ix_version_blob", "blob_digest"),
    )

    id: int | None = key()
    uid: str = Field(unique=True)
    article_id: int = Field(foreign_key="article.id")
    number: int
    text: str = Field(sa_column=Column(Text, nullable=False))
    digest: str  # SHA-256 of the text as UTF-8
    blob_digest: str | None = Field(default=None, foreign_key="blob.digest")
    retrieved_at: str
    title: str
    published: str | None = None
    author: str | None = None
    language: str = "und"
    format: str
    encoding: str
    header_end: int | None = None
    title_start: int | None = None
    title_end: int | None = None
    details: str = "{}"  # JSON: metadata, notes, guessed fields
    hidden: bool = False  # folded


class Reading(SQLModel, table=True):
    """One run of the machine over a version."""

    id: int | None = key()
    uid: str = Field(unique=True)
    version_id: int = Field(foreign_key="version.id", index=True)
    machine: str
    language: str
    analysed: bool
    read_at: str
    hidden: bool = False  # folded


class Sentence(SQLModel, table=True):
    """A sentence of a version."""

    __table_args__ = (
        UniqueConstraint("version_id", "start"),
        CheckConstraint("0 <= start AND start < end"),
    )

    id: int | None = key()
    version_id: int = Field(foreign_key="version.id")
    paragraph: int
    start: int
    end: int
    mark: str | None = None  # folded: nothing to check, opinion, waived
    settled: bool = False  # folded
