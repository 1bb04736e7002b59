"""Help: the keys of a screen and what they do, made from the table of actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.actions import Place, in_place
from workbench.text import fit
from workbench.tui.keys import shown_key
from workbench.tui.lines import Line, Part
from workbench.tui.tab_lines import paragraph
from workbench.tui.widgets.line_pane import LinePane

SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "queue": (
        ("▇▇▇▁▁", "check-worthiness: how much a check would matter; it sorts, it never hides"),
        ("○", "open; a letter is the verdict of the scale, w waived, x not a claim"),
        ("~", "a guess of the machine that nobody confirmed"),
        ("≈3 ⚠", "the quote occurs three times; ⚠ names what differs between the occurrences"),
        ("⚑ e2", "flags; two pieces of evidence"),
        ("/", "words search; source: outlet: kind: status: verdict: is: has: flag: check>0.5 narrow"),
    ),
    "review": (
        ("○ ✓ ·", "margin: the sentence is open, settled, has nothing to check"),
        ("▌ ▐ ▌", "where you are; the current claim stands between the bars where a blank allows it"),
        ("d m i s", "right edge: an open claim begins here: direct, mixed, indirect, statement"),
        ("T F … !", "right edge: the verdict's letter of a settled claim; ! stale"),
    ),
}


def help_lines(place: Place, width: int) -> list[Line]:
    """Every key of a screen, then the signs."""
    made: list[Line] = [(Part("Keys", "strong"),)]
    for action in in_place(place):
        made += _entry(shown_key(action), action.help, width, "key")
    made += [(), (Part("Signs", "strong"),)]
    for sign, words in SIGNS.get(place, ()):
        made += _entry(sign, words, width, "accent")
    made += [(), (Part("Elsewhere", "strong"),)]
    made += _entry("ctrl+p", "every action by name, and the themes", width, "key")
    made += _entry(
        "mouse", "click, double click and wheel work; hold shift for the terminal's own selection", width, "key"
    )
    return made


def _entry(key: str, words: str, width: int, role: str) -> list[Line]:
    rows = paragraph(words, max(width - 10, 20))
    return [(Part(fit(key if not place else "", 10), role), *row) for place, row in enumerate(rows)]


class HelpScreen(ModalScreen[None]):
    """Closed by any of esc, q, ? and enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "close", show=False),
        Binding("j,down", "line(1)", show=False),
        Binding("k,up", "line(-1)", show=False),
    ]

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place: Place = "review" if place == "review" else "queue"

    def compose(self) -> ComposeResult:
        """The lines in a box."""
        with Vertical(classes="dialog"):
            yield LinePane(id="keys")
            yield Static("esc closes · ↑ ↓ scroll", markup=False, classes="foot")

    def on_mount(self) -> None:
        """Draw the keys; a toast would hide some."""
        self.app.clear_notifications()
        self.query_one("#keys", LinePane).show(lambda width: help_lines(self._place, width))

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss(None)

    def action_line(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#keys", LinePane).scroll_relative(y=by, animate=False)
