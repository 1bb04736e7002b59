"""A question before something is done to many things at once."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.dialogs.choice import Choice


class Confirm(Dialog[str]):
    """Says what will be done; the answer is one of `options`. Enter or y does it, esc or n does not."""

    def __init__(self, head: str, said: str, options: Sequence[str], accept: Accept[str] | None = None) -> None:
        more = "← → change · " if len(options) > 1 else ""
        super().__init__(head, said, f"enter does it · {more}esc leaves all as it is", accept)
        self._options = options

    def fields(self) -> ComposeResult:
        """What it is done to."""
        yield Choice("on", self._options, id="options")

    async def action_store(self) -> None:
        """Do it."""
        await self.offer(self.query_one("#options", Choice).value)

    async def on_key(self, event: events.Key) -> None:
        """The letters of yes and no."""
        if event.key == "y":
            event.stop()
            await self.action_store()
        elif event.key == "n":
            event.stop()
            self.action_cancel()
