"""Figures that do not go together, and the index by which they are found. No events: both follow the texts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer
from sqlmodel import Field, SQLModel


class Conflict(SQLModel, table=True):
    """Two claims that seem to give different figures for one measure; `first_id` < `second_id`."""

    __table_args__ = (CheckConstraint("first_id < second_id"), Index("ix_conflict_second", "second_id"))

    first_id: int = Field(foreign_key="claim.id", primary_key=True)
    second_id: int = Field(foreign_key="claim.id", primary_key=True)
    one: str
    other: str
    unit: str | None = None
    score: float
    why: str


class FigureKey(SQLModel, table=True):
    """Which claims hold a figure of some unit beside some telling word."""

    __table_args__ = (Index("ix_figurekey_claim", "claim_id"), {"sqlite_with_rowid": False})

    key: int = Field(sa_column=Column(Integer, primary_key=True))
    claim_id: int = Field(sa_column=Column(Integer, ForeignKey("claim.id"), primary_key=True))
