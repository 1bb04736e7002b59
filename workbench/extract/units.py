"""Units: the stretches in which an attribution is looked for. Sentences that one quotation joins are one unit.

Inside a unit a whole quotation counts as one token, so that what is quoted never takes part in the grammar around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.extract.layout import Layout
from workbench.language.tokens import Token, tokens
from workbench.spans import Span

LONGEST = 300  # tokens of a unit; a longer one, which no writer wrote as a sentence, is cut
QUOTED = "“”"  # stands for a quotation as `lower` of its token


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit with its tokens; `paragraph` is the index of its paragraph."""

    span: Span
    tokens: tuple[Token, ...]
    paragraph: int
    title: bool

    @property
    def only_quoted(self) -> bool:
        """Whether it is quotation and nothing else."""
        return all(token.lower == QUOTED or not token.is_word for token in self.tokens)

    def span_of(self, first: int, last: int) -> Span:
        """From the token `first` to the token `last`, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)


def units(layout: Layout) -> Iterator[Unit]:
    """The units of a text, in order."""
    paragraph = 0
    pending: Span | None = None
    for sentence in layout.sentences:
        while layout.paragraphs[paragraph].end < sentence.end:
            if pending is not None:
                yield from _unit(layout, pending, paragraph)
                pending = None
            paragraph += 1
        if pending is not None and _joined(layout, pending.end, sentence.start):
            pending = Span(pending.start, sentence.end)
        else:
            if pending is not None:
                yield from _unit(layout, pending, paragraph)
            pending = sentence
    if pending is not None:
        yield from _unit(layout, pending, paragraph)


def _joined(layout: Layout, end: int, start: int) -> bool:
    """Whether one quotation holds both the end of a sentence and the start of the next."""
    index = layout.quote_index(end - 1)
    return index is not None and layout.outer_quotes[index].outer.end > start


def _unit(layout: Layout, span: Span, paragraph: int) -> Iterator[Unit]:
    found: list[Token] = []
    at = span.start
    for quote in layout.quotes_in(span):
        outer = Span(max(quote.outer.start, span.start), min(quote.outer.end, span.end))
        found += tokens(layout.text, Span(at, outer.start))
        found.append(Token(outer.start, outer.end, layout.text[outer.start : outer.end], QUOTED))
        at = outer.end
    found += tokens(layout.text, Span(at, span.end))
    for first in range(0, len(found), LONGEST):
        part = tuple(found[first : first + LONGEST])
        yield Unit(Span(part[0].start, part[-1].end), part, paragraph, span == layout.title)
