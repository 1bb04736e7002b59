"""A choice among a few words on one line: left and right or blank change it, a click too."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.lines import Line, Part, action_at
from workbench.tui.widgets.ink import Inked


class Choice(Inked, Widget, can_focus=True):
    """One of `options`; `value` is the chosen one."""

    def __init__(
        self,
        name: str,
        options: Sequence[str],
        value: str | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._name, self._options = name, tuple(options)
        self.value = value or self._options[0]

    def _parts(self) -> Line:
        parts = [Part(f"{self._name}  ", "strong" if self.has_focus else "dim")]
        for option in self._options:
            sign = "● " if option == self.value else "○ "
            role = "accent" if option == self.value and self.has_focus else "strong" if option == self.value else "dim"
            parts.append(Part(f"{sign}{option}   ", role, option))
        return tuple(parts)

    def render_line(self, y: int) -> Strip:
        """The options with the chosen one marked."""
        return self.strip(self._parts() if y == 0 else (), self.size.width)

    def choose(self, value: str) -> None:
        """Make it the chosen one."""
        self.value = value
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Left, right and blank go round."""
        step = {"left": -1, "right": 1, "space": 1}.get(event.key)
        if step is not None:
            event.stop()
            self.choose(self._options[(self._options.index(self.value) + step) % len(self._options)])

    def on_click(self, event: events.Click) -> None:
        """Choose the word that was clicked."""
        if option := action_at(self._parts(), event.x):
            self.choose(option)
