"""Attributions by the packaged model, and by rules where a layout says more than words do.

Speaker turns ("SMITH: …") are read by rules; quotations that nobody claims are kept without a source.
"""

from __future__ import annotations

from bisect import bisect_left

from workbench import models
from workbench.extract import attributions as rules
from workbench.extract.attribution import Attribution
from workbench.extract.layout import Layout
from workbench.extract.turns import turns
from workbench.spans import Span, trim

REACH = 8  # contents nest no deeper than this
SHARE = 0.5  # of a turn's words that a found content must hold to be that turn's


def attributions(layout: Layout) -> tuple[list[Attribution], tuple[float, ...]]:
    """Every attribution of a text in the order of its content, and the check-worthiness (0..1) of each sentence."""
    tagging = models.tag(layout.text, layout.paragraphs, layout.sentences)
    found = [_clean(layout.text, one) for one in tagging.attributions]
    spoken = [Attribution((turn.speaker,), (turn.mark,), (turn.words,), 0.9) for turn in turns(layout).values()]
    kept = [one for one in found if not any(_same(one, turn) for turn in _near(spoken, one))]
    claimed = [*kept, *spoken]
    claimed += _untouched(claimed, [one for one in rules.attributions(layout) if _is_certain(layout, one)])
    alone = _untouched(claimed, rules.quotations(layout))
    ordered = sorted([*claimed, *alone], key=lambda one: (one.content[0], one.cue, one.source))
    return ordered, tagging.sentence_scores


def worth_by_model(text: str) -> float:
    """The model's check-worthiness (0..1) of a text taken as one sentence."""
    whole = (0, len(text))
    return models.tag(text, [whole], [whole]).sentence_scores[0]


def _is_certain(layout: Layout, one: Attribution) -> bool:
    """What rules read as surely as the model: hearsay ("reportedly") and quotations with somebody who says them."""
    quoted = all(
        layout.quote_index(span.start) is not None and layout.quote_index(span.end - 1) is not None
        for span in one.content
    )
    return bool(one.cue or one.source) and (quoted or not one.source)


def _untouched(claimed: list[Attribution], more: list[Attribution]) -> list[Attribution]:
    """Those of `more` whose content shares no code point with a content of `claimed`."""
    taken = sorted(span for one in claimed for span in one.content)
    return [one for one in more if not any(_is_touched(taken, span) for span in one.content)]


def _is_touched(taken: list[Span], span: Span) -> bool:
    before = bisect_left(taken, (span.end,))
    return any(other.overlaps(span) for other in taken[max(before - REACH, 0) : before])


def _clean(text: str, one: models.TaggedAttribution) -> Attribution:
    """The same with spans, white space trimmed."""
    source, cue, content = (
        tuple(trim(text, Span(*span)) for span in spans) for spans in (one.source, one.cue, one.content)
    )
    return Attribution(source, cue, content, one.confidence)


def _near(spoken: list[Attribution], one: Attribution) -> list[Attribution]:
    """The turns that a content touches."""
    return [turn for turn in spoken if turn.content[0].overlaps(Span(one.content[0].start, one.content[-1].end))]


def _same(one: Attribution, turn: Attribution) -> bool:
    """Whether the model read the turn itself, rather than something said inside it."""
    words = turn.content[0]
    shared = sum(max(min(span.end, words.end) - max(span.start, words.start), 0) for span in one.content)
    return shared >= SHARE * (words.end - words.start)
