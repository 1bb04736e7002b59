"""The stretches of a quote by which its copies and fragments are found again in an index.

A stretch is the shortest run of words that tells something. Two quotes that have a telling stretch in common unbroken
share its gram, however long either of them is. Grams are numbers below 2**29 that are the same in every process.
Whether two quotes are worth comparing rests on their grams alone, so the order in which quotes come in cannot matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from workbench.match.weights import tenths
from workbench.match.words import words

TELLING = 80  # tenths of weight that make a run of words a stretch
HEAVY = 100  # tenths; two long quotes are compared only for such stretches
LONGEST = 8  # words of a stretch
FEW = 6  # stretches; a quote with no more is short, and all of its stretches count
FEW_HEAVY = 3  # heavy stretches; so it is with a quote that has fewer
_MIX = 0x9E3779B97F4A7C15  # 2**64 / golden ratio: spreads consecutive values (Knuth, TAOCP 6.4)
_WORD = 2**64 - 1
_LIGHT, _SHORT, _HEAVY = range(3)
_DROPPED = 64 - 29  # leaves room for two bits more in a column of four bytes


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of a quote, sorted; `heavy` are those of its more telling stretches."""

    all: tuple[int, ...]
    heavy: tuple[int, ...]

    @property
    def short(self) -> bool:
        """Whether the quote has so few grams, or such light ones, that each of them counts."""
        return len(self.all) <= FEW or len(self.heavy) < FEW_HEAVY

    def kept(self) -> list[int]:
        """The keys under which an index keeps the quote: a gram and two bits, short and heavy."""
        if self.short:
            return [number << 2 | _SHORT for number in self.all]
        heavy = set(self.heavy)
        return [number << 2 | (_HEAVY if number in heavy else _LIGHT) for number in self.all]

    def sought(self) -> list[tuple[list[int], int, bool]]:
        """The keys under which an index keeps what is `comparable`: (keys, own grams that count, heavy ones alone)."""
        if self.short:
            return [([number << 2 | kind for number in self.all for kind in range(3)], len(self.all), False)]
        short = [number << 2 | _SHORT for number in self.all]
        return [(short, len(self.all), False), ([number << 2 | _HEAVY for number in self.heavy], len(self.heavy), True)]


def grams(texts: Sequence[str]) -> Grams:
    """The grams of the words of a quote; empty only where there are no words."""
    found: dict[int, bool] = {}
    for start, end, told in stretches([tenths(word) for word in texts]):
        number = gram(texts[start:end])
        found[number] = found.get(number, False) or told >= HEAVY
    if not found and texts:
        found[gram(texts)] = False
    return Grams(tuple(sorted(found)), tuple(sorted(number for number, heavy in found.items() if heavy)))


def grams_of(text: str) -> Grams:
    """The grams of a quote as it is spelled."""
    return grams(words(text).texts)


def stretches(weights: Sequence[int]) -> list[tuple[int, int, int]]:
    """The telling runs (start, end, weight) of at least two words that hold no shorter one; linear."""
    found: list[tuple[int, int, int]] = []
    end, told = 0, 0
    for start, own in enumerate(weights):
        while end < len(weights) and (told < TELLING or end < start + 2):
            told += weights[end]
            end += 1
        if told < TELLING or end < start + 2:
            break
        if found and found[-1][1] == end:
            found.pop()
        if end - start <= LONGEST:
            found.append((start, end, told))
        told -= own
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


def least(grams_of_smaller: int) -> int:
    """How many grams two quotes must share to be compared, by how many the one with fewer has."""
    if grams_of_smaller <= 4:
        return 1
    return 2 if grams_of_smaller <= 9 else -(-grams_of_smaller // 5)


def comparable(one: Grams, other: Grams) -> bool:
    """Whether two quotes share grams enough to be compared; the same for both orders."""
    mine, theirs = (one.all, other.all) if one.short or other.short else (one.heavy, other.heavy)
    return len(set(mine).intersection(theirs)) >= least(min(len(mine), len(theirs)))
