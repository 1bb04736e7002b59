"""The lines of transcripts: one as a row, what is known of it, and its text with the numbers of its lines. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.text import clean, clean_line, fit
from workbench.tui.lines import Line, Part, cut, line
from workbench.tui.tabs.blocks import minute, paragraph
from workbench.tui.wrapping import wrapped

if TYPE_CHECKING:
    from workbench.records import Transcript

WIDE = 96
SPEAKERS = 24  # cells


def heads(width: int) -> Line:
    """The heads of the columns."""
    speakers = fit("speakers", SPEAKERS + 1) if width >= WIDE else ""
    return cut([Part("  " + fit("said on", 12) + fit("words", 9) + speakers + "title", "faint")], width)


def transcript_line(row: Transcript, width: int) -> Line:
    """A transcript as one line of `width - 2` cells (the cursor mark takes two)."""
    parts = [Part(fit((row.held_at or "–")[:10], 12), "dim"), Part(f"{row.words:>7,}  ", "plain")]
    if width >= WIDE:
        parts.append(Part(fit(clean_line(", ".join(row.speakers)) or "–", SPEAKERS) + " ", "dim"))
    return cut([*parts, Part(row.title)], width - 2)


def detail_lines(row: Transcript, begins: Sequence[str], width: int) -> list[Line]:
    """What is known of a transcript, and how it begins."""
    made = paragraph(row.title, width, "strong")
    facts = [f"t{row.id}", (row.held_at or "")[:10], f"{row.words:,} words", row.url or "", row.name]
    made += paragraph(" · ".join(filter(None, facts)), width, "dim")
    made += paragraph(", ".join(row.speakers) or "no speakers are named", width)
    made += [line(Part(f"{row.added_by} {minute(row.added_at)}", "faint"))]
    return made + [each for words in begins for each in paragraph(words, width, "dim")]


def text_lines(text: str, width: int) -> list[Line]:
    """The text with the number of each line, by which a finding of Verify names its place."""
    made: list[Line] = []
    for number, words in enumerate(text.split("\n"), 1):
        rows = wrapped(clean(words.rstrip("\r")), max(width - 7, 8)) or [""]
        made += [
            line(Part(f"{number:>5}  " if not place else " " * 7, "faint"), Part(row)) for place, row in enumerate(rows)
        ]
    return made
