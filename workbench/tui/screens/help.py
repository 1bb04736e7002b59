"""Help: the keys of a screen and what they do, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.actions import PLACES, Place, find, in_place
from workbench.records import Scale
from workbench.text import clean_line, fit
from workbench.tui.keys import digit_key, shown_key
from workbench.tui.lines import Line, Part
from workbench.tui.tabs.blocks import paragraph
from workbench.tui.widgets.line_pane import LinePane

SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "queue": (
        ("▸", "the claim under the keys"),
        ("▇▇▇▁▁", "check-worthiness: how much a check would matter; it sorts, it never hides"),
        ("kind", "dir direct quote, mix quote inside reported words, ind reported words, stmt the article's own voice"),
        ("truth", "is it so? the letter of the verdict"),
        ("said", "did the source say it? the letter of the verdict"),
        ("○", "nobody judged it yet"),
        ("–", "there is nothing to judge, or nothing is named"),
        ("w x", "waived; not a claim"),
        ("~", "a source that the machine guessed and nobody confirmed"),
        ("(F)", "an unnamed source and how vaguely it is described, C to J; the card says it in words"),
        ("≈3", "the quote occurs three times"),
        ("⚠", "the occurrences differ: not (negation), no. (number), name (entity), hedge"),
        ("⚑1 e2", "flags; pieces of evidence"),
        ("stale", "its text changed after the verdict; lost: the words are gone from the newest version"),
        ("▴ ▾", "the order of the list: up, down"),
        ("/", "words search; source: outlet: kind: status: verdict: is: has: flag: check>0.5 narrow"),
    ),
    "review": (
        ("○ ◦ ✓", "margin: the sentence has an open claim, has no claim and no mark yet, is settled"),
        ("· * w", "margin: the sentence was marked nothing to check, opinion, waived"),
        ("▌ ▐ ▌", "where you are; the current claim stands between the bars where a blank allows it"),
        ("d m i s", "right edge: an open claim begins here: direct, mixed, indirect, statement"),
        ("T F … !", "right edge: the truth verdict's letter of a settled claim, – without one; ! stale"),
        ("w x", "right edge: waived; not a claim"),
        ("~", "a source that the machine guessed and nobody confirmed"),
        ("–", "there is nothing to judge"),
        ("≈ = ⊂ ●", "duplicates: nearly the same, the same, a part, the earliest"),
        ("⚠", "what differs between the occurrences of a quote"),
    ),
}
ASKS: dict[str, str] = {"truth": "truth", "attribution": "said"}


Signs = Sequence[tuple[str, str]]


def help_lines(place: Place, width: int, scales: Sequence[Scale] = (), signs: Signs = ()) -> list[Line]:
    """Every key of a screen, then the signs (those of the table and `signs`), then the letters of the scales."""
    made: list[Line] = [(Part("Keys", "strong"),)]
    for action in in_place(place):
        made += _entry(shown_key(action), action.help, width, "key")
    made += [(), (Part("Screens", "strong"),)]
    for info in PLACES:
        if info.letter:
            made += _entry(f"g {info.letter}", info.title.lower(), width, "key")
    shown = (*SIGNS.get(place, ()), *signs)
    made += [(), (Part("Signs", "strong"),)] if shown else []
    for sign, words in shown:
        made += _entry(sign, words, width, "accent")
    said = shown_key(find("attribution")).split()[0]
    for scale in scales:
        made += [(), (Part(f"Letters of {ASKS.get(scale.judgement, scale.judgement)}", "strong"),)]
        for label in scale.labels:
            key = digit_key(label.key) if scale.judgement == "truth" else f"{said} {digit_key(label.key)}"
            made += _entry(label.letter, f"{clean_line(label.label).lower()}  (key {key})", width, "accent")
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

    def __init__(self, place: Place, scales: Sequence[Scale] = (), signs: Signs = ()) -> None:
        super().__init__()
        self._scales, self._signs, self._place = scales, signs, place

    def compose(self) -> ComposeResult:
        """The lines in a box."""
        with Vertical(classes="dialog"):
            yield LinePane(id="keys")
            yield Static("esc closes · ↑ ↓ scroll", markup=False, classes="foot")

    def on_mount(self) -> None:
        """Draw the keys; a toast would hide some."""
        self.app.clear_notifications()
        self.query_one("#keys", LinePane).show(lambda width: help_lines(self._place, width, self._scales, self._signs))

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss(None)

    def action_line(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#keys", LinePane).scroll_relative(y=by, animate=False)
