"""Bringing articles in from the desk: asked for, read beside the other work, stopped by the same key."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from workbench.records import IngestOutcome, Progress
from workbench.tui.dialogs.base import Complain
from workbench.tui.screens.desk_screen import DeskScreen
from workbench.tui.screens.transcript_keys import TranscriptKeys

if TYPE_CHECKING:
    from workbench.services.store import Store

SAID = "Files, folders, globs or addresses, separated by blanks; quotation marks around one that holds a blank."


class Ingesting(TranscriptKeys):
    """Articles are read one after the other while the reviewer goes on working."""

    def __init__(self) -> None:
        super().__init__()
        self._stopped = True
        self._failed = ""  # what could not be read last time, to be mended

    def ask_for_sources(self) -> None:
        """Ask for sources and bring them in; while that is under way, stop it."""
        if self._stopped:
            self._ask_for_sources()
        else:
            self._stopped = True
            self.desk.say("the ingest stops after this article; what is stored stays")

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def _ask_for_sources(self) -> None:
        from workbench.tui.dialogs.ask import AskLine

        async def accept(answer: str, complain: Complain) -> bool:
            wrong = await self.read(lambda store: _unreadable(words_of(answer)))
            if wrong:
                complain("\n".join(wrong[:4]))
            return wrong == []

        answer = await self.app.push_screen_wait(
            AskLine(
                "Bring in articles",
                SAID,
                self._failed,
                "articles/ ~/Downloads/story.html https://…",
                needed="Name a file, a folder or an address.",
                foot="enter reads them · esc cancels",
                accept=accept,
            )
        )
        if answer:
            self._ingest(words_of(answer))

    @work(exclusive=True, group="ingest", exit_on_error=False)
    async def _ingest(self, sources: list[str]) -> None:
        self._stopped = False
        self._show("reading …")
        done = await self.read(lambda store: self._take(store, sources))
        stopped, self._stopped = self._stopped, True
        self._show("")
        if done is None:
            return
        self._failed = shlex.join(each.source for each in done if each.status == "failed")
        self.desk.say(summary(done) + (" · stopped" if stopped else ""), _severity(done))
        if isinstance(self.app.screen, DeskScreen):
            await self.app.screen.refresh_all()

    def _take(self, store: Store, sources: list[str]) -> list[IngestOutcome]:
        """Ingest in a thread until it is done or stopped."""
        from workbench.services import ingest

        done: list[IngestOutcome] = []
        running = ingest.ingest(store, sources, progress=lambda at: self.app.call_from_thread(self._at, at))
        for outcome in running:
            done.append(outcome)
            if self._stopped:
                break
        return done

    def _at(self, progress: Progress) -> None:
        total = f" of {progress.total}" if progress.total else ""
        self._show(f"reading {min(progress.done + 1, progress.total or progress.done + 1)}{total}")

    def _show(self, what: str) -> None:
        """Say how far it is: here with the key that stops it, in the header of every other list too."""
        if self.is_mounted:
            self.show_working(what and f"{what} · i stops")
        self.desk.show_beside(what)


def _unreadable(sources: Sequence[str]) -> list[str]:
    from workbench.services import ingest

    return ingest.unreadable(sources)


def words_of(answer: str) -> list[str]:
    """The sources that were typed; ~ is the home folder."""
    try:
        found = shlex.split(answer)
    except ValueError:  # an apostrophe in a name
        found = answer.split()
    return [str(Path(word).expanduser()) if word.startswith("~") else word for word in found]


def summary(done: Sequence[IngestOutcome]) -> str:
    """What became of an ingest, in one line."""
    counted = [
        (sum(each.status == status for each in done), words)
        for status, words in (("stored", "stored"), ("new version", "new versions"), ("unchanged", "unchanged"),
                              ("failed", "failed"))
    ]  # fmt: skip
    said = ", ".join(f"{number} {words}" for number, words in counted if number) or "nothing to read there"
    failed = next((each for each in done if each.status == "failed"), None)
    if failed is not None:
        said += f" ({failed.source}: {failed.reason}; i asks again)"
    kept = any(each.status in ("stored", "new version") for each in done)
    return f"{said} · u undoes" if kept else said


def _severity(done: Sequence[IngestOutcome]) -> str:
    return "warning" if any(each.status == "failed" for each in done) or not done else "information"
