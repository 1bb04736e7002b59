"""Offices told beside a name: “Ana Ruiz, the mayor of Quay”, “chief of staff Ben Hale”, “Sen. Ruiz (D-Mass.)”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.extract.kinds import singular
from workbench.language.words import words

if TYPE_CHECKING:
    from workbench.extract.names import Mention

_BEFORE = re.compile(r"(?P<role>[a-z][a-z-]+)(?:,)?\s$")
_APPOSITION = re.compile(
    r",\s(?:(?:\d{1,3}|who\s(?:is|was|runs|leads|heads|chairs|speaks)[^,.;]*)[,.]\s?)?([^,.;:“”\"()]{3,70})[,.;]"
)
_AGED = re.compile(r",\s(?:\d{1,3},|who\s)")
_PARTY = re.compile(r"[\s,]+\(?([DRI])-([A-Z][\w.]+)")
_PARTIES = {"D": "democrat democratic", "R": "republican gop", "I": "independent"}
_BREAK = re.compile(r"\s(?:of|for|at|in|who|and|to|from|on|with)\s")


def note_offices(text: str, mentions: Sequence[Mention]) -> None:
    """Note on the entity of each mention what the words beside it tell of its office."""
    previous: Mention | None = None
    for mention in mentions:
        entity = mention.entity
        if entity.kind in ("person", "unknown"):
            _note_party(text, mention)
            if " " in entity.name:
                _note_words(text, mention)
            if previous is not None and text[previous.span.end : mention.span.start] == " and ":
                entity.told |= {word for word in previous.entity.told if word in words("roles")}
        previous = mention


def _note_party(text: str, mention: Mention) -> None:
    party = _PARTY.match(text, mention.span.end, mention.span.end + 20)
    if party:
        mention.entity.told |= {*_PARTIES[party[1]].split(), party[2].lower().strip(".")}


def _note_words(text: str, mention: Mention) -> None:
    entity = mention.entity
    start = max(0, mention.span.start - 60)
    before = _BEFORE.search(text, max(start, mention.span.start - 30), mention.span.start)
    if before and before["role"] in words("roles"):
        entity.roles.add(before["role"])
    elif before and singular(before["role"]) in words("roles"):
        entity.told.add(singular(before["role"]))
    entity.told |= _led_by(text[start : mention.span.start])
    following = text[mention.span.end : mention.span.end + 90]
    role = _told_after(following)
    if role is not None:
        entity.roles.add(role)
    told = _APPOSITION.match(following)
    if told:
        entity.told |= {word.lower() for word in told[1].split() if word[0].isupper() or word in words("roles")}


def _led_by(before: str) -> set[str]:
    """The words of the noun phrase that ends in a name: “GOP presidential contender and former surgeon | Ben Hale”."""
    taken: set[str] = set()
    for word in reversed(before.split(" ")[1:-1][-7:]):
        if word[-1:] in ',.;:”"—)' and not word.endswith("."):
            break
        lower = word.lower()
        if lower in ("the", "a", "an", "to", "by", "with", "of", "said", "that", "for", "from", "on", "as"):
            break
        taken.add(lower)
    return taken


def _told_after(following: str) -> str | None:
    """The office in the apposition after a name: “, the mayor of Quay,” is a mayor; an age or a “who” is a person."""
    match = _APPOSITION.match(following)
    if match:
        for word in _BREAK.split(match[1])[0].split()[::-1]:
            if word in words("roles"):
                return word
    return "somebody" if _AGED.match(following) else None
