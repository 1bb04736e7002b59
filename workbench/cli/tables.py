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
    """A column: its head, whether figures stand at its right, the least it may shrink to (None: never shrinks).

    One that is `optional` is left out where a terminal is too narrow for all.
    """

    name: str
    right: bool = False
    least: int | None = None
    optional: bool = False


def lay_out(columns: Sequence[Column], rows: Iterable[Sequence[str]], room: int | None) -> Iterator[str]:
    """The head and one line for each of `rows`.

    With `room` cells columns are cut with an ellipsis or left out, the last one keeping half the room where it can;
    without it nothing is cut.
    """
    cleaned = ([clean_line(cell) for cell in row] for row in rows)
    first = list(islice(cleaned, MEASURED))
    natural = [
        max(cell_width(cell) for cell in [column.name, *(row[index] for row in first)])
        for index, column in enumerate(columns)
    ]
    shown = range(len(columns)) if room is None else fitting(columns, natural, room)
    chosen = [columns[index] for index in shown]
    widths = [natural[index] for index in shown]
    if room is not None:
        widths = shrink(chosen, widths, room - len(GAP) * (len(chosen) - 1))
    for row in chain([[column.name for column in columns]], first, cleaned):
        cells = [row[index] for index in shown]
        yield GAP.join(_cell(*each, cut=room is not None) for each in zip(chosen, cells, widths, strict=True)).rstrip()


def fitting(columns: Sequence[Column], widths: Sequence[int], room: int) -> Sequence[int]:
    """The places of the columns that fit at their least: optional ones go, the last first, until they do."""
    shown = list(range(len(columns)))
    for index in reversed(range(len(columns))):
        needed = sum(_least(columns[each], widths[each]) for each in shown) + len(GAP) * (len(shown) - 1)
        if needed > room and columns[index].optional:
            shown.remove(index)
    return shown


def shrink(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """`widths` made narrower until their sum fits into `room`, or all are at their least.

    The last column gives first, down to half the room, then the others, the widest first, then the last again.
    """
    result = list(widths)
    last = len(result) - 1
    _give(result, last, max(_least(columns[last], result[last]), room // 2), room)
    others = [index for index in range(last) if columns[index].least is not None]
    while sum(result) > room:
        able = [index for index in others if result[index] > _least(columns[index], result[index])]
        if not able:
            break
        result[max(able, key=lambda index: result[index])] -= 1
    _give(result, last, _least(columns[last], result[last]), room)
    return result


def _give(widths: list[int], index: int, least: int, room: int) -> None:
    """Take from one column what is too much for `room`, down to `least`."""
    widths[index] -= max(min(widths[index] - least, sum(widths) - room), 0)


def _least(column: Column, width: int) -> int:
    return width if column.least is None else min(width, column.least)


def _cell(column: Column, text: str, width: int, *, cut: bool) -> str:
    missing = width - cell_width(text)
    if missing < 0:
        return fit(text, width) if cut else text
    return " " * missing + text if column.right else text + " " * missing
