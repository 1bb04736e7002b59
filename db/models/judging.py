"""What people decide on a claim and rest it on."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.columns import key


class Verdict(SQLModel, table=True):
    """The judgement that stands on a claim (folded)."""

    __table_args__ = (CheckConstraint("judgement IN ('truth', 'attribution')"),)

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    judgement: str = Field(primary_key=True)
    scale_id: str
    label: str
    explanation: str | None = None
    rationale: str | None = None
    reviewer: str
    given_at: str
    version_id: int = Field(foreign_key="version.id")


class Evidence(SQLModel, table=True):
    """What a verdict rests on."""

    __table_args__ = (CheckConstraint("stance IN ('supports', 'refutes', 'context')"),)

    id: int | None = key()
    uid: str = Field(unique=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    url: str | None = None
    file_name: str | None = None
    excerpt: str | None = None
    stance: str
    independent: bool | None = None
    confidential: bool = False
    proposed: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})  # folded: nobody took it over yet
    blob_digest: str | None = Field(default=None, foreign_key="blob.digest")
    added_by: str
    added_at: str
    hidden: bool = False  # folded


class Note(SQLModel, table=True):
    """A reviewer's note on a claim."""

    id: int | None = key()
    uid: str = Field(unique=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    text: str
    reviewer: str
    added_at: str
    hidden: bool = False  # folded
