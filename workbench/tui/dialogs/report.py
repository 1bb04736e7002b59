"""What to export, for whom and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, Static

from workbench.records import PUBLIC_HOLDS
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.dialogs.choice import Choice

FORMATS = ("md", "html", "docx", "xlsx", "csv", "json", "jsonl")


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """The format, whether it is for the public, and the file."""

    format: str
    public: bool
    path: Path


class ReportDialog(Dialog[ReportAnswer]):
    """The file's ending follows the format; a file that exists is replaced only by a second enter."""

    def __init__(self, said: str, folder: Path, accept: Accept[ReportAnswer] | None = None) -> None:
        super().__init__("Report", said, "enter writes · ← → change · tab next field · esc cancels", accept)
        self._folder = folder
        self._warned: Path | None = None

    def fields(self) -> ComposeResult:
        """Format, audience, path."""
        yield Choice("format", FORMATS, id="format")
        yield Choice("for", ("internal", "public"), id="audience")
        holds = f"internal holds everything; public holds {PUBLIC_HOLDS}"
        yield Static(holds, markup=False, classes="label -wrapped")
        yield OneLine(str(self._folder / "report"), id="path", select_on_focus=False)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write from the path's field too."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the fields, after a question where a file would be lost."""
        typed = self.query_one("#path", OneLine).value.strip()
        if not typed:
            self.complain("Name a file.")
            return
        format_name = self.query_one("#format", Choice).value
        path = Path(typed).expanduser()
        if path.suffix.casefold() != f".{format_name}":
            path = path.with_name(f"{path.name}.{format_name}")
        if path.exists() and path != self._warned:
            self._warned = path
            self.complain(f"{path.name} exists: enter replaces it")
            return
        await self.offer(ReportAnswer(format_name, self.query_one("#audience", Choice).value == "public", path))
