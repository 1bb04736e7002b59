"""The lines of the Articles screen: an article as a row, and what is known of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench import plots
from workbench.text import clean_line, fit
from workbench.tui.lines import Line, Part, cut, line
from workbench.tui.tabs.blocks import minute, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.records import ArticleRow, VersionChanges

WIDE = 96
TRACK = 8  # cells of the coverage bar


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """What the pane shows: versions that changed something, first claim that is open, notes of the reader."""

    changes: Sequence[VersionChanges]
    language: str
    analysed: bool
    notes: Sequence[str]


def heads(width: int) -> Line:
    """The heads of the columns."""
    outlet = fit("outlet", 16) if width >= WIDE else ""
    named = "  " + fit("date", 12) + fit("settled", TRACK + 6) + fit("open", 9) + outlet + "title"
    return cut([Part(named, "faint")], width)


def article_line(row: ArticleRow, width: int) -> Line:
    """An article as one line of `width - 2` cells (the cursor mark takes two)."""
    role = "plain" if row.open_claims else "settled"
    outlet = fit(clean_line(row.outlet or row.agency or "–"), 15) + " " if width >= WIDE else ""
    versions = f"  {row.versions} versions" if row.versions > 1 else ""
    versions += f"  copy of a{row.copy_of}" if row.copy_of else ""
    parts = [
        Part(fit((row.published or "–")[:10], 12), "dim"),
        Part(fit(plots.bar(row.coverage, 1.0, TRACK), TRACK), "bar"),
        Part(f"{row.coverage:>4.0%}  ", role),
        Part(fit(f"{row.open_claims}/{row.claims}", 9), role),
        Part(outlet, "dim"),
        Part(row.title or row.name, role),
        Part(versions, "accent"),
    ]
    return cut(parts, width - 2)


def detail_lines(row: ArticleRow, detail: ArticleDetail, width: int) -> list[Line]:
    """Where it comes from, how far it is, what its versions changed."""
    made = paragraph(row.title or row.name, width, "strong")
    places = [row.outlet, f"({row.agency})" if row.agency else None, (row.published or "")[:10], row.url or row.name]
    made += paragraph(" · ".join(filter(None, places)), width, "dim")
    counts = [f"{row.open_claims} of {row.claims} claims open", f"{row.settled} of {row.sentences} sentences settled"]
    made += paragraph(" · ".join([f"a{row.id}", *counts]), width)
    if row.copy_of:
        made += paragraph(f"a copy of a{row.copy_of}: the same text", width, "accent")
    if not detail.analysed:
        made += paragraph(f"language {detail.language}: attributions are not read", width, "alarm")
    for note in detail.notes:
        made += paragraph(note, width, "dim")
    if not detail.changes:
        made.append(line(Part("one version, as it was first stored", "faint")))
    for each in detail.changes:
        made.append(_version(each, width))
    return made


def _version(each: VersionChanges, width: int) -> Line:
    counted = [("unchanged", each.unchanged), ("moved", each.moved), ("changed", each.changed), ("lost", each.lost),
               ("new", each.new)]  # fmt: skip
    said = " · ".join(f"{number} {name}" for name, number in counted if number)
    return cut([Part(f"version {each.version}  ", "strong"), Part(minute(each.at) + "  ", "dim"),
                Part(said, "alarm" if each.changed or each.lost else "plain")], width)  # fmt: skip
