"""Sentences under the keys: going to one, and marking it or its paragraph as nothing to check, opinion or waived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.tui.screens.claim_editing import ClaimEditing

if TYPE_CHECKING:
    from workbench.records import ActionRow, SentenceRow
    from workbench.services.store import Store


class SentenceKeys(ClaimEditing):
    """What the review does with sentences. The one under the keys is that of the current claim until J or K moves."""

    def _sentences(self) -> tuple[SentenceRow, ...]:
        return self.data.view.sentences

    def _place(self) -> int | None:
        """Index of the sentence under the keys."""
        card, rows = self.data.card, self._sentences()
        shown = card is not None and card.version == self.data.view.version and card.row.anchor_state != "lost"
        start = self.article.here[0] if self.article.here else card.start if card and shown else None
        if start is None:
            return None
        return next((place for place, row in enumerate(rows) if row.start <= start < row.end), None)

    def action_next_sentence(self) -> None:
        """The next sentence of the article."""
        self._step_sentence(1)

    def action_previous_sentence(self) -> None:
        """The sentence before."""
        self._step_sentence(-1)

    def _step_sentence(self, by: int) -> None:
        rows, place = self._sentences(), self._place()
        target = 0 if place is None else place + by
        if 0 <= target < len(rows):
            self.article.go_to_sentence((rows[target].start, rows[target].end))
        else:
            self.desk.say("this is the last sentence" if by > 0 else "this is the first sentence", "warning")

    async def action_mark_sentence(self, mark: str, whole: str = "") -> None:
        """Mark the sentence under the keys, or with `whole` its paragraph; the same mark again takes it away."""
        place, rows = self._place(), self._sentences()
        if place is None:
            self.desk.say("no sentence is under the keys: J and K go through them", "warning")
            return
        chosen = self._paragraph_of(rows[place]) if whole else [rows[place]]
        wanted = None if all(row.mark == mark for row in chosen) else mark

        def work(store: Store) -> ActionRow:
            from workbench.services import sentences

            return sentences.mark(store, [row.id for row in chosen], wanted)

        action = await self.attempt(work)
        if action is None:
            return
        self._patch({row.id: replace(row, mark=wanted, settled=wanted is not None) for row in chosen})
        self.desk.say(f"{action.label} · {self.data.view.row.coverage:.0%} settled · u undoes")
        self._on_to_unsettled(chosen[-1] if wanted else None)

    def _patch(self, changed: Mapping[int, SentenceRow]) -> None:
        """Show marks at once; what else follows comes when the keys rest: a long article takes a while to read."""
        view = self.data.view
        rows = tuple(changed.get(row.id, row) for row in view.sentences)
        row = replace(view.row, settled=sum(one.settled for one in rows))
        self.data = replace(self.data, view=replace(view, sentences=rows, row=row))
        self.article.remark(self.data.view)
        self.refresh_top()
        self._reread(view.row.id)

    def _on_to_unsettled(self, after: SentenceRow | None) -> None:
        """Go to the next sentence that nothing settles and that has no claim; stay where there is none."""
        rows = self._sentences()
        at = next(
            (row for row in rows if after and row.start > after.start and not row.settled and not row.claims), None
        )
        if at is not None:
            self.article.go_to_sentence((at.start, at.end))

    def _paragraph_of(self, sentence: SentenceRow) -> list[SentenceRow]:
        for span in self.data.view.paragraphs:
            if span.start <= sentence.start < span.end:
                return [row for row in self._sentences() if span.start <= row.start < span.end]
        return [sentence]

    if TYPE_CHECKING:

        def refresh_top(self) -> None: ...  # noqa: D102 - the screen has these

        def _reread(self, article_id: int) -> Any: ...

    async def action_nothing_to_check(self) -> None:
        """The sentence holds nothing to check."""
        await self.action_mark_sentence("nothing to check")

    async def action_opinion(self) -> None:
        """The sentence is opinion."""
        await self.action_mark_sentence("opinion")

    async def action_waive_sentence(self) -> None:
        """The sentence stays unchecked."""
        await self.action_mark_sentence("waived")

    async def action_nothing_in_paragraph(self) -> None:
        """The paragraph holds nothing to check."""
        await self.action_mark_sentence("nothing to check", "paragraph")

    async def action_opinion_paragraph(self) -> None:
        """The paragraph is opinion."""
        await self.action_mark_sentence("opinion", "paragraph")

    async def action_waive_paragraph(self) -> None:
        """The paragraph stays unchecked."""
        await self.action_mark_sentence("waived", "paragraph")
