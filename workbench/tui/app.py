"""The desk: the application that shows the queue and the review, and `run_desk`, its only door."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, work
from textual.screen import Screen
from textual.widgets import Input

from workbench import config
from workbench.actions import PLACES
from workbench.errors import StoppedError, StoreError, UsageError, WorkbenchError
from workbench.tui import keys, state
from workbench.tui.leaving import REST, Leaving
from workbench.tui.reading import load_marks
from workbench.tui.safety import ControlFilter
from workbench.tui.saying import Saying
from workbench.tui.screens.claim_actions import ClaimActions
from workbench.tui.screens.desk_screen import DeskScreen
from workbench.tui.screens.queue import QueueScreen
from workbench.tui.tasks import Task
from workbench.tui.themes import DARK, PLAIN, THEMES
from workbench.tui.widgets.claim_list import letters

if TYPE_CHECKING:
    from workbench.records import Flag, Scale
    from workbench.services.lists import Change
    from workbench.services.store import Store

Result = TypeVar("Result")
LOOK = 1.0  # seconds between two looks for what others did


def _commands() -> type:
    from workbench.tui.commands import ActionCommands

    return ActionCommands


class DeskApp(Saying, Leaving):
    """Opens on the queue; the store is opened in a thread once the first frame stands."""

    CSS_PATH = Path(__file__).with_name("style.tcss")
    MORE_CSS = CSS_PATH.with_name("more.tcss")
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
        self.fetch_options: Any = None  # what is allowed of pages that are fetched as evidence; None as usual
        self.long_task: Task | None = None  # long work that is under way
        self.seen = 0  # the history as far as the screen shows it
        self.judged: int | None = None  # the claim that was given a verdict last
        self.queue_screen = QueueScreen()
        self._kept: dict[str, DeskScreen] = {}  # screens that come back as they were left
        self._use_keys()
        for theme in THEMES:
            self.register_theme(theme)
        kept = self._held.theme if self._held.theme in self.available_themes else DARK.name
        self._begin_in(PLAIN.name if self._without_colour() else kept)

    def _use_keys(self) -> None:
        """Take the keys of the user's settings; what is wrong with them is said once the desk stands."""
        chosen = config.settings().keys
        self.key_faults: tuple[str, ...] = ()
        shown: Mapping[str, str] = {}
        if chosen:
            from workbench import keymap

            read = keymap.read(chosen)
            shown, self.key_faults = read.shown, read.faults
            self.set_keymap(read.keys)
        keys.use(shown)

    def _begin_in(self, theme: str) -> None:
        """The colours of the first frame; to assign the theme would have every style read twice before it."""
        self.set_reactive(DeskApp.theme, theme)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """The queue."""
        return self.queue_screen

    def on_mount(self) -> None:
        """Paint first, then open the store."""
        self.call_after_refresh(self._open)
        if not self.is_headless:
            self.heed_signals()

    def _read_more_css(self) -> None:
        """The styles of all screens but the queue: to read them takes a fifth of the first frame."""
        if not self.stylesheet.has_source(str(self.MORE_CSS)):
            self.stylesheet.read(self.MORE_CSS)
            self.stylesheet.parse()

    def push_screen(self, *arguments: Any, **named: Any) -> Any:
        """Show a screen above this one, its styles read."""
        self._read_more_css()
        return super().push_screen(*arguments, **named)

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
        await self._go_back_to(held)
        if self.key_faults:
            self.say("; ".join([*self.key_faults, "the default stands, mend [keys] in config.toml"]), "warning")
        self.seen = await asyncio.to_thread(_changed, self.store)
        self.set_interval(LOOK, self.notice)
        self.set_interval(REST, self.keep_place)
        self._read_more_css()
        self.call_after_refresh(_warm_up)

    @work(exclusive=True, group="notice", exit_on_error=False)
    async def notice(self) -> None:
        """Read again what is shown when the store was changed elsewhere, and say what happened to the claim in hand."""
        store, here = self.store, self.screen
        if store is None or self.writing.locked() or not isinstance(here, DeskScreen):
            return  # a dialog is open, or something is being stored: at the next look
        try:
            seen, changes = await asyncio.to_thread(_changes_since, store, self.seen)
        except WorkbenchError:
            return  # the next reading that a person asks for says what is wrong
        self.seen = seen
        foreign = [change for change in changes if change.elsewhere]
        if foreign:
            await here.refresh_all()
        mine = [change for change in foreign if change.claim_id is not None and change.claim_id == self.claim_in_hand()]
        if mine and not self._is_refusing():
            what = ", ".join(dict.fromkeys(change.what for change in mine))
            who = "you, elsewhere," if mine[-1].reviewer == self.reviewer else mine[-1].reviewer
            self.say(f"{who} changed c{mine[-1].claim_id}: {what}", "warning")

    def _is_refusing(self) -> bool:
        """Whether an error still stands: that the reviewer's own decision was refused matters more than by whom."""
        return any(shown.severity == "error" for shown in self._notifications)

    def exit(self, *arguments: Any, **named: Any) -> None:
        """Leave, keeping where the reviewer was."""
        self.remember()
        if self.long_task is not None:
            self.long_task.stop()
        super().exit(*arguments, **named)

    async def _go_back_to(self, held: state.DeskState) -> None:
        """The screen that the reviewer left; a claim that is gone leaves the queue."""
        if held.screen == "review" and held.claim is not None:
            await self.open_review(held.claim)
        elif held.screen in {info.place for info in PLACES if info.letter} - {"queue", "review"}:
            await self.go(held.screen)

    # -- screens

    async def open_review(self, claim_id: int, action: str = "") -> None:
        """Show a claim in its article, and do an action of the review there."""
        from workbench.tui.screens.review import ReviewScreen

        made = await ReviewScreen.of_claim(self, claim_id)
        if made is not None:
            await self.push_screen(made)
            if action:
                await made.run_action(action)

    async def open_report(self, filter_text: str) -> None:
        """Show the report of a filter over the screen that asks for it."""
        from workbench.tui.screens.report import ReportScreen

        if self.store is None:
            self.say("the store is still being opened", "warning")
            return
        screen = self._kept.get("report") or await self._make("report")
        if isinstance(screen, ReportScreen):
            known = screen.is_mounted
            screen.take_filter(filter_text)
            await self.push_screen(screen)
            if known:
                await screen.came_back(None)

    def claim_in_hand(self) -> int | None:
        """The claim of the topmost screen that has one: where `g` and the letter of a screen about a claim lead."""
        for screen in reversed(self.screen_stack):
            found = screen.claim_id() if isinstance(screen, ClaimActions) else None
            if found is not None:
                return found
        return None

    async def action_go(self, place: str) -> None:
        """A screen's name in the header, or in the footer behind g, was clicked."""
        await self.go(place)

    async def go(self, place: str) -> None:
        """Show a screen of the table of places over the queue, whatever was open there before."""
        here = self.screen
        if isinstance(here, DeskScreen):
            here.action_stay()
            if here.place == place:
                return
        if place == self.queue_screen.place:
            await self.leave(self.screen_stack[1])
            return
        if self.store is None:
            self.say("the store is still being opened", "warning")
            return
        wanted = self._kept.get(place) or await self._make(place)
        if wanted is None:
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(wanted)  # not awaited: the screen that goes is the one whose key is being handled
        else:
            await self.push_screen(wanted)
        if self._kept.get(place) is wanted and wanted.is_mounted:
            await wanted.came_back(None)

    async def show_in_queue(self, condition: str) -> None:
        """Go to the queue, narrowed to a condition of the filter line."""
        await self.go(self.queue_screen.place)
        self.queue_screen.filter_line.value = condition

    async def _make(self, place: str) -> DeskScreen | None:
        from workbench.tui.screens.registry import screen_class

        kind = screen_class(place)
        made = await kind.make(self)
        if made is not None and kind.kept:
            self.install_screen(made, place)
            self._kept[place] = made
        return made

    async def leave(self, screen: Screen[Any], claim_id: int | None = None) -> None:
        """Close a screen and what lies over it; the one below stands on the claim that was looked at last."""
        if screen is self.queue_screen:
            return
        while len(self.screen_stack) > 1:
            top = self.screen
            self.pop_screen()
            if top is screen:
                break
        below = self.screen
        if isinstance(below, DeskScreen):
            await below.came_back(claim_id)

    # -- long work

    async def run_long(self, label: str, work: Callable[[Store, Task], Result]) -> Result | None:
        """Do long work in a thread, to be called in a worker: the footer says how far it is and esc stops it.

        None, after a toast, when it was stopped or refused; then nothing is stored.
        """
        if self.store is None or self.long_task is not None:
            self.say(
                f"{self.long_task.label} is under way: esc stops it" if self.long_task else "the store is not open yet"
            )
            return None
        self.long_task = task = Task(label)
        timer = self.set_interval(0.1, self._show_task)
        try:
            async with self.writing:
                return await asyncio.to_thread(work, self.store, task)
        except WorkbenchError as error:
            self.say(str(error), "warning" if isinstance(error, StoppedError) else "error")
            return None
        finally:
            timer.stop()
            self.long_task = None
            self._show_task()

    def _show_task(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.show_hints()

    # -- keys

    async def _on_key(self, event: events.Key) -> None:
        """A key that nothing here is bound to: say where it does something, if anywhere."""
        event.prevent_default()
        if await self._check_bindings(event.key) or not isinstance(self.screen, DeskScreen):
            return
        if not isinstance(self.focused, Input) and (said := keys.elsewhere(event.key, self.screen.place, self._keymap)):
            self.say(said, "warning")


def _open_store(location: str | None, reviewer: str) -> Store:
    from workbench.services.store import open_store

    return open_store(location, reviewer)


def _changed(store: Store) -> int:
    from workbench.services import lists

    return lists.changed(store)


def _changes_since(store: Store, number: int) -> tuple[int, list[Change]]:
    from workbench.services import lists

    return lists.changes_since(store, number)


def _warm_up() -> None:
    """Import what the first verdict needs while the reviewer reads."""
    threading.Thread(target=_import_writers, daemon=True).start()


def _import_writers() -> None:
    import textual.widgets._text_area  # noqa: F401

    import workbench.services.articles  # brings the tables along, which take half a second
    import workbench.services.history
    import workbench.services.review
    import workbench.tui.completing
    import workbench.tui.screens.review  # noqa: F401

    if not gc.get_freeze_count():
        gc.freeze()  # what was imported stays: looking through it again takes longer than a key may


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
