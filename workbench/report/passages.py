"""The words of claims as they stand in their article: pieces, surroundings, and the text cut at every boundary."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from workbench.records import ArticleView, ClaimCard
from workbench.spans import Span

GAP = " … "  # between two pieces of a discontinuous quote: something stood there that is not claimed


def unix_lines(text: str) -> str:
    """`text` with the carriage return of a Windows line end as a blank, so that offsets stay true."""
    return text.replace("\r\n", " \n")


def in_place(card: ClaimCard, view: ArticleView) -> tuple[Span, ...]:
    """Where the content of a claim stands in the text of `view`, in order; empty when it does not stand there."""
    if card.version != view.version or card.row.anchor_state == "lost":
        return ()
    spans = [Span(span.start, span.end) for span in card.spans if span.role == "content"] or [
        Span(card.start, card.end)
    ]
    return tuple(sorted(span for span in spans if 0 <= span.start < span.end <= len(view.text)))


def pieces(card: ClaimCard, view: ArticleView) -> tuple[str, ...]:
    """The claim verbatim, a piece for each stretch of text; stretches with only white space between are one piece."""
    spans = in_place(card, view)
    if not spans:
        return (card.row.text,)
    text = unix_lines(view.text)
    joined = [spans[0]]
    for span in spans[1:]:
        last = joined[-1]
        if span.start <= last.end or not text[last.end : span.start].strip():
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return tuple(span.of(text).strip() for span in joined)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same claims: the innermost one, how many lie over it, and which begin or end."""

    text: str
    claim: int | None
    depth: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article as segments; `kind` is header, title or body."""

    kind: str
    segments: tuple[Segment, ...]

    @property
    def shown(self) -> bool:
        """Whether it is printed: header and title stand above the text already, unless a claim is in them."""
        return self.kind == "body" or any(segment.claim is not None for segment in self.segments)


class Sentences:
    """The sentences of an article, for finding the one around a claim."""

    def __init__(self, view: ArticleView) -> None:
        ordered = sorted((sentence.start, sentence.end) for sentence in view.sentences)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def around(self, start: int, end: int) -> Span:
        """The sentences that touch `start`:`end`, at least those words themselves."""
        first = bisect_right(self._ends, start)
        after = bisect_left(self._starts, end)
        if first >= after:
            return Span(start, end)
        return Span(min(start, self._starts[first]), max(end, self._ends[after - 1]))


def context(card: ClaimCard, view: ArticleView, sentences: Sentences) -> tuple[Segment, ...]:
    """The sentences that hold the claim, cut where it begins and ends; empty when they say nothing more than it."""
    spans = in_place(card, view)
    if not spans:
        return ()
    around = sentences.around(spans[0].start, max(span.end for span in spans))
    if around.of(view.text).strip(" .\n") == spans[0].of(view.text).strip(" .\n"):
        return ()
    return cut(unix_lines(view.text), around, [(span, card.row.id) for span in spans])


def blocks(view: ArticleView, marked: list[tuple[Span, int]]) -> tuple[Block, ...]:
    """The whole text of an article in paragraphs, cut at every boundary of the `marked` spans (span, claim).

    What stands between the paragraphs is shown too unless it is white space.
    """
    text = unix_lines(view.text)
    paragraphs = _paragraphs(view)
    starts = [paragraph.start for paragraph in paragraphs]
    inside: list[list[tuple[Span, int]]] = [[] for _ in paragraphs]
    for span, claim in marked:
        for place in range(max(bisect_right(starts, span.start) - 1, 0), bisect_left(starts, span.end)):
            inside[place].append((span, claim))
    return tuple(
        Block(_block_kind(view, paragraph), cut(text, paragraph, spans))
        for paragraph, spans in zip(paragraphs, inside, strict=True)
    )


def _paragraphs(view: ArticleView) -> list[Span]:
    """Paragraphs and whatever else stands in the text, in order and without overlap."""
    result: list[Span] = []
    at = 0
    for span in [*sorted(view.paragraphs), Span(len(view.text), len(view.text))]:
        start = max(span.start, at)
        if view.text[at:start].strip():
            result.append(Span(at, start))
        if span.end > start:
            result.append(Span(start, span.end))
        at = max(at, span.end)
    return result


def _block_kind(view: ArticleView, paragraph: Span) -> str:
    if view.header is not None and view.header.covers(paragraph):
        return "header"
    if view.title_span is not None and view.title_span.overlaps(paragraph):
        return "title"
    return "body"


def cut(text: str, around: Span, marked: Iterable[tuple[Span, int]]) -> tuple[Segment, ...]:
    """`around` of `text` cut at every boundary of the `marked` spans, however they overlap or nest.

    The innermost claim of a segment is the one whose span there is the shortest. Sorting is what costs most.
    """
    inside = [(max(span.start, around.start), min(span.end, around.end), claim) for span, claim in marked]
    inside = sorted(piece for piece in inside if piece[0] < piece[1])
    first = {claim: start for start, _, claim in reversed(inside)}
    last: dict[int, int] = {}
    for _, end, claim in inside:
        last[claim] = max(end, last.get(claim, end))
    begins, ends = _by_place(first), _by_place(last)
    edges = sorted({around.start, around.end, *(piece[0] for piece in inside), *(piece[1] for piece in inside)})
    return tuple(
        Segment(text[start:end], claim, depth, begins.get(start, ()), ends.get(end, ()))
        for start, end, claim, depth in _sweep(edges, inside)
    )


def _by_place(places: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """Claims by the offset where they begin or end."""
    result: dict[int, list[int]] = {}
    for claim, place in sorted(places.items()):
        result.setdefault(place, []).append(claim)
    return {place: tuple(claims) for place, claims in result.items()}


def _sweep(edges: list[int], inside: list[tuple[int, int, int]]) -> Iterable[tuple[int, int, int | None, int]]:
    """Start, end, innermost claim and depth of each stretch between two edges."""
    shortest: list[tuple[int, int, int]] = []  # (length, end, claim); those that are over leave when they surface
    over: list[int] = []
    at = 0
    for start, end in pairwise(edges):
        while at < len(inside) and inside[at][0] == start:
            heappush(shortest, (inside[at][1] - inside[at][0], inside[at][1], inside[at][2]))
            heappush(over, inside[at][1])
            at += 1
        while over and over[0] <= start:
            heappop(over)
        while shortest and shortest[0][1] <= start:
            heappop(shortest)
        yield start, end, shortest[0][2] if shortest else None, len(over)
