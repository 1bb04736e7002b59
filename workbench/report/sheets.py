"""A report as sheets of ready phrases, in the order in which a reader meets them: what Markdown and HTML print.

Sheets hold foreign text as it stands; each format cleans and escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.records import Note, Scale
from workbench.report.figures import Figures
from workbench.report.marking import Segment
from workbench.report.passages import Block
from workbench.report.questions import Question


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a claim or an article. `guess` marks what the machine says and nobody confirmed."""

    name: str
    text: str
    guess: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class JudgementSheet:
    """One judgement, given or still open. `tone` names its colour."""

    question: str
    label: str
    letter: str
    tone: str
    scale: str = ""
    explanation: str | None = None
    rationale: str | None = None
    given: str = ""
    earlier: str = ""
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """One piece of evidence; `link` only when its address may be one."""

    stance: str
    link: str | None
    name: str
    excerpt: str | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VariantSheet:
    """One occurrence in a family; `here` is the claim that the card is about.

    `words` are its words against the earliest's, where some of them differ.
    """

    day: str
    outlet: str
    text: str
    relation: str
    alarms: tuple[str, ...]
    remarks: tuple[str, ...]
    here: bool
    claim: int | None
    words: tuple[WordsSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class WordsSheet:
    """A stretch of a word diff: the words in common, or those printed and those said; `sign` is equal or not."""

    printed: str
    said: str
    same: bool


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """A published check that a person confirmed for a claim; `link` only when its address may be one."""

    text: str
    link: str | None
    address: str


@dataclass(frozen=True, slots=True)
class VerificationSheet:
    """A quote against the record: the result in a sentence, what is alarming in it, and the word diff."""

    summary: str
    alarms: tuple[str, ...]
    answer: str
    words: tuple[WordsSheet, ...]


@dataclass(frozen=True, slots=True)
class FamilySheet:
    """The family of a claim, in words and one line a variant; `unlisted` counts the variants that are not shown."""

    summary: str
    variants: tuple[VariantSheet, ...]
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class EventSheet:
    """One entry of the history: when, who, and what was done in words."""

    at: str
    reviewer: str
    what: str


@dataclass(frozen=True, slots=True)
class CorrectionSheet:
    """What one later version of an article changed: a sentence, and a line for each claim worth telling."""

    summary: str
    changes: tuple[ChangeSheet, ...]


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """One claim of an earlier text: what became of it, before and after."""

    claim: int
    what: str
    before: str | None
    now: str | None
    printed: bool


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """Everything that a report says about one claim. `marked` says that it can be seen in the article's text."""

    id: int
    kind: str
    quoted: bool
    words: str
    source: Fact | None
    context: tuple[Segment, ...]
    marked: bool
    status: str
    warnings: tuple[str, ...]
    judgements: tuple[JudgementSheet, ...]
    wording: str | None
    facts: tuple[Fact, ...]
    flags: tuple[str, ...]
    evidence: tuple[EvidenceSheet, ...]
    verifications: tuple[VerificationSheet, ...]
    conflicts: tuple[str, ...]
    checks: tuple[CheckSheet, ...]
    family: FamilySheet | None
    notes: tuple[Note, ...]
    history: tuple[EventSheet, ...]
    in_short: str
    questions: tuple[str, ...]
    parent: int | None
    parent_printed: bool
    children: tuple[int, ...]

    @property
    def verdict(self) -> JudgementSheet:
        """The judgement that speaks for the claim at a glance: the first that was given, else the open one."""
        return next((sheet for sheet in self.judgements if sheet.tone != "open"), self.judgements[0])

    @property
    def judged(self) -> bool:
        """Whether a person gave a verdict."""
        return self.verdict.tone != "open"


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """An article with its text in blocks and its claims in the order of the text.

    `heading` is its title, unless that is the title of the whole report already.
    """

    id: int
    title: str
    heading: str
    link: str | None
    facts: tuple[Fact, ...]
    coverage: str
    share: float
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    language: str
    blocks: tuple[Block, ...]
    claims: tuple[ClaimSheet, ...]
    tones: dict[int, JudgementSheet]
    corrections: tuple[CorrectionSheet, ...]


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A whole report in phrases."""

    title: str
    internal: bool
    facts: tuple[Fact, ...]
    figures: Figures
    articles: tuple[ArticleSheet, ...]
    questions: tuple[Question, ...]
    printed: frozenset[int]
    scales: tuple[Scale, ...]
    readings: tuple[str, ...]
    log: str
    program: str
