"""One line of text: a wording, an explanation, a reason, a note."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from workbench.tui.dialogs.base import Dialog


class OneLine(Input):
    """An input whose pasted text keeps all its lines, joined by blanks; a stock one drops all but the first."""

    def _on_paste(self, event: events.Paste) -> None:
        joined = " ".join(event.text.split("\n")).replace("\r", "")
        selection = self.selection
        if selection.is_empty:
            self.insert_text_at_cursor(joined)
        else:
            self.replace(joined, *selection)
        event.stop()
        event.prevent_default()


class AskLine(Dialog[str]):
    """Asks for a line; `needed` refuses an empty one."""

    def __init__(
        self, head: str, said: str = "", value: str = "", placeholder: str = "", needed: str = "", foot: str = ""
    ) -> None:
        super().__init__(head, said, foot or "enter stores · esc cancels")
        self._value, self._placeholder, self._needed = value, placeholder, needed

    def fields(self) -> ComposeResult:
        """The input."""
        yield OneLine(self._value, placeholder=self._placeholder, id="answer", select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line as typed."""
        if self._needed and not event.value.strip():
            self.complain(self._needed)
        else:
            self.dismiss(event.value)
