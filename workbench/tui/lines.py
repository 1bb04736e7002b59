"""Lines of a screen as values: words with a role, which a widget turns into a strip with the theme's styles.

Everything that draws foreign text goes through here, so that it is cleaned once and never meets a markup parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from workbench.text import cell_width, clean_line

StyleOf = Callable[[str], Style]


class Part(NamedTuple):
    """Words of one line: what they are (`role`) and the action that a click on them runs."""

    text: str
    role: str = "plain"
    action: str = ""


Line = tuple[Part, ...]


def line(*parts: Part | str) -> Line:
    """A line of parts; a bare text is plain."""
    return tuple(part if isinstance(part, Part) else Part(part) for part in parts)


def width_of(parts: Iterable[Part]) -> int:
    """Cells that the parts take."""
    return sum(cell_width(clean_line(part.text)) for part in parts)


def justify(left: Iterable[Part], right: Iterable[Part], width: int) -> Line:
    """`left` and `right` on one line of `width` cells; the left gives way when both do not fit."""
    left, right = tuple(left), tuple(right)
    room = width - width_of(right)
    if room < 0:
        return cut(right, width)
    kept = cut(left, max(room - 1, 0)) if right else cut(left, room)
    return (*kept, Part(" " * (room - width_of(kept))), *right)


def cut(parts: Iterable[Part], width: int) -> Line:
    """The parts that fit into `width` cells, the last one ending in "…" when something was left out."""
    from rich.cells import set_cell_size

    kept: list[Part] = []
    left = width
    for part in parts:
        text = clean_line(part.text)
        cells = cell_width(text)
        if cells > left:
            if left > 0:
                kept.append(part._replace(text=set_cell_size(text, left - 1).rstrip() + "…"))
            return tuple(kept)
        kept.append(part)
        left -= cells
    return tuple(kept)


def to_strip(parts: Line, style_of: StyleOf, width: int, base: Style) -> Strip:
    """The parts as a strip of exactly `width` cells over `base`."""
    segments = [Segment(clean_line(part.text), base + style_of(part.role)) for part in parts]
    return Strip(segments).adjust_cell_length(width, base)


def action_at(parts: Line, cell: int) -> str:
    """The action under a cell of the line, or ""."""
    for part in parts:
        cell -= cell_width(clean_line(part.text))
        if cell < 0:
            return part.action
    return ""
