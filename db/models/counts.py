"""Counters that triggers keep (folded): what lists count without a look at the rows."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class ClaimCount(SQLModel, table=True):
    """How many shown claims have these values; "" is none. A combination that nobody has any more may stand at 0."""

    __table_args__ = {"sqlite_with_rowid": False}

    kind: str = Field(primary_key=True)
    voice: str = Field(primary_key=True)  # named, anonymous, none
    status: str = Field(primary_key=True)
    truth: str = Field(primary_key=True)
    attribution: str = Field(primary_key=True)
    outlet: str = Field(primary_key=True)
    stale: bool = Field(primary_key=True)
    family: bool = Field(primary_key=True)
    number: int


class StoreCount(SQLModel, table=True):
    """Shown articles, the sentences of the versions that they show, and those of them that are settled."""

    __table_args__ = {"sqlite_with_rowid": False}

    name: str = Field(primary_key=True)
    number: int
