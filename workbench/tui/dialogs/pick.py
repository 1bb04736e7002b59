"""One of several things, each on a line: up and down choose, a click too, enter answers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.lines import Line, Part, cut
from workbench.tui.widgets.line_pane import LinePane

AROUND = 9  # lines of the dialog that are not the list


class PickDialog(Dialog[str]):
    """`options` are pairs of an answer and its words."""

    def __init__(
        self,
        head: str,
        said: str,
        options: Sequence[tuple[str, str]],
        chosen: str = "",
        accept: Accept[str] | None = None,
    ) -> None:
        super().__init__(head, said, "↑ ↓ choose · enter stores · esc cancels", accept)
        self._options = options
        self._chosen = next((place for place, (answer, _) in enumerate(options) if answer == chosen), 0)

    def fields(self) -> ComposeResult:
        """The list."""
        yield LinePane(id="options")

    def on_mount(self) -> None:
        """Show the options."""
        self.query_one("#options", LinePane).focus()
        self._draw()

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        super().on_resize()
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#options", LinePane)
        shown = min(len(self._options), max(self.size.height - AROUND, 3))
        first = max(min(self._chosen - shown // 2, len(self._options) - shown), 0)
        pane.styles.height = max(shown, 1)
        pane.show(lambda width: [self._line(place, width) for place in range(first, first + shown)])

    def _line(self, place: int, width: int) -> Line:
        chosen = place == self._chosen
        words = Part(self._options[place][1], "strong" if chosen else "plain", f"screen.choose({place})")
        return cut([Part("▸ " if chosen else "  ", "accent"), words], width)

    def on_key(self, event: Key) -> None:
        """Up and down go through the lines."""
        step = {"up": -1, "k": -1, "down": 1, "j": 1}.get(event.key)
        if step is not None:
            event.stop()
            event.prevent_default()
            self._chosen = min(max(self._chosen + step, 0), len(self._options) - 1)
            self._draw()

    async def action_choose(self, place: int) -> None:
        """Answer with the line that was clicked."""
        self._chosen = place
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the chosen line."""
        if self._options:
            await self.offer(self._options[self._chosen][0])
