"""The frozen dataclasses that every room passes on: one definition each.

First what the machine reads out of a text (offsets are code points into that text), then what the store holds
about it. Tuples rather than lists, so that a record can cross a thread or a process unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.factchecks import CheckMatch
from workbench.spans import AnchorState, Span

ClaimKind = Literal["direct", "mixed", "indirect", "statement"]
SourceKind = Literal["person", "body", "document", "anonymous", "unknown"]
Anonymity = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]
CueClass = Literal[
    "neutral", "declarative", "distancing", "factive", "accusing", "denying", "forward", "inner", "directive", "other"
]
Judgement = Literal["truth", "attribution"]
Status = Literal["open", "in review", "checked", "approved", "waived", "not a claim"]
Stance = Literal["supports", "refutes", "context"]

CLAIM_KINDS: tuple[ClaimKind, ...] = ("direct", "mixed", "indirect", "statement")
SOURCE_KINDS: tuple[SourceKind, ...] = ("person", "body", "document", "anonymous", "unknown")
ANONYMITY: tuple[Anonymity, ...] = ("A", "B", "C", "D", "E", "F", "G", "H", "I", "J")
SENTENCE_MARKS: tuple[str, ...] = ("nothing to check", "opinion", "waived")
JUDGEMENTS: tuple[Judgement, ...] = ("truth", "attribution")
STATUSES: tuple[Status, ...] = ("open", "in review", "checked", "approved", "waived", "not a claim")
STANCES: tuple[Stance, ...] = ("supports", "refutes", "context")


# ---- what is read out of a text ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remark:
    """What an annotated copy says of a place in its text: a comment or footnote, proposed as evidence there.

    `start` to `end` are the words that it hangs on; both are the same for a note that stands after a word.
    """

    start: int
    end: int
    text: str
    kind: Literal["comment", "footnote"]
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a reader of `ingest` delivers it; `text` is stored as it stands.

    `name` is the file's name without its ending. `where` is the place in a source that may hold several, as it goes on
    behind the source's name (": inner/b.txt", " line 3"); it is told, not stored. `header`, `title_span` and
    `agency_span` are places in `text`, never cuts. `guessed` names the fields that the reader inferred rather than
    found stated.
    """

    name: str
    text: str
    data: bytes = b""
    format: str = "text"
    encoding: str = "utf-8"
    title: str | None = None
    published: str | None = None  # ISO 8601 date or date-time
    outlet: str | None = None
    agency: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    header: Span | None = None
    title_span: Span | None = None
    agency_span: Span | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in a claim: `value` in plain units (5.9 billion -> 5.9e9), `unit` such as "$", "%", "missions"."""

    start: int
    end: int
    text: str
    value: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class SourceMention:
    """The words that name a source, whom they name (full name inside the document) and why."""

    start: int
    end: int
    text: str
    name: str
    kind: SourceKind
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that attribute, and the class of their verb (taxonomies 4.4)."""

    start: int
    end: int
    text: str
    cue_class: CueClass


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
    """One claim that the machine read: `start`/`end` are the hull of `content`.

    `quotes` are the spans inside the quotation marks; `content` includes the marks. `parent` is the index of the
    enclosing claim in the same extraction (a part, or a nested attribution).
    """

    kind: ClaimKind
    content: tuple[Span, ...]
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    source: SourceMention | None = None
    cue: Cue | None = None
    anonymity: Anonymity | None = None
    hedges: tuple[Span, ...] = ()
    negated: bool = False
    numbers: tuple[Number, ...] = ()
    check_worthiness: float = 0.0
    confidence: float = 1.0
    parent: int | None = None

    @property
    def start(self) -> int:
        """First code point of the content."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """One past the last code point of the content."""
        return self.content[-1].end


@dataclass(frozen=True, slots=True)
class Extraction:
    """One reading of one text. `analysed` is False for a language whose attributions are not read."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    claims: tuple[ExtractedClaim, ...]
    language: str
    analysed: bool
    reading: str  # the machine's name and version, e.g. "rules-1"


# ---- what the store holds --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a verdict scale. `word` is the normalised word by table (true … false, or none)."""

    id: str
    key: str
    label: str
    letter: str
    word: str
    rating: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The labels that one judgement may get."""

    id: str
    judgement: Judgement
    name: str
    labels: tuple[Label, ...]

    def find(self, wanted: str) -> Label | None:
        """The label of that id, key, letter or name, whatever its case."""
        folded = wanted.strip().casefold()
        for label in self.labels:
            if folded in (label.id.casefold(), label.key.casefold(), label.label.casefold(), label.letter.casefold()):
                return label
        return None


@dataclass(frozen=True, slots=True)
class Flag:
    """An orthogonal mark on a claim, such as "missing-context"."""

    id: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement by one reviewer, as it stands."""

    judgement: Judgement
    scale: str
    label: str  # the label's id
    label_text: str
    letter: str
    word: str
    rating: int | None
    explanation: str | None
    rationale: str | None
    reviewer: str
    given_at: str
    version: int  # number of the version of the article it was given on


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as one line of a list."""

    id: int
    article_id: int
    article_title: str
    outlet: str | None
    published: str | None
    kind: ClaimKind
    text: str
    wording: str | None
    source: str | None
    source_kind: SourceKind | None
    source_confirmed: bool
    anonymity: str | None
    check_worthiness: float
    status: Status
    truth: str | None  # label id
    attribution: str | None
    flags: tuple[str, ...]
    family_id: int | None
    family_size: int
    family_alarm: str | None
    evidence_count: int
    anchor_state: AnchorState
    stale: bool


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """Where a claim stands in its article, for marking it in the text."""

    claim_id: int
    role: Literal["source", "cue", "content", "quote"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on."""

    id: int
    claim_id: int
    url: str | None
    file_name: str | None
    excerpt: str | None
    stance: Stance
    independent: bool | None
    confidential: bool
    digest: str | None  # of the kept copy; None says "no copy kept"
    added_by: str
    added_at: str
    proposed: bool = False  # by a comment or footnote of the article itself; nobody took it over yet


@dataclass(frozen=True, slots=True)
class Note:
    """A reviewer's note on a claim."""

    id: int
    claim_id: int
    text: str
    reviewer: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another claim (`claim_id`) that seems to give a different figure for the same measure; a suggestion."""

    claim_id: int
    article_id: int
    outlet: str | None
    published: str | None
    source: str | None
    text: str
    figure: str  # of the claim that has the conflict
    against: str  # of the other one
    why: str


Meaning = Literal["changed", "same"]
MEANINGS: tuple[Meaning, ...] = ("changed", "same")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A stored record of what was said. `speakers` in the order of their first words, `words` as they are compared."""

    id: int
    name: str
    title: str
    held_at: str | None
    url: str | None
    digest: str  # SHA-256 of the text
    words: int
    speakers: tuple[str, ...]
    added_by: str
    added_at: str


# The misquote types of taxonomies.md 4.2 that can be told by comparing words, as people say them.
QUOTE_CLASSES: Mapping[str, str] = {
    "verbatim": "verbatim",
    "cleaned": "cleaned",
    "altered_word": "word altered",
    "negation": "negation changed",
    "hedge_dropped": "hedge dropped",
    "number_changed": "number changed",
    "truncated_marked": "cut, marked",
    "truncated_unmarked": "cut, unmarked",
    "spliced": "spliced from distant places",
    "inserted": "words put in",
    "bracketed": "words put in, in brackets",
    "misattributed": "another speaker said it",
    "composite": "put together from several speakers",
    "not_found": "not found",
}


@dataclass(frozen=True, slots=True)
class VerifiedText:
    """A text that a quote was verified against; `id` is "t2", "e4", or None for a file that is not in the store."""

    name: str
    digest: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class VerifiedStep:
    """A stretch of the quote beside what was said there; one side is empty where words came in or went out.

    `operation` is "equal", "replace", "delete" (said, not printed) or "insert"; `kind` says what the difference is:
    cleaned, negation, hedge, number, altered, inserted, cut, marked cut, bracketed, leap; empty for the same words.
    """

    operation: Literal["equal", "replace", "delete", "insert"]
    printed: str
    said: str
    kind: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What the machine found of a quote in the texts given, and what a person says of its meaning.

    `quote_class` is one of the misquote types of `workbench.match.verify`; `text` is the place in `against`, None
    where nothing was found; `lines` count from 1. `id` is None until it is kept. `meaning` is a person's answer.
    """

    id: int | None
    claim_id: int | None
    quote: str
    speaker: str | None
    quote_class: str
    alarms: tuple[str, ...]
    against: tuple[VerifiedText, ...]
    text: int | None
    lines: tuple[int, ...]
    speakers: tuple[str, ...]
    passage: str
    steps: tuple[VerifiedStep, ...]
    score: float
    meaning: Meaning | None = None
    added_by: str | None = None
    added_at: str | None = None
    answered_by: str | None = None
    answered_at: str | None = None

    @property
    def found(self) -> bool:
        """Whether anything like the quote stands in the texts."""
        return self.quote_class != "not_found"


Relation = Literal["earliest", "same", "near", "fragment", "wire copy", "differs"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A claim as a member of a family: how it stands to the one it is compared with, and why it is there.

    "differs": its words are neither like those nor a part of them; others of the family, or a person, join it.
    `changes` are its words against those of the one it is compared with; none where they are not told.
    """

    claim_id: int
    article_id: int
    outlet: str | None
    agency: str | None
    published: str | None
    text: str
    relation: Relation
    score: float
    alarms: tuple[str, ...]
    why: str
    state: Literal["suggested", "confirmed", "rejected"]
    changes: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class WordChange:
    """A stretch of the quote that is compared against, and what stands for it; one of the two may be empty."""

    operation: Literal["equal", "replace", "delete", "insert"]
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A member of a family beside the one that it is compared against: what it changed, and where it stands."""

    member: Occurrence
    words: str  # between the quotation marks
    source: str | None
    headline: bool  # it stands in the article's title
    changes: tuple[WordChange, ...]
    wire_of: int | None  # the claim of an earlier copy of the same wire or the same text
    decided_by: str | None  # the person who said that it belongs here
    decided_at: str | None = None

    @property
    def dropped(self) -> tuple[str, ...]:
        """The words that it leaves out; what it puts others for is changed, not left out."""
        return tuple(change.before for change in self.changes if change.operation == "delete")

    @property
    def added(self) -> tuple[str, ...]:
        """The words that it puts in."""
        return tuple(change.now for change in self.changes if change.operation in ("insert", "replace"))


@dataclass(frozen=True, slots=True)
class Drift:
    """How a quote changed from article to article: every variant, earliest first, against the claim `against`."""

    family: Family
    against: int
    variants: tuple[Variant, ...]

    @property
    def outlets_that_dropped(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Words that somebody left out, most often left out first, with the outlets that did."""
        found: dict[str, dict[str, None]] = {}
        for variant in self.variants:
            if variant.wire_of is None and variant.member.relation not in ("fragment", "differs"):
                for words in variant.dropped:
                    name = variant.member.outlet or variant.member.agency or f"c{variant.member.claim_id}"
                    found.setdefault(words.casefold(), {})[name] = None
        ranked = sorted(found.items(), key=lambda entry: -len(entry[1]))
        return tuple((words, tuple(names)) for words, names in ranked)


@dataclass(frozen=True, slots=True)
class AlsoFound:
    """A claim of another family, or of none, whose words a quote shares, and why it is not in the same family."""

    claim_id: int
    outlet: str | None
    published: str | None
    text: str
    family_id: int | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Family:
    """Occurrences of one quote, earliest first; `origins` counts wire copies once."""

    id: int
    text: str
    size: int
    origins: int
    alarm: str | None
    earliest: str | None
    members: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """Everything about one claim: the row, its place, its voice, its judgements and what hangs on it."""

    row: ClaimRow
    version: int
    start: int
    end: int
    spans: tuple[ClaimSpan, ...]
    source_text: str | None
    source_reason: str | None
    source_confidence: float | None
    cue_text: str | None
    cue_class: CueClass | None
    hedges: tuple[str, ...]
    negated: bool
    numbers: tuple[str, ...]
    confidence: float
    reading: str | None
    parent_id: int | None
    truth: Verdict | None
    attribution: Verdict | None
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]
    family: Family | None
    waived_because: str | None
    revision: int  # counts decisions; a writer names the one it saw
    words_before: str | None = None  # what a stale verdict was given on, or what stood in the version before
    source_before: str | None = None  # to whom the words were attributed then, where that changed
    verifications: tuple[Verification, ...] = ()  # the kept ones, the newest first
    fact_checks: tuple[CheckMatch, ...] = ()  # published checks that a person confirmed or rejected for it
    conflicts: tuple[Conflict, ...] = ()  # suggested


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A stored sentence and whether it is settled."""

    id: int
    start: int
    end: int
    mark: str | None  # "nothing to check", "opinion", "waived"
    settled: bool
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as one line of a list."""

    id: int
    title: str
    outlet: str | None
    agency: str | None
    published: str | None
    url: str | None
    name: str
    versions: int
    claims: int
    open_claims: int
    sentences: int
    settled: int
    copy_of: int | None = None  # the article that has the very same text under another identity

    @property
    def coverage(self) -> float:
        """Share of the sentences that are settled, 0..1 (1 when there are none)."""
        return self.settled / self.sentences if self.sentences else 1.0


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One version of an article with everything that is marked in its text."""

    row: ArticleRow
    version: int
    text: str
    header: Span | None
    title_span: Span | None
    paragraphs: tuple[Span, ...]
    sentences: tuple[SentenceRow, ...]
    claims: tuple[ClaimRow, ...]  # in the order of the text
    spans: tuple[ClaimSpan, ...]
    language: str
    analysed: bool
    notes: tuple[str, ...]
    read_as: tuple[str, ...] = ()  # format, encoding, what was guessed, and what else the reader found, in words


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as one line of a list."""

    id: int
    name: str
    kind: SourceKind
    aliases: tuple[str, ...]
    claims: int
    articles: int
    verdicts: Mapping[str, int]  # truth label id -> count


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of the history, in words."""

    seq: int
    action_id: int
    at: str
    reviewer: str
    verb: str
    subject: str  # typed id such as "c12"
    field: str
    before: Any
    after: Any
    why: str | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What one person did at once. `label` is a sentence for toasts and for `log`."""

    id: int
    at: str
    reviewer: str
    verb: str
    label: str
    undone: bool


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What a list of claims is narrowed to; empty fields narrow nothing. All given fields must hold."""

    search: str = ""
    source: str | None = None
    outlet: str | None = None
    kind: str | None = None
    status: str | None = None
    verdict: str | None = None  # truth or attribution label id, or "none"
    article_id: int | None = None
    family_id: int | None = None
    min_check: float | None = None
    since: str | None = None
    marks: frozenset[str] = frozenset()  # anonymous, stale, lost, negated, family, evidence, number, open, flag:ID


SORTS: tuple[str, ...] = ("check", "date", "source", "family", "article")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: `done` of `total` (None while unknown), and what it is on."""

    done: int
    total: int | None
    what: str


@dataclass(frozen=True, slots=True)
class ReadingChanges:
    """How the claims of a reading compare with those of the reading before.

    `decided` counts those that people decided on: of the changed and lost ones after a new text, of all that stay
    after a new reading of the same text.
    """

    unchanged: int = 0
    moved: int = 0
    changed: int = 0
    lost: int = 0
    new: int = 0
    decided: int = 0

    def counts(self) -> dict[str, int]:
        """Name -> count."""
        return {name: getattr(self, name) for name in ("unchanged", "moved", "changed", "lost", "new", "decided")}


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """What became of one document, or in a dry run what would."""

    source: str
    status: Literal["stored", "unchanged", "new version", "failed", "would store", "would be a new version"]
    article_id: int | None = None
    claims: int = 0
    reason: str | None = None
    notes: tuple[str, ...] = ()
    changes: ReadingChanges | None = None  # of a new version


# ---- what a report is made of ----------------------------------------------------------------------------------------

# What a public report holds, worded alike in help, dialogs, remarks and the report itself.
APPROVED_ONLY = "approved claims only"
ONE_REVIEWER = "checked claims (one reviewer works on this store)"
PUBLIC_HOLDS = f"{APPROVED_ONLY}, or {ONE_REVIEWER}"

REPORT_FORMAT = 1  # what every export of a report carries; a reader refuses a greater one

WITHHELD = "\N{LIGHT SHADE}"  # stands for each character of an article that a public report does not print


@dataclass(frozen=True, slots=True)
class ReportArticle:
    """An article in a report, with its claims in the order of the text."""

    view: ArticleView
    cards: tuple[ClaimCard, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an export prints. `public` says that nothing confidential may be in it."""

    made_at: str
    made_by: str
    public: bool
    filter_text: str
    articles: tuple[ReportArticle, ...]
    scales: tuple[Scale, ...]
    flags: tuple[Flag, ...]
    families: tuple[Family, ...]
    history: tuple[EventRow, ...]  # empty when public
    log_head: str
    log_length: int
    program: str  # "workbench 0.1.0"
    rule: str = ""  # which claims a public report holds: APPROVED_ONLY or ONE_REVIEWER
    corrections: tuple[VersionChanges, ...] = ()  # what later versions of its articles changed


# ---- what a new version of a text changed ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What became of one claim in a new version. `before` is None for a new one, `now` for one that is lost."""

    claim_id: int
    what: Literal["changed", "lost", "new", "back"]
    before: str | None
    now: str | None
    source_before: str | None
    source_now: str | None
    judged: bool  # whether a verdict stands on it today


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """An entry of the corrections log: what a version of an article changed against the version before."""

    article_id: int
    title: str
    outlet: str | None
    version: int
    version_before: int
    at: str
    published: str | None
    unchanged: int
    moved: int
    changed: int
    lost: int
    new: int
    claims: tuple[ClaimChange, ...]
