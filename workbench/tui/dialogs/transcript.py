"""A transcript to be stored: its file, when it was said, where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, Static

from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Accept, Dialog

SAID = "What was said, word for word: plain text, captions (SRT, WebVTT) or a web page that was saved."


@dataclass(frozen=True, slots=True)
class TranscriptAnswer:
    """What was filled in; None where nothing was."""

    file: Path
    held_at: str | None
    url: str | None


class TranscriptDialog(Dialog[TranscriptAnswer]):
    """Enter stores from every field, tab goes on to the next."""

    def __init__(self, accept: Accept[TranscriptAnswer] | None = None) -> None:
        super().__init__("Store a transcript", SAID, "enter stores · tab next field · esc cancels", accept)

    def fields(self) -> ComposeResult:
        """File, day, address."""
        for name, label, hint in (
            ("file", "path of the file; a copy is kept", "~/Downloads/press-conference.txt"),
            ("held", "when it was said, where you know", "2026-03-11"),
            ("url", "where it is published; the page is not fetched", "https://"),
        ):
            yield Static(label, markup=False, classes="label")
            yield OneLine(id=name, placeholder=hint)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Store what is there."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the fields."""
        file, held, url = (self.query_one(f"#{name}", OneLine).value.strip() for name in ("file", "held", "url"))
        if not file:
            self.complain("Name a file.")
        else:
            await self.offer(TranscriptAnswer(Path(file).expanduser(), held or None, url or None))
