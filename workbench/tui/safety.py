"""The last step before the terminal: no control character of any text reaches it, whatever a widget let through."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from workbench.text import clean_line


class ControlFilter(LineFilter):
    """Replaces control, bidi and invisible characters in every segment of text by their stand-ins.

    Segments that carry `control` are Textual's own and pass. Appended to the app's private `_filters`: the version
    of Textual is pinned and a test looks at the bytes.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with clean text."""
        return [
            segment if segment.control or (segment.text.isascii() and segment.text.isprintable()) else _cleaned(segment)
            for segment in segments
        ]


def _cleaned(segment: Segment) -> Segment:
    text = clean_line(segment.text)
    return segment if text == segment.text else Segment(text, segment.style, None)
