"""A quote reduced to what comparison sees of it: quotes of one form are compared once, however many there are."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from workbench.match.compare import Profile
from workbench.match.families import key_of
from workbench.match.words import Word, Words, words

_STOPS = frozenset(".!?…;")


class Form(NamedTuple):
    """The folded words, with a full stop where a sentence ended between two of them, and a number for it."""

    key: int
    text: str


class _Read(Profile):
    """The profile of a form, whose words stand in it as they are compared."""

    @cached_property
    def words(self) -> Words:
        """The words with their places."""
        found, at = [], 0
        for word in self.text.split(" "):
            if word != ".":
                found.append(Word(word, at, at + len(word)))
            at += len(word) + 1
        return Words(tuple(found), 0, ())


@lru_cache(maxsize=8192)
def form_profile(text: str) -> Profile:
    """The profile of the words of a form, without reading them again."""
    return _Read(text, tuple(word for word in text.split(" ") if word != ".") if text else ())


def form_of(text: str) -> Form:
    """The form of a quote; equal for quotes that differ in case, marks, spelling of contractions or remarks alone."""
    found = words(text).words
    parts: list[str] = []
    end = 0
    for word in found:
        if parts and not _STOPS.isdisjoint(text[end : word.start]):
            parts.append(".")
        parts.append(word.text)
        end = word.end
    return Form(key_of(tuple(parts)), " ".join(parts))
