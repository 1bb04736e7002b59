"""Attributions by the packaged model, and by rules where a layout says more than words do.

Speaker turns ("SMITH: …") are read by rules; quotations that nobody claims are kept without a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from workbench import models
from workbench.extract import attributions as rules
from workbench.extract.attribution import Attribution
from workbench.extract.layout import Layout
from workbench.extract.phrases import AUXILIARIES
from workbench.extract.turns import turns
from workbench.language.words import words
from workbench.spans import Span, trim

_JOINT = re.compile(r"[\s,;]*\b(?:and|but|then|also)?\s*\Z")
_CLOSED = re.compile(r"[”\"»’]\Z")  # a quotation ends there: elsewhere the model knows better
_WORD = re.compile(r"[^\W\d_]+")

_NAMELESS = re.compile(r"(?:not\s)?(?:to\sbe\s(?:named|identified|quoted)|anonymity)\b", re.IGNORECASE)

REACH = 8  # contents nest no deeper than this
SHARE = 0.5  # of a turn's words that a found content must hold to be that turn's


def attributions(layout: Layout) -> tuple[list[Attribution], tuple[float, ...]]:
    """Every attribution of a text in the order of its content, and the check-worthiness (0..1) of each sentence."""
    tagging = models.tag(layout.text, layout.paragraphs, layout.sentences)
    found = [_clean(layout.text, one) for one in tagging.attributions]
    found = [one for one in found if not _is_transfer(layout.text, one) and not _describes(layout.text, one)]
    spoken = [Attribution((turn.speaker,), (turn.mark,), (turn.words,), 0.9) for turn in turns(layout).values()]
    kept = [one for one in found if not any(_same(one, turn) for turn in _near(spoken, one))]
    by_rules = [one for one in rules.attributions(layout) if not _describes(layout.text, one)]
    claimed = [*_parted(layout.text, kept, by_rules), *spoken]
    claimed += _untouched(claimed, [one for one in by_rules if _is_certain(layout, one)])
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


def _parted(text: str, kept: list[Attribution], by_rules: list[Attribution]) -> list[Attribution]:
    """Contents cut where rules see the same source do a second thing ("accused him of …, backed calls for …")."""
    starts = sorted(((one.cue[0].start, at) for at, one in enumerate(by_rules) if one.cue and one.source))
    result: list[Attribution] = []
    for one in kept:
        last = one.content[-1]
        low, high = bisect_left(starts, (last.start + 1,)), bisect_left(starts, (last.end,))
        second = next((by_rules[at] for _, at in starts[low:high] if _goes_on(one, by_rules[at])), None)
        cut = _before(text, Span(last.start, second.cue[0].start)) if second else last
        if second is None or not _CLOSED.search(cut.of(text)):
            result.append(one)
        else:
            result += [replace(one, content=(*one.content[:-1], cut)), second]
    return result


def _goes_on(one: Attribution, other: Attribution) -> bool:
    """Whether `other` is what the source of `one` does next, inside the last piece of its content."""
    last = one.content[-1]
    return bool(
        one.source
        and one.source[0].overlaps(other.source[0])
        and other.source[0].end <= last.start
        and other.content[-1].end <= last.end + 1
    )


def _before(text: str, span: Span) -> Span:
    """`span` without a joining comma or "and" at its end."""
    words_of = text[span.start : span.end]
    return trim(text, Span(span.start, span.start + len(_JOINT.sub("", words_of))))


def _is_transfer(text: str, one: Attribution) -> bool:
    """Whether the cue is only a verb by which things change hands: the article's own statement, not an attribution."""
    found = [word.lower() for span in one.cue for word in _WORD.findall(span.of(text))]
    heads = [word for word in found if word not in AUXILIARIES and not word.endswith("ly")]
    return bool(heads) and all(word in words("transfers") for word in heads)


def _describes(text: str, one: Attribution) -> bool:
    """Whether the content only tells why a source has no name: “who declined | to be named because …”."""
    return _NAMELESS.match(text, one.content[0].start) is not None


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
    """The turns, in the order of the text, that a content touches."""
    whole = Span(one.content[0].start, one.content[-1].end)
    first = max(bisect_left(spoken, whole.start, key=_opens) - 1, 0)
    last = bisect_left(spoken, whole.end, key=_opens)
    return [turn for turn in spoken[first:last] if turn.content[0].overlaps(whole)]


def _opens(turn: Attribution) -> int:
    """Where the words of a turn begin."""
    return turn.content[0].start


def _same(one: Attribution, turn: Attribution) -> bool:
    """Whether the model read the turn itself, rather than something said inside it."""
    words = turn.content[0]
    shared = sum(max(min(span.end, words.end) - max(span.start, words.start), 0) for span in one.content)
    return shared >= SHARE * (words.end - words.start)
