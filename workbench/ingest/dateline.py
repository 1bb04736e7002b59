"""The agency that an article names before its first sentence: `(MENAFN)`, `LONDON (AP) —`, `AP —`."""

from __future__ import annotations

import re

from workbench.spans import Span

_KNOWN = "AP|AFP|UPI|PA|dpa|DPA|EFE|ANSA|TASS|PTI|ANI|IANS|Reuters|REUTERS|Xinhua|XINHUA|MENAFN|Bloomberg|Kyodo|Yonhap"
_NAME = rf"(?P<name>{_KNOWN}|The Associated Press|Associated Press|[A-Z][A-Z0-9&.\-]+(?: [A-Z0-9&.\-]+){{0,3}})"
_PLACE = r"(?:[A-Z][\w.'’\-]*(?:,? [A-Z][\w.'’\-]*){0,4}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?)"
_DASH = r"[ \t]*(?:—|–|--|-)(?=\s)"
_MARKERS = (
    re.compile(rf"\({_NAME}\)(?:{_DASH})?"),
    re.compile(rf"{_PLACE}[ \t]+(?:[—–-][ \t]+)?\({_NAME}\)(?:{_DASH})?"),
    re.compile(rf"(?P<name>{_KNOWN}){_DASH}"),
)
_WITHIN = 120  # a dateline is short


def find_agency(text: str, start: int = 0) -> tuple[str, Span] | None:
    """The agency named where the body starts (`start`, white space aside) and the span of the whole marker.

    The span holds everything before the article's own words, parentheses, place and dash included.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    for marker in _MARKERS:
        found = marker.match(text, start, start + _WITHIN)
        if found:
            return found.group("name"), Span(start, found.end())
    return None
