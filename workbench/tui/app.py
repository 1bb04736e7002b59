"""The desk: the application that shows the queue and the review, and `run_desk`, its only door."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import SystemCommand
from textual.notifications import Notification, SeverityLevel
from textual.screen import Screen

from workbench import config
from workbench.errors import StoreError, UsageError, WorkbenchError
from workbench.text import clean_line
from workbench.tui import state
from workbench.tui.key_order import KeysInOrder
from workbench.tui.reading import load_marks, load_review
from workbench.tui.safety import ControlFilter
from workbench.tui.screens.queue import QueueScreen
from workbench.tui.themes import DARK, THEMES
from workbench.tui.widgets.claim_list import letters
from workbench.tui.wrapping import wrapped

if TYPE_CHECKING:
    from workbench.records import Flag, Scale
    from workbench.services.store import Store

SECONDS = 4  # how long a toast stays


def _commands() -> type:
    from workbench.tui.commands import ActionCommands

    return ActionCommands


class DeskApp(KeysInOrder):
    """Opens on the queue; the store is opened in a thread once the first frame stands."""

    CSS_PATH = Path(__file__).with_name("style.tcss")
    TITLE = "Workbench"
    COMMANDS: ClassVar[set] = {_commands}  # type: ignore[type-arg]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, location: str | None, reviewer: str | None, *, seed_offer: bool = True) -> None:
        super().__init__()
        self._filters.append(ControlFilter())
        self.location = location
        self.reviewer = reviewer or config.reviewer_name()
        self.seed_offer = seed_offer
        self.store: Store | None = None
        self.scales: tuple[Scale, ...] = ()
        self.flags: tuple[Flag, ...] = ()
        self.failure: WorkbenchError | None = None
        self.writing = asyncio.Lock()
        self.queue_screen = QueueScreen()
        self._held = state.load()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._held.theme if self._held.theme in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The queue."""
        return self.queue_screen

    def on_mount(self) -> None:
        """Paint first, then open the store."""
        self.call_after_refresh(self._open)

    # -- the store

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        try:
            self.store = await asyncio.to_thread(_open_store, self.location, self.reviewer)
            self.scales, self.flags = await asyncio.to_thread(load_marks, self.store)
        except StoreError as error:
            self.failure = error
            self.exit()
            return
        queue = self.queue_screen
        queue.claims.letter_of = letters(self.scales)
        held = self._held if self._held.store == str(self.store.path) else state.DeskState()
        await queue.start(held.filter, held.sort, held.descending, held.claim)
        self.call_after_refresh(_warm_up)

    def exit(self, *arguments: Any, **named: Any) -> None:
        """Leave, keeping where the reviewer was."""
        self.remember()
        super().exit(*arguments, **named)

    def remember(self) -> None:
        """Keep where the reviewer leaves off."""
        if self.store is None or not self.queue_screen.is_mounted:
            return
        shown = self.queue_screen.query_shown
        claim = self.queue_screen.claims.current_key
        state.save(state.DeskState(str(self.store.path), shown.text, shown.sort, shown.descending, claim, self.theme))

    # -- screens

    async def open_review(self, claim_id: int) -> None:
        """Show a claim in its article."""
        from workbench.tui.screens.review import ReviewScreen

        if self.store is None:
            return
        try:
            data = await asyncio.to_thread(load_review, self.store, claim_id)
        except WorkbenchError as error:
            self.say(str(error), "error")
            return
        await self.push_screen(ReviewScreen(self.queue_screen.query_shown, data))

    async def close_review(self, claim_id: int | None) -> None:
        """Back to the queue, standing on the claim that was looked at last."""
        self.pop_screen()
        queue = self.queue_screen
        await queue._show_query(queue.query_shown, claim_id or queue.claims.current_key)

    # -- saying

    def say(self, what: str, severity: str = "information") -> None:
        """A toast in plain words, at once; the one before goes away.

        `notify` would post a message, which waits behind the keys that are pressed meanwhile.
        """
        text = "\n".join(wrapped(clean_line(what), max(self.size.width - 6, 20)))
        level: SeverityLevel = severity if severity in ("warning", "error") else "information"  # type: ignore[assignment]
        self._notifications.clear()
        self._notifications.add(Notification(text, severity=level, timeout=SECONDS, markup=False))
        self._refresh_notifications()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Only what the table of actions does not have."""
        yield SystemCommand("Theme", "Change the colours", self.search_themes)


def _open_store(location: str | None, reviewer: str) -> Store:
    from workbench.services.store import open_store

    return open_store(location, reviewer)


def _warm_up() -> None:
    """Import what the first verdict needs while the reviewer reads."""
    threading.Thread(target=_import_writers, daemon=True).start()


def _import_writers() -> None:
    import textual.widgets._text_area  # noqa: F401

    import workbench.services.articles  # brings the tables along, which take half a second
    import workbench.services.history
    import workbench.services.review
    import workbench.tui.screens.review  # noqa: F401


def run_desk(location: str | None, reviewer: str | None, *, seed_offer: bool = True) -> int:
    """Open the desk and return 0 when the reviewer leaves it (1 after a fault of the program, which is printed).

    Raises UsageError on a terminal that cannot show it, StoreError when the store cannot be used; the command line
    prints the line and sets the exit status.
    """
    if os.environ.get("TERM", "").casefold() in ("dumb", "unknown"):
        raise UsageError(
            "this terminal (TERM=dumb) cannot show the desk", "set TERM, or use the commands: workbench --help"
        )
    app = DeskApp(location, reviewer, seed_offer=seed_offer)
    with _drawing_on_a_terminal():
        app.run()
    if app.store is not None:
        app.store.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


@contextmanager
def _drawing_on_a_terminal() -> Iterator[None]:
    """Textual draws on standard error; where that is redirected, let it draw on standard output."""
    errors = sys.__stderr__
    if errors is not None and not errors.isatty() and sys.__stdout__ is not None and sys.__stdout__.isatty():
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
    try:
        yield
    finally:
        sys.__stderr__ = errors  # type: ignore[misc]
