"""The keys of the tab Verify in a review: verify, against what, and whether the meaning changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from workbench.tui.screens.card_keys import CardKeys
from workbench.tui.screens.desk_screen import Complain
from workbench.tui.tabs.verify import Verified, VerifyTab

if TYPE_CHECKING:
    from workbench.records import ActionRow, Meaning, Verification
    from workbench.services.store import Store


class VerifyKeys(CardKeys):
    """What the review does with its tab Verify."""

    def action_verify(self) -> None:
        """Open the tab, which verifies the claim's quote."""
        card = self.data.card
        if card is None:
            return
        if card.row.kind not in ("direct", "mixed"):
            self.desk.say(f"c{card.row.id} holds no words in quotation marks", "warning")
            return
        self.action_tab(VerifyTab.name)
        self.set_focus(self.card_pane)

    def _reveal_tab(self) -> None:
        """The finding and the question under it need the room of the card: its tab line goes to the top."""
        if isinstance(self.tab, VerifyTab):
            self.card_pane.scroll_to(y=max(self._tab_line() - 1, 0), animate=False, force=True)
        else:
            super()._reveal_tab()

    @work(exclusive=True, group="dialog")
    async def action_verify_against(self) -> None:
        """Name another text: a file, or a transcript or evidence of the store."""
        card = self.data.card
        if card is None or card.row.kind not in ("direct", "mixed"):
            self.action_verify()
            return
        from workbench.tui.dialogs.ask import AskLine

        tab = next(tab for tab in self._tabs() if isinstance(tab, VerifyTab))
        await self.app.push_screen_wait(
            AskLine(
                "Verify against",
                card.row.text,
                " ".join(tab.against),
                "path of a file, or t2; empty: all that the store has",
                foot="enter verifies · esc cancels",
                accept=lambda answer, complain: self._against(tab, answer, complain),
            )
        )
        self.action_verify()

    def _tabs(self) -> tuple[object, ...]:
        from workbench.tui.tabs import TABS

        return TABS

    async def _against(self, tab: VerifyTab, answer: str, complain: Complain) -> bool:
        wanted = (answer.strip(),) if answer.strip() else ()

        def readable(store: Store) -> bool:
            from workbench.services import verification

            verification.texts_for(store, None, wanted)
            return True

        if wanted and await self.attempt(readable, complain) is None:
            return False
        tab.against = wanted
        return True

    async def action_meaning_changed(self) -> None:
        """The difference changes the meaning."""
        await self._answer("changed")

    async def action_meaning_same(self) -> None:
        """The meaning stays."""
        await self._answer("same")

    async def _answer(self, meaning: Meaning) -> None:
        read = self.data.tab_data
        found = read.found if isinstance(read, Verified) and isinstance(self.tab, VerifyTab) else None
        if found is None or not found.found:
            self.desk.say("v verifies the quote first; then its meaning can be answered", "warning")
            return

        def keep(store: Store) -> tuple[Verification, ActionRow]:
            from workbench.services import verification

            if found.id is not None:
                return verification.answer(store, found.id, meaning)
            return verification.keep(store, found, meaning)

        done = await self.attempt(keep)
        if done is not None:
            await self.refresh_all()
            self.desk.say(f"{done[1].label} · u undoes")
