"""Hedges and negation inside a claim, by word lists."""

from __future__ import annotations

import re
from functools import cache

from workbench.language.words import words
from workbench.spans import Span

_CONTRACTED = r"[^\W\d_]+n[’']t\b"


@cache
def _hedges() -> re.Pattern[str]:
    entries = sorted(words("hedges"), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, entries)) + r")\b", re.IGNORECASE)


@cache
def _negations() -> re.Pattern[str]:
    aside = "|".join(re.escape(phrase) for phrase in sorted(words("negations_not"), key=len, reverse=True))
    entries = "|".join(sorted(words("negations"), key=len, reverse=True))
    return re.compile(rf"\b(?P<aside>{aside})|\b(?:{entries})\b|\b{_CONTRACTED}", re.IGNORECASE)


def hedges(text: str, span: Span) -> tuple[Span, ...]:
    """The places inside `span` of words that make a claim less than certain; the month of May is none."""
    found = (match for match in _hedges().finditer(text, span.start, span.end) if match.group() != "May")
    return tuple(Span(*match.span()) for match in found)


def negations(text: str, span: Span) -> tuple[Span, ...]:
    """The places inside `span` of words that negate: “not”, “never”, “didn’t”; “not only” does not."""
    found = (match for match in _negations().finditer(text, span.start, span.end) if not match["aside"])
    return tuple(Span(*match.span()) for match in found)
