"""Which class each screen of the table of places is; a screen's module is imported when somebody first goes there."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from workbench.actions import PLACES, Place
from workbench.tui.lines import Line, Part, cut, justify, width_of

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


ROOM = 24  # cells that stay free behind the names of the screens and of the program
LEAST = 10  # cells of what stands at the right that are worth more than the names of the screens


def heading(place: str, width: int, *rights: Sequence[Part]) -> Line:
    """The header of a screen: the names of all screens, and behind them the first of `rights` that there is room for.

    Where none fits, the last one, which is the shortest, is cut: the names of the screens stay whole.
    """
    left = _screen_names(place, width, min(*map(width_of, rights), LEAST) + 2)
    room = max(width - width_of(left) - 2, 0)
    right = next((each for each in rights if width_of(each) <= room), None)
    return justify(left, right if right is not None else cut(rights[-1], room), width)


def _screen_names(place: str, width: int, least: int) -> list[Part]:
    """The names of the screens for the left of a header of `width` cells, the one of `place` marked; each is clickable.

    The program's name gives way first; where fewer than `least` cells stay free, the other screens.
    """
    named = [info for info in PLACES if info.letter]
    parts: list[Part] = []
    for info in named:
        role, action = ("tab-on", "") if info.place == place else ("dim", f"app.go({info.place!r})")
        parts += [Part(" · ", "faint")] if parts else []
        parts.append(Part(info.title, role, action))
    taken = width_of(parts)
    if taken + 11 + ROOM <= width:
        return [Part("Workbench  ", "strong"), *parts]
    if taken + least <= width:
        return parts
    here = next((info.title for info in named if info.place == place), "")
    return [Part(here, "tab-on"), Part(" · g goes elsewhere", "dim", "go_to")]
