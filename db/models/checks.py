"""Published fact-checks: what imports brought, what is current of it, what it means in numbers, what people matched."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models.columns import key


class CheckImport(SQLModel, table=True):
    """One import of fact-checks: a page, a file, or a feed that is known to be whole (`feed` names it)."""

    id: int | None = key()
    uid: str = Field(unique=True)
    name: str
    kind: str
    feed: str | None = None
    digest: str  # SHA-256 of the file
    imported_at: str
    hidden: bool = False  # folded


class FactCheck(SQLModel, table=True):
    """A check published by somebody else; `key` tells it from others: its address and what it reviews."""

    id: int | None = key()
    uid: str = Field(unique=True)
    key: str = Field(unique=True)
    url: str = Field(index=True)
    copy_id: int | None = Field(default=None, index=True)  # folded: the newest copy of an import that stands
    withdrawn: bool = False  # folded: its feed no longer has it
    hidden: bool = False  # folded: no import that stands brought it


class CheckCopy(SQLModel, table=True):
    """A check as one import brought it; never changed afterwards. `gone` says that the feed no longer had it."""

    __table_args__ = (Index("ix_checkcopy_check", "fact_check_id", "id"),)

    id: int | None = key()
    fact_check_id: int = Field(foreign_key="factcheck.id")
    import_id: int = Field(foreign_key="checkimport.id", index=True)
    digest: str  # of the content
    gone: bool = False
    url: str
    claim_reviewed: str
    title: str | None = None
    quote: str | None = None
    claimant: str | None = None
    claimed: str | None = None
    publisher: str | None = None
    publisher_site: str
    rating: str | None = None  # the publisher's own label
    word: str  # normalised, by the table `mapping`
    flags: str = "[]"
    mapping: str
    explanation: str | None = None
    published: str | None = None
    language: str | None = None
    details: str = "{}"  # the ClaimReview as it came, JSON


class CheckVector(SQLModel, table=True):
    """What a copy means, as the sentence model gives it: int8 vectors of its claim and its title."""

    copy_id: int = Field(foreign_key="checkcopy.id", primary_key=True)
    model: str
    vectors: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class FactCheckMatch(SQLModel, table=True):
    """A person's decision on a check that may answer a claim; `copy_id` is the copy that the person saw."""

    __table_args__ = (
        UniqueConstraint("claim_id", "fact_check_id"),
        Index("ix_factcheckmatch_check", "fact_check_id"),
    )

    id: int | None = key()
    uid: str = Field(unique=True)
    claim_id: int = Field(foreign_key="claim.id")
    fact_check_id: int = Field(foreign_key="factcheck.id")
    copy_id: int = Field(foreign_key="checkcopy.id")
    score: float
    why: str
    state: str = "suggested"  # folded
    decided_by: str | None = None  # folded
    decided_at: str | None = None  # folded
