"""Two quotes -> how they are related, with the reason in words. Pure: the quotes and shipped tables decide alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from workbench.match.alarms import Alarm, alarms
from workbench.match.diff import Piece, pieces
from workbench.match.grams import Grams, comparable, grams
from workbench.match.overlap import Overlap, overlap
from workbench.match.speakers import same_speaker
from workbench.match.weights import mass, shortest_runs, tenths
from workbench.match.words import Words, hashed, words

Relation = Literal["same", "near", "fragment"]

NEAR = 0.6  # of the longer quote's words in common (matching.md)
CONTAINED = 0.75  # of the shorter quote's words
FAMILY_WORDS = 6  # a shorter quote joins nothing by likeness alone
FAR = 30  # days; words said again after that need to be many
LONG = 180  # days; then a slogan said again is another utterance, and nobody's words are another person's
_TOLD = 2 / 3  # of the weight of the shorter quote's words
_FLOOR = 0.42  # score below which a link says nothing
_BROKEN = 0.08  # of the score rests on the words standing together
_UNNAMED = 0.9  # of the score where nobody is known to be the same speaker
_NEVER = 1000.0
# By whether the speaker is the same: what must be told within a month, within half a year, and after that.
_NEEDED = {True: (7.0, 21.0, 45.0), None: (8.0, 22.0, 45.0), False: (20.0, 34.0, _NEVER)}
_STRETCH = 40.0  # weight of an unbroken run that alone makes two quotes overlap
RUN_WORDS = 5  # the fewest words that weigh so much


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between quotation marks, who said them and when (ISO date), and the wire that carried them."""

    text: str
    speaker: str | None = None
    date: str | None = None
    origin: str | None = None


class Profile:
    """What of a quote's words the comparison needs, each read once and only when it is asked for."""

    def __init__(self, text: str, texts: tuple[str, ...] | None = None) -> None:
        self.text = text
        self.texts = self.words.texts if texts is None else texts

    @cached_property
    def words(self) -> Words:
        """The words with their places."""
        return words(self.text)

    @cached_property
    def grams(self) -> Grams:
        """The grams of the words."""
        return grams(self.texts)

    @cached_property
    def code(self) -> str:
        """The words as one code point each."""
        return hashed(self.texts)

    @cached_property
    def runs(self) -> frozenset[str]:
        """The shortest runs from each word on that weigh enough to make two quotes overlap, as code points."""
        return frozenset(self.code[start:end] for start, end in shortest_runs(self.weights, round(10 * _STRETCH)))

    @cached_property
    def weights(self) -> list[int]:
        """What each word tells, in tenths."""
        return list(map(tenths, self.texts))

    @cached_property
    def mass(self) -> float:
        """What the words tell together."""
        return sum(self.weights) / 10


@lru_cache(maxsize=2048)
def profile(text: str) -> Profile:
    """The profile of the words between quotation marks."""
    return Profile(text)


@dataclass(frozen=True, slots=True)
class Link:
    """Why two quotes belong together. `aligned` are the differences and agreements by word, in order.

    "same": the same words. "near": most of the longer one's words. "fragment": the shorter stands in the longer, or
    both share a long stretch. `score` is 0..1; a link with `alarms` never says that the two are the same.
    """

    relation: Relation
    score: float
    alarms: tuple[Alarm, ...]
    aligned: tuple[Piece, ...]
    why: str


class Likeness(NamedTuple):
    """What the words of two quotes have in common, whoever said them and whenever."""

    relation: Relation | None
    telling: float  # weight of the words in common
    of_shorter: float  # share of the shorter quote's words, 0..1
    of_longer: float
    unbroken: float  # share of the words in common that stand together
    shorter: int  # words
    longer: int

    def score(self, speaker: bool | None, days: int | None) -> float:
        """0..1: the share in common, times how surely so many words are no accident on such an occasion."""
        best = max(self.of_longer, 0.97 * self.of_shorter) * (1 - _BROKEN + _BROKEN * self.unbroken)
        surely = 1.0 if speaker else _UNNAMED
        return round(best * surely / (1 + math.exp((needed(speaker, days) - self.telling) / 5)), 4)

    def links(self, speaker: bool | None, days: int | None) -> bool:
        """Whether that makes two quotes one utterance, or one a part of the other, on such an occasion."""
        told = self.relation is not None and self.telling >= needed(speaker, days)
        return told and self.score(speaker, days) >= _FLOOR


def compare(one: Quotation, other: Quotation) -> Link | None:
    """The link between two quotes, None when they have nothing to do with each other.

    Every pair that is linked shares grams. Of very long quotes the first 5,000 words are compared.
    """
    left, right = profile(one.text), profile(other.text)
    speaker, days = same_speaker(one.speaker, other.speaker), days_between(one.date, other.date)
    if not left.texts or not comparable(left.grams, right.grams) or not _alike(left, right):
        return None
    found = _overlap(left, right)
    likeness = _likeness(left, right, found)
    if not likeness.links(speaker, days):
        return None
    differing = alarms(one.text, other.text, left.words, right.words, found)
    aligned = pieces(one.text, other.text, left.words, right.words)
    why = reason(likeness, len(found.common), speaker, days, differing)
    return Link(likeness.relation or "near", likeness.score(speaker, days), differing, aligned, why)


def score(one: Quotation, other: Quotation) -> float:
    """How much alike two quotes are, 0..1, for every pair, linked or not: it ranks them."""
    left, right = profile(one.text), profile(other.text)
    likeness = _likeness(left, right, _overlap(left, right))
    return likeness.score(same_speaker(one.speaker, other.speaker), days_between(one.date, other.date))


def related(left: Profile, right: Profile) -> Likeness | None:
    """What two comparable quotes have in common by their words alone, None where no occasion would link them."""
    if not left.texts or not _alike(left, right):
        return None
    found = _likeness(left, right, _overlap(left, right))
    return found if found.links(True, 0) else None


def itself(own: Profile) -> Likeness:
    """What a quote has in common with one of the same words."""
    count = len(own.texts)
    return Likeness("same", own.mass, 1.0, 1.0, 1.0, count, count)


def differing(left: Profile, right: Profile) -> tuple[Alarm, ...] | None:
    """What is in alarm between two quotes that some occasion would link, None where none would."""
    if not left.texts or not _alike(left, right):
        return None
    found = _overlap(left, right)
    if not _likeness(left, right, found).links(True, 0):
        return None
    return alarms(left.text, right.text, left.words, right.words, found)


def likeness(left: Profile, right: Profile) -> Likeness:
    """What two quotes have in common by their words alone, whether that is enough or not."""
    return _likeness(left, right, _overlap(left, right))


def _overlap(left: Profile, right: Profile) -> Overlap:
    return overlap(left.texts, right.texts, (left.code, right.code))


def _alike(left: Profile, right: Profile) -> bool:
    """Whether two quotes can be linked at all, by a quick look that overrates what they have in common.

    A link needs most of the words of the longer quote, or of the shorter one, or a heavy run of them.
    """
    common, enough = in_common(left.code, right.code)
    return common >= enough or (common > 0 and not left.runs.isdisjoint(right.runs))


def in_common(left: str, right: str) -> tuple[int, float]:
    """How many words two quotes (`Profile.code`) have in common, in order, and how many are enough for a closer look.

    0 where they are so few that there is nothing to look at.
    """
    from rapidfuzz.distance import LCSseq

    shorter, longer = len(left), len(right)
    if shorter > longer:
        shorter, longer = longer, shorter
    enough = min(NEAR * longer, CONTAINED * shorter)
    return LCSseq.similarity(left, right, score_cutoff=math.ceil(min(enough, RUN_WORDS))), enough


def _likeness(left: Profile, right: Profile, found: Overlap) -> Likeness:
    unbroken = len(found.run) / max(1, len(found.common))
    return Likeness(
        _relation(left, right, found), mass(found.common), found.of_shorter, found.of_longer, unbroken,
        found.shorter, found.longer,
    )  # fmt: skip


def _relation(left: Profile, right: Profile, found: Overlap) -> Relation | None:
    if not found.common:
        return None
    if left.texts == right.texts:
        return "same"
    if found.of_longer >= NEAR:
        return "near"
    contained = found.of_shorter >= CONTAINED and mass(found.common) >= _TOLD * _lightest(left, right)
    return "fragment" if contained or mass(found.run) >= _STRETCH else None


def _lightest(left: Profile, right: Profile) -> float:
    """What the shorter quote tells as a whole: a fragment that lacks its telling word is none."""
    return (left if len(left.texts) < len(right.texts) else right).mass


def needed(speaker: bool | None, days: int | None) -> float:
    """The weight of common words that tells the same utterance from words said again on another occasion."""
    near, later, long_after = _NEEDED[speaker]
    if days is None or days <= FAR:
        return near + (0 if days is None or days <= 3 else 5)
    return later if days <= LONG else long_after


def days_between(one: str | None, other: str | None) -> int | None:
    """The days from one ISO date to another, None where one is missing or no date."""
    first, second = _day(one), _day(other)
    return None if first is None or second is None else abs(first - second)


@lru_cache(maxsize=4096)
def _day(given: str | None) -> int | None:
    try:
        return date.fromisoformat((given or "")[:10]).toordinal()
    except ValueError:
        return None


def reason(likeness: Likeness, count: int, speaker: bool | None, days: int | None, differing: tuple[Alarm, ...]) -> str:
    """What two quotes with `count` words in common have to do with each other, in one sentence for people."""
    shared = {
        "same": f"the same {count} words" if count > 1 else "the same word",
        "near": f"{count} of {likeness.longer} words in common",
        "fragment": f"{count} of {likeness.shorter} words stand in the longer quote",
        None: f"{count} of {likeness.shorter} words in common" if count else "no words in common",
    }[likeness.relation]
    who = {True: ", same speaker", False: ", another speaker is named", None: ""}[speaker]
    when = "" if days is None else ", same day" if days == 0 else f", {_plural(days)} apart"
    alarm = f"; differs in {_listed(differing)}" if differing else ""
    return f"{shared}{who}{when}{alarm}"


def _plural(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _listed(differing: tuple[Alarm, ...]) -> str:
    names = {"number": "a number", "negation": "a negation", "hedge": "a hedge"}
    return " and ".join(names[alarm] for alarm in differing)
