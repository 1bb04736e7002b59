"""Quotes that may be the same words, and the index that finds them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer
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


class FamilyMember(SQLModel, table=True):
    """A claim's place in its family (folded): 0 is the earliest; how it relates to that one, and why it is there."""

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    family_id: int = Field(foreign_key="family.id", index=True)
    place: int
    relation: str
    score: float
    alarms: str = "[]"
    why: str
    state: str = "suggested"


class Link(SQLModel, table=True):
    """Two quotes that may be the same words; `first_id` < `second_id`."""

    __table_args__ = (CheckConstraint("first_id < second_id"), Index("ix_link_second", "second_id"))

    first_id: int = Field(foreign_key="claim.id", primary_key=True)
    second_id: int = Field(foreign_key="claim.id", primary_key=True)
    relation: str
    score: float
    alarms: str = "[]"
    why: str
    state: str = "suggested"  # folded


class QuoteGram(SQLModel, table=True):
    """The candidates' index: which quotes hold which word 3-gram."""

    __table_args__ = (Index("ix_quotegram_claim", "claim_id"), {"sqlite_with_rowid": False})

    gram: int = Field(sa_column=Column(Integer, primary_key=True))
    claim_id: int = Field(sa_column=Column(Integer, ForeignKey("claim.id"), primary_key=True))
