"""How much a word tells: its inverse document frequency from a table shipped with the package.

Weights are kept in tenths, as whole numbers, so that a sum is the same however it is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

SMALL_FIGURE = 55
RARE = 85  # of a word that the table does not list: uncommon names, figures, rare words


@cache
def table() -> dict[str, int]:
    """Common word -> its weight in tenths."""
    from importlib.resources import files

    content = files("workbench.match").joinpath("common_words.txt").read_text("utf-8")
    entries = (line.split() for line in content.splitlines() if line and not line.startswith("#"))
    return {word: round(10 * float(weight)) for word, weight in entries}


def tenths(word: str) -> int:
    """10 ln(sentences / sentences that hold the word); `RARE` for a word that is not listed."""
    if len(word) < 3 and word.isdecimal():
        return SMALL_FIGURE
    return table().get(word, RARE)


@cache
def pairs() -> dict[tuple[str, str], int]:
    """Two words that often stand together -> what the second tells after the first, in tenths."""
    from importlib.resources import files

    content = files("workbench.match").joinpath("common_pairs.txt").read_text("utf-8")
    entries = (line.split() for line in content.splitlines() if line and not line.startswith("#"))
    return {(first, second): int(told) for first, second, told in entries}


def told_after(texts: Sequence[str], weights: Sequence[int]) -> list[int]:
    """What each word tells where the word before it is known, in tenths; the first tells what it tells alone."""
    known = pairs()
    return [*weights[:1], *map(known.get, pairwise(texts), weights[1:])]


def weight(word: str) -> float:
    """ln(sentences / sentences that hold the word)."""
    return tenths(word) / 10


def mass(words: Iterable[str]) -> float:
    """What the words tell together."""
    return sum(map(tenths, words)) / 10


def shortest_runs(weights: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """From each word on the shortest run (start, end) that weighs `least` tenths or more; linear.

    Two texts share an unbroken run of that weight if and only if they share one of these.
    """
    end, told = 0, 0
    for start, own in enumerate(weights):
        while end < len(weights) and told < least:
            told += weights[end]
            end += 1
        if told < least:
            return
        yield start, end
        told -= own
