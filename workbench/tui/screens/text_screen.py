"""A text to read, above a screen: a transcript with the numbers of its lines."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.text import clean_line
from workbench.tui.transcript_lines import text_lines
from workbench.tui.widgets.line_pane import LinePane


class TextScreen(ModalScreen[None]):
    """Closed by esc, q or enter; scrolled by the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", show=False),
        Binding("j,down", "line(1)", show=False),
        Binding("k,up", "line(-1)", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The text in a box."""
        with Vertical(classes="dialog reading"):
            yield Static(clean_line(self._title), markup=False, classes="head")
            yield LinePane(id="text")
            yield Static("esc closes · ↑ ↓ and page keys scroll", markup=False, classes="foot")

    def on_mount(self) -> None:
        """Draw the text; a toast would hide some."""
        self.app.clear_notifications()
        self.query_one("#text", LinePane).show(lambda width: text_lines(self._text, width))

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    def action_line(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#text", LinePane).scroll_relative(y=by, animate=False)
