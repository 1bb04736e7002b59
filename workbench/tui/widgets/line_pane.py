"""A scrolling pane of ready lines, and a bar of one line: both draw `lines.Line` and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.lines import Line, action_at
from workbench.tui.widgets.ink import Inked

Build = Callable[[int], Sequence[Line]]


class Bar(Inked, Widget):
    """One line that never scrolls; `build(width)` makes it anew whenever the width changes."""

    def __init__(self, build: Callable[[int], Line] | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._build = build or (lambda width: ())
        self._line: Line = ()

    def show(self, build: Callable[[int], Line]) -> None:
        """Draw another line from now on."""
        self._build = build
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, on the first row."""
        if y:
            return self.strip((), self.size.width)
        self._line = self._build(self.size.width)
        return self.strip(self._line, self.size.width)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the words that were clicked."""
        if action := action_at(self._line, event.x):
            await self.screen.run_action(action)


class LinePane(Inked, ScrollView, can_focus=True):
    """Lines made by `build(width)`, scrolled by keys and wheel; words with an action can be clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._build: Build = lambda width: ()
        self._lines: Sequence[Line] = ()
        self._built_for = -1

    def show(self, build: Build, *, to_top: bool = False) -> None:
        """Draw other lines from now on."""
        before = self._lines
        self._build = build
        self._built_for = -1
        self._ensure()
        if to_top and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False)
        for row in range(max(len(before), len(self._lines))):
            if before[row : row + 1] != self._lines[row : row + 1]:
                self.refresh_line(row)

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown now."""
        return self._lines

    def _ensure(self) -> None:
        width = self.scrollable_content_region.width
        if width != self._built_for and width > 0:
            self._lines = self._build(max(width - 1, 1))  # a cell free before the scroll bar
            self._built_for = width
            self.virtual_size = Size(width, len(self._lines))

    def on_resize(self) -> None:
        """Make the lines again for the new width."""
        self._ensure()

    def render_line(self, y: int) -> Strip:
        """The line at that place of the view."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        return self.strip(tuple(self._lines[row]) if row < len(self._lines) else (), width)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the words that were clicked."""
        place = event.get_content_offset(self)
        if place is None or not 0 <= place.y + self.scroll_offset.y < len(self._lines):
            return
        if action := action_at(self._lines[place.y + self.scroll_offset.y], place.x):
            await self.screen.run_action(action)
