"""Editing the current claim in its text: its edges, a cut, a merge, a new claim from a selection, kind and voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, work

from workbench.records import ANONYMITY, CLAIM_KINDS
from workbench.tui.picking import Pick, character_before, next_character, next_word, word_before
from workbench.tui.screens.card_keys import CardKeys
from workbench.tui.screens.desk_screen import Complain
from workbench.tui.widgets.hint_bar import Hint, HintBar

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store
    from workbench.tui.dialogs.base import Accept
    from workbench.tui.widgets.article_pane import ArticlePane

_ENDS: list[Hint] = [("← →", "word", ""), ("h l", "character", "")]
_KEYS: dict[str, list[Hint]] = {
    "respan": [*_ENDS, ("< >", "which end", ""), ("enter", "store", "pick_store"), ("esc", "leave it", "pick_stop")],
    "split": [*_ENDS, ("enter", "split here", "pick_store"), ("esc", "leave it", "pick_stop")],
    "add": [
        *_ENDS, ("↑ ↓", "line", ""), ("space", "from here", "pick_begin"), ("enter", "claim", "pick_store"),
        ("esc", "leave it", "pick_stop"),
    ],
}  # fmt: skip
_LEADS = {"respan": "edges", "split": "split", "add": "select"}


class ClaimEditing(CardKeys):
    """While places are chosen (`article.pick`) the keys go there and nowhere else."""

    # -- choosing places

    def _pick(self, pick: Pick | None) -> None:
        if pick is not None and not self.article.has_focus:
            self.set_focus(self.article)
        self.app.clear_notifications()
        self.article.choose(pick)
        self.show_hints()

    def show_hints(self) -> None:
        """The keys of what is being chosen, else those of the focus."""
        pick = self.article.pick if self.is_mounted else None
        if pick is None:
            super().show_hints()
        else:
            lead = _LEADS[pick.mode]
            if pick.mode == "respan":
                lead = "first word" if pick.moves_start else "last word"
            self.query_one(HintBar).show(_KEYS[pick.mode], lead)

    async def on_key(self, event: events.Key) -> None:
        """Keys that choose places, while there are any to choose."""
        pick = self.article.pick
        if pick is None:
            await super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        moved = self._moved(pick, event.key)
        if event.key == "escape":
            self.action_pick_stop()
        elif (
            event.key == "enter"
            or (event.key == "vertical_line" and pick.mode == "split")
            or (event.key == "a" and pick.mode == "add")
        ):
            self.action_pick_store()
        elif event.key == "space" and pick.mode == "add":
            self.action_pick_begin()
        elif event.key in ("less_than_sign", "greater_than_sign") and pick.mode == "respan":
            self._pick(pick.turned(event.key == "less_than_sign"))
        elif moved is not None:
            self._pick(pick.moved_to(moved))

    def _moved(self, pick: Pick, key: str) -> int | None:
        """Where a key takes the moving end; None for a key that moves nothing."""
        text, at = self.article.text, pick.cursor
        ends = not pick.moves_start and pick.mode != "split"
        step: dict[str, Callable[[], int]] = {
            "right": lambda: next_word(text, at, ends=ends),
            "left": lambda: word_before(text, at, ends=ends),
            "l": lambda: next_character(text, at),
            "h": lambda: character_before(text, at),
            "down": lambda: self.article.line_up_or_down(at, 1),
            "up": lambda: self.article.line_up_or_down(at, -1),
        }
        step["w"], step["b"], step["j"], step["k"] = step["right"], step["left"], step["down"], step["up"]
        for name in ("right", "left", "down", "up"):
            step[f"shift+{name}"] = step[name]
        return step[key]() if key in step else None

    def action_pick_begin(self) -> None:
        """The selection begins at the cursor."""
        if self.article.pick is not None:
            self._pick(self.article.pick.dropped())

    def action_pick_stop(self) -> None:
        """Leave everything as it is."""
        self._pick(None)

    def action_pick_store(self) -> None:
        """Store what was chosen."""
        pick = self.article.pick
        if pick is None:
            return
        if pick.mode == "add":
            self._add(*pick.span)
        elif pick.mode == "split":
            self._write(lambda store, claim: _split(store, claim, pick.end, self.revision()))
        else:
            self._write(lambda store, claim: _respan(store, claim, pick.start, pick.end, self.revision()))

    @work(exclusive=True, group="edit", exit_on_error=False)
    async def _write(self, work: Callable[[Store, int], tuple[int, ActionRow]]) -> None:
        """Do an edit of the current claim; what was being chosen stays when it is refused."""
        claim_id = self.claim_id()
        if claim_id is None:
            return
        done = await self.attempt(lambda store: work(store, claim_id))
        if done is not None:
            self._pick(None)
            await self._edited(*done)

    async def _edited(self, claim_id: int, action: ActionRow) -> None:
        await self.go_to(claim_id, reread=True)
        self.desk.say(f"{action.label} · u undoes")

    # -- the edits

    def action_respan_start(self) -> None:
        """Move the beginning of the claim."""
        self._respan(moves_start=True)

    def action_respan_end(self) -> None:
        """Move the end of the claim."""
        self._respan(moves_start=False)

    def _respan(self, *, moves_start: bool) -> None:
        if self._stands_here():
            card = self.data.card
            assert card is not None
            self._pick(Pick("respan", card.start, card.end, 0, len(self.article.text), moves_start))

    def action_split(self) -> None:
        """Cut the claim in two."""
        card = self.data.card
        if card is None or not self._stands_here():
            return
        text = self.article.text
        middle = next_word(text, (card.start + card.end) // 2, ends=False)
        at = middle if middle < card.end else next_word(text, card.start, ends=False)
        if at >= card.end:
            at = card.start + 1
        self._pick(Pick("split", card.start, at, card.start + 1, card.end - 1).moved_to(at))

    def _stands_here(self) -> bool:
        """Whether the claim stands in the text that is shown; else a toast says why it cannot be edited."""
        card = self.data.card
        if card is None:
            self.desk.say("this article has no claims: a adds one", "warning")
            return False
        if card.row.anchor_state == "lost" or card.version != self.data.view.version:
            self.desk.say(f"the words of c{card.row.id} are gone from this version", "warning")
            return False
        return True

    def action_merge(self) -> None:
        """Take the next claim of the same sort into this one."""

        def work(store: Store, claim_id: int) -> tuple[int, ActionRow]:
            from workbench.services import claims

            return claim_id, claims.merge(store, claim_id, revision=self.revision())

        self._write(work)

    def action_add_claim(self) -> None:
        """Choose words of the article for a new claim."""
        text, card = self.article.text, self.data.card
        at = self.article.here[0] if self.article.here else card.end if card and self._shown_here() else 0
        begin = next_word(text, at, ends=False) if at else next_word(" " + text, 0, ends=False) - 1
        begin = min(max(begin, 0), max(len(text) - 1, 0))
        self._pick(Pick("add", begin, begin, 0, len(text)))

    def _shown_here(self) -> bool:
        card = self.data.card
        return card is not None and card.version == self.data.view.version and card.row.anchor_state != "lost"

    def on_article_pane_selected(self, event: ArticlePane.Selected) -> None:
        """Words were selected with the mouse."""
        self._pick(Pick("add", event.start, event.end, 0, len(self.article.text)))

    @work(exclusive=True, group="dialog")
    async def _add(self, start: int, end: int) -> None:
        words = " ".join(self.data.view.text[start:end].split())
        if not words:
            self.desk.say("select some words first: space begins, the arrows go on", "warning")
            return
        from workbench.tui.dialogs.new_claim import NewClaim, NewClaimDialog

        article_id, store = self.data.view.row.id, self.store
        if store is None:
            return

        async def accept(answer: NewClaim, complain: Complain) -> bool:
            def work(store: Store) -> tuple[int, ActionRow]:
                from workbench.services import claims

                return claims.add(store, article_id, start, end, kind=answer.kind, source=answer.source or None)

            done = await self.attempt(work, complain)
            if done is None:
                return False
            self._pick(None)
            await self._edited(*done)
            return True

        await self.app.push_screen_wait(NewClaimDialog(words, accept))

    @work(exclusive=True, group="dialog")
    async def action_kind(self) -> None:
        """Say what kind of claim this is."""
        row = self.claim_row()
        if row is None:
            return
        from workbench.tui.dialogs.pick_one import PickOne

        kinds = {"direct": "all in quotation marks", "mixed": "partly in quotation marks",
                 "indirect": "reported, no marks", "statement": "the article's own voice"}  # fmt: skip
        options = [(kind[0], kind, f"{kind}: {kinds[kind]}") for kind in CLAIM_KINDS]
        await self.app.push_screen_wait(
            PickOne(f"Kind of c{row.id}", row.text, options, row.kind, self._setter("set_kind", row.id))
        )

    @work(exclusive=True, group="dialog")
    async def action_voice(self) -> None:
        """Say how near readers are to who speaks."""
        row = self.claim_row()
        if row is None:
            return
        from workbench.tui.card_lines import VOICES
        from workbench.tui.dialogs.pick_one import PickOne

        options = [(level.casefold(), level, f"{level} {VOICES[level]}") for level in ANONYMITY]
        await self.app.push_screen_wait(
            PickOne(f"Voice of c{row.id}", row.text, options, row.anonymity or "", self._setter("set_voice", row.id))
        )

    def _setter(self, verb: str, claim_id: int) -> Accept[str]:
        """What a dialog does with the word that was chosen."""

        async def accept(answer: str, complain: Complain) -> bool:
            def work(store: Store) -> ActionRow:
                from workbench.services import claims

                done: ActionRow = getattr(claims, verb)(store, [claim_id], answer, revision=self.revision())
                return done

            action = await self.attempt(work, complain)
            if action is not None:
                await self._edited(claim_id, action)
            return action is not None

        return accept


def _split(store: Store, claim_id: int, at: int, revision: int | None) -> tuple[int, ActionRow]:
    from workbench.services import claims

    return claim_id, claims.split(store, claim_id, at, revision=revision)[1]


def _respan(store: Store, claim_id: int, start: int, end: int, revision: int | None) -> tuple[int, ActionRow]:
    from workbench.services import claims

    return claim_id, claims.respan(store, claim_id, start, end, revision=revision)
