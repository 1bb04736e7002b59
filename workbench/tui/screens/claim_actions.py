"""The actions on one claim, the same in the queue and in review. Each write is one action of the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from textual import events, work

from workbench.errors import InputError, UsageError
from workbench.text import clean_line
from workbench.tui.keys import digit_key
from workbench.tui.reading import Query, following, what_is_left
from workbench.tui.screens.desk_screen import Complain
from workbench.tui.screens.explaining import HEADS, Explaining, then_explain
from workbench.tui.widgets.hint_bar import Hint, HintBar

if TYPE_CHECKING:
    from workbench.records import ActionRow, ClaimFilter, ClaimRow, Judgement, Scale
    from workbench.services.store import Store
    from workbench.tui.dialogs.evidence import EvidenceDialog


class ClaimActions(Explaining):
    """Verdicts, source, wording, evidence, notes, flags, status and reports, on the claim in hand."""

    asking_attribution = False
    ended: int | None = None  # the claim whose decision left nothing open of what the filter shows
    held_back: Mapping[str, Any] = MappingProxyType({})  # a decision that came for it by momentum
    way_back = " · u undoes"  # what follows a decision behind which nothing is open

    # -- what a screen says

    def claim_id(self) -> int | None:
        """The claim in hand."""
        raise NotImplementedError

    def claim_row(self) -> ClaimRow | None:
        """Its row, when it is here."""
        raise NotImplementedError

    def revision(self) -> int | None:
        """The revision that the reviewer sees; None where it is not shown."""
        return None

    def reading_query(self) -> Query:
        """The order in which the next open claim is looked for."""
        raise NotImplementedError

    async def decided(self, claim_id: int, next_id: int | None, advance: bool) -> None:
        """Show what changed, and go on when `advance`."""
        raise NotImplementedError

    def next_open(self, store: Store, claim_id: int) -> int | None:
        """Where a verdict goes on to; asked before it is stored."""
        return following(store, self.reading_query(), claim_id)

    def went_on(self, claim_id: int) -> str:
        """Where the desk has gone on to from this claim, where that is not plain to see; for the toast."""
        return ""

    def report_filter(self) -> ClaimFilter:
        """What a report from here holds."""
        return self.reading_query().filter

    # -- deciding

    async def mark(self, *, advance: bool = False, complain: Complain | None = None, **changes: Any) -> bool:
        """Judge the claim in hand; with `advance` go on to the next open one. False when it was refused."""
        claim_id = self.claim_id()
        if claim_id is None:
            self.desk.say("no claim is chosen", "warning")
            return False
        query, revision = self.reading_query(), self.revision()
        if advance and complain is None and self._by_momentum(claim_id, changes, query):
            return False

        judged = bool(changes.keys() & {"truth", "attribution"})
        explained = f" · {then_explain()}" if judged and not changes.keys() & set(HEADS) else ""

        def work(store: Store) -> tuple[ActionRow, int | None, str]:
            from workbench.services import review

            after = self.next_open(store, claim_id) if advance else None
            done = review.mark(store, [claim_id], revision=revision, **changes)
            return done, after, f"{what_is_left(store, query)}{explained} · u undoes"

        was_open, done = self._is_open(), await self.attempt(work, complain)
        if done is None:
            return False
        self.desk.judged = claim_id if judged else self.desk.judged
        action, after, then = done
        await self.decided(claim_id, after, advance)
        if advance and after is None:
            self.ended = claim_id
            then = f"{'that was the last open claim' if was_open else 'no other claim is open'}{query.of_filter}"
            then += self.way_back
        self.desk.say(f"{action.label} · {self.went_on(claim_id)}{then}")
        return True

    def _is_open(self) -> bool:
        row = self.claim_row()
        return row is not None and (row.stale or row.status in ("open", "in review"))

    def _by_momentum(self, claim_id: int, changes: dict[str, Any], query: Query) -> bool:
        """Whether a decision was meant for a claim after the last open one: that one takes it when it comes again."""
        if self.ended != claim_id or self.held_back == changes:
            self.ended, self.held_back = None, MappingProxyType({})
            return False
        self.held_back = changes
        why = f"it was the last open claim{query.of_filter} · the same key again changes it"
        self.desk.say(f"c{claim_id} stays: {why}{self.way_back}", "warning")
        return True

    async def action_truth(self, key: str) -> None:
        """A digit: the truth verdict and on to the next open claim, or the attribution label that was asked for."""
        if self.asking_attribution:
            await self.action_attribution_label(key)
            return
        label = self._label("truth", key)
        if label:
            await self.mark(truth=label, advance=True)

    async def action_attribution_label(self, key: str) -> None:
        """The attribution verdict of that key; the claim stays in hand for its truth."""
        self._stop_asking()
        label = self._label("attribution", key)
        if label:
            await self.mark(attribution=label)

    def _label(self, judgement: Judgement, key: str) -> str | None:
        scale = self._scale(judgement)
        if scale is None:
            self.desk.say("the store is still being opened", "warning")
            return None
        for label in scale.labels:
            if label.key == key:
                return label.id
        known = ", ".join(f"{digit_key(label.key)} {label.label.lower()}" for label in scale.labels)
        self.desk.say(f"{digit_key(key)} is no label of this scale: {known}", "warning")
        return None

    def _scale(self, judgement: Judgement) -> Scale | None:
        return next((scale for scale in self.desk.scales if scale.judgement == judgement), None)

    def action_attribution(self) -> None:
        """Wait for the digit of the attribution label."""
        row = self.claim_row()
        if row is not None and row.kind == "statement":
            self.desk.say("a statement is the article's own: it has no attribution judgement", "warning")
            return
        if self._scale("attribution") is not None and self.claim_id() is not None:
            self.ask_attribution()

    def ask_attribution(self) -> None:
        """Show the labels and wait for a digit."""
        self.asking_attribution = True
        self.app.clear_notifications()  # a toast would lie over the labels
        self.show_hints()

    def _stop_asking(self) -> None:
        self.asking_attribution = False
        self.show_hints()

    async def on_key(self, event: events.Key) -> None:
        """While a digit is waited for, any other key gives that up; esc does only that."""
        if event.key not in (*self._digit_keys(), self.app._keymap.get("not_a_claim", "x")):
            self.ended = None  # whoever did something else means the claim in hand
        if self.asking_attribution and event.key not in self._digit_keys():
            self._stop_asking()
            if event.key in ("escape", "Q"):
                event.stop()
                event.prevent_default()

    def _digit_keys(self) -> list[str]:
        chosen = self.app._keymap
        return [chosen.get(f"truth-{digit}", digit) for digit in "123456789"]

    def show_hints(self) -> None:
        """The footer of the focus, or the labels that are waited for."""
        scale = self._scale("attribution")
        if self.asking_attribution and scale is not None:
            labels: list[Hint] = [
                (digit_key(label.key), clean_line(label.label).lower(), f"attribution_label({label.key!r})")
                for label in scale.labels
            ]
            self.query_one(HintBar).show([*labels, ("esc", "cancel", "back")], "said so?")
        else:
            super().show_hints()

    async def action_clear(self) -> None:
        """Take both verdicts away."""
        row = self.claim_row()
        if row is None:
            return
        given: list[Judgement] = []
        if row.truth:
            given.append("truth")
        if row.attribution:
            given.append("attribution")
        if not given:
            self.desk.say(f"c{row.id} has no verdict to take away", "warning")
        else:
            await self.mark(clear=given)

    async def action_not_a_claim(self) -> None:
        """Mark as not a claim and go on."""
        await self.mark(status="not a claim", advance=True)

    async def action_approve(self) -> None:
        """Approve what another reviewer checked."""
        await self.mark(status="approved")

    # -- dialogs

    def _words(self) -> str:
        row = self.claim_row()
        return (row.wording or row.text) if row else ""

    @work(exclusive=True, group="dialog")
    async def action_wording(self) -> None:
        """Word the claim as it is checked."""
        row = self.claim_row()
        if row is None:
            self.tell("no claim is chosen")
            return
        from workbench.tui.dialogs.ask import AskLine

        start = row.wording or " ".join(row.text.split())
        await self.app.push_screen_wait(
            AskLine(
                f"Wording of c{row.id}",
                row.text,
                start,
                foot="enter stores · empty goes back to the text · esc cancels",
                accept=lambda answer, complain: self.mark(wording=answer, complain=complain),
            )
        )

    async def action_duplicates(self) -> None:
        """Compare the quote with its other occurrences."""
        claim_id = self.claim_id()
        if claim_id is None:
            return
        from workbench.tui.screens.compare import CompareScreen

        made = await CompareScreen.of_claim(self.desk, claim_id)
        if made is not None:
            await self.desk.push_screen(made)

    @work(exclusive=True, group="dialog")
    async def action_note(self) -> None:
        """Write a note."""
        claim_id = self.claim_id()
        if claim_id is None:
            self.tell("no claim is chosen")
            return
        from workbench.tui.dialogs.ask import AskLine

        async def accept(answer: str, complain: Complain) -> bool:
            return not answer.strip() or await self.mark(note=answer, complain=complain)

        await self.app.push_screen_wait(AskLine(f"Note on c{claim_id}", self._words(), lines=True, accept=accept))

    @work(exclusive=True, group="dialog")
    async def action_waive(self) -> None:
        """Leave the claim unchecked, with a reason."""
        claim_id = self.claim_id()
        if claim_id is None:
            self.tell("no claim is chosen")
            return
        from workbench.tui.dialogs.ask import AskLine

        await self.app.push_screen_wait(
            AskLine(
                f"Why does c{claim_id} stay unchecked",
                self._words(),
                needed="A waived claim needs a reason.",
                accept=lambda answer, complain: self.mark(waive=answer, advance=True, complain=complain),
            )
        )

    @work(exclusive=True, group="dialog")
    async def action_flags(self) -> None:
        """Set and unset flags."""
        row = self.claim_row()
        if row is None:
            self.tell("no claim is chosen")
            return
        from workbench.tui.dialogs.flags import FlagChange, FlagsDialog

        async def accept(change: FlagChange, complain: Complain) -> bool:
            if not change.added and not change.removed:
                return True
            return await self.mark(flags=change.added, unflags=change.removed, complain=complain)

        await self.app.push_screen_wait(FlagsDialog(row.text, self.desk.flags, row.flags, accept))

    @work(exclusive=True, group="dialog")
    async def action_evidence(self) -> None:
        """Add what the verdict rests on."""
        claim_id = self.claim_id()
        if claim_id is None:
            self.tell("no claim is chosen")
            return
        from workbench.tui.dialogs.evidence import EvidenceAnswer, EvidenceDialog

        async def accept(answer: EvidenceAnswer, complain: Complain) -> bool:
            page = None
            if answer.fetched:
                page = await self._copy_of(answer.place, dialog)
                if page is None:
                    return False

            def work(store: Store) -> ActionRow:
                from workbench.services import evidence

                where: dict[str, Any] = (
                    {"url": answer.place} if answer.is_url else {"file": Path(answer.place).expanduser()}
                )
                return evidence.add(
                    store,
                    claim_id,
                    page=page,
                    quote=answer.quote,
                    stance=answer.stance,
                    confidential=answer.confidential,
                    independent=answer.independent,
                    **where,
                )[1]

            action = await self.attempt(work, complain)
            if action is None:
                return False
            await self.decided(claim_id, None, False)
            self.desk.say(f"{action.label} · u undoes")
            return True

        dialog = EvidenceDialog(self._words(), accept)
        await self.app.push_screen_wait(dialog)

    async def _copy_of(self, address: str, dialog: EvidenceDialog) -> bytes | None:
        """The page that a person named, fetched as `evidence add --url` does; None, told in the dialog, without one."""

        allowed = self.desk.fetch_options

        def fetch() -> bytes | None:
            from workbench.services import evidence, pages

            return pages.fetcher(allowed).fetch(evidence.checked_url(address)).data

        try:
            return await dialog.wait_for("fetching the page", fetch)
        except InputError as error:
            reason = error.what.removeprefix(f"{address}: ")  # it stands in the dialog
            dialog.no_copy(f"No copy: {reason}")
        except UsageError as error:
            dialog.complain(str(error))
        return None

    async def action_report(self) -> None:
        """A report of what the filter shows."""
        from workbench.services.filters import format_filter

        await self.desk.open_report(format_filter(self.report_filter()))

    async def action_copy(self) -> None:
        """Copy the claim's words."""
        row = self.claim_row()
        if row is not None:
            self.desk.copy(f"c{row.id}", row.text)
