"""What to export, for whom and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from workbench.records import PUBLIC_HOLDS
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Dialog
from workbench.tui.dialogs.choice import Choice

FORMATS = ("md", "html", "json", "csv")


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """The format, whether it is for the public, and the file."""

    format: str
    public: bool
    path: Path


class ReportDialog(Dialog[ReportAnswer]):
    """The file's ending follows the format until somebody types a name of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    def __init__(self, said: str, folder: Path) -> None:
        super().__init__("Report", said, "enter writes · ← → change · tab next field · esc cancels")
        self._folder = folder

    def fields(self) -> ComposeResult:
        """Format, audience, path."""
        yield Choice("format", FORMATS, id="format")
        yield Choice("for", ("internal", "public"), id="audience")
        yield Static(f"internal holds everything; public holds {PUBLIC_HOLDS}", markup=False, classes="label")
        yield OneLine(str(self._folder / "report"), id="path", select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write from the path's field too."""
        self.key_enter()

    def key_enter(self) -> None:
        """Answer with the fields."""
        typed = self.query_one("#path", OneLine).value.strip()
        if not typed:
            self.complain("Name a file.")
            return
        format_name = self.query_one("#format", Choice).value
        path = Path(typed).expanduser()
        if path.suffix.casefold() != f".{format_name}":
            path = path.with_name(f"{path.name}.{format_name}")
        self.dismiss(ReportAnswer(format_name, self.query_one("#audience", Choice).value == "public", path))
