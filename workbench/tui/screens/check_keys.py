"""The keys of the tab Fact-checks in a review: this check answers the claim, or it does not; open its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from workbench.tui.screens.verify_keys import VerifyKeys
from workbench.tui.tabs.checks import ChecksTab, url_of

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store


class CheckKeys(VerifyKeys):
    """What the review does with its tab Fact-checks. While a check is chosen there, `x` and `o` are about it."""

    def action_fact_checks(self) -> None:
        """Open the tab, which looks for published checks."""
        if self.data.card is not None:
            self.action_tab(ChecksTab.name)
            self.set_focus(self.card_pane)

    async def action_check_confirm(self) -> None:
        """The chosen check answers the claim."""
        if self._check() is None:
            self.desk.say("C opens Fact-checks, j and k choose one there; then c confirms it", "warning")
            return
        await self._decide("confirmed")

    async def action_not_a_claim(self) -> None:
        """Reject the chosen check; without one mark the claim as no claim."""
        if self._check() is None:
            await super().action_not_a_claim()
        else:
            await self._decide("rejected")

    def article_url(self) -> str | None:
        """The address of the check under the keys, else that of the evidence or the article."""
        number = self._check()
        own = url_of(self._about(), f"k{number}") if number is not None else None
        return own or super().article_url()

    def _check(self) -> int | None:
        """The number of the check under the keys."""
        item = self.chosen_item()
        if not isinstance(self.tab, ChecksTab) or not self.card_pane.has_focus or item is None:
            return None
        return int(item.name[1:])

    async def _decide(self, state: Literal["confirmed", "rejected"]) -> None:
        claim_id, number = self.claim_id(), self._check()
        if claim_id is None or number is None:
            return

        def decide(store: Store) -> ActionRow:
            from workbench.services import checkdecisions

            return checkdecisions.decide(store, claim_id, number, state)

        done = await self.attempt(decide)
        if done is not None:
            await self.refresh_all()
            self.desk.say(f"{done.label} · u undoes")
