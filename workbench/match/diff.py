"""Two quotes side by side, word by word, in their own spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from workbench.match.words import Word, Words, coded, words
from workbench.spans import Span

Operation = Literal["equal", "replace", "delete", "insert"]


class Piece(NamedTuple):
    """A stretch of one quote against a stretch of the other; "delete" and "insert" leave one side empty.

    The texts are as they are spelled in the quotes; the spans are code points into them.
    """

    operation: Operation
    one: str
    other: str
    span_one: Span
    span_other: Span


def word_diff(one: str, other: str) -> list[Piece]:
    """What became of each word of `one` in `other`: case, marks and contractions make no difference.

    Every word of either quote stands in exactly one piece, in order. An editor's remark in brackets between two words
    of a piece shows in its text.
    """
    return list(pieces(one, other, words(one), words(other)))


def pieces(one: str, other: str, left: Words, right: Words) -> tuple[Piece, ...]:
    """`word_diff` for quotes whose words are known."""
    from rapidfuzz.distance import LCSseq

    found: list[Piece] = []
    mine, theirs = [0, 0], [0, 0]  # the stretches that differ before the next equal one
    for step in LCSseq.opcodes(*coded(left.texts, right.texts)):
        if step.tag != "equal":
            mine[1], theirs[1] = step.src_end, step.dest_end
            continue
        found += _piece(one, other, left.words[mine[0] : mine[1]], right.words[theirs[0] : theirs[1]])
        same = left.words[step.src_start : step.src_end], right.words[step.dest_start : step.dest_end]
        found += _piece(one, other, *same, equal=True)
        mine, theirs = [step.src_end] * 2, [step.dest_end] * 2
    found += _piece(one, other, left.words[mine[0] : mine[1]], right.words[theirs[0] : theirs[1]])
    return tuple(found)


def _piece(one: str, other: str, mine: Sequence[Word], theirs: Sequence[Word], equal: bool = False) -> list[Piece]:
    if not mine and not theirs:
        return []
    span_one = Span(mine[0].start, mine[-1].end) if mine else Span(0, 0)
    span_other = Span(theirs[0].start, theirs[-1].end) if theirs else Span(0, 0)
    operation: Operation = "equal" if equal else "replace" if mine and theirs else "delete" if mine else "insert"
    return [Piece(operation, span_one.of(one), span_other.of(other), span_one, span_other)]
