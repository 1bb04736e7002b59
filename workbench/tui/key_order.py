"""One key at a time: a key typed ahead waits until the key before it has done what it does.

Textual hands each key to the widget that has the focus when the key arrives. Keys that come in a burst (a fast typist,
a paste, a slow line) would so reach the list behind a filter line or a dialog that is about to open, and there a digit
is a verdict.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer
from textual.worker import WorkerState

PATIENCE = 0.5  # seconds after which a key that left no trace counts as done
PAUSE = 0.01  # seconds between two looks whether a dialog stands


class KeyDone(Message):
    """Follows a key on its way up from the widget that got it; behind it the key has been handled."""


class KeysInOrder(App[None]):
    """An application that gives out keys one by one."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting_keys: deque[events.Key] = deque()
        self._key_in_hand = False
        self._watch: Timer | None = None
        self._pauses = 0

    async def on_event(self, event: events.Event) -> None:
        """Hold a fresh key until its turn; everything else goes on as always."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._waiting_keys.append(event)
            await self._give_next_key()
        else:
            await super().on_event(event)

    async def _give_next_key(self) -> None:
        if self._key_in_hand or not self._waiting_keys:
            return
        if self._dialog_is_coming() and self._pauses < PATIENCE / PAUSE:
            self._pauses += 1
            self.set_timer(PAUSE, self._give_next_key)
            return
        self._pauses = 0
        self._key_in_hand = True
        target = self.focused or self.screen
        await super().on_event(self._waiting_keys.popleft())
        self._watch = self.set_timer(PATIENCE, self._key_is_done)
        if not target.post_message(KeyDone()):
            await self._key_is_done()

    async def on_key_done(self, event: KeyDone) -> None:
        """The key in hand has been handled: the next one."""
        event.stop()
        await self._key_is_done()

    async def _key_is_done(self) -> None:
        if self._watch is not None:
            self._watch.stop()
        self._key_in_hand = False
        await self._give_next_key()

    def _dialog_is_coming(self) -> bool:
        """Whether a dialog was asked for and cannot take keys yet."""
        if self.screen.is_modal:
            return self.focused is None and bool(self.screen.focus_chain)
        return any(worker.group == "dialog" and worker.state in _UNDER_WAY for worker in self.workers)


_UNDER_WAY = (WorkerState.PENDING, WorkerState.RUNNING)
