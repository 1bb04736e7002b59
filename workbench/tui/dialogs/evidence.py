"""Evidence: an address or a file, the words that bear on the claim, what they do to it, and whether it is secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TextArea

from workbench.records import STANCES, Stance
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Dialog
from workbench.tui.dialogs.choice import Choice


@dataclass(frozen=True, slots=True)
class EvidenceAnswer:
    """What was filled in; `place` is an http(s) address or the path of a file."""

    place: str
    quote: str | None
    stance: Stance
    confidential: bool

    @property
    def is_url(self) -> bool:
        """Whether the place is a web address."""
        return self.place.casefold().startswith(("http://", "https://"))


class EvidenceDialog(Dialog[EvidenceAnswer]):
    """Enter in the address stores at once; tab goes on to the rest, ctrl+s stores from anywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "store", "store", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    def __init__(self, said: str) -> None:
        super().__init__("Evidence", said, "enter or ctrl+s stores · tab next field · esc cancels")

    def fields(self) -> ComposeResult:
        """Address, excerpt, stance, secrecy."""
        yield Static("address of a page (https://…) or path of a file", markup=False, classes="label")
        yield OneLine(id="place", placeholder="https://")
        yield Static("the words that bear on the claim", markup=False, classes="label")
        yield TextArea(id="quote", tab_behavior="focus", show_line_numbers=False)
        yield Choice("it", STANCES, id="stance")
        yield Choice("confidential", ("no", "yes"), id="secret")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Store what is there."""
        self.action_store()

    def action_store(self) -> None:
        """Answer with the fields."""
        place = self.query_one("#place", OneLine).value.strip()
        if not place:
            self.complain("Name an address or a file.")
            return
        self.dismiss(
            EvidenceAnswer(
                place,
                self.query_one("#quote", TextArea).text.strip() or None,
                cast(Stance, self.query_one("#stance", Choice).value),
                self.query_one("#secret", Choice).value == "yes",
            )
        )
