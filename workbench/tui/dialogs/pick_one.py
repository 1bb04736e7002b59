"""One of a few words, by its letter or by arrows and enter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.lines import Line, Part
from workbench.tui.widgets.line_pane import LinePane

Option = tuple[str, str, str]  # its letter, what it answers, how it reads


class PickOne(Dialog[str]):
    """A list of options; a letter answers at once. With `standing` None nothing is chosen before a key does it."""

    def __init__(
        self,
        head: str,
        said: str,
        options: Sequence[Option],
        standing: str | None,
        accept: Accept[str] | None = None,
        foot: str = "a letter, or ↑ ↓ and enter · esc cancels",
    ) -> None:
        super().__init__(head, said, foot, accept)
        self._options = options
        first = next((place for place, (_, name, _) in enumerate(options) if name == standing), 0)
        self._chosen = first if standing is not None else -1

    def fields(self) -> ComposeResult:
        """The options."""
        yield LinePane(id="options")

    def on_mount(self) -> None:
        """Draw them."""
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#options", LinePane)
        pane.styles.height = len(self._options)
        pane.show(lambda width: [self._line(place) for place in range(len(self._options))])

    def _line(self, place: int) -> Line:
        letter, _, words = self._options[place]
        here, action = place == self._chosen, f"screen.answer({place})"
        mark = Part("▸ " if here else "  ", "accent", action)
        return (mark, Part(f"{letter}  ", "key", action), Part(words, "strong" if here else "plain", action))

    async def on_key(self, event: events.Key) -> None:
        """A letter answers, arrows choose."""
        letters = [letter for letter, _, _ in self._options]
        pressed = next((key for key in (event.key, event.character) if key in letters), None)
        if pressed is not None:
            event.stop()
            await self.action_answer(letters.index(pressed))
        elif event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            step = 1 if event.key == "down" else -1
            self._chosen = min(max(self._chosen + step, 0), len(letters) - 1)
            self._draw()

    async def action_answer(self, place: int) -> None:
        """Answer with an option."""
        self._chosen = place
        self._draw()
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the chosen one."""
        if self._chosen < 0:
            self.complain("Choose one.")
        else:
            await self.offer(self._options[self._chosen][1])
