"""Does a published fact-check answer this claim? What the two texts share, weighed by numbers learned from people.

The weights were learned from CheckThat! 2022 task 2b (sentences of debates against PolitiFact's checks) by a softmax
over the candidates of each sentence, cross-validated by transcript; how, and how well, stands in the card of
`models/sentences`. A pair is judged by the two texts, their places in the two rankings and tables of the package.
"""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from workbench.match.speakers import same_speaker
from workbench.match.weights import weight
from workbench.text import fold

COMMON = 2.6  # words of less weight (about 7 % of sentences hold them) say nothing of what a claim is about
SEARCHED = 3.8  # words of less weight are not looked up: they are in too many checks
MOST_TERMS = 24  # words that an index is asked for
LONGEST = 600  # code points of a claim or a check that are compared


class Candidate(NamedTuple):
    """One check and its places in the rankings: text score (bm25, 0 without), cosines of meaning (None without)."""

    claim: str
    title: str | None
    claimant: str | None
    text_score: float
    claim_cosine: float | None
    title_cosine: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """How likely the check answers the claim, 0..1; the words both hold; what the score rests on, in a line."""

    score: float
    words: tuple[str, ...]
    why: str


_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[^\W_]+")


class _Told(NamedTuple):
    """What one text is about: stem -> word as written, in their order; their weight together; the stems of figures."""

    stems: Mapping[str, str]
    mass: float
    figures: frozenset[str]


@lru_cache(maxsize=8192)
def _told(text: str) -> _Told:
    found: dict[str, str] = {}
    mass, figures = 0.0, set()
    for written in _WORD.findall(text[:LONGEST]):
        name, telling, figure = _telling(written)
        if name and name not in found:
            found[name] = written
            mass += telling
            if figure:
                figures.add(name)
    return _Told(found, mass, frozenset(figures))


_NOTHING = _Told({}, 0.0, frozenset())


@lru_cache(maxsize=50_000)
def _telling(written: str) -> tuple[str, float, bool]:
    """The stem of a word, its weight, and whether it is a figure; "" where it says nothing of what a claim is about."""
    word = written.casefold().replace(",", "")
    name = stem(word) if weight(word) >= COMMON and (len(word) > 1 or word.isdecimal()) else ""
    return name, weight(name), name[:1].isdigit()


def stem(word: str) -> str:
    """`word` without the commonest English endings."""
    for ending in ("ing", "edly", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_TERM = re.compile(r"[^\W_]+")


def terms(text: str) -> list[str]:
    """The words of a claim to search a full-text index for, the rarest first; all of them where none is rare."""
    found = dict.fromkeys(_TERM.findall(fold(text[:LONGEST])))
    told = [word for word in found if weight(word) >= SEARCHED and (len(word) > 1 or word.isdecimal())]
    return sorted(told or found, key=lambda word: (-weight(word), word))[:MOST_TERMS]


FEATURES = (
    "text score",
    "share of best text score",
    "claim cosine",
    "title cosine",
    "higher cosine",
    "below best claim cosine",
    "below best title cosine",
    "token set",
    "partial",
    "token sort",
    "ratio",
    "share of the claim's words",
    "share of the check's words",
    "shared figures",
    "no figure shared",
    "length of the check",
    "claimant named",
    "same speaker",
)
_PLACE = {name: place for place, name in enumerate(FEATURES)}


class _Pair(NamedTuple):
    """A claim and a check compared: a number for each of FEATURES, and the words of the check that both hold."""

    features: list[float]
    shared: dict[str, str]


def features(claim: str, candidates: Sequence[Candidate], speaker: str | None = None) -> list[list[float]]:
    """A row of FEATURES for each candidate; all of them together are the pool that places are measured in."""
    return [pair.features for pair in _compared(claim, candidates, speaker)]


def _compared(claim: str, candidates: Sequence[Candidate], speaker: str | None) -> list[_Pair]:
    from rapidfuzz import fuzz

    own, lowered = _told(claim), claim[:LONGEST].lower()
    best_text = max((one.text_score for one in candidates), default=0.0) or 1.0
    claims = [one.claim_cosine or 0.0 for one in candidates]
    titles = [one.claim_cosine or 0.0 if one.title_cosine is None else one.title_cosine for one in candidates]
    best_claim, best_title = max(claims, default=0.0), max(titles, default=0.0)
    pairs = []
    for one, by_claim, by_title in zip(candidates, claims, titles, strict=True):
        text = one.claim[:LONGEST].lower()
        theirs, title = _told(one.claim), _told(one.title) if one.title else _NOTHING
        shared = {name: theirs.stems.get(name) or title.stems[name] for name in own.stems
                  if name in theirs.stems or name in title.stems}  # fmt: skip
        common = sum(map(weight, shared))
        figures = own.figures & (theirs.figures | title.figures)
        row = [
            one.text_score, one.text_score / best_text, by_claim, by_title, max(by_claim, by_title),
            by_claim - best_claim, by_title - best_title, fuzz.token_set_ratio(lowered, text) / 100,
            fuzz.partial_ratio(lowered, text) / 100, fuzz.token_sort_ratio(lowered, text) / 100,
            fuzz.ratio(lowered, text) / 100, common / (own.mass or 1.0), common / (theirs.mass or 1.0),
            float(min(len(figures), 3)), float(bool(own.figures) and not figures), math.log1p(len(theirs.stems)),
            float(_named(one.claimant, own)), float(same_speaker(one.claimant, speaker) is True),
        ]  # fmt: skip
        pairs.append(_Pair(row, shared))
    return pairs


def _named(claimant: str | None, own: _Told) -> bool:
    return bool(claimant) and not own.stems.keys().isdisjoint(_told(claimant or "").stems)


@lru_cache(maxsize=1)
def learned() -> Mapping[str, object]:
    """The learned numbers: a weight for each of FEATURES, and what turns a score into a probability."""
    found: Mapping[str, object] = json.loads(files("workbench.match").joinpath("answers.json").read_text("utf-8"))
    return found


def judge(claim: str, candidates: Sequence[Candidate], speaker: str | None = None) -> list[Judged]:
    """How likely each candidate answers the claim; in the order given."""
    numbers = learned()
    weights: list[float] = numbers["weights"]  # type: ignore[assignment]
    slope, offset = numbers["slope"], numbers["offset"]
    found = []
    for row, shared in _compared(claim, candidates, speaker):
        total = sum(map(operator.mul, weights, row))
        score = 1 / (1 + math.exp(-max(min(slope * total + offset, 60.0), -60.0)))
        words = sorted(shared, key=lambda name: (-weight(name), name))
        found.append(Judged(score, tuple(shared[name] for name in words), _why(row, len(words))))
    return found


def _why(row: Sequence[float], shared: int) -> str:
    """What a suggestion rests on, in a line."""
    parts = [f"{shared} {'word' if shared == 1 else 'words'} shared"] if shared else ["no rare word shared"]
    if meaning := row[_PLACE["higher cosine"]]:
        parts.append(f"meaning {meaning:.2f}")
    if row[_PLACE["shared figures"]]:
        parts.append("same figures")
    elif row[_PLACE["no figure shared"]]:
        parts.append("other figures")
    if row[_PLACE["same speaker"]]:
        parts.append("same speaker")
    return " · ".join(parts)
