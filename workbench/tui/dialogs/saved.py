"""Saved filters: enter opens one, ctrl+x takes it away, and a name that is typed saves the filter in use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events
from textual.app import ComposeResult

from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Complain, Dialog
from workbench.tui.lines import Line, Part, justify
from workbench.tui.widgets.line_pane import LinePane

Change = Callable[[str, str, Complain], Awaitable[dict[str, str] | None]]
AROUND = 11  # lines of the dialog that are not rows


class SavedDialog(Dialog[str]):
    """Answers with the filter line that was picked. `change` saves or forgets and returns what there is then."""

    def __init__(self, line: str, held: dict[str, str], change: Change) -> None:
        foot = "↑ ↓ enter opens · a name and enter saves · ctrl+x takes away · esc closes"
        super().__init__("Saved filters", "", foot)
        self._line, self.held, self._change, self._at = line, held, change, 0

    def fields(self) -> ComposeResult:
        """A name for the filter in use, and the saved ones."""
        hint = f"a name for: {self._line}" if self._line else "no filter is in use that could be saved"
        yield OneLine("", placeholder=hint, id="name")
        yield LinePane(id="held")

    def on_mount(self) -> None:
        """List what there is."""
        self.query_one("#held", LinePane).can_focus = False
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#held", LinePane)
        rows = list(self.held.items())
        height = max(min(len(rows), self.size.height - AROUND), 1)
        self._at = min(self._at, max(len(rows) - 1, 0))
        first = max(min(self._at - height // 2, len(rows) - height), 0)
        pane.styles.height = height
        if not rows:
            pane.show(lambda width: [(Part("  none yet: filter the list, then name the filter here", "dim"),)])
            return
        pane.show(lambda width: [self._row(place, *rows[place], width) for place in range(first, first + height)])

    def _row(self, place: int, name: str, line: str, width: int) -> Line:
        chosen, action = place == self._at, f"screen.pick({place})"
        left = [Part("▸ " if chosen else "  ", "accent"), Part(name, "strong" if chosen else "plain", action)]
        return justify(left, [Part(f"  {line[: width // 2]}", "faint", action)], width)

    @property
    def _chosen(self) -> str | None:
        names = list(self.held)
        return names[self._at] if names else None

    async def action_pick(self, place: int) -> None:
        """Open the one that was clicked."""
        self._at = place
        if self._chosen is not None:
            await self.offer(self.held[self._chosen])

    async def on_key(self, event: events.Key) -> None:
        """Arrows choose, ctrl+x takes away."""
        steps = {"down": 1, "up": -1}
        if event.key in steps and self.held:
            event.stop()
            self._at = (self._at + steps[event.key]) % len(self.held)
            self._draw()
        elif event.key == "ctrl+x" and self._chosen is not None:
            event.stop()
            event.prevent_default()
            await self._do("forget", self._chosen)

    async def on_input_submitted(self) -> None:
        """Enter in the field."""
        await self.action_store()

    async def action_store(self) -> None:
        """Save under the typed name, or open the chosen one when none is typed."""
        typed = self.query_one("#name", OneLine)
        if typed.value.strip():
            await self._do("save", typed.value)
        elif self._chosen is not None:
            await self.offer(self.held[self._chosen])

    async def _do(self, work: str, name: str) -> None:
        held = await self._change(work, name, self.complain)
        if held is None:
            return
        self.held = held
        kept = " ".join(name.split())
        if work == "save":
            self.query_one("#name", OneLine).value = ""
            self._at = list(held).index(kept)
            self.hint(f"saved as “{kept}” · ↑ ↓ enter opens · ctrl+x takes away · esc closes")
        else:
            self.hint(f"“{kept}” was taken away · ↑ ↓ enter opens · esc closes")
        self._draw()
