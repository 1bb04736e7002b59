"""Brackets around claims in a text: pure, foreign text in and out."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.records import ArticleView, ClaimCard, ClaimSpan
from workbench.spans import Span

OPEN, CLOSE = "⟦", "⟧"


def article_text(view: ArticleView) -> str:
    """The text of an article after its header, each claim in brackets with its identifier."""
    contents = [span for span in view.spans if span.role == "content"]
    start = view.header.end if view.header else 0
    return marked(view.text, Span(start, len(view.text)), contents, numbered=True)


def claim_in_context(view: ArticleView, card: ClaimCard) -> str:
    """The sentences that a claim touches, on one line, with its words in brackets."""
    around = [row for row in view.sentences if row.start < card.end and card.start < row.end]
    place = Span(min([card.start, *(row.start for row in around)]), max([card.end, *(row.end for row in around)]))
    contents = [span for span in card.spans if span.role == "content"]
    return " ".join(marked(view.text, place, contents, numbered=False).split())


def marked(text: str, place: Span, contents: Sequence[ClaimSpan], *, numbered: bool) -> str:
    """`text[place]` with brackets around `contents`; where several begin or end together they stay nested."""
    inserts = []
    for span in contents:
        length = span.end - span.start
        if place.start <= span.start < span.end <= place.end:
            inserts.append((span.start, 1, -length, f"{OPEN}c{span.claim_id} " if numbered else OPEN))
            inserts.append((span.end, 0, length, CLOSE))
    pieces, at = [], place.start
    for position, _, _, sign in sorted(inserts):
        pieces += [text[at:position], sign]
        at = position
    return "".join([*pieces, text[at : place.end]])
