"""Claims, what each reading says of them, and what ties them to a text."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from db.models.columns import key


class Claim(SQLModel, table=True):
    """A checkable unit with one identity for life. Title, outlet, date and source name stand here for fast lists."""

    __table_args__ = (
        CheckConstraint("0 <= start AND start < end"),
        CheckConstraint("kind IN ('direct', 'mixed', 'indirect', 'statement')"),
        CheckConstraint("0 <= check_worthiness AND check_worthiness <= 1"),
        # migration 0005 adds claim_by_* for each order, which hold an expression, and claim_rare_*, which are partial
        Index("ix_claim_article", "article_id", "start"),
        Index("ix_claim_status", "hidden", "status"),
        Index("ix_claim_members", "family_id"),
        Index("ix_claim_source_id", "source_id"),
    )

    id: int | None = key()
    uid: str = Field(unique=True)
    article_id: int = Field(foreign_key="article.id")
    born_version_id: int = Field(foreign_key="version.id")
    removed: bool = False  # folded: a person took it away
    # what the machine read; where the article was read again, folded: as ClaimReading has it for the reading in use
    reading_id: int | None = Field(default=None, foreign_key="reading.id")  # None: made by a person
    parent_id: int | None = Field(default=None, foreign_key="claim.id")
    kind: str
    text: str  # verbatim; the pieces of its content joined by " … "
    cue_text: str | None = None
    cue_class: str | None = None
    source_text: str | None = None
    source_reason: str | None = None
    source_confidence: float | None = None
    anonymity: str | None = None
    hedges: str = "[]"
    negated: bool = False
    numbers: str = "[]"
    check_worthiness: float = 0.0
    confidence: float = 1.0
    born_source_id: int | None = Field(default=None, foreign_key="source.id")  # as it was read
    # folded from here on
    version_id: int = Field(foreign_key="version.id")
    start: int
    end: int
    anchor_state: str = "as was"
    wording: str | None = None
    source_id: int | None = Field(default=None, foreign_key="source.id")
    source_confirmed: bool = False
    status: str = "open"
    waived_because: str | None = None
    truth: str | None = None
    attribution: str | None = None
    flags: str = "[]"
    stale: bool = False
    hidden: bool = False
    family_id: int | None = Field(default=None, foreign_key="family.id")
    family_size: int = 0
    family_alarm: str | None = None
    evidence_count: int = 0
    revision: int = 0  # counts the decisions on this claim
    title: str = ""
    outlet: str | None = None
    sort_date: str = ""  # "" sorts unknown dates last, newest first
    source_name: str | None = None
    source_kind: str | None = None
    sort_source: str = "\uffff"  # claims without a source sort last


class ClaimReading(SQLModel, table=True):
    """A claim as one reading of its article has it. An article that was read once has none: its claims say it all.

    A claim belongs to a reading when it has a row for it. `words` numbers the wordings that the claim had through the
    versions: equal words, equal number, so that a verdict is stale when it was given on another number.
    """

    __table_args__ = (
        Index("ix_claimreading_reading", "reading_id"),
        CheckConstraint("state IN ('as was', 'moved', 'changed', 'lost')"),
        {"sqlite_with_rowid": False},
    )

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    reading_id: int = Field(foreign_key="reading.id", primary_key=True)
    read_in_id: int | None = Field(default=None, foreign_key="reading.id")  # where the machine's values come from
    version_id: int = Field(foreign_key="version.id")  # where it stands: an earlier one when it is lost
    start: int
    end: int
    state: str
    words: int = 0
    kind: str
    text: str
    parent_id: int | None = None
    cue_text: str | None = None
    cue_class: str | None = None
    source_id: int | None = None
    source_text: str | None = None
    source_reason: str | None = None
    source_confidence: float | None = None
    anonymity: str | None = None
    hedges: str = "[]"
    negated: bool = False
    numbers: str = "[]"
    check_worthiness: float = 0.0
    confidence: float = 1.0


class Anchor(SQLModel, table=True):
    """Ties a claim to one version: which words play which role, and what stood around them."""

    __table_args__ = (
        Index("ix_anchor_claim", "claim_id", "version_id"),
        Index("ix_anchor_version", "version_id"),
        CheckConstraint("0 <= start AND start < end"),
        CheckConstraint("role IN ('source', 'cue', 'content', 'quote')"),
    )

    id: int | None = key()
    claim_id: int = Field(foreign_key="claim.id")
    version_id: int = Field(foreign_key="version.id")
    role: str
    piece: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    state: str = "as was"
