"""Laying out a table in lines of text: pure, measured in terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from workbench.text import cell_width, clean_line, fit

GAP = "  "
MEASURED = 2000  # rows that decide the width of the columns; the rest streams, so that a long list needs no memory


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, whether figures stand at its right, and the least it may shrink to (None: never shrinks)."""

    name: str
    right: bool = False
    least: int | None = None


def lay_out(columns: Sequence[Column], rows: Iterable[Sequence[str]], room: int | None) -> Iterator[str]:
    """The head and one line for each of `rows`.

    With `room` cells no line is wider: columns that may shrink are cut with an ellipsis. Without it nothing is cut.
    """
    cleaned = ([clean_line(cell) for cell in row] for row in rows)
    first = list(islice(cleaned, MEASURED))
    widths = [
        max(cell_width(cell) for cell in [column.name, *(row[index] for row in first)])
        for index, column in enumerate(columns)
    ]
    if room is not None:
        widths = shrink(columns, widths, room - len(GAP) * (len(columns) - 1))
    for row in chain([[column.name for column in columns]], first, cleaned):
        cells = [_cell(*each, cut=room is not None) for each in zip(columns, row, widths, strict=True)]
        yield GAP.join(cells).rstrip()


def shrink(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """`widths` made narrower until their sum fits into `room`: the widest that may shrink gives first."""
    result = list(widths)
    while sum(result) > room:
        able = [index for index, column in enumerate(columns) if result[index] > (column.least or result[index])]
        if not able:
            break
        widest = max(able, key=lambda index: result[index])
        others = max((result[index] for index in able if index != widest), default=0)
        give = result[widest] - max(others, columns[widest].least or 0)
        result[widest] -= max(min(give, sum(result) - room), 1)
    return result


def _cell(column: Column, text: str, width: int, *, cut: bool) -> str:
    missing = width - cell_width(text)
    if missing < 0:
        return fit(text, width) if cut else text
    return " " * missing + text if column.right else text + " " * missing
