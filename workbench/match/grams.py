"""The stretches of a quote by which its copies and fragments are found again in an index.

A stretch is the shortest run of words that tells something, where a word that often follows the one before it tells
less. Two quotes that have a telling stretch in common unbroken share its gram, however long either of them is. Grams
are numbers below 2**29 that are the same in every process. Whether two quotes are worth comparing rests on their grams
alone, so the order in which quotes come in cannot matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from workbench.match.weights import tenths, told_after
from workbench.match.words import words

TELLING = 70  # tenths of weight that make a run of words a stretch
HEAVY = 115  # tenths; two long quotes are compared only for such stretches
LONGEST = 8  # words of a stretch
TINY = 3  # stretches; of a quote with no more, any one is enough
FEW = 6  # stretches; a quote with no more is short, and all of its stretches count
FEW_HEAVY = 3  # heavy stretches; so it is with a quote that has fewer
ALONE = 5  # stretches; of a quote with no more, a heavy one is enough
SHARE = 4  # of the stretches of a quote with more, one in so many is needed, and two at the least
_MIX = 0x9E3779B97F4A7C15  # 2**64 / golden ratio: spreads consecutive values (Knuth, TAOCP 6.4)
_WORD = 2**64 - 1
_LIGHT, _SHORT, _HEAVY, _TINY = range(4)
_DROPPED = 64 - 29  # leaves room for two bits more in a column of four bytes


class Sought(NamedTuple):
    """Keys of an index under which comparable quotes of one sort stand: those of grams of which one in common may be
    enough, and for each other gram its own, of which two in common are needed."""

    alone: list[int]
    together: list[list[int]]
    long: bool  # whether these are long quotes, of which the heavy grams alone count

    def keys(self, spare: int | None) -> list[int]:
        """All of them but those of one gram of which two are needed."""
        return [*self.alone, *(key for at, keys in enumerate(self.together) if at != spare for key in keys)]


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of a quote, sorted; `heavy` are those of its more telling stretches."""

    all: tuple[int, ...]
    heavy: tuple[int, ...]

    @property
    def short(self) -> bool:
        """Whether the quote has so few grams, or such light ones, that each of them counts."""
        return len(self.all) <= FEW or len(self.heavy) < FEW_HEAVY

    @property
    def tiny(self) -> bool:
        """Whether the quote has so few grams that one in common is enough."""
        return len(self.all) <= TINY

    def kept(self) -> list[int]:
        """The keys under which an index keeps the quote: a gram and two bits for its sort."""
        if self.short:
            return [number << 2 | (_TINY if self.tiny else _SHORT) for number in self.all]
        heavy = set(self.heavy)
        return [number << 2 | (_HEAVY if number in heavy else _LIGHT) for number in self.all]

    def sought(self) -> list[Sought]:
        """The keys under which an index keeps what is `comparable`."""
        if self.tiny:
            return [Sought([number << 2 | kind for number in self.all for kind in range(4)], [], False)]
        kinds = (_SHORT, _LIGHT, _HEAVY) if self.short else (_SHORT,)
        under = {number: [number << 2 | kind for kind in kinds] for number in self.all}
        heavy = [key for number in self.heavy for key in under.pop(number)]
        found = [
            Sought([number << 2 | _TINY for number in self.all], [], False),
            Sought(heavy, list(under.values()), False),
        ]
        return found if self.short else [*found, Sought([], [[number << 2 | _HEAVY] for number in self.heavy], True)]


def grams(texts: Sequence[str]) -> Grams:
    """The grams of the words of a quote; empty only where there are no words."""
    found: dict[int, bool] = {}
    weights = list(map(tenths, texts))
    for start, end, told in stretches(weights, told_after(texts, weights)):
        number = gram(texts[start:end])
        found[number] = found.get(number, False) or told >= HEAVY
    if not found and texts:
        found[gram(texts)] = False
    return Grams(tuple(sorted(found)), tuple(sorted(number for number, heavy in found.items() if heavy)))


def grams_of(text: str) -> Grams:
    """The grams of a quote as it is spelled."""
    return grams(words(text).texts)


def stretches(weights: Sequence[int], after: Sequence[int]) -> list[tuple[int, int, int]]:
    """The telling runs (start, end, weight) of at least two words that hold no shorter one; linear.

    `weights` is what a word tells at the start of a run, `after` what it tells behind the word before it.
    """
    found: list[tuple[int, int, int]] = []
    for start, told in enumerate(weights):
        end, last = start + 1, min(len(weights), start + LONGEST)
        while end < last and (told < TELLING or end < start + 2):
            told += after[end]
            end += 1
        if told >= TELLING and end >= start + 2:
            while found and found[-1][1] >= end:
                found.pop()
            found.append((start, end, told))
    return found


def gram(texts: Sequence[str]) -> int:
    """The number of a run of words."""
    number = 0
    for word in texts:
        number = (number * _MIX + word_number(word)) & _WORD
        number ^= number >> 29
    return number >> _DROPPED


def stretch_mixer() -> tuple[int, int, int]:
    """The three numbers by which `gram` mixes: factor, shift of a step, shift of the end."""
    return _MIX, 29, _DROPPED


@lru_cache(maxsize=65536)
def word_number(word: str) -> int:
    """64 bits that stand for a word in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big") | 1


def comparable(one: Grams, other: Grams) -> bool:
    """Whether two quotes share grams enough to be compared; the same for both orders."""
    if one.short or other.short:
        shared = set(one.all).intersection(other.all)
        return enough(len(shared), min(len(one.all), len(other.all)), not shared.isdisjoint(one.heavy))
    common = len(set(one.heavy).intersection(other.heavy))
    return enough_heavy(common, min(len(one.heavy), len(other.heavy)))


def enough(shared: int, smaller: int, heavy: bool) -> bool:
    """Whether so many shared grams are enough where one quote is short; `smaller` is how many that with fewer has."""
    if smaller <= TINY:
        return shared > 0
    return (heavy and smaller <= ALONE) or (shared > 1 and shared * SHARE >= smaller)


def enough_heavy(shared: int, smaller: int) -> bool:
    """Whether so many shared heavy grams are enough between two long quotes."""
    return shared > 1 and shared * SHARE >= smaller
