"""A sentence or two: a wording, an explanation, a reason, a note."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, TextArea

from workbench.tui.dialogs.base import Accept, Dialog

NEW_LINE = ("ctrl+j", "alt+enter", "shift+enter")


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


class Sentences(TextArea):
    """Three lines that wrap; enter submits, ctrl+j makes a new line."""

    class Submitted(Message):
        """Enter was pressed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
        elif event.key in NEW_LINE:
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)


class AskLine(Dialog[str]):
    """Asks for some words; `needed` refuses none at all, `lines` allows several lines."""

    def __init__(
        self,
        head: str,
        said: str = "",
        value: str = "",
        placeholder: str = "",
        needed: str = "",
        foot: str = "",
        lines: bool = False,
        accept: Accept[str] | None = None,
    ) -> None:
        also = "ctrl+j new line · " if lines else ""
        super().__init__(head, said, foot or f"enter stores · {also}esc cancels", accept)
        self._value, self._placeholder, self._needed = value, placeholder, needed

    def fields(self) -> ComposeResult:
        """The words."""
        yield Sentences(
            self._value, placeholder=self._placeholder, id="answer", tab_behavior="focus", show_line_numbers=False
        )

    def on_mount(self) -> None:
        """Go on writing behind what stands."""
        field = self.query_one("#answer", Sentences)
        field.move_cursor(field.document.end)

    async def on_sentences_submitted(self) -> None:
        """Enter in the field."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the words as typed."""
        typed = self.query_one("#answer", Sentences).text
        if self._needed and not typed.strip():
            self.complain(self._needed)
        else:
            await self.offer(typed)
