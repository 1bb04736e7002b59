"""What the network sees of a text: words, word pieces, case, quotation marks, cut into windows of whole paragraphs.

Training and serving both call `windows`, so the two can never differ. Linear in the length of the text, and lazy: one
window is in memory at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.models.wordpiece import WordPiece

WORD = re.compile(r"\w+|[^\w\s]")
LIMIT = 192  # word pieces of a window, [CLS] and [SEP] included; longer and much shorter ones score worse

LONGEST = 20_000  # characters of a paragraph that are read at once

LOWER, CAPITALISED, UPPER, MIXED, NUMBER, MARK = range(6)  # case classes
CASES = 6
OUTSIDE, OPENING, INSIDE_SHORT, INSIDE_LONG, CLOSING, INSIDE_OPEN = range(6)  # quotation states
QUOTATIONS = 6
SHORT_QUOTATION = 4  # words; shorter ones are mostly titles, nicknames and scare quotes

OPENS = frozenset("“‟„«")
CLOSES = frozenset("”»")
ENDS = frozenset(".?!")
DASHES = frozenset("-–—―")


@dataclass(slots=True)
class Window:
    """Some whole paragraphs as input of the network; `first[i]` is the position of word i's first piece."""

    pieces: list[int] = field(default_factory=list)
    case: list[int] = field(default_factory=list)
    quotation: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)  # code points of each word
    paragraph: list[int] = field(default_factory=list)  # running number of each word's paragraph
    stop: list[bool] = field(default_factory=list)  # whether a word ends a sentence (. ? !)
    mark: list[int] = field(default_factory=list)  # quotation state of each word
    dashes: list[int] = field(default_factory=list)  # dashes that may sign a quotation: "… rain.” — Ann Lee"


@dataclass(slots=True)
class _Paragraph:
    number: int
    words: list[tuple[int, int]]
    pieces: list[tuple[int, ...]]
    case: list[int]
    quotation: list[int]
    stop: list[bool]
    dashes: list[int]

    def cut(self, start: int, end: int) -> _Paragraph:
        """The words from `start` up to `end` as a paragraph of their own."""
        part = slice(start, end)
        return _Paragraph(
            self.number,
            self.words[part],
            self.pieces[part],
            self.case[part],
            self.quotation[part],
            self.stop[part],
            [at - start for at in self.dashes if start <= at < end],
        )


def case_class(word: str) -> int:
    """One of the case classes: how the word is written, which uncased pieces do not tell."""
    if word.islower():
        return LOWER
    if not word[0].isalnum() and word[0] != "_":
        return MARK
    if word[0].isdigit():
        return NUMBER
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITALISED
    return CAPITALISED if word[0].isupper() and word[1:].islower() else MIXED


def quotation_states(words: Sequence[str]) -> list[int]:
    """The quotation state of every word of one paragraph; a quotation left open ends with the paragraph.

    Curly marks and guillemets open and close; a straight double mark, or two single ones in a row, toggles.
    """
    states = [OUTSIDE] * len(words)
    opened = -1
    at = 0
    while at < len(words):
        word = words[at]
        double = word == "'" and at + 1 < len(words) and words[at + 1] == "'"
        width = 2 if double else 1
        if word in OPENS or (opened < 0 and (word == '"' or double)):
            states[at : at + width] = [OPENING] * width
            opened = at + width
        elif opened >= 0 and (word in CLOSES or word == '"' or double):
            inside = INSIDE_SHORT if at - opened <= SHORT_QUOTATION else INSIDE_LONG
            states[opened:at] = [inside] * (at - opened)
            states[at : at + width] = [CLOSING] * width
            opened = -1
        at += width
    if opened >= 0:
        states[opened:] = [INSIDE_OPEN] * (len(words) - opened)
    return states


def _readable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraph's span, or for an endless one slices cut at white space where there is any: bounds memory."""
    while end - start > LONGEST:
        cut = next((at for at in range(start + LONGEST, start, -1) if text[at].isspace()), start + LONGEST)
        yield start, cut
        start = cut
    yield start, end


def _read(text: str, start: int, end: int, number: int, vocabulary: WordPiece) -> _Paragraph:
    spans = [found.span() for found in WORD.finditer(text, start, end)]
    words = [text[s:e] for s, e in spans]
    states = quotation_states(words)
    return _Paragraph(
        number,
        spans,
        [vocabulary.pieces(word) for word in words],
        [case_class(word) for word in words],
        states,
        [word in ENDS for word in words],
        [at for at, word in enumerate(words) if word in DASHES and (not at or states[at - 1] == CLOSING)],
    )


def _parts(paragraph: _Paragraph, room: int) -> Iterator[_Paragraph]:
    """The paragraph, or for a long one parts of at most `room` pieces, cut after a sentence where one ends."""
    start = size = 0
    for at, pieces in enumerate(paragraph.pieces):
        if size + len(pieces) > room:
            middle = (start + at) // 2
            cut = next((i + 1 for i in range(at - 1, middle, -1) if paragraph.stop[i]), at)
            while middle < cut < at and paragraph.quotation[cut] == CLOSING:
                cut += 1
            yield paragraph.cut(start, cut)
            start, size = cut, sum(map(len, paragraph.pieces[cut:at]))
        size += len(pieces)
    yield paragraph.cut(start, len(paragraph.words)) if start else paragraph


def _add(window: Window, part: _Paragraph, vocabulary: WordPiece) -> None:
    window.dashes.extend(len(window.words) + at for at in part.dashes)
    for at, pieces in enumerate(part.pieces):
        window.first.append(len(window.pieces))
        window.pieces.extend(pieces)
        window.case.extend([part.case[at]] * len(pieces))
        window.quotation.extend([part.quotation[at]] * len(pieces))
    window.words.extend(part.words)
    window.paragraph.extend([part.number] * len(part.words))
    window.stop.extend(part.stop)
    window.mark.extend(part.quotation)
    _special(window, vocabulary.separator)


def _special(window: Window, piece: int) -> None:
    window.pieces.append(piece)
    window.case.append(MARK)
    window.quotation.append(OUTSIDE)


def _fresh(vocabulary: WordPiece) -> Window:
    window = Window()
    _special(window, vocabulary.start)
    return window


def windows(
    text: str, paragraphs: Sequence[tuple[int, int]], vocabulary: WordPiece, limit: int = LIMIT
) -> Iterator[Window]:
    """The windows of `text`, in order: as many whole paragraphs as fit into `limit` pieces; empty ones are left out."""
    window = _fresh(vocabulary)
    for number, (start, end) in enumerate(paragraphs):
        slices = (_read(text, first, last, number, vocabulary) for first, last in _readable(text, start, end))
        for part in (part for paragraph in slices for part in _parts(paragraph, limit - 2)):
            size = sum(map(len, part.pieces)) + 1
            if window.words and len(window.pieces) + size > limit:
                yield window
                window = _fresh(vocabulary)
            if part.words:
                _add(window, part, vocabulary)
    if window.words:
        yield window
