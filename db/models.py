"""The tables: columns, keys, indexes, constraints.

Base rows (articles, versions, readings, kept copies, what the machine read) are written once. Columns marked
*folded* hold the state that the events give and can be rebuilt from them. Offsets are code points into
`Version.text`. `table=True` classes do not validate: the services do, at the door.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


def _key() -> int | None:
    return Field(default=None, primary_key=True)  # type: ignore[no-any-return]


class Setting(SQLModel, table=True):
    """A setting of the desk that travels with the store (desk name, home page, scale in use); JSON value."""

    name: str = Field(primary_key=True)
    value: str


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

    id: int | None = _key()
    uid: str = Field(unique=True)
    name: str = Field(unique=True)


class Agency(SQLModel, table=True):
    """The wire that wrote a text; copies of one wire are one origin."""

    id: int | None = _key()
    uid: str = Field(unique=True)
    name: str = Field(unique=True)


class Article(SQLModel, table=True):
    """A piece of journalism, identified by its URL, else by its name within its outlet."""

    id: int | None = _key()
    uid: str = Field(unique=True)
    identity: str = Field(unique=True)
    name: str
    url: str | None = None
    outlet_id: int | None = Field(default=None, foreign_key="outlet.id")
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    copy_of_id: int | None = Field(default=None, foreign_key="article.id")
    hidden: bool = False  # folded
    version_id: int | None = None  # folded: the newest version that is not hidden
    reading_id: int | None = None  # folded: the newest reading of that version that is not hidden
    purged_at: str | None = None  # then texts and names are empty and the digests remain
    title: str = ""  # folded: of that version
    published: str | None = None  # folded: of that version


class Version(SQLModel, table=True):
    """An article's text at one retrieval; never changed afterwards."""

    __table_args__ = (UniqueConstraint("article_id", "number"), Index("ix_version_digest", "digest"))

    id: int | None = _key()
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

    id: int | None = _key()
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

    id: int | None = _key()
    version_id: int = Field(foreign_key="version.id")
    paragraph: int
    start: int
    end: int
    mark: str | None = None  # folded: nothing to check, opinion, waived
    settled: bool = False  # folded


class Source(SQLModel, table=True):
    """To whom words are attributed."""

    __table_args__ = (Index("ix_source_name", "name", "kind"),)

    id: int | None = _key()
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

    id: int | None = _key()
    reading_id: int = Field(foreign_key="reading.id", index=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    start: int
    end: int
    reason: str
    confidence: float


class Claim(SQLModel, table=True):
    """A checkable unit with one identity for life. Title, outlet, date and source name stand here for fast lists."""

    __table_args__ = (
        CheckConstraint("0 <= start AND start < end"),
        CheckConstraint("kind IN ('direct', 'mixed', 'indirect', 'statement')"),
        CheckConstraint("0 <= check_worthiness AND check_worthiness <= 1"),
        Index("ix_claim_check", "hidden", "check_worthiness", "id"),
        Index("ix_claim_date", "hidden", "sort_date", "id"),
        Index("ix_claim_source", "hidden", "sort_source", "id"),
        Index("ix_claim_family", "hidden", "family_size", "family_id", "id"),
        Index("ix_claim_article", "article_id", "start"),
        Index("ix_claim_status", "hidden", "status"),
        Index("ix_claim_members", "family_id"),
        Index("ix_claim_source_id", "source_id"),
    )

    id: int | None = _key()
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

    id: int | None = _key()
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

    id: int | None = _key()
    uid: str = Field(unique=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    url: str | None = None
    file_name: str | None = None
    excerpt: str | None = None
    stance: str
    independent: bool | None = None
    confidential: bool = False
    blob_digest: str | None = Field(default=None, foreign_key="blob.digest")
    added_by: str
    added_at: str
    hidden: bool = False  # folded


class Note(SQLModel, table=True):
    """A reviewer's note on a claim."""

    id: int | None = _key()
    uid: str = Field(unique=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    text: str
    reviewer: str
    added_at: str
    hidden: bool = False  # folded


class Transcript(SQLModel, table=True):
    """A stored record of what was said; quotes are verified against it."""

    id: int | None = _key()
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


class FactCheck(SQLModel, table=True):
    """A check published by somebody else (ClaimReview)."""

    id: int | None = _key()
    uid: str = Field(unique=True)
    url: str = Field(index=True)
    claim_reviewed: str
    claimant: str | None = None
    publisher: str | None = None
    publisher_site: str | None = None
    rating: str | None = None
    explanation: str | None = None
    published: str | None = None
    language: str | None = None
    details: str = "{}"  # the ClaimReview as it came, JSON
    added_at: str
    withdrawn: bool = False
    hidden: bool = False  # folded


class FactCheckMatch(SQLModel, table=True):
    """A published check that may already answer a claim."""

    claim_id: int = Field(foreign_key="claim.id", primary_key=True)
    fact_check_id: int = Field(foreign_key="factcheck.id", primary_key=True)
    score: float
    why: str
    state: str = "suggested"  # folded


class Family(SQLModel, table=True):
    """Quotes joined by near links, plus the fragments attached to it."""

    id: int | None = _key()
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


class Scale(SQLModel, table=True):
    """A verdict scale; one a judgement is in use."""

    id: str = Field(primary_key=True)
    judgement: str
    name: str
    in_use: bool = True


class ScaleLabel(SQLModel, table=True):
    """A label of a scale and its normalised word, by table."""

    scale_id: str = Field(foreign_key="scale.id", primary_key=True)
    id: str = Field(primary_key=True)
    position: int
    key: str
    label: str
    letter: str
    word: str
    rating: int | None = None


class Flag(SQLModel, table=True):
    """An orthogonal mark that a claim may carry."""

    id: str = Field(primary_key=True)
    position: int
    label: str
    key: str


class Action(SQLModel, table=True):
    """What one person did at once."""

    __table_args__ = (Index("ix_action_reviewer", "reviewer", "id"),)

    id: int | None = _key()
    uid: str = Field(unique=True)
    reviewer: str
    at: str
    verb: str
    label: str
    target_id: int | None = Field(default=None, foreign_key="action.id")  # of an undo or redo
    undone: bool = False  # folded
    salt: str
    digest: str  # over the salt and the label; the chain covers this, so that a purge can take the words
    purged: bool = False


class Event(SQLModel, table=True):
    """One change: append-only, chained by hash. `before` and `after` are JSON, null once they were purged."""

    __table_args__ = (
        Index("ix_event_action", "action_id"),
        Index("ix_event_subject", "subject", "subject_id", "field", "seq"),
        Index("ix_event_claim", "claim_id", "seq"),
        Index("ix_event_article", "article_id", "seq"),
    )

    seq: int | None = _key()
    action_id: int = Field(foreign_key="action.id")
    subject: str  # claim, article, version, sentence, source, evidence, note, …
    subject_id: int
    subject_uid: str
    claim_id: int | None = None  # the claim and the article that the subject belongs to, for their histories
    article_id: int | None = None
    field: str
    before: str
    after: str
    why: str | None = None
    salt: str
    digest: str  # over the salt, before, after and why; the chain covers this, so that a purge can take the words
    purged: bool = False
    previous: str  # hash of the event before
    hash: str
