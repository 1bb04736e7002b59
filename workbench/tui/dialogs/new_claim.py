"""A new claim from selected words: what kind it is and whose words these are."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Input, Static

from workbench.records import CLAIM_KINDS
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.dialogs.choice import Choice


@dataclass(frozen=True, slots=True)
class NewClaim:
    """The kind, and the name of the source ("" for none)."""

    kind: str
    source: str


class NewClaimDialog(Dialog[NewClaim]):
    """Enter stores; the kind is chosen with the arrows."""

    def __init__(self, words: str, accept: Accept[NewClaim] | None = None) -> None:
        super().__init__("New claim", words, "← → kind · tab whose words · enter stores · esc cancels", accept)
        quoted = words[:1] in "“\"‘«„'" and words[-1:] in "”\"’»“'"
        self._kind = "direct" if quoted and len(words) > 1 else "statement"

    def fields(self) -> ComposeResult:
        """Kind and source."""
        yield Choice("kind", CLAIM_KINDS, self._kind, id="kind")
        yield Static("whose words (a statement is the article's own)", markup=False, classes="label")
        yield OneLine(id="source", placeholder="a name, or s5")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Store from the name's field too."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with both."""
        kind, name = self.query_one("#kind", Choice).value, self.query_one("#source", OneLine).value.strip()
        await self.offer(NewClaim(kind, name))
