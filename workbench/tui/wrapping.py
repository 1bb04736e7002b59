"""Wrapping by terminal cells that keeps offsets: every screen line knows its range of code points."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len, split_graphemes


class Row(NamedTuple):
    """One screen line: `text[start:end]`, an empty range for a blank line."""

    start: int
    end: int


def wrap(text: str, width: int, *, spaced: bool = False) -> list[Row]:
    """Break `text` (cleaned, so that its widths are those of the screen) into lines of at most `width` cells.

    Breaks at blanks, inside a word only when it is longer than a line, never inside a grapheme. `spaced` puts a
    blank line between paragraphs that have none. Linear in the length of the text.
    """
    width = max(width, 2)
    rows: list[Row] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        _paragraph(text, start, stop, width, rows)
        if spaced and stop > start and stop < len(text) and text[stop + 1 : stop + 2] not in ("", "\n", "\r"):
            rows.append(Row(stop, stop))
        start = stop + 1
        if end < 0:
            break
    return rows


def _paragraph(text: str, start: int, stop: int, width: int, rows: list[Row]) -> None:
    if stop > start and text[stop - 1] in "\r\u240d":  # a line end of two characters
        stop -= 1
    if start == stop:
        rows.append(Row(start, stop))
        return
    piece = text[start:stop]
    if all(cell_len(character) == 1 for character in set(piece)):
        _narrow(piece, start, width, rows)
    else:
        _wide(piece, start, width, rows)


def _narrow(piece: str, base: int, width: int, rows: list[Row]) -> None:
    """Every code point is one cell: a line is found by one search for a blank."""
    at = 0
    while len(piece) - at > width:
        blank = piece.rfind(" ", at, at + width + 1)
        if blank <= at:
            rows.append(Row(base + at, base + at + width))
            at += width
            continue
        rows.append(Row(base + at, base + blank))
        at = blank + 1
        while at < len(piece) and piece[at] == " ":
            at += 1
    if at < len(piece) or not rows:
        rows.append(Row(base + at, base + len(piece)))


def _wide(piece: str, base: int, width: int, rows: list[Row]) -> None:
    """Wide and combining characters: grapheme by grapheme, remembering the last blank."""
    begin = used = 0
    blank = blank_used = -1
    for start, end, cells in split_graphemes(piece)[0]:
        is_blank = end - start == 1 and piece[start].isspace()  # a blank under an accent is no place to break
        if used + cells > width:
            if is_blank:
                rows.append(Row(base + begin, base + start))
                begin, used, blank = end, 0, -1
                continue
            if blank > begin:
                rows.append(Row(base + begin, base + blank))
                begin, used = blank + 1, used - blank_used
            else:
                rows.append(Row(base + begin, base + start))
                begin, used = start, 0
            blank = -1
        used += cells
        if is_blank:
            blank, blank_used = start, used
    rows.append(Row(base + begin, base + len(piece)))


def row_of(rows: list[Row], offset: int) -> int:
    """Index of the line that shows the code point at `offset` (the last one before it when it is not shown)."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if rows[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return max(low - 1, 0)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a short text, as texts."""
    return [text[row.start : row.end] for row in wrap(text, width)]
