"""Spans of code points, and anchors that find their words again in a changed text.

Anchors follow the TextQuoteSelector of the W3C Web Annotation model (exact, prefix, suffix), as Hypothesis uses it,
beside the offsets themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

CONTEXT = 32  # code points of prefix and suffix, as Hypothesis keeps

AnchorState = Literal["as was", "moved", "changed", "lost"]


class Span(NamedTuple):
    """Half-open range of code points: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans` (at least one)."""
    pieces = list(spans)
    return Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))


def trim(text: str, span: Span) -> Span:
    """`span` without white space at its edges (empty at its start when nothing is left)."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span with the words it stood on and what stood around them."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def span(self) -> Span:
        """The offsets alone."""
        return Span(self.start, self.end)


def anchor(text: str, span: Span) -> Anchor:
    """An anchor on `span` of `text`. Raises ValueError when the span is empty or outside the text."""
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"span {span.start}:{span.end} is outside a text of {len(text)} characters")
    return Anchor(
        span.start,
        span.end,
        text[span.start : span.end],
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
    )
