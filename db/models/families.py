"""Quotes that may be the same words, and the index that finds them. All but `family` and `kinship` is derived."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer
from sqlmodel import Field, SQLModel

from db.models.columns import key


class Family(SQLModel, table=True):
    """Quotes joined by near links, plus the fragments attached to it."""

    id: int | None = key()
    uid: str = Field(unique=True)
    size: int = 0
    origins: int = 0
    alarm: str | None = None
    earliest: str | None = None
    text: str = ""
    hidden: bool = False  # folded


class QuoteForm(SQLModel, table=True):
    """The words of quotes as they are compared, once however often they were printed; `key` stands for them."""

    id: int | None = key()
    key: int = Field(unique=True)
    text: str
    words: int
    grams: int
    heavy: int  # of them


class QuoteGram(SQLModel, table=True):
    """The candidates' index: which forms hold which gram (four bytes, see match.grams)."""

    __table_args__ = {"sqlite_with_rowid": False}

    gram: int = Field(sa_column=Column(Integer, primary_key=True))
    form_id: int = Field(sa_column=Column(Integer, primary_key=True))


class QuotePart(SQLModel, table=True):
    """Quotes that likeness or a person joined; `root_id` is its family's.

    What follows is its rank, the form that has it, what is in alarm between its quotes and its family's longest, and
    the forms that are not like that (numbers with blanks between).
    """

    id: int | None = key()
    root_id: int = Field(index=True)
    free: bool
    words: int
    key: int
    date: str
    speaker: str
    origin: str
    head_id: int
    alarms: str = ""
    strays: str = ""


class PartHang(SQLModel, table=True):
    """Two parts of which the lower may hang by the higher, held under both, with the best score of their quotes."""

    __table_args__ = {"sqlite_with_rowid": False}

    part_id: int = Field(primary_key=True)
    other_id: int = Field(primary_key=True)
    score: float


class Quote(SQLModel, table=True):
    """A shown claim that quotes: its form, who said it, when, by which wire, and the part that it is in."""

    __table_args__ = (Index("ix_quote_form", "form_id", "speaker", "date", "part_id"),)

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    form_id: int = Field(foreign_key="quoteform.id")
    speaker: str
    date: str
    origin: str
    part_id: int = Field(index=True)


class Kinship(SQLModel, table=True):
    """What a person decided of two claims (folded): one family, or never; then `claim_id` was put out."""

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    other_id: int = Field(foreign_key="claim.id", primary_key=True, index=True)
    state: str  # confirmed, rejected
