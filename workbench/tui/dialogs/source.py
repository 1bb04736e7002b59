"""Whose words: a name, completed over the sources that the store knows; a new one is a row of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from workbench.records import SourceRow
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.lines import Line, Part, justify
from workbench.tui.widgets.line_pane import LinePane

Find = Callable[[str], Sequence[SourceRow]]
SHOWN = 8
AROUND = 11  # lines of the dialog that are not the list


class SourceDialog(Dialog[str]):
    """An input with the best known sources below it, the first chosen as soon as something is typed.

    The last row makes a new source of what is typed; it is chosen only when no known one matches.
    """

    def __init__(self, said: str, value: str, find: Find, accept: Accept[str] | None = None) -> None:
        foot = "↑ ↓ choose · enter stores · an empty name takes it away · esc cancels"
        super().__init__("Whose words are these", said, foot, accept)
        self._value, self._find = value, find
        self._found: Sequence[SourceRow] = ()
        self._found_for: str | None = None
        self._chosen = -1

    def fields(self) -> ComposeResult:
        """The input and what it may mean."""
        yield OneLine(self._value, placeholder="a name", id="answer", select_on_focus=True)
        yield LinePane(id="known")

    def on_mount(self) -> None:
        """List the sources with most claims."""
        self.query_one("#known", LinePane).can_focus = False
        self._search()

    def on_resize(self) -> None:
        """As many rows as there is room for."""
        super().on_resize()
        self._draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Complete what is typed."""
        self._search()

    @property
    def _typed(self) -> str:
        """What was typed; nothing while the standing name is untouched."""
        typed = self.query_one("#answer", OneLine).value.strip()
        return "" if typed == self._value else typed

    @work(exclusive=True, group="sources")
    async def _search(self) -> None:
        await asyncio.sleep(0.05 if self._typed else 0)
        if self._is_open:
            await self._complete()

    @property
    def _is_open(self) -> bool:
        """Whether the fields are still there: a search may come back to a dialog that is being closed."""
        return self.is_attached and bool(self.query("#answer"))

    async def _complete(self) -> None:
        """Read what matches the typed name, unless that is shown already."""
        typed = self._typed
        if typed == self._found_for:
            return
        found = await asyncio.to_thread(self._find, typed)
        if not self._is_open or typed != self._typed:
            return
        self._found, self._found_for = found, typed
        same = (place for place, row in enumerate(found) if row.name.casefold() == typed.casefold())
        self._chosen = next(same, 0) if typed else -1
        self._draw()

    @property
    def _offers_new(self) -> bool:
        """Whether the last row makes a new source."""
        typed = self._found_for or ""
        return bool(typed) and all(row.name.casefold() != typed.casefold() for row in self._found)

    def _draw(self) -> None:
        if not self._is_open:
            return
        pane = self.query_one("#known", LinePane)
        count = len(self._found) + self._offers_new
        shown = min(max(count, 1), max(self.size.height - AROUND, 3))
        first = max(min(self._chosen - shown // 2, count - shown), 0)
        pane.styles.height = shown
        pane.show(lambda width: [self._line(place, width) for place in range(first, min(first + shown, count))])

    def _line(self, place: int, width: int) -> Line:
        chosen = place == self._chosen
        new = place >= len(self._found)
        name = f"new source “{self._found_for}”" if new else self._found[place].name
        action = f"screen.choose({place})"
        left = [Part("▸ " if chosen else "  ", "accent"), Part(name, "strong" if chosen else "plain", action)]
        if new:
            return justify(left, (), width)
        row = self._found[place]
        claims = "1 claim" if row.claims == 1 else f"{row.claims} claims"
        return justify(left, [Part(f" {row.kind} · {claims}", "faint")], width)

    async def action_choose(self, place: int) -> None:
        """Answer with the source that was clicked."""
        await self.offer(self._name_at(place))

    def _name_at(self, place: int) -> str:
        return self._found[place].name if 0 <= place < len(self._found) else self.query_one("#answer", OneLine).value

    def on_key(self, event: Key) -> None:
        """Up and down go through the rows."""
        if event.key in ("up", "down"):
            event.stop()
            step = 1 if event.key == "down" else -1
            last = len(self._found) + self._offers_new - 1
            self._chosen = min(max(self._chosen + step, 0 if self._found_for else -1), last)
            self._draw()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the chosen row, read first when the keys were quicker than the list."""
        await self._complete()
        await self.offer(self._name_at(self._chosen).strip())
