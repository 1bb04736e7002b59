"""Why a verdict was given: its explanation and its rationale, before it, on it, or after the desk has gone on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual import work

from workbench.actions import find
from workbench.errors import NotFoundError
from workbench.tui.keys import digit_key, shown_key
from workbench.tui.reading import load_claim
from workbench.tui.screens.claim_dialogs import ClaimDialogs
from workbench.tui.screens.desk_screen import Complain

if TYPE_CHECKING:
    from workbench.records import ActionRow, ClaimCard, ClaimRow, Verdict
    from workbench.services.store import Store

Reason = Literal["explain", "rationale"]
HEADS: dict[Reason, str] = {"explain": "Explanation", "rationale": "Rationale"}


class Explaining(ClaimDialogs):
    """Words given before a verdict go on to ask for it, and are stored with it as one action."""

    @work(exclusive=True, group="dialog")
    async def action_explain(self) -> None:
        """Explain the verdict in one sentence; where there is none yet, give it as well."""
        row = self.claim_row()
        if row is None:
            self.tell("no claim is chosen")
        elif not row.truth and not row.attribution:
            await self._reason_and_verdict(row, "explain", "")
        else:
            card = await self.read(lambda store: load_claim(store, row.id))
            if card is not None:
                await self._explain(card)

    @work(exclusive=True, group="dialog")
    async def action_explain_last(self) -> None:
        """Explain the verdict given last, wherever the desk has gone since."""
        claim_id = self.desk.judged
        if claim_id is None:
            self.tell("no verdict was given since the desk was opened: nothing to explain")
            return
        card = await self.read(lambda store: _card(store, claim_id))
        if card is None or _standing(card) is None:
            self.tell(f"c{claim_id}, judged last, has no verdict any more: nothing to explain")
        else:
            await self._explain(card)

    async def _explain(self, card: ClaimCard) -> None:
        """Ask for the explanation of the verdict that stands on a claim, in hand or not."""
        from workbench.tui.dialogs.ask import AskLine

        row, standing = card.row, _standing(card)
        before = (standing.explanation if standing else None) or ""

        async def accept(answer: str, complain: Complain) -> bool:
            if answer == before:
                return True
            if row.id == self.claim_id():
                return await self.mark(explain=answer, complain=complain)
            return await self._explain_other(row.id, card.revision, answer, complain)

        given = f"{_label(standing)} · " if standing else ""
        head = f"Explanation of c{row.id}"
        await self.app.push_screen_wait(AskLine(head, f"{given}{row.text}", before, "in one sentence", accept=accept))

    async def _explain_other(self, claim_id: int, revision: int, answer: str, complain: Complain) -> bool:
        def work(store: Store) -> ActionRow:
            from workbench.services import review

            return review.mark(store, [claim_id], explain=answer, revision=revision)

        action = await self.attempt(work, complain)
        if action is not None:
            self.desk.say(f"{action.label} · u undoes")
        return action is not None

    @work(exclusive=True, group="dialog")
    async def action_rationale(self) -> None:
        """Write the rationale of the verdict in $EDITOR; in a dialog where there is none."""
        row = self.claim_row()
        if row is None:
            self.tell("no claim is chosen")
            return
        card = await self.read(lambda store: load_claim(store, row.id))
        standing = _standing(card) if card else None
        before = (standing.rationale if standing else None) or ""
        written = await self.in_editor(before, f"Rationale of c{row.id}")
        if written is None or written.strip() == before:
            return
        if standing is None:
            await self._reason_and_verdict(row, "rationale", written)
        else:
            await self.mark(rationale=written)

    async def _reason_and_verdict(self, row: ClaimRow, reason: Reason, words: str) -> None:
        """Ask for words, if there are none, then for the verdict they are of; esc there goes back to the words."""
        from workbench.tui.dialogs.ask import AskLine

        given = words or None
        while given is None or not await self._verdict_of(row, reason, given):
            asked = AskLine(
                f"{HEADS[reason]} of c{row.id}, then its verdict", row.text, given or "", needed="Say why, or esc.",
                foot="enter goes on to the verdict · esc cancels", lines=reason == "rationale",
            )  # fmt: skip
            given = await self.app.push_screen_wait(asked)
            if given is None:
                return

    async def _verdict_of(self, row: ClaimRow, reason: Reason, words: str) -> bool:
        """Ask for the truth verdict that the words explain; False when that was given up."""
        from workbench.tui.dialogs.pick_one import PickOne

        async def accept(label: str, complain: Complain) -> bool:
            if reason == "explain":
                return await self.mark(truth=label, explain=words, advance=True, complain=complain)
            return await self.mark(truth=label, rationale=words, advance=True, complain=complain)

        scale = next(scale for scale in self.desk.scales if scale.judgement == "truth")
        options = [(digit_key(label.key), label.id, label.label.lower()) for label in scale.labels]
        foot = "its key, or ↑ ↓ and enter · esc back to the words"
        picked = await self.app.push_screen_wait(PickOne(f"Verdict of c{row.id}", words, options, None, accept, foot))
        return picked is not None


def then_explain() -> str:
    """How the verdict just given is explained, for the toast after it."""
    return f"{shown_key(find('explain_last'))} explains"


def _card(store: Store, claim_id: int) -> ClaimCard | None:
    try:
        return load_claim(store, claim_id)
    except NotFoundError:
        return None


def _standing(card: ClaimCard) -> Verdict | None:
    """The verdict that an explanation belongs to: truth first, then attribution."""
    return card.truth or card.attribution


def _label(verdict: Verdict) -> str:
    return verdict.label.replace("-", " ")
