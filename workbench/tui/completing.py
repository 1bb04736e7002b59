"""Completing the filter line: which words may stand where the line ends, and the line with one of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

FIELDS = ("source:", "outlet:", "kind:", "verdict:", "status:", "is:", "has:", "check>", "flag:", "since:")
SHOWN = 40  # candidates that are offered at most

_END = re.compile(r'(?:(?P<name>[a-z]+):)?(?P<begun>"[^"]*|[^\s"]*)$')


_CLOSED = re.compile(r'"[^"]*"')


class Ending(NamedTuple):
    """What the line ends in: the field ("" for a plain word) and what is typed of its value, from `start` on."""

    name: str
    begun: str
    start: int


def ending(text: str) -> Ending:
    """The unfinished last word of the line."""
    found = _END.search(_CLOSED.sub(lambda quoted: "x" * len(quoted[0]), text))
    assert found is not None  # the pattern matches the empty end of any line
    return Ending(found["name"] or "", text[found.start("begun") :].strip('"'), found.start())


def candidates(text: str, values: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What may stand at the end of the line: fields for a plain word, else known values; exact ones are no news."""
    name, begun, _ = ending(text)
    known: Sequence[str] = values.get(name, ()) if name else FIELDS
    folded = begun.casefold().replace("-", " ")
    if not name and not begun:
        return tuple(FIELDS)
    first = [word for word in known if word.casefold().replace("-", " ").startswith(folded)]
    inside = [word for word in known if name and word not in first and folded in word.casefold()]
    found = (*first, *inside)[:SHOWN]
    return () if len(found) == 1 and found[0].casefold() == begun.casefold() else found


def completed(text: str, word: str) -> str:
    """The line with its unfinished last word replaced; a whole value is followed by a blank."""
    name, _, start = ending(text)
    if not name:
        return text[:start] + word
    value = word.replace(" ", "-") if name == "status" else f'"{word}"' if re.search(r"\s", word) else word
    return f"{text[:start]}{name}:{value} "
