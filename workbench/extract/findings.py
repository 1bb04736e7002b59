"""Hedges, negations and figures of a text, found once and looked up by span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from workbench.language.hedges import hedges, negations
from workbench.language.numbers import numbers
from workbench.records import Number
from workbench.spans import Span


class Findings:
    """What the word lists find in one text; a lookup costs no more than what it returns."""

    def __init__(self, text: str) -> None:
        whole = Span(0, len(text))
        self._hedges = hedges(text, whole)
        self._negations = negations(text, whole)
        self._numbers = numbers(text, whole)
        self._number_starts = [number.start for number in self._numbers]

    def hedges(self, pieces: Sequence[Span]) -> tuple[Span, ...]:
        """Hedging words inside `pieces`."""
        return tuple(span for piece in pieces for span in _inside(self._hedges, piece))

    def negated(self, pieces: Sequence[Span]) -> bool:
        """Whether a word inside `pieces` negates."""
        return any(_inside(self._negations, piece) for piece in pieces)

    def numbers(self, pieces: Sequence[Span]) -> tuple[Number, ...]:
        """Figures that lie whole inside `pieces`."""
        found: list[Number] = []
        for piece in pieces:
            first = bisect_left(self._number_starts, piece.start)
            last = bisect_left(self._number_starts, piece.end)
            found += [number for number in self._numbers[first:last] if number.end <= piece.end]
        return tuple(found)


def _inside(sorted_spans: Sequence[Span], piece: Span) -> list[Span]:
    first = bisect_left(sorted_spans, (piece.start, 0))
    last = bisect_left(sorted_spans, (piece.end, 0))
    return list(takewhile(lambda span: span.end <= piece.end, sorted_spans[first:last]))
