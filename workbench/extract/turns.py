"""Speaker turns: `SMITH: …` or `Q: …` at the head of paragraphs, as transcripts and interviews print them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from workbench.extract.layout import Layout
from workbench.spans import Span, trim

_CAPITALS = re.compile(r"([A-Z][A-Z.’'\- ]{1,40}|[QA])(?:\s\([^()]{1,60}\))?(:)\s+(?=\S)")
_NAME = re.compile(r"([A-Z][\w.’'\-]{0,30}(?:\s[A-Z][\w.’'\-]{0,30}){0,3})(?:\s\([^()]{1,60}\))?(:)\s+(?=\S)")
_FEWEST = 2  # turns that make a layout


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks, the colon, and what is said in one paragraph."""

    speaker: Span
    mark: Span
    words: Span


def turns(layout: Layout) -> dict[int, Turn]:
    """Index of the paragraph -> its turn. Names in small letters count only when one of them comes back."""
    capitals = _found(layout, _CAPITALS)
    names = _found(layout, _NAME)
    often = Counter(turn.speaker.of(layout.text) for turn in names.values())
    chosen = dict(capitals) if len(capitals) >= _FEWEST else {}
    if len(names) >= _FEWEST and any(count > 1 for count in often.values()):
        chosen |= {index: turn for index, turn in names.items() if often[turn.speaker.of(layout.text)] > 1}
    return dict(sorted(chosen.items()))


def _found(layout: Layout, pattern: re.Pattern[str]) -> dict[int, Turn]:
    result: dict[int, Turn] = {}
    for index, paragraph in enumerate(layout.paragraphs):
        match = pattern.match(layout.text, paragraph.start, paragraph.end)
        if match is None or paragraph == layout.title:
            continue
        speaker = trim(layout.text, Span(*match.span(1)))
        words = trim(layout.text, Span(match.end(), paragraph.end))
        result[index] = Turn(speaker, Span(*match.span(2)), words)
    return result
