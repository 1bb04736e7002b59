"""What every dialog shares: a box in the middle, esc cancels, it closes only once its answer was taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.text import clean
from workbench.tui.wrapping import wrapped

if TYPE_CHECKING:
    import asyncio

Answer = TypeVar("Answer")
Result = TypeVar("Result")
Complain = Callable[[str], None]
Accept = Callable[[Answer, Complain], Awaitable[bool]]
MARGINS = 8  # cells of a box that are not its words: borders, padding and a free one
LOW = 24  # lines of a screen below which a dialog says little about its claim


class Dialog(ModalScreen[Answer | None]):
    """A modal question; its answer is None when it was cancelled.

    `accept` does what the answer asks for while the dialog stands: it returns False and complains when that was
    refused, and the dialog stays open with everything that was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", show=False),
        Binding("enter,ctrl+s", "store", "store", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    def __init__(
        self, head: str, said: str = "", foot: str = "enter stores · esc cancels", accept: Accept[Answer] | None = None
    ) -> None:
        super().__init__()
        self._head, self._said, self._foot, self._accept = head, said, foot, accept
        self._wrong = ""
        self._offering = False
        self._waited_for: asyncio.Future[Any] | None = None

    def fields(self) -> ComposeResult:
        """The widgets between head and foot."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Head, a body that scrolls (what it is about, fields), a line for complaints, foot."""
        with Vertical(classes="dialog"):
            yield Static(clean(self._head), markup=False, classes="head")
            with VerticalScroll(id="fields", can_focus=False):
                if self._said:
                    yield Static("", markup=False, classes="said")
                yield from self.fields()
            yield Static("", markup=False, classes="wrong", id="wrong")
            yield Static(clean(self._foot), markup=False, classes="foot", id="foot")

    def on_resize(self) -> None:
        """Keep head and foot on the screen whatever its size."""
        self._fit()

    @property
    def words_width(self) -> int:
        """Cells of a line of words in the box."""
        return max(min(72, self.size.width * 96 // 100) - MARGINS, 20)

    def _fit(self) -> None:
        around = 4 + len(wrapped(self._foot, self.words_width))  # two borders, the head, a blank line
        if self._wrong:
            around += len(wrapped(self._wrong, self.words_width))
        self.query_one("#fields").styles.max_height = max(self.size.height - around, 2)
        for reminder in self.query(".said").results(Static):
            reminder.update(self._reminder())

    def _reminder(self) -> str:
        """What the dialog is about: whole, or one line of it on a low screen."""
        said = clean(_shortened(self._said))
        if self.size.height >= LOW:
            return said
        first, *more = wrapped(said, self.words_width - 1)
        return f"{first} …" if more else first

    def complain(self, what: str) -> None:
        """Say what is wrong without closing."""
        self._wrong = clean(what)
        line = self.query_one("#wrong", Static)
        line.update(self._wrong)
        line.add_class("-shown")
        self._fit()

    def hint(self, foot: str) -> None:
        """Say in the last line what the keys do now."""
        self._foot = foot
        self.query_one("#foot", Static).update(clean(foot))
        self._fit()

    async def offer(self, answer: Answer) -> None:
        """Close with the answer, once it was accepted."""
        if self._offering:
            return
        self._offering = True
        try:
            if self._accept is None or await self._accept(answer, self.complain):
                self.dismiss(answer)
        finally:
            self._offering = False

    async def action_store(self) -> None:
        """Answer with what the fields hold."""

    async def wait_for(self, what: str, work: Callable[[], Result]) -> Result | None:
        """Do something in a thread that may take long, with the seconds in the last line; None when esc stopped it.

        To be called in a worker. Raises what `work` raises.
        """
        import asyncio

        from workbench.tui.waiting import aside

        foot, began = self._foot, monotonic()
        timer = self.set_interval(0.5, lambda: self.hint(f"{what} · {monotonic() - began:.0f} s · esc stops"))
        self.hint(f"{what} … · esc stops")
        waited_for: asyncio.Future[Result] = asyncio.ensure_future(aside(work))
        self._waited_for = waited_for
        try:
            return await waited_for
        except asyncio.CancelledError:
            if not self.is_attached:
                raise
            self.complain("Stopped: nothing was stored.")
            return None
        finally:
            timer.stop()
            self._waited_for = None
            if self.is_attached:
                self.hint(foot)

    def action_cancel(self) -> None:
        """Stop what is waited for; else close without an answer."""
        if self._waited_for is not None:
            self._waited_for.cancel()
        else:
            self.dismiss(None)


def _shortened(text: str) -> str:
    """A claim's words as a reminder, at most some three lines of them."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"
