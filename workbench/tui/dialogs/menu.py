"""A list to pick from: arrows and enter, a row's own letter, or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult

from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.lines import Line, Part, justify
from workbench.tui.widgets.line_pane import LinePane

AROUND = 9  # lines of the dialog that are not rows


class MenuRow(NamedTuple):
    """One thing to pick: the answer it gives, its words, what stands at the right, its letter, and its head."""

    value: str
    words: str
    right: str = ""
    key: str = ""
    head: str = ""  # a heading above it


class Menu(Dialog[str]):
    """Rows with a cursor; the answer is the value of the row that was picked."""

    def __init__(
        self,
        head: str,
        rows: Sequence[MenuRow],
        at: int = 0,
        foot: str = "↑ ↓ choose · enter takes it · esc cancels",
        accept: Accept[str] | None = None,
    ) -> None:
        super().__init__(head, "", foot, accept)
        self.rows, self.at = list(rows), at

    def fields(self) -> ComposeResult:
        """The rows."""
        yield LinePane(id="rows")

    def on_mount(self) -> None:
        """Draw them."""
        self.draw()

    def on_resize(self) -> None:
        """As many rows as there is room for."""
        super().on_resize()
        self.draw()

    def draw(self) -> None:
        """Show the rows around the cursor."""
        pane = self.query_one("#rows", LinePane)
        lines = [line for place, row in enumerate(self.rows) for line in self._lines(place, row)]
        at = next((number for number, (place, _) in enumerate(lines) if place == self.at), 0)
        height = max(min(len(lines), self.size.height - AROUND), 3)
        first = max(min(at - height // 2, len(lines) - height), 0)
        pane.styles.height = height
        pane.show(lambda width: [self._drawn(place, head, width) for place, head in lines[first : first + height]])

    def _lines(self, place: int, row: MenuRow) -> list[tuple[int, str]]:
        return [*([(-1, row.head)] if row.head else []), (place, "")]

    def _drawn(self, place: int, head: str, width: int) -> Line:
        if head:
            return (Part(head, "dim"),)
        row, chosen = self.rows[place], place == self.at
        action = f"screen.pick({place})"
        left = [Part("▸ " if chosen else "  ", "accent")]
        left += [Part(f"{row.key}  ", "key", action)] if row.key else []
        left.append(Part(row.words, "strong" if chosen else "plain", action))
        return justify(left, [Part(f" {row.right}", "faint", action)] if row.right else [], width)

    async def action_pick(self, place: int) -> None:
        """Answer with the row that was clicked."""
        self.at = place
        await self.action_store()

    async def on_key(self, event: events.Key) -> None:
        """Arrows move, a letter picks its row."""
        steps = {"down": 1, "j": 1, "up": -1, "k": -1}
        picked = next((place for place, row in enumerate(self.rows) if row.key and row.key == event.character), None)
        if picked is not None:
            event.stop()
            await self.action_pick(picked)
        elif event.key in steps and self.rows:
            event.stop()
            self.at = (self.at + steps[event.key]) % len(self.rows)
            self.draw()

    async def action_store(self) -> None:
        """Answer with the row under the cursor."""
        if self.rows:
            await self.offer(self.rows[self.at].value)
