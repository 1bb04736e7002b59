"""Where words stand in an article, for those who name them rather than count characters."""

from __future__ import annotations

import re

from workbench.errors import UsageError
from workbench.services.given import text_given
from workbench.spans import Span
from workbench.text import clean_line

MOST = 5  # places that are named where words stand several times


def find(text: str, words: str, within: Span | None = None) -> Span:
    """The one place of `words` in `text` (or in a part of it), whatever its white space.

    Raises UsageError when they do not stand there, or several times.
    """
    pieces = (text_given(words, "text") or "").split()
    if not pieces:
        raise UsageError("no words are given", "copy them from the article")
    area = within or Span(0, len(text))
    pattern = re.compile(r"\s+".join(map(re.escape, pieces)))
    found = [Span(*match.span()) for match in pattern.finditer(text, area.start, area.end)]
    shown = clean_line(words)[:60]
    if not found:
        raise UsageError(f"“{shown}” does not stand there", "copy the words from the article, marks included")
    if len(found) > 1:
        places = ", ".join(f"{place.start}:{place.end}" for place in found[:MOST])
        raise UsageError(
            f"“{shown}” stands there {len(found)} times: {places}", "name one of these places, or more words"
        )
    return found[0]
