"""A quote reduced to what comparison sees of it: quotes of one form are compared once, however many there are."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from workbench.match.alarms import telling_remark
from workbench.match.compare import Profile
from workbench.match.families import key_of
from workbench.match.words import Word, Words, hashed, words
from workbench.spans import Span

_STOPS = frozenset(".!?…;")


class Form(NamedTuple):
    """The folded words, with a full stop where a sentence ended between two of them, and a number for it.

    What of an editor's remarks can be in alarm stands among them in brackets.
    """

    key: int
    text: str


class _Read(Profile):
    """The profile of a form, whose words stand in it as they are compared."""

    @cached_property
    def words(self) -> Words:
        """The words with their places."""
        found, remarks, at = [], [], 0
        for word in self.text.split(" "):
            if word.startswith("["):
                remarks.append(Span(at, at + len(word)))
            elif word != ".":
                found.append(Word(word, at, at + len(word)))
            at += len(word) + 1
        return Words(tuple(found), 0, tuple(remarks))


@lru_cache(maxsize=2048)
def form_profile(text: str) -> Profile:
    """The profile of the words of a form, without reading them again."""
    return _Read(text, tuple(_texts(text)))


def form_code(text: str) -> str:
    """The words of a form as one code point each: for a quick look, without a profile."""
    return hashed(_texts(text))


def _texts(text: str) -> list[str]:
    found = text.split(" ") if text else []
    if " . " in text or "[" in text:
        return [word for word in found if word != "." and not word.startswith("[")]
    return found


def form_of(text: str) -> Form:
    """The form of a quote; equal for quotes that differ in case, marks, spelling of contractions or remarks alone."""
    found = words(text)
    remarks = [(span.start, kept) for span in found.bracketed if (kept := telling_remark(text[span.start : span.end]))]
    parts: list[str] = []
    end = 0
    for word in found.words:
        while remarks and remarks[0][0] < word.start:
            parts.append(remarks.pop(0)[1])
        if parts and not _STOPS.isdisjoint(text[end : word.start]):
            parts.append(".")
        parts.append(word.text)
        end = word.end
    parts += [kept for _, kept in remarks] if parts else []
    return Form(key_of(tuple(parts)), " ".join(parts))
