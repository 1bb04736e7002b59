"""Records of published fact-checks: what ClaimReview says, what the store holds of it, what may answer a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

MatchState = Literal["suggested", "confirmed", "rejected"]
Word = Literal["true", "mostly true", "mixed", "mostly false", "false", "none"]

WORDS: tuple[Word, ...] = ("true", "mostly true", "mixed", "mostly false", "false", "none")


class PublishedCheck(NamedTuple):
    """One ClaimReview as it was read, cleaned of the dirt of the wild but with the publisher's own words.

    A tuple, because a feed makes a hundred thousand of them.
    """

    url: str  # absolute, http or https
    claim: str  # claimReviewed
    title: str | None = None  # headline of the check
    quote: str | None = None  # the claim's full wording (Claim.text)
    claimant: str | None = None
    claimed: str | None = None  # ISO 8601, when the claim was made
    appearances: tuple[str, ...] = ()
    publisher: str | None = None
    site: str = ""  # host of `url` without "www."
    rating: str | None = None  # the publisher's own label
    value: float | None = None
    worst: float | None = None
    best: float | None = None
    explanation: str | None = None
    published: str | None = None  # ISO 8601
    language: str | None = None
    licence: str | None = None
    details: str = "{}"  # the ClaimReview as it came, JSON


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A stored fact-check. `word` and `flags` are its rating by the table `table`; `rating` is the publisher's own."""

    id: int
    uid: str
    url: str
    claim: str
    title: str | None
    quote: str | None
    claimant: str | None
    claimed: str | None
    publisher: str | None
    site: str
    rating: str | None
    word: Word
    flags: tuple[str, ...]
    table: str
    explanation: str | None
    published: str | None
    language: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class CheckMatch:
    """A published check that may already answer a claim: suggested by the machine until a person decides.

    `score` is 0..1, an estimate of how likely the check is about this claim. `words` are words of the check that the
    claim shares, `why` says in a line what the suggestion rests on. `decided_by` and `decided_at` are empty while
    suggested.
    """

    claim_id: int
    check: FactCheck
    score: float
    words: tuple[str, ...]
    why: str
    state: MatchState
    decided_by: str | None = None
    decided_at: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedChecks:
    """What an import of published fact-checks did. `refused` names items that were not taken, with the reason."""

    source: str
    added: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    not_allowed: int = 0
    refused: tuple[tuple[str, str], ...] = ()  # (place, reason), the first hundred
    refused_count: int = 0
    label: str | None = None  # of the action; None when nothing changed


@dataclass(frozen=True, slots=True)
class Lint:
    """One finding of the linter: a code of CR001…, where, what is wrong and how to mend it."""

    code: str
    level: Literal["error", "warning", "info"]
    place: str  # "line 12" or "[0].reviewRating.bestRating"
    message: str
    mend: str
