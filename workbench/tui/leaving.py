"""Where the reviewer leaves off: kept as it changes, so that no way for the desk to end loses it."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from workbench.actions import PLACES
from workbench.tui import state
from workbench.tui.key_order import KeysInOrder
from workbench.tui.screens.desk_screen import DeskScreen

if TYPE_CHECKING:
    from workbench.services.store import Store
    from workbench.tui.screens.queue import QueueScreen

REST = 0.5  # seconds between two looks where the reviewer is; what two of them find is kept


class Leaving(KeysInOrder):
    """An application that writes down its place when it rests there, and when it is left or told to end."""

    if TYPE_CHECKING:
        store: Store | None
        queue_screen: QueueScreen

        def claim_in_hand(self) -> int | None: ...  # noqa: D102 - the desk has it

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._held = state.load()
        self._places = state.Places()

    def heed_signals(self) -> None:
        """Leave in order when the program is told to end, and keep the place when its terminal goes."""
        with suppress(NotImplementedError, AttributeError, ValueError, RuntimeError):  # where no signal can be heeded
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, lambda: self.exit(return_code=128 + signal.SIGTERM))
            loop.add_signal_handler(signal.SIGHUP, self._terminal_gone)

    def _terminal_gone(self) -> None:
        self.remember()
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nothing can be drawn any more: end as any program does
        os.kill(os.getpid(), signal.SIGHUP)

    def remember(self) -> None:
        """Keep where the reviewer leaves off."""
        if (place := self._place()) is not None:
            self._places.leave(place)

    def keep_place(self) -> None:
        """Write down where the reviewer is once that has changed and rests: a desk that is killed comes back there."""
        place = self._place()
        if place is not None and self._places.rests(place):
            self.run_worker(lambda: self._places.keep(place), thread=True, group="place", exit_on_error=False)

    def _place(self) -> state.DeskState | None:
        if self.store is None or not self.queue_screen.query("#claims"):  # not there yet, or gone already
            return None
        shown, order = self.queue_screen.query_shown, self.queue_screen.chosen_order
        claim = self.queue_screen.claims.current_key
        theme = self._held.theme if self._without_colour() else self.theme
        screen = self._place_to_keep()
        if screen == "review":
            claim = self.claim_in_hand() or claim
        return state.DeskState(str(self.store.path), shown.text, order.sort, order.descending, claim, theme, screen)

    def _place_to_keep(self) -> str:
        """The screen to come back to: the lowest one over the queue that has a letter."""
        over = (screen.place for screen in self.screen_stack[1:] if isinstance(screen, DeskScreen))
        letters = {info.place for info in PLACES if info.letter}
        return next((place for place in over if place in letters), "queue")

    def _without_colour(self) -> bool:
        """Whether the user asked every program for no colour (no-color.org)."""
        return bool(os.environ.get("NO_COLOR"))
