"""What every widget that draws lines shares: the theme's styles by role."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.widget import Widget

from workbench.tui.lines import COMPONENTS


class Inked(Widget):
    """A widget whose roles (`ink--accent` …) are styled by the theme."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)

    def ink(self, role: str) -> Style:
        """The style of a role alone, to be laid over a background."""
        return self.get_component_rich_style(f"ink--{role}", partial=True)
