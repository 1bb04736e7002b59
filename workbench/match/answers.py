"""Does a published fact-check answer this claim? What the two texts share, weighed by numbers learned from people.

The weights were learned from CheckThat! 2022 task 2b (sentences of debates against PolitiFact's checks) by a softmax
over the candidates of each sentence, cross-validated by transcript; how, and how well, stands in the card of
`models/sentences`. A pair is judged by the two texts, their places in the two rankings and tables of the package.
"""

from __future__ import annotations

import json
import math
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


@lru_cache(maxsize=4096)
def stems(text: str) -> Mapping[str, str]:
    """Stem -> word as written, of the words in `text` that say what it is about, in their order."""
    found: dict[str, str] = {}
    for written in _WORD.findall(text[:LONGEST]):
        if name := _telling(written):
            found.setdefault(name, written)
    return found


@lru_cache(maxsize=50_000)
def _telling(written: str) -> str:
    """The stem of a word, "" where it says nothing of what a claim is about."""
    word = written.casefold().replace(",", "")
    return stem(word) if weight(word) >= COMMON and (len(word) > 1 or word.isdecimal()) else ""


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


def features(claim: str, candidates: Sequence[Candidate], speaker: str | None = None) -> list[list[float]]:
    """A row of FEATURES for each candidate; all of them together are the pool that places are measured in."""
    from rapidfuzz import fuzz

    own, lowered = stems(claim), claim[:LONGEST].lower()
    figures = _figures(own)
    mass = _mass(own) or 1.0
    best_text = max((one.text_score for one in candidates), default=0.0) or 1.0
    claims = [one.claim_cosine or 0.0 for one in candidates]
    titles = [one.claim_cosine or 0.0 if one.title_cosine is None else one.title_cosine for one in candidates]
    best_claim, best_title = max(claims, default=0.0), max(titles, default=0.0)
    rows = []
    for one, by_claim, by_title in zip(candidates, claims, titles, strict=True):
        text = one.claim[:LONGEST].lower()
        theirs = stems(one.claim)
        both = {**(stems(one.title) if one.title else {}), **theirs}
        shared = own.keys() & both.keys()
        common = sum(weight(name) for name in shared)
        their_figures = _figures(both)
        rows.append(
            [
                one.text_score, one.text_score / best_text, by_claim, by_title, max(by_claim, by_title),
                by_claim - best_claim, by_title - best_title, fuzz.token_set_ratio(lowered, text) / 100,
                fuzz.partial_ratio(lowered, text) / 100, fuzz.token_sort_ratio(lowered, text) / 100,
                fuzz.ratio(lowered, text) / 100, common / mass, common / (_mass(theirs) or 1.0),
                float(min(len(figures & their_figures), 3)), float(bool(figures) and not figures & their_figures),
                math.log1p(len(theirs)), float(_named(one.claimant, own)),
                float(same_speaker(one.claimant, speaker) is True),
            ]
        )  # fmt: skip
    return rows


def _mass(found: Mapping[str, str]) -> float:
    return sum(weight(name) for name in found)


def _figures(found: Mapping[str, str]) -> set[str]:
    return {name for name in found if name[:1].isdigit()}


def _named(claimant: str | None, own: Mapping[str, str]) -> bool:
    return bool(claimant) and any(part in own for part in stems(claimant or ""))


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
    own = stems(claim)
    found = []
    for one, row in zip(candidates, features(claim, candidates, speaker), strict=True):
        total = sum(number * value for number, value in zip(weights, row, strict=True))
        score = 1 / (1 + math.exp(-max(min(slope * total + offset, 60.0), -60.0)))  # type: ignore[operator]
        theirs = {**(stems(one.title) if one.title else {}), **stems(one.claim)}
        shared = sorted(own.keys() & theirs.keys(), key=lambda name: (-weight(name), name))
        found.append(Judged(score, tuple(theirs[name] for name in shared), _why(row, len(shared))))
    return found


def _why(row: Sequence[float], shared: int) -> str:
    """What a suggestion rests on, in a line."""
    named = dict(zip(FEATURES, row, strict=True))
    parts = [f"{shared} {'word' if shared == 1 else 'words'} shared"] if shared else ["no rare word shared"]
    if named["higher cosine"]:
        parts.append(f"meaning {named['higher cosine']:.2f}")
    if named["shared figures"]:
        parts.append("same figures")
    elif named["no figure shared"]:
        parts.append("other figures")
    if named["same speaker"]:
        parts.append("same speaker")
    return " · ".join(parts)
