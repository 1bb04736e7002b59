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


def overlap(left: Sequence[str], right: Sequence[str], codes: tuple[str, str] | None = None) -> Overlap:
    """What `left` and `right` have in common; the same for both orders, sides aside.

    `codes` are both as `words.hashed` has them, where they are at hand.
    """
    swapped = (len(left), tuple(left)) > (len(right), tuple(right))
    short, long = (right, left) if swapped else (left, right)
    blocks = _blocks(*(codes[::-1] if swapped else codes)) if codes else None
    if blocks is None or any(short[a : a + size] != long[b : b + size] for a, b, size in blocks):
        blocks = _blocks(*coded(short, long))  # two words share a code point
    if not blocks:
        return Overlap((), (), (0, 0), (0, 0), len(short), len(long))
    in_short = (blocks[0][0], blocks[-1][0] + blocks[-1][2])
    in_long = (blocks[0][1], blocks[-1][1] + blocks[-1][2])
    common = tuple(word for at, _, size in blocks for word in short[at : at + size])
    at, _, size = max(blocks, key=lambda block: block[2])
    sides = (in_long, in_short) if swapped else (in_short, in_long)
    return Overlap(common, tuple(short[at : at + size]), *sides, len(short), len(long))


def _blocks(short: str, long: str) -> list[tuple[int, int, int]]:
    """The stretches in common: where they start in each, and how many words they have."""
    from rapidfuzz.distance import LCSseq

    start, end = _window(short, long)
    found = LCSseq.editops(short, long[start:end]).as_matching_blocks()
    return _drawn([(block.a, block.b + start, block.size) for block in found if block.size], short, long)


def _drawn(blocks: list[tuple[int, int, int]], short: str, long: str) -> list[tuple[int, int, int]]:
    """Stretches that stand right before the next one too are taken there: “in” of “in May” is not an earlier “in”."""
    for at in range(len(blocks) - 2, -1, -1):
        (a, b, size), (next_a, next_b, _) = blocks[at], blocks[at + 1]
        if a + size == next_a and long[next_b - size : next_b] == short[a:next_a]:
            blocks[at] = (a, next_b - size, size)
        elif b + size == next_b and short[next_a - size : next_a] == long[b:next_b]:
            blocks[at] = (next_a - size, b, size)
        if blocks[at][0] + size == next_a and blocks[at][1] + size == next_b:
            blocks[at : at + 2] = [(*blocks[at][:2], size + blocks[at + 1][2])]
    return blocks


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
