"""The words of claims as they stand in their article: pieces, surroundings, and the whole text with its marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workbench.records import WITHHELD, ArticleView, ClaimCard
from workbench.report.marking import Segment, cut
from workbench.spans import Span, trim

GAP = " … "  # between two pieces of a discontinuous quote: something stood there that is not claimed
LEFT_OUT = "[…]"  # a stretch of the article that a public report does not print
_LEFT_OUT = re.compile(rf"{WITHHELD}(?:[\s{WITHHELD}]*{WITHHELD})?")
SURROUNDINGS = 400  # code points of a sentence that are shown on each side of a claim


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article as segments; `kind` is header, title, body, or gap for what is left out."""

    kind: str
    segments: tuple[Segment, ...]

    @property
    def shown(self) -> bool:
        """Whether it is printed: header and title stand above the text already, unless a claim is in them."""
        return self.kind in ("body", "gap") or any(segment.claim is not None for segment in self.segments)


def in_place(card: ClaimCard, view: ArticleView) -> tuple[Span, ...]:
    """Where the content of a claim stands in the text of `view`, in order; empty when it does not stand there."""
    if card.version != view.version or card.row.anchor_state == "lost":
        return ()
    spans = [Span(span.start, span.end) for span in card.spans if span.role == "content"] or [
        Span(card.start, card.end)
    ]
    return tuple(sorted(span for span in spans if 0 <= span.start < span.end <= len(view.text)))


class Passages:
    """The text of one article, for finding the words of its claims and what stands around them."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        # The carriage return of a Windows line end becomes a blank, so that offsets stay true.
        self._text = view.text.replace("\r\n", " \n")
        ordered = sorted((sentence.start, sentence.end) for sentence in view.sentences)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def words(self, card: ClaimCard) -> str:
        """The claim verbatim; its pieces are parted by an ellipsis unless only white space stands between them."""
        spans = in_place(card, self._view)
        if not spans:
            return card.row.text
        joined = [spans[0]]
        for span in spans[1:]:
            last = joined[-1]
            if span.start <= last.end or not self._text[last.end : span.start].strip():
                joined[-1] = Span(last.start, max(last.end, span.end))
            else:
                joined.append(span)
        return GAP.join(span.of(self._text).strip() for span in joined)

    def context(self, card: ClaimCard) -> tuple[Segment, ...]:
        """The sentences that hold the claim, cut where it begins and ends; empty when they say no more than it.

        Of a sentence that goes on and on only the surroundings of the claim are given.
        """
        spans = in_place(card, self._view)
        if not spans:
            return ()
        start, end = spans[0].start, max(span.end for span in spans)
        whole = self._around(start, end)
        around = Span(max(whole.start, start - SURROUNDINGS), min(whole.end, end + SURROUNDINGS))
        if len(spans) == 1 and not f"{self._text[around.start : start]}{self._text[end : around.end]}".strip(" .\n"):
            return ()
        before = (_ellipsis(),) if around.start > whole.start else ()
        after = (_ellipsis(),) if around.end < whole.end else ()
        return (*before, *_gapped(cut(self._text, around, [(span, card.row.id) for span in spans])), *after)

    def _around(self, start: int, end: int) -> Span:
        """The sentences that touch `start`:`end`, at least those words themselves."""
        first = bisect_right(self._ends, start)
        after = bisect_left(self._starts, end)
        if first >= after:
            return Span(start, end)
        return Span(min(start, self._starts[first]), max(end, self._ends[after - 1]))

    def blocks(self, marked: list[tuple[Span, int]]) -> tuple[Block, ...]:
        """The whole text in paragraphs, cut at every boundary of the `marked` spans (span, claim).

        What stands between the paragraphs is there too unless it is white space.
        """
        paragraphs = _paragraphs(self._view)
        starts = [paragraph.start for paragraph in paragraphs]
        inside: list[list[tuple[Span, int]]] = [[] for _ in paragraphs]
        for span, claim in marked:
            for place in range(max(bisect_right(starts, span.start) - 1, 0), bisect_left(starts, span.end)):
                inside[place].append((span, claim))
        found = (
            Block(_block_kind(self._view, paragraph), _gapped(cut(self._text, paragraph, spans)))
            for paragraph, spans in zip(paragraphs, inside, strict=True)
        )
        return tuple(_one_gap(found))


def _gapped(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments with one sign for each stretch that is withheld."""
    return tuple(
        replace(segment, text=_LEFT_OUT.sub(LEFT_OUT, segment.text)) if WITHHELD in segment.text else segment
        for segment in segments
    )


def _one_gap(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of which nothing is printed become one gap, however many stand together."""
    gap = False
    for block in blocks:
        empty = "".join(segment.text for segment in block.segments).strip() == LEFT_OUT
        if not empty:
            yield block
        elif not gap and block.kind == "body":
            yield replace(block, kind="gap")
        gap = empty and (gap or block.kind == "body")


def _ellipsis() -> Segment:
    return Segment("…", None, 0, (), ())


def _paragraphs(view: ArticleView) -> list[Span]:
    """Paragraphs and whatever else stands in the text, in order and without overlap.

    Words on the line of a paragraph, such as the agency before it, belong to that paragraph.
    """
    result: list[Span] = []
    at = 0
    for span in sorted(view.paragraphs):
        start, end = max(span.start, at), min(span.end, len(view.text))
        if start < end:
            at = _fill(view.text, at, start, result)
            result.append(Span(at, end))
            at = end
    rest = _fill(view.text, at, len(view.text), result)
    if view.text[rest:].strip():
        result.append(Span(rest, len(view.text)))
    return result


def _fill(text: str, at: int, end: int, result: list[Span]) -> int:
    """Give what stands between `at` and `end` to its own line; return where the line of `end` begins."""
    if not text[at:end].strip():
        return end
    first, last = text.find("\n", at, end), text.rfind("\n", at, end)
    if result and first != at:
        # What follows a paragraph on its own line is its end.
        result[-1] = Span(result[-1].start, end if first < 0 else first)
        at = result[-1].end
    if first < 0:
        return at
    if text[at:last].strip():
        result.append(Span(at, last + 1))
    return last + 1 if text[last + 1 : end].strip() else end


def _block_kind(view: ArticleView, paragraph: Span) -> str:
    words = trim(view.text, paragraph)
    if view.header is not None and view.header.covers(words):
        return "header"
    if view.title_span is not None and view.title_span.covers(words):
        return "title"
    return "body"
