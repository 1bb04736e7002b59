"""Whose words: a name, completed over the sources that the store knows; a new one is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from workbench.records import SourceRow
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Dialog
from workbench.tui.lines import Line, Part, justify
from workbench.tui.widgets.line_pane import LinePane

Find = Callable[[str], Sequence[SourceRow]]
SHOWN = 8


class SourceDialog(Dialog[str]):
    """An input with the best known sources below it; up and down choose one, enter stores."""

    def __init__(self, said: str, value: str, find: Find) -> None:
        super().__init__(
            "Whose words are these", said, "↑ ↓ choose · enter stores · an empty name takes it away · esc cancels"
        )
        self._value, self._find = value, find
        self._found: Sequence[SourceRow] = ()
        self._chosen = -1

    def fields(self) -> ComposeResult:
        """The input and what it may mean."""
        yield OneLine(self._value, placeholder="a name", id="answer", select_on_focus=True)
        yield LinePane(id="known")

    def on_mount(self) -> None:
        """List the sources with most claims."""
        self.query_one("#known", LinePane).can_focus = False
        self._search("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Complete what is typed."""
        self._search(event.value if event.value != self._value else "")

    @work(exclusive=True, group="sources")
    async def _search(self, text: str) -> None:
        await asyncio.sleep(0.05 if text else 0)
        self._found = await asyncio.to_thread(self._find, text.strip())
        self._chosen = -1
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#known", LinePane)
        pane.styles.height = min(max(len(self._found), 1), SHOWN)
        pane.show(lambda width: [self._line(place, row, width) for place, row in enumerate(self._found)])

    def _line(self, place: int, row: SourceRow, width: int) -> Line:
        chosen = place == self._chosen
        action = f"screen.choose({place})"
        left = [Part("▸ " if chosen else "  ", "accent"), Part(row.name, "strong" if chosen else "plain", action)]
        return justify(left, [Part(f" {row.kind} · {row.claims} claims", "faint")], width)

    async def action_choose(self, place: int) -> None:
        """Answer with the source that was clicked."""
        self.dismiss(self._found[place].name)

    def on_key(self, event: Key) -> None:
        """Up and down go through the known sources."""
        if event.key in ("up", "down") and self._found:
            event.stop()
            step = 1 if event.key == "down" else -1
            self._chosen = min(max(self._chosen + step, -1), len(self._found) - 1)
            self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the chosen source or what was typed."""
        self.dismiss(self._found[self._chosen].name if self._chosen >= 0 else event.value.strip())
