"""A quote as it is printed: its words, which of them an editor put in brackets, and where dots mark a cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.match.spoken import Token, tokens

LONGEST = 2000  # words of a quote that are looked at

_DOTS = re.compile(r"\[\s?(?:…|\.{3,4}|\. \. \.)\s?\]|\(\s?(?:…|\.{3,4}|\. \. \.)\s?\)|…|\.{3,4}|\. \. \.")
_EDITED = re.compile(r"\[(\w{1,3})\](?=\w)|(?<=\w)\[(\w{1,3})\](?!\w)")
_BRACKETS = re.compile(r"\[[^\[\]]{1,200}\]")
_ROUND = re.compile(r"\([^()]{1,120}\)")


@dataclass(frozen=True, slots=True)
class Printed:
    """`cuts` are word numbers before which dots stand (the number of words for dots at the end)."""

    text: str
    words: tuple[Token, ...]
    bracketed: frozenset[int]
    round: frozenset[int]  # in round brackets, which may be the speaker's own
    cuts: frozenset[int]
    edited: bool  # letters in brackets: “[w]e will”

    @property
    def texts(self) -> tuple[str, ...]:
        """The words alone."""
        return tuple(word.text for word in self.words)


def printed(quote: str) -> Printed:
    """Read a quote; its outer marks may be there or not."""
    edited = [bracket for match in _EDITED.finditer(quote) for bracket in (match.start(), match.end() - 1)]
    plain, places = quote, list(range(len(quote) + 1))
    if edited:
        gone = set(edited)
        places = [at for at in range(len(quote)) if at not in gone] + [len(quote)]
        plain = "".join(quote[at] for at in places[:-1])
    dots = [match.span() for match in _DOTS.finditer(plain)]
    found = tokens(plain)[:LONGEST]
    brackets = [match.span() for match in _BRACKETS.finditer(plain) if not _DOTS.fullmatch(match.group())]
    rounds = [match.span() for match in _ROUND.finditer(plain) if not _DOTS.fullmatch(match.group())]
    cuts = {sum(word.start < start for word in found) for start, _ in dots}
    words = tuple(Token(word.text, places[word.start], places[word.end - 1] + 1) for word in found)
    return Printed(quote, words, _inside(found, brackets), _inside(found, rounds), frozenset(cuts), bool(edited))


def _inside(words: list[Token], spans: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(
        index for index, word in enumerate(words) if any(start <= word.start < end for start, end in spans)
    )
