"""Choosing several claims and marking them together: one action, asked for with its number, undone in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work

from workbench.tui.reading import Query, matching
from workbench.tui.screens.claim_actions import ClaimActions
from workbench.tui.screens.desk_screen import Complain
from workbench.tui.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.records import ClaimFilter
    from workbench.services.several import Marked, Standing
    from workbench.services.store import Store
    from workbench.tui.tasks import Task

LONGEST_COPY = 70_000  # bytes: terminals drop a longer OSC 52
AT_ONCE = 500  # claims that are marked before the next key is taken; more are long work
JUDGEMENTS = ("truth", "attribution")


class Selecting(ClaimActions):
    """The actions on one claim, or on the chosen ones when there are any."""

    selection = Selection()

    def select(self, selection: Selection) -> None:
        """Choose these claims."""
        self.selection = selection
        self.selection_changed()

    def selection_changed(self) -> None:
        """Draw what is chosen."""

    def reading_query(self) -> Query:
        """The order of the list."""
        raise NotImplementedError

    @property
    def chosen_words(self) -> str:
        """How many are chosen, in words."""
        return "1 claim" if len(self.selection) == 1 else f"{len(self.selection):,} claims"

    async def action_select_all(self) -> None:
        """Choose all that match, or none when all are chosen."""
        if self.selection.query is not None and not self.selection.ids:
            self.select(Selection())
            return
        query = self.reading_query()
        count = await self.read(lambda store: matching(store, query))
        if not count:
            self.desk.say("nothing matches, so there is nothing to select", "warning")
        else:
            self.select(Selection(frozenset(), query, count))

    # -- doing

    async def mark(self, *, advance: bool = False, complain: Complain | None = None, **changes: Any) -> bool:
        """Mark the claim in hand, or the chosen ones: after a question, unless a dialog has named their number."""
        if not self.selection:
            return await super().mark(advance=advance, complain=complain, **changes)
        if self.is_busy(complain):
            return False
        if complain is not None or len(self.selection) == 1:
            await self._mark_chosen(changes)
            return True
        self._ask(changes)
        return False

    @work(exclusive=True, group="dialog")
    async def _ask(self, changes: dict[str, Any]) -> None:
        from workbench.tui.dialogs.confirm import Confirm

        chosen = self._chosen()
        found = await self.read(lambda store: _standing(store, chosen))
        if found is None:
            return
        options, keeps = _options(found, changes)

        async def accept(answer: str, complain: Complain) -> bool:
            self.call_after_refresh(self._mark_chosen, changes, keep=keeps and answer != options[-1])
            return True

        head = f"{_what(changes).capitalize()} on {found.claims:,} claims"
        await self.app.push_screen_wait(Confirm(head, _about(found, changes), options, accept))

    def _chosen(self) -> Any:
        """The filter or the claims, read in the thread that marks them."""
        chosen = self.selection
        if chosen.query is None:
            return sorted(chosen.ids)
        return (chosen.query.filter, chosen.ids) if chosen.ids else chosen.query.filter

    async def _mark_chosen(self, changes: dict[str, Any], *, keep: bool = False) -> None:
        chosen, words = self._chosen(), self.chosen_words
        if len(self.selection) <= AT_ONCE:
            await self._marked(await self.attempt(lambda store: _mark(store, chosen, keep, changes, None)))
        else:
            self._mark_long(f"marking {words}", chosen, keep, changes)

    @work(group="long")
    async def _mark_long(self, label: str, chosen: Any, keep: bool, changes: dict[str, Any]) -> None:
        await self._marked(
            await self.desk.run_long(label, lambda store, task: _mark(store, chosen, keep, changes, task))
        )

    async def _marked(self, done: Marked | None) -> None:
        if done is None:
            return
        self.select(Selection())
        await self.refresh_all()
        self.desk.say(f"{done.said} · u undoes")

    # -- what is for one claim, and what asks in another way for several

    def action_wording(self) -> None:  # type: ignore[override]
        """A wording belongs to one claim."""
        self._alone("a wording", self.tell) and super().action_wording()

    def action_explain(self) -> None:  # type: ignore[override]
        """An explanation belongs to one claim."""
        self._alone("an explanation", self.tell) and super().action_explain()

    def action_evidence(self) -> None:  # type: ignore[override]
        """Evidence belongs to one claim."""
        self._alone("evidence", self.tell) and super().action_evidence()

    def _alone(self, what: str, refuse: Callable[[str], None] | None = None) -> bool:
        if self.selection:
            why = f"{what} is for one claim: esc takes back the selection of {self.chosen_words}"
            refuse(why) if refuse else self.desk.say(why, "warning")
        return not self.selection

    def action_attribution(self) -> None:
        """For several, statements among them are passed over and told."""
        row = self.claim_row()
        if self.selection and row is not None and self._scale("attribution") is not None:
            self.ask_attribution()
        else:
            super().action_attribution()

    async def action_clear(self) -> None:
        """Take both verdicts away."""
        if self.selection:
            await self.mark(clear=JUDGEMENTS)
        else:
            await super().action_clear()

    async def action_verify(self) -> None:
        """Open the claim in its article and verify its quote."""
        await self._in_review("verify", "verifying")

    async def action_fact_checks(self) -> None:
        """Open the claim in its article and look for published checks."""
        await self._in_review("fact_checks", "looking for fact-checks")

    async def _in_review(self, action: str, what: str) -> None:
        claim_id = self.claim_id()
        if claim_id is not None and self._alone(what):
            await self.desk.open_review(claim_id, action)

    async def action_copy(self) -> None:
        """The words of each chosen claim, a line each, in the order of the list."""
        if not self.selection:
            await super().action_copy()
            return
        query, chosen = self.reading_query(), self._chosen()
        found = await self.read(lambda store: _texts(store, query, chosen))
        if found is not None:
            words, all_of_them = found
            what = self.chosen_words if all_of_them else f"the first {len(words):,} of {self.chosen_words}"
            self.desk.copy(what, "\n".join(words))

    def action_note(self) -> None:  # type: ignore[override]
        """The same note on each."""
        if self.selection:
            self._ask_words("Note on {}", "note", "", lines=True)
        else:
            super().action_note()

    def action_waive(self) -> None:  # type: ignore[override]
        """The same reason for each."""
        if self.selection:
            self._ask_words("Why do {} stay unchecked", "waive", "A waived claim needs a reason.")
        else:
            super().action_waive()

    @work(exclusive=True, group="dialog")
    async def _ask_words(self, head: str, name: str, needed: str, *, lines: bool = False) -> None:
        from workbench.tui.dialogs.ask import AskLine

        async def accept(answer: str, complain: Complain) -> bool:
            changes: dict[str, Any] = {name: answer}
            return not answer.strip() or await self.mark(complain=complain, **changes)

        foot = f"enter stores for {self.chosen_words} · esc cancels"
        dialog = AskLine(head.format(self.chosen_words), needed=needed, foot=foot, lines=lines, accept=accept)
        await self.app.push_screen_wait(dialog)

    def action_source(self) -> None:  # type: ignore[override]
        """The same source for each."""
        if self.selection:
            self._ask_source()
        else:
            super().action_source()

    @work(exclusive=True, group="dialog")
    async def _ask_source(self) -> None:
        from workbench.services import lists
        from workbench.tui.dialogs.source import SHOWN, SourceDialog

        store = self.store
        if store is None:
            return
        await self.app.push_screen_wait(
            SourceDialog(
                f"For {self.chosen_words}.",
                "",
                lambda text: lists.source_rows(store, text, limit=SHOWN),
                lambda answer, complain: self.mark(source=answer, complain=complain),
            )
        )

    def action_flags(self) -> None:  # type: ignore[override]
        """Set or take away the same flags on each."""
        if self.selection:
            self._ask_flags()
        else:
            super().action_flags()

    @work(exclusive=True, group="dialog")
    async def _ask_flags(self) -> None:
        from workbench.tui.dialogs.flags import FlagChange, FlagsDialog

        async def accept(change: FlagChange, complain: Complain) -> bool:
            if not change.added and not change.removed:
                return True
            return await self.mark(flags=change.added, unflags=change.removed, complain=complain)

        said = f"For {self.chosen_words}: [x] sets, [-] takes away, [ ] leaves each as it is."
        await self.app.push_screen_wait(FlagsDialog(said, self.desk.flags, (), accept, several=True))


def _standing(store: Store, chosen: Any) -> Standing:
    from workbench.services import several

    return several.standing(store, _resolved(store, chosen))


def _mark(store: Store, chosen: Any, keep: bool, changes: dict[str, Any], task: Task | None) -> Marked:
    from workbench.services import several

    watch = task.watch if task is not None else None
    return several.mark_many(store, _resolved(store, chosen), keep=keep, watch=watch, **changes)


def _resolved(store: Store, chosen: Any) -> ClaimFilter | Sequence[int]:
    """A filter or claims; a filter with claims left out becomes the other ones."""
    if not isinstance(chosen, tuple):
        return chosen  # type: ignore[no-any-return]
    from workbench.services import several

    wanted, without = chosen
    return [claim_id for claim_id in several.claim_ids(store, wanted) if claim_id not in without]


def _texts(store: Store, query: Query, chosen: Any) -> tuple[list[str], bool]:
    """The words of the chosen claims, a line each, as many as a clipboard takes, and whether these are all."""
    from workbench.services import several

    return several.texts(store, _resolved(store, chosen), query.sort, query.descending, LONGEST_COPY)


def _what(changes: dict[str, Any]) -> str:
    """The change in words, for the question."""
    for name, value in changes.items():
        if name in JUDGEMENTS:
            return f"{'truth' if name == 'truth' else 'said so'}: {str(value).replace('-', ' ')}"
    if changes.get("clear"):
        return "no verdict"
    return str(changes.get("status") or "this")


def _options(found: Standing, changes: dict[str, Any]) -> tuple[list[str], bool]:
    """What it can be done on, and whether the first of two options keeps the verdicts that stand."""
    judged = sum(getattr(found, name) for name in JUDGEMENTS if name in changes)
    if not judged or judged == found.claims:
        return [f"all {found.claims:,}"], False
    return [f"the {found.claims - judged:,} without one", f"all {found.claims:,}"], True


def _about(found: Standing, changes: dict[str, Any]) -> str:
    said = [f"{found.settled:,} of them are settled already." if found.settled else "None of them is settled yet."]
    judged = sum(getattr(found, name) for name in JUDGEMENTS if name in changes)
    if judged:
        said.append(f"{judged:,} have such a verdict, which “all” replaces.")
    if "attribution" in changes and found.statements:
        said.append(f"{found.statements:,} are statements, which have no speaker: they are passed over.")
    return " ".join([*said, "One u takes it back."])
