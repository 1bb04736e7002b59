"""The stretches of a quote by which its copies and fragments are found again in an index.

Grams are numbers below 2**63 that are the same in every process, so a store can keep them.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

from workbench.match.weights import RARE, mass, weight
from workbench.match.words import words

_SHORT = 6  # words; a changed word may leave such a quote no run of three
_TELLING_PAIR = 11.0  # two words that tell this much may be a fragment of their own ("gone crazy")


def grams(text: str) -> tuple[int, ...]:
    """The grams of a quote, sorted, without repeats; empty only for a quote without words.

    All runs of three words; so that short quotes and fragments are found, also each pair of telling words, each rare
    word, all pairs of a quote of five words or fewer, and a quote of one or two words as a whole. Two quotes that
    `compare` links share at least one gram.
    """
    return tuple(sorted({_number(stretch) for stretch in stretches(words(text).texts)}))


def stretches(texts: Sequence[str]) -> set[tuple[str, ...]]:
    """The runs of words that stand for a quote in an index."""
    found = {tuple(texts[at : at + 3]) for at in range(len(texts) - 2)}
    found |= {pair for pair in pairwise(texts) if mass(pair) >= _TELLING_PAIR}
    found |= {(word,) for word in texts if weight(word) >= RARE}
    if len(texts) < _SHORT:
        found |= set(pairwise(texts))
    if 0 < len(texts) < 3:
        found.add(tuple(texts))
    return found


def _number(stretch: tuple[str, ...]) -> int:
    digest = blake2b("\0".join(stretch).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
