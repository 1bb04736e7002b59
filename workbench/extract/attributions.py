"""Attributions by rules: who (source) says (cue) what (content).

This is the tagger. A trained model may take its place: it delivers the same `Attribution` for the same text, and
everything else in this room stays as it is.
"""

from __future__ import annotations

from dataclasses import replace

from workbench.extract.attribution import Attribution
from workbench.extract.clauses import introduction, read
from workbench.extract.layout import Layout
from workbench.extract.turns import turns
from workbench.extract.units import Unit, units
from workbench.language.quotes import Quote
from workbench.spans import Span

__all__ = ["Attribution", "attributions", "quotations"]

_SPEECH_WORDS = 5  # a quotation that stands alone and is shorter is a title or a slogan


def attributions(layout: Layout) -> list[Attribution]:
    """Every attribution of a text, in the order of its content. Linear in the length of the text."""
    speakers = turns(layout)
    found = [Attribution((turn.speaker,), (turn.mark,), (turn.words,), 0.9) for turn in speakers.values()]
    last: list[Attribution] = []
    led: tuple[Span, Span] | None = None
    paragraph = -1
    for unit in units(layout):
        if unit.paragraph in speakers:
            continue
        fresh = read(unit)
        near = unit.paragraph - paragraph <= 1
        if not fresh and unit.only_quoted and not unit.title:
            if led is not None and near:
                fresh = [Attribution((led[0],), (led[1],), (unit.span,), 0.75)]
            else:
                fresh, last = _alone(layout, unit, last if near else [], found)
        found += last
        last, paragraph = fresh, unit.paragraph
        led = introduction(unit) if not fresh else None
    found += last
    found += _left_over(layout, found)
    return sorted(found, key=lambda item: (item.content[0], item.cue, item.source))


def _left_over(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Quotations long enough for speech that no attribution holds."""
    held = sorted({index for item in found for piece in item.content for index in layout.quote_indices(piece)})
    taken = set(held)
    spare = [quote for index, quote in enumerate(layout.outer_quotes) if index not in taken]
    return [Attribution((), (), (quote.outer,), 0.4) for quote in spare if _is_speech(layout, quote)]


def _is_speech(layout: Layout, quote: Quote) -> bool:
    """Whether a quotation outside the title is too long for a nickname, a slogan or the title of a work."""
    if layout.title is not None and quote.outer.overlaps(layout.title):
        return False
    spoken = quote.inner.of(layout.text).split()
    small = sum(word[0].islower() for word in spoken)
    return len(spoken) >= _SPEECH_WORDS and small > 0.5 * len(spoken)


def _alone(
    layout: Layout, unit: Unit, last: list[Attribution], found: list[Attribution]
) -> tuple[list[Attribution], list[Attribution]]:
    """A unit that is only quotation goes on with the quotation before it; else it is speech without a speaker."""
    spoken = next((i for i in range(len(last) - 1, -1, -1) if _is_spoken(layout, last[i])), None)
    words = unit.span
    if spoken is None:
        long_enough = sum(character.isspace() for character in words.of(layout.text)) >= _SPEECH_WORDS - 1
        return ([Attribution((), (), (words,), 0.5)] if long_enough else []), last
    before = last.pop(spoken)
    found += last
    return [replace(before, content=(*before.content, words))], []


def _is_spoken(layout: Layout, item: Attribution) -> bool:
    """Whether the last piece of a content ends in a quotation."""
    return layout.quote_index(item.content[-1].end - 1) is not None


def quotations(layout: Layout) -> list[Attribution]:
    """Quotations as speech without a speaker, for a language whose attributions are not read."""
    return [Attribution((), (), (quote.outer,), 0.4) for quote in layout.outer_quotes if _is_long(layout, quote)]


def _is_long(layout: Layout, quote: Quote) -> bool:
    outside = layout.title is None or not quote.outer.overlaps(layout.title)
    spoken = quote.inner.of(layout.text)
    return outside and (len(spoken.split()) >= _SPEECH_WORDS or (not spoken.isascii() and len(spoken) >= 12))
