"""What every widget that draws lines shares: the theme's styles by role."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from rich.style import Style
from textual.widget import Widget

from workbench.tui.lines import COMPONENTS

BACKED = frozenset({"now", "cursor"})  # roles that bring a background of their own


class Inked(Widget):
    """A widget whose roles (`ink--accent` …) are styled by the theme."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)

    def ink(self, role: str) -> Style:
        """The style of a role, its colour blended over the widget's background, to be laid over another."""
        return _without_background(self.get_component_rich_style(f"ink--{role}"), role in BACKED)


@lru_cache(maxsize=512)
def _without_background(style: Style, backed: bool) -> Style:
    return style if backed else style.without_color + Style(color=style.color)
