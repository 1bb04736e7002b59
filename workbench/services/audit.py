"""The audit of articles: coverage, anonymous voices, attribution verbs held against verdicts, single sources.

Levels of anonymity and classes of verbs are those of taxonomies.md 4.3 and 4.4 (Hooper 1975; Recasens et al. 2013).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db import figures
from workbench.errors import NotFoundError
from workbench.records import ClaimRow
from workbench.services.lists import to_claim_row
from workbench.services.store import Store

LEVELS = {
    "A": "named, on record",
    "B": "a named body, the voice unnamed",
    "C": "described, in a position to know",
    "D": "described vaguely",
    "E": "familiar with the matter",
    "F": "bare: “a source”",
    "G": "a collective: “critics”",
    "H": "nobody: “it is alleged”",
    "I": "a document",
    "J": "another medium",
}
ANONYMOUS = "CDEFGH"
OFTEN = 3  # a source quoted less often shows no pattern
MOST = 50


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an article is settled, and by which marks; figures count sentences."""

    article_id: int
    title: str
    outlet: str | None
    sentences: int
    settled: int
    nothing_to_check: int
    opinion: int
    waived: int
    voices: dict[str, int]  # level A-J -> attributed claims

    @property
    def share(self) -> float:
        """Settled share of the sentences, 0..1; 1 of none."""
        return self.settled / self.sentences if self.sentences else 1.0

    @property
    def anonymous(self) -> int:
        """Attributed claims at the levels C to H."""
        return sum(self.voices.get(level, 0) for level in ANONYMOUS)


@dataclass(frozen=True, slots=True)
class Colouring:
    """A claim whose attribution verb says more than its verdict bears, with the reason in words."""

    claim: ClaimRow
    cue: str
    cue_class: str
    word: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """A source whose words are mostly attributed by distancing verbs ("claims", "insists")."""

    id: int
    name: str
    claims: int
    distancing: int


@dataclass(frozen=True, slots=True)
class Single:
    """A claim that rests on one source alone."""

    claim: ClaimRow
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit found. `verbs` maps a class of cues to the words of the truth verdicts, "open" without one."""

    articles: tuple[Coverage, ...]
    outlets: dict[str, dict[str, int]]  # outlet -> level -> attributed claims
    verbs: dict[str, dict[str, int]]
    colourings: tuple[Colouring, ...]
    doubted: tuple[Doubted, ...]
    single: tuple[Single, ...]


def audit(store: Store, article_ids: Sequence[int] | None = None, most: int = MOST) -> Audit:
    """Audit these articles, or all that are shown; `single` holds at most `most`. Raises NotFoundError."""
    wanted = list(article_ids) if article_ids is not None else None
    with store.reading() as reader:
        articles = _coverage(figures.sentences(reader, wanted), figures.voices(reader, wanted))
        _all_there(wanted, articles)
        return Audit(
            articles,
            _by_outlet(articles),
            _verbs(figures.cues(reader, wanted)),
            tuple(_colouring(row) for row in figures.judged_against_their_cue(reader, wanted)),
            tuple(
                Doubted(*row) for row in figures.cues_of_sources(reader, wanted, OFTEN) if 2 * row[3] > row[2]
            ),
            tuple(_single(row) for row in figures.resting_on_one_source(reader, wanted, most)),
        )  # fmt: skip


def _all_there(wanted: list[int] | None, found: Sequence[Coverage]) -> None:
    missing = sorted(set(wanted or ()) - {each.article_id for each in found})
    if missing:
        raise NotFoundError(f"there is no article a{missing[0]}", "workbench articles lists them")


def _coverage(articles: list[Any], voices: list[Any]) -> tuple[Coverage, ...]:
    levels: dict[int, dict[str, int]] = defaultdict(dict)
    for row in voices:
        levels[row["article_id"]][row["anonymity"]] = row["number"]
    return tuple(
        Coverage(
            row["id"], row["title"], row["outlet"], row["sentences"], row["settled"], row["nothing_to_check"],
            row["opinion"], row["waived"], dict(sorted(levels[row["id"]].items())),
        )
        for row in articles
    )  # fmt: skip


def _by_outlet(articles: Sequence[Coverage]) -> dict[str, dict[str, int]]:
    result: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for article in articles:
        for level, number in article.voices.items():
            result[article.outlet or ""][level] += number
    return {outlet: dict(sorted(levels.items())) for outlet, levels in sorted(result.items())}


def _verbs(rows: list[Any]) -> dict[str, dict[str, int]]:
    result: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        result[row["cue_class"]][row["word"] or "open"] = row["number"]
    return dict(sorted(result.items()))


def _colouring(row: Any) -> Colouring:
    if row["cue_class"] == "factive":
        why = "the verb presupposes that it is true, the verdict says otherwise"
    else:
        why = "the verb casts doubt on what the verdict bears out"
    return Colouring(to_claim_row(row), row["cue_text"] or "", row["cue_class"], row["word"], why)


def _single(row: Any) -> Single:
    return Single(to_claim_row(row), (row["anonymity"] or "A") in ANONYMOUS or row["source_kind"] == "anonymous")
