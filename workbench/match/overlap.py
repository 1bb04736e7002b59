"""What two sequences of words have in common, by rapidfuzz over one code point per word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.match.words import coded


@dataclass(frozen=True, slots=True)
class Overlap:
    """The words in common, in order, and where they stand: half-open ranges of words in each quote.

    The common words are sought in the stretch of the longer quote that resembles the shorter one most, so that words
    scattered over a long quote do not add up to a fragment.
    """

    common: tuple[str, ...]
    run: tuple[str, ...]  # the longest unbroken stretch of them
    left: tuple[int, int]
    right: tuple[int, int]
    shorter: int  # words of the shorter quote
    longer: int

    @property
    def of_shorter(self) -> float:
        """Share of the shorter quote's words that are in common, 0..1."""
        return len(self.common) / self.shorter if self.shorter else 0.0

    @property
    def of_longer(self) -> float:
        """Share of the longer quote's words that are in common, 0..1."""
        return len(self.common) / self.longer if self.longer else 0.0


def overlap(left: Sequence[str], right: Sequence[str]) -> Overlap:
    """What `left` and `right` have in common; the same for both orders, sides aside."""
    from rapidfuzz.distance import LCSseq

    swapped = (len(left), tuple(left)) > (len(right), tuple(right))
    short, long = (right, left) if swapped else (left, right)
    code_short, code_long = coded(short, long)
    start, end = _window(code_short, code_long)
    blocks = LCSseq.editops(code_short, code_long[start:end]).as_matching_blocks()
    found = [(block.a, block.b + start, block.size) for block in blocks if block.size]
    if not found:
        return Overlap((), (), (0, 0), (0, 0), len(short), len(long))
    in_short = (found[0][0], found[-1][0] + found[-1][2])
    in_long = (found[0][1], found[-1][1] + found[-1][2])
    common = tuple(word for at, _, size in found for word in short[at : at + size])
    at, _, size = max(found, key=lambda block: block[2])
    sides = (in_long, in_short) if swapped else (in_short, in_long)
    return Overlap(common, tuple(short[at : at + size]), *sides, len(short), len(long))


def _window(short: str, long: str) -> tuple[int, int]:
    """The stretch of `long` that holds `short` best, with room for words put in."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if len(long) <= len(short) * 5 // 3:  # long enough to be near as a whole
        return 0, len(long)
    best = partial_ratio_alignment(short, long)
    if best is None:
        return 0, len(long)
    room = 2 + len(short) // 4
    return max(0, best.dest_start - room), min(len(long), best.dest_end + room)
