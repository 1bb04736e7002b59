"""Sentences of a paragraph: full stops that end something told from those of abbreviations, initials and decimals."""

from __future__ import annotations

import re

from workbench.language.words import group, words
from workbench.spans import Span, trim

_STOP = re.compile(r"(?:[.!?…。！？]+)[\"”’»'›)\]]*(?=\s|$)|[。！？]+[」』”’]*")
_BEFORE = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")
_NEXT = re.compile(r"\s*[\"“”‘’'«»„‹›(\[–—-]*\s*([^\s\"“”‘’«»„‹›()\[\],.:;!?–—]*)")
_LOWER_OK = group("lower_ok")
_REACH = 24  # code points looked back at; no abbreviation is longer
_SAYING = group("saying")


def sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph, each trimmed, in order and covering all its words."""
    found: list[Span] = []
    start = paragraph.start
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and _ends(text, match, paragraph.end):
            found.append(trim(text, Span(start, match.end())))
            start = match.end()
    found.append(trim(text, Span(start, paragraph.end)))
    return [span for span in found if span.start < span.end]


def _ends(text: str, stop: re.Match[str], limit: int) -> bool:
    """Whether the marks of `stop` end a sentence."""
    following = _NEXT.match(text, stop.end(), min(limit, stop.end() + 60))
    word = following.group(1) if following else ""
    if not word:
        return True
    if word[0].islower():
        return False
    marks = stop.group()
    if marks[0] == "." and not marks.startswith(".."):
        return _full_stop_ends(text, stop, word)
    closed = marks[-1] not in ".!?…。！？"
    return not (closed and _names_the_speaker(text, stop.end(), limit))


def _full_stop_ends(text: str, stop: re.Match[str], word: str) -> bool:
    before = _BEFORE.search(text, max(0, stop.start() - _REACH), stop.start())
    if before is None or len(stop.group()) > 1:
        return True
    previous = before.group()
    lower = previous.lower()
    starter = word.lower() in words("starters")
    if len(previous) == 1:  # an initial, unless it is the pronoun or a grade
        return starter or previous == "I" or previous.islower()
    if not (previous[0].isupper() or "." in previous or lower in _LOWER_OK):
        return True
    if lower in ("no", "nos"):
        return not word[0].isdigit()
    if lower in words("abbreviations"):
        return False
    if lower in words("abbreviations_end") or _is_initials(previous):
        return starter
    return True


def _is_initials(word: str) -> bool:
    return "." in word and all(len(part) == 1 for part in word.split("."))


def _names_the_speaker(text: str, at: int, limit: int) -> bool:
    """Whether `“Go!” Ana Ruiz said` goes on: a name, then a verb of saying, before any full stop."""
    stretch = text[at : min(limit, at + 80)]
    head = re.split(r"[.!?,;:“”\"](?:\s|$)", stretch, maxsplit=1)[0].split()[:6]
    for index, word in enumerate(head):
        if word.lower() in _SAYING:
            return index == 0 or all(w[0].isupper() or w.lower() in ("the", "of", "a") for w in head[:index])
    return False
