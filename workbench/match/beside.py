"""One quote beside another that it shares a family with, linked to it or not: how they are related, there and then.

A link is made where two quotes are the same utterance; members of a family may be joined through others. What such a
pair has in common, and what is in alarm, their words say all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.language.words import words as lexicon
from workbench.match.alarms import Alarm, alarms
from workbench.match.compare import Quotation, days_between, profile, reason
from workbench.match.compare import likeness as likeness_of
from workbench.match.diff import Piece, pieces
from workbench.match.overlap import Overlap, overlap
from workbench.match.speakers import same_speaker
from workbench.match.words import Words
from workbench.spans import Span

Beside = Literal["same", "near", "fragment", "differs"]

_RUN = 3  # words in a row in common that say where two quotes correspond
_TOLD = 7.0  # … and what all that is in common must tell, before a difference there says anything
_EDGE = 2  # words before a stretch that are shown where they are what is in alarm


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a quote stands to the one that it is compared with. "differs": neither like it nor a part of it.

    `aligned` are the differences by word; of two quotes that are not alike as a whole, those of the stretch that
    corresponds, and nothing where none does.
    """

    relation: Beside
    score: float
    alarms: tuple[Alarm, ...]
    aligned: tuple[Piece, ...]
    why: str


def beside(base: Quotation, other: Quotation) -> Comparison:
    """`other` compared with `base`, linked to it or not. Every word of `other` is in `aligned`, or none."""
    left, right = profile(base.text), profile(other.text)
    found = overlap(left.texts, right.texts)
    likeness = likeness_of(left, right)
    speaker, days = same_speaker(base.speaker, other.speaker), days_between(base.date, other.date)
    relation: Beside = likeness.relation or "differs"
    placed = likeness.relation is not None or (len(found.run) >= _RUN and likeness.telling >= _TOLD)
    differing = alarms(base.text, other.text, left.words, right.words, found) if placed else ()
    if relation in ("same", "near"):
        aligned = pieces(base.text, other.text, left.words, right.words)
    elif relation == "fragment" or differing:
        aligned = _stretch(base.text, other.text, left.words, right.words, found, 0)
        if differing and all(piece.operation == "equal" for piece in aligned):
            aligned = _stretch(base.text, other.text, left.words, right.words, found, _EDGE)
    else:
        aligned = ()
    why = reason(likeness, len(found.common), speaker, days, differing)
    return Comparison(relation, likeness.score(speaker, days), differing, aligned, why)


def _stretch(one: str, other: str, left: Words, right: Words, found: Overlap, edge: int) -> tuple[Piece, ...]:
    """The differences where the quotes correspond; further words of `other` come in, those of `one` are left aside."""
    first, last = max(0, found.left[0] - edge), found.left[1]
    if edge and left.texts[last : last + 1] and left.texts[last] in lexicon("negations"):
        last += 1
    start, end = found.right
    before, after = min(start, found.left[0] - first), min(len(right.words) - end, last - found.left[1])
    inner = pieces(
        one, other, left._replace(words=left.words[first:last]),
        right._replace(words=right.words[start - before : end + after]),
    )  # fmt: skip
    return (*_put_in(other, right, 0, start - before), *inner, *_put_in(other, right, end + after, len(right.words)))


def _put_in(other: str, quote: Words, first: int, last: int) -> tuple[Piece, ...]:
    if first >= last:
        return ()
    span = Span(quote.words[first].start, quote.words[last - 1].end)
    return (Piece("insert", "", span.of(other), Span(0, 0), span),)
