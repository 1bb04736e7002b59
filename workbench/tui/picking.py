"""Choosing places in a text from the keyboard: which end moves, and where words and characters begin. Pure.

Offsets are code points. A character is a grapheme, so that no accent is cut off its letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from rich.cells import split_graphemes

Mode = Literal["respan", "split", "add"]
REACH = 64  # code points that are looked at for the neighbouring character: no grapheme is longer
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Pick:
    """Two places of a text and which of them the keys move; `low` and `high` bound both.

    In "split" only `end` counts: the cut. In "add" `start` is where the selection was begun, and may lie behind.
    """

    mode: Mode
    start: int
    end: int
    low: int
    high: int
    moves_start: bool = False

    @property
    def cursor(self) -> int:
        """The place that the keys move."""
        return self.start if self.moves_start else self.end

    @property
    def span(self) -> tuple[int, int]:
        """What is chosen, in the order of the text."""
        return min(self.start, self.end), max(self.start, self.end)

    def moved_to(self, place: int) -> Pick:
        """The moving end at another place, inside the bounds and never past the other end of a claim."""
        place = min(max(place, self.low), self.high)
        if self.mode == "respan":
            place = min(place, self.end - 1) if self.moves_start else max(place, self.start + 1)
        return replace(self, start=place) if self.moves_start else replace(self, end=place)

    def dropped(self) -> Pick:
        """A new selection that begins at the cursor."""
        return replace(self, start=self.cursor, end=self.cursor, moves_start=False)

    def turned(self, moves_start: bool) -> Pick:
        """With the keys on the other end, or on the same."""
        return replace(self, moves_start=moves_start)


def next_word(text: str, at: int, *, ends: bool) -> int:
    """The end of the word behind `at`, or its beginning; the end of the text when there is none."""
    for found in _WORD.finditer(text, at):
        place = found.end() if ends else found.start()
        if place > at:
            return place
    return len(text)


def word_before(text: str, at: int, *, ends: bool) -> int:
    """The beginning of the word before `at`, or its end; 0 when there is none."""
    reach = 256
    while True:
        low = max(at - reach, 0)
        places = [found.end() if ends else found.start() for found in _WORD.finditer(text, low, at)]
        sound = [place for place in places if place < at and (place > low or low == 0)]
        if sound or low == 0:
            return sound[-1] if sound else 0
        reach *= 4


def next_character(text: str, at: int) -> int:
    """The end of the grapheme that begins at `at`."""
    piece = text[at : at + REACH]
    return at + split_graphemes(piece)[0][0][1] if piece else at


def character_before(text: str, at: int) -> int:
    """The beginning of the grapheme that ends at `at`."""
    low = max(at - REACH, 0)
    piece = text[low:at]
    return low + split_graphemes(piece)[0][-1][0] if piece else at
