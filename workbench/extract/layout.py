"""Where things stand in a text: paragraphs, sentences, quotations, title and dateline. No cuts, only places."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from workbench.language.paragraphs import paragraphs
from workbench.language.quotes import Quote, outermost, quotes
from workbench.language.sentences import sentences
from workbench.spans import Span, trim

_DATELINE = re.compile(
    r"\([A-Z][A-Za-z ]{1,20}\)\s*(?:[—–-]{1,2}\s*)?"
    r"|[A-Z][A-Z.’' ]{2,30}(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?\s?(?:\([A-Z][A-Za-z ]{1,20}\)\s?)?(?:—|–|--|-\s)\s*"
)


@dataclass(frozen=True)
class Layout:
    """The bones of one text. `sentences` includes the title as one; `quotes` is every quotation, nested ones too."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    title: Span | None
    dateline: Span | None

    @cached_property
    def outer_quotes(self) -> tuple[Quote, ...]:
        """Quotations that lie in no other one."""
        return tuple(outermost(self.quotes))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.outer.start for quote in self.outer_quotes]

    def sentence_index(self, at: int) -> int:
        """Index of the sentence that holds the code point `at`, or of the last one before it (-1: none)."""
        return bisect_right(self._sentence_starts, at) - 1

    def quote_index(self, at: int) -> int | None:
        """Index in `outer_quotes` of the quotation that holds the code point `at`."""
        index = bisect_right(self._quote_starts, at) - 1
        return index if index >= 0 and at < self.outer_quotes[index].outer.end else None

    def quotes_in(self, span: Span) -> list[Quote]:
        """Outermost quotations that share a code point with `span`."""
        return [self.outer_quotes[index] for index in self.quote_indices(span)]

    def quote_indices(self, span: Span) -> range:
        """Indices in `outer_quotes` of those that share a code point with `span`."""
        first = max(bisect_right(self._quote_starts, span.start) - 1, 0)
        if first < len(self.outer_quotes) and self.outer_quotes[first].outer.end <= span.start:
            first += 1
        return range(first, max(first, bisect_right(self._quote_starts, span.end - 1)))


def layout(text: str, *, header: Span | None = None, title: Span | None = None, agency: Span | None = None) -> Layout:
    """The layout of `text`. `header` is left aside, `title` is one sentence, `agency` starts a dateline."""
    title = trim(text, title) if title is not None else None
    title = title if title is not None and title.start < title.end else None
    blocks = _paragraphs(text, header, title)
    body = [block for block in blocks if block != title]
    dateline = _dateline(text, body, agency)
    found: list[Span] = []
    for block in blocks:
        start = dateline.end if dateline is not None and block.covers(dateline) else block.start
        rest = trim(text, Span(start, block.end))
        found += [block] if block == title else sentences(text, rest) if rest.start < rest.end else []
    return Layout(text, tuple(blocks), tuple(found), tuple(quotes(text, blocks)), title, dateline)


def _paragraphs(text: str, header: Span | None, title: Span | None) -> list[Span]:
    """Paragraphs without the header, the title on its own, in order."""
    aside = [trim(text, span) for span in (header, title) if span is not None]
    aside = [span for span in aside if span.start < span.end]
    result: list[Span] = []
    at = 0
    for place in sorted(aside):
        result += paragraphs(text[: place.start], at)
        if place == title:
            result.append(place)
        at = max(at, place.end)
    return result + list(paragraphs(text, at))


def _dateline(text: str, body: list[Span], agency: Span | None) -> Span | None:
    """`(MENAFN)`, `LONDON (Reuters) -` or `NEW YORK —` at the head of the first paragraph of the body."""
    for block in body[:3]:
        match = _DATELINE.match(text, block.start, min(block.end, block.start + 90))
        if match and match.end() < block.end:
            return Span(match.start(), match.end())
        if agency is not None and agency.start == block.start and agency.end < block.end:
            return agency
    return None
