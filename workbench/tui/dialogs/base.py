"""What every dialog shares: a box in the middle, esc cancels, foreign words are never markup."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.text import clean

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A modal question; its answer is None when it was cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", show=False)]

    def __init__(self, head: str, said: str = "", foot: str = "enter stores · esc cancels") -> None:
        super().__init__()
        self._head, self._said, self._foot = head, said, foot

    def fields(self) -> ComposeResult:
        """The widgets between head and foot."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Head, what it is about, fields, a line for complaints, foot."""
        with Vertical(classes="dialog"):
            yield Static(clean(self._head), markup=False, classes="head")
            if self._said:
                yield Static(clean(_shortened(self._said)), markup=False, classes="said")
            yield from self.fields()
            yield Static("", markup=False, classes="wrong", id="wrong")
            yield Static(clean(self._foot), markup=False, classes="foot")

    def complain(self, what: str) -> None:
        """Say what is wrong without closing."""
        line = self.query_one("#wrong", Static)
        line.update(clean(what))
        line.add_class("-shown")

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def _shortened(text: str) -> str:
    """A claim's words as a reminder, at most some three lines of them."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"
