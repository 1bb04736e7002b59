"""What queue and review share: the desk's store, toasts, writes one after the other, undo, help, quitting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, work
from textual.screen import Screen

from workbench.actions import PLACES, Place
from workbench.errors import ConflictError, StoppedError, WorkbenchError
from workbench.text import clean_line, counted
from workbench.tui.keys import footer_of
from workbench.tui.widgets.hint_bar import Hint, HintBar

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store

if TYPE_CHECKING:
    from workbench.tui.app import DeskApp

Result = TypeVar("Result")
Complain = Callable[[str], None]


class DeskScreen(Screen[None]):
    """A screen of the desk. `place` names it in the table of actions; `signs` are what its help explains.

    A screen with `kept` is made once and comes back as it was left; `came_back` lets it read again what may have
    changed meanwhile. Another is made anew each time by `make`.
    """

    place: Place = "everywhere"
    kept: ClassVar[bool] = False
    signs: ClassVar[tuple[tuple[str, str], ...]] = ()
    going = False  # whether g was pressed and its letter is waited for

    @classmethod
    async def make(cls, desk: DeskApp) -> DeskScreen | None:
        """The screen for `g` and its letter, with what it needs read; None, after a toast, where it cannot open."""
        return cls()

    @property
    def desk(self) -> DeskApp:
        """The application."""
        from workbench.tui.app import DeskApp

        return cast(DeskApp, self.app)

    @property
    def store(self) -> Store | None:
        """The store, once it is open."""
        return self.desk.store

    # -- doing things

    async def attempt(self, work: Callable[[Store], Result], complain: Complain | None = None) -> Result | None:
        """Do something with the store in a thread; a refusal becomes None and a toast, or goes to `complain`.

        One write after the other: the next key waits for this one, while the screen goes on painting.
        """
        if self.store is None:
            self.desk.say("the store is still being opened", "warning")
            return None
        if self.is_busy(complain):
            return None
        try:
            async with self.desk.writing:
                return await asyncio.to_thread(work, self.store)
        except WorkbenchError as error:
            (complain or self._refused)(str(error))
            if isinstance(error, ConflictError):
                await self.refresh_all()
        return None

    def is_busy(self, complain: Complain | None = None) -> bool:
        """Whether long work is under way, which is said: nothing else can be stored meanwhile."""
        if self.desk.long_task is not None:
            (complain or self._refused)(f"{self.desk.long_task.label} is under way: esc stops it, or wait")
        return self.desk.long_task is not None

    def _refused(self, what: str) -> None:
        self.desk.say(what, "error")

    async def read(self, work: Callable[[Store], Result]) -> Result | None:
        """Read from the store in a thread; an error becomes a toast and None."""
        if self.store is None:
            return None
        try:
            return await asyncio.to_thread(work, self.store)
        except StoppedError:
            return None
        except WorkbenchError as error:
            self.desk.say(str(error), "error")
            return None

    async def refresh_all(self) -> None:
        """Read again what is shown."""

    async def came_back(self, claim_id: int | None) -> None:
        """This screen is on top again; `claim_id` is the claim that the screen above it stood on."""
        await self.refresh_all()

    # -- the footer, and going to other screens

    def hints(self) -> list[Hint]:
        """The hints of the focus."""
        return footer_of(self.place)

    def show_hints(self) -> None:
        """The footer of the focus, the letters that g waits for, or how far long work is."""
        bar, task = next(iter(self.query(HintBar)), None), self.desk.long_task
        if bar is None:
            return  # the screen is being closed
        if task is not None and task.shown:
            bar.show([("esc", "stop", "stop_task")], str(task))
        elif self.going:
            ways: list[Hint] = [(info.letter, info.title, f"app.go({info.place!r})") for info in PLACES if info.letter]
            bar.show([*ways, ("esc", "stay", "stay")], "go to")
        else:
            bar.show(self.hints())

    def show_said(self) -> None:
        """Draw the toast that stands, or none any more."""
        for bar in self.query(HintBar):
            bar.show_said(self.desk.said)

    def on_screen_resume(self) -> None:
        """What was said while another screen lay above."""
        self.show_said()

    def action_go_to(self) -> None:
        """Wait for the letter of a screen."""
        self.app.clear_notifications()  # a toast would lie over the letters
        self.going = True
        self.show_hints()

    def action_stop_task(self) -> None:
        """Stop the long work that is under way."""
        if self.desk.long_task is not None:
            self.desk.long_task.stop()
            self.show_hints()

    def action_stay(self) -> None:
        """Give up going elsewhere."""
        self.going = False
        self.show_hints()

    async def on_key(self, event: events.Key) -> None:
        """While g waits, a letter goes to its screen; any other key gives that up, and esc does only that.

        While long work is shown, esc stops it.
        """
        if event.key == "escape" and self.desk.long_task is not None:
            event.stop()
            event.prevent_default()
            self.action_stop_task()
        if not self.going:
            return
        self.action_stay()
        place = next((info.place for info in PLACES if info.letter == event.key), None)
        if place is not None or event.key in ("escape", "g"):
            event.stop()
            event.prevent_default()
        if place is not None:
            await self.desk.go(place)

    def on_click(self) -> None:
        """A click gives up waiting for a letter."""
        if self.going:
            self.action_stay()

    async def action_back(self) -> None:
        """To the screen below."""
        await self.desk.leave(self)

    async def went_back(self, action: ActionRow, claim_id: int | None) -> None:
        """An action was undone or redone; `claim_id` is a claim that it touched."""
        await self.refresh_all()

    # -- actions of every screen

    async def action_undo(self) -> None:
        """Take back the reviewer's last action; where that hides articles, after a question."""
        from workbench.tui.turning import taken_away

        hidden = await self.read(taken_away)
        if hidden is not None:
            self._ask_to_hide(*hidden)
        else:
            await self._turn_back(forward=False)

    @work(exclusive=True, group="dialog")
    async def _ask_to_hide(self, label: str, articles: int, claims: int) -> None:
        from workbench.tui.dialogs.confirm import Confirm

        async def accept(answer: str, complain: Complain) -> bool:
            self.call_after_refresh(self._turn_back, forward=False)
            return True

        said = (
            f"It brought {counted(articles, 'article')} and {counted(claims, 'claim')}, with what was decided on them."
        )
        await self.app.push_screen_wait(
            Confirm(
                f"Undo “{clean_line(label)[:60]}”",
                f"{said} They are hidden, and U brings them back.",
                ["hide them"],
                accept,
            )
        )

    async def action_redo(self) -> None:
        """Do it again."""
        await self._turn_back(forward=True)

    async def _turn_back(self, *, forward: bool) -> None:
        from workbench.tui.turning import is_large, turn

        if await self.read(lambda store: is_large(store, forward)):
            self._turn_long(forward)
        else:
            await self._turned(await self.attempt(lambda store: turn(store, forward)), forward)

    @work(group="long")
    async def _turn_long(self, forward: bool) -> None:
        from workbench.tui.turning import turn

        label = "doing it again" if forward else "undoing"
        await self._turned(
            await self.desk.run_long(label, lambda store, task: turn(store, forward, task.watch)), forward
        )

    async def _turned(self, done: tuple[ActionRow, int | None] | None, forward: bool) -> None:
        if done is not None:
            other = "u undoes" if forward else "U does it again"
            self.desk.say(f"{done[0].label} · {other}")
            await self.went_back(*done)

    def action_help(self) -> None:
        """Show the keys."""
        from workbench.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.place, self.desk.scales, self.signs))

    def action_quit(self) -> None:
        """Leave the desk."""
        self.desk.exit()

    def action_open_url(self) -> None:
        """Open the article's address, when it is one of the web."""
        url = self.article_url()
        if not url:
            self.desk.say("this article has no address", "warning")
        elif not url.casefold().startswith(("http://", "https://")):
            self.desk.say("only http and https addresses are opened", "warning")
        else:
            self.run_worker(lambda: _browse(url), thread=True, exit_on_error=False)
            self.desk.say(f"opening {clean_line(url)[:80]}")

    def article_url(self) -> str | None:
        """The address of the article in hand."""
        return None


def _browse(url: str) -> None:
    import webbrowser

    webbrowser.open(url)
