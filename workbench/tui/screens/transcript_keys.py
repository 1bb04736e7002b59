"""Transcripts on the Articles screen: store one, read it, remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work

from workbench.tui.dialogs.base import Complain
from workbench.tui.screens.rows_screen import RowsScreen

if TYPE_CHECKING:
    from workbench.records import ActionRow, Transcript
    from workbench.services.store import Store


class TranscriptKeys(RowsScreen[Any]):
    """What the screen does while it lists transcripts."""

    @property
    def transcript(self) -> Transcript | None:
        """The transcript in hand; None while articles are listed."""
        row = self.current
        return row if row is not None and hasattr(row, "speakers") else None

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def add_transcript(self) -> None:
        """Ask for a file and store it."""
        from workbench.tui.dialogs.transcript import TranscriptAnswer, TranscriptDialog

        async def accept(answer: TranscriptAnswer, complain: Complain) -> bool:
            def work(store: Store) -> tuple[Transcript, ActionRow]:
                from workbench.services import transcripts

                return transcripts.add(store, answer.file, held_at=answer.held_at, url=answer.url)

            done = await self.attempt(work, complain)
            if done is None:
                return False
            self.desk.say(f"{done[1].label} · u undoes")
            await self.show_rows_at(done[0].id)
            return True

        await self.app.push_screen_wait(TranscriptDialog(accept))

    async def show_rows_at(self, key: int) -> None:
        """Read the rows again with the cursor on this one."""
        await self._read(key)

    async def read_transcript(self, row: Transcript) -> None:
        """Show the whole text with the numbers of its lines."""
        from workbench.tui.screens.text_screen import TextScreen

        def text_of(store: Store) -> str:
            from workbench.services import transcripts

            return transcripts.show(store, row.id)[1]

        text = await self.read(text_of)
        if text is not None:
            self.app.push_screen(TextScreen(f"t{row.id}  {row.title}", text))
