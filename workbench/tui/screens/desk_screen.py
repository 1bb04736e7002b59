"""What queue and review share: the desk's store, toasts, writes one after the other, undo, help, quitting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import Screen

from workbench.errors import ConflictError, WorkbenchError
from workbench.text import clean_line

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store

if TYPE_CHECKING:
    from workbench.tui.app import DeskApp

Result = TypeVar("Result")
Complain = Callable[[str], None]


class DeskScreen(Screen[None]):
    """A screen of the desk. `place` names it in the table of actions."""

    place = ""

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
        try:
            async with self.desk.writing:
                return await asyncio.to_thread(work, self.store)
        except WorkbenchError as error:
            (complain or self._refused)(str(error))
            if isinstance(error, ConflictError):
                await self.refresh_all()
        return None

    def _refused(self, what: str) -> None:
        self.desk.say(what, "error")

    async def read(self, work: Callable[[Store], Result]) -> Result | None:
        """Read from the store in a thread; an error becomes a toast and None."""
        if self.store is None:
            return None
        try:
            return await asyncio.to_thread(work, self.store)
        except WorkbenchError as error:
            self.desk.say(str(error), "error")
            return None

    async def refresh_all(self) -> None:
        """Read again what is shown."""

    async def went_back(self, action: ActionRow, claim_id: int | None) -> None:
        """An action was undone or redone; `claim_id` is a claim that it touched."""
        await self.refresh_all()

    # -- actions of every screen

    async def action_undo(self) -> None:
        """Take back the reviewer's last action."""
        await self._turn_back(forward=False)

    async def action_redo(self) -> None:
        """Do it again."""
        await self._turn_back(forward=True)

    async def _turn_back(self, *, forward: bool) -> None:
        def work(store: Store) -> tuple[ActionRow, int | None]:
            from workbench.services import history

            action = history.redo(store) if forward else history.undo(store)
            touched = [event.subject for event in history.log(store, limit=20) if event.action_id == action.id]
            claims = [int(subject[1:]) for subject in touched if subject[:1] == "c"]
            return action, claims[0] if claims else None

        done = await self.attempt(work)
        if done is not None:
            other = "u undoes" if forward else "U does it again"
            self.desk.say(f"{done[0].label} · {other}")
            await self.went_back(*done)

    def action_help(self) -> None:
        """Show the keys."""
        from workbench.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.place, self.desk.scales))

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
