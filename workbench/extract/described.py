"""What the words of a claim hold, wherever a person puts its edges: quotations, hedges, figures, weight. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.extract.assemble import kind_of
from workbench.extract.findings import Findings
from workbench.extract.layout import layout
from workbench.extract.worth import check_worthiness
from workbench.records import ClaimKind, CueClass
from workbench.spans import Span, trim


@dataclass(frozen=True, slots=True)
class Described:
    """Of a content: what of it is quoted (marks left out), its hedging words, figures, negation and weight.

    `kind` is what the quotation marks make of it, were it attributed to somebody.
    """

    kind: ClaimKind
    quotes: tuple[Span, ...]
    hedges: tuple[str, ...]
    numbers: tuple[str, ...]
    negated: bool
    check_worthiness: float


def describe(text: str, content: Sequence[Span], cue_class: CueClass | None = None) -> Described:
    """What the pieces of `text` hold. Reads the paragraphs they stand in, not the whole text.

    The weight is that of the rules alone: the model reads whole sentences.
    """
    start = text.rfind("\n", 0, content[0].start) + 1
    end = text.find("\n", content[-1].end)
    window = text[start : len(text) if end < 0 else end]
    inside = [piece.shifted(-start) for piece in content]
    bones, found = layout(window), Findings(window)
    quotes = []
    for piece in inside:
        for quote in bones.quotes_in(piece):
            inner = trim(window, Span(max(quote.inner.start, piece.start), min(quote.inner.end, piece.end)))
            quotes += [inner.shifted(start)] if inner.start < inner.end else []
    hedges, figures = found.hedges(inside), found.numbers(inside)
    words = " ".join(piece.of(window) for piece in inside)
    worth = check_worthiness(words, numbers=figures, names=0, hedges=len(hedges), cue_class=cue_class)
    return Described(
        kind_of(bones, inside), tuple(quotes), tuple(span.of(window) for span in hedges),
        tuple(number.text for number in figures), found.negated(inside), worth,
    )  # fmt: skip
