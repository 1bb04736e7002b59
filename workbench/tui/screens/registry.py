"""Which class each screen of the table of places is; a screen's module is imported when somebody first goes there."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from workbench.actions import PLACES, Place
from workbench.text import cell_width
from workbench.tui.lines import Part

if TYPE_CHECKING:
    from workbench.tui.screens.desk_screen import DeskScreen

# The queue is not here: the desk starts on it and it lies under all others.
SCREENS: dict[Place, str] = {
    "review": "workbench.tui.screens.review:ReviewScreen",
    "compare": "workbench.tui.screens.compare:CompareScreen",
    "sources": "workbench.tui.screens.sources:SourcesScreen",
    "articles": "workbench.tui.screens.articles:ArticlesScreen",
    "report": "workbench.tui.screens.report:ReportScreen",
    "stats": "workbench.tui.screens.stats:StatsScreen",
}


def screen_class(place: str) -> type[DeskScreen]:
    """The class of a screen. Raises KeyError for a place that has none."""
    module, _, name = SCREENS[place].partition(":")  # type: ignore[index]
    found: type[DeskScreen] = getattr(import_module(module), name)
    return found


def screen_names(place: str, width: int, room: int = 12) -> list[Part]:
    """The names of the screens for the left of a header of `width` cells, the one of `place` marked; each is clickable.

    `room` cells stay free for what stands at the right; the program's name gives way first, then the other screens.
    """
    named = [info for info in PLACES if info.letter]
    parts: list[Part] = []
    for info in named:
        role, action = ("tab-on", "") if info.place == place else ("dim", f"app.go({info.place!r})")
        parts += [Part(" · ", "faint")] if parts else []
        parts.append(Part(info.title, role, action))
    taken = sum(cell_width(part.text) for part in parts)
    if taken + 11 + max(room, 24) <= width:
        return [Part("Workbench  ", "strong"), *parts]
    if taken + room <= width:
        return parts
    here = next((info.title for info in named if info.place == place), "")
    return [Part(here, "tab-on"), Part(" · g goes elsewhere", "dim", "go_to")]
