"""Blocks of lines that tabs, card and help are made of. Pure."""

from __future__ import annotations

from workbench.text import clean
from workbench.tui.lines import Line, Part, line
from workbench.tui.wrapping import wrapped


def paragraph(text: str, width: int, role: str = "plain", indent: int = 0) -> list[Line]:
    """A text wrapped into lines."""
    return [line(Part(" " * indent), Part(row, role)) for row in wrapped(clean(text), max(width - indent, 8))]


def quoted(text: str) -> str:
    """`text` in quotation marks, unless it brings its own."""
    return text if text[:1] in "“\"‘«„'" else f"“{text}”"


def minute(at: str) -> str:
    """A time of the store to the minute, for people."""
    return at[:16].replace("T", " ")
