"""Compare: the variants of a family, earliest first, against a chosen one, and what belongs together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType

from workbench.errors import NotFoundError, UsageError
from workbench.records import Drift, Variant
from workbench.tui.compare_lines import dropped_lines, head_line, variant_lines
from workbench.tui.dialogs.base import Complain
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line
from workbench.tui.screens.desk_screen import DeskScreen
from workbench.tui.widgets.hint_bar import HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store
    from workbench.tui.app import DeskApp

Decide = Callable[["Store", int, list[int]], "ActionRow"]


class CompareScreen(DeskScreen):
    """One family. The cursor stands on a variant; `space` selects several for the next decision."""

    place = "compare"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("compare")
    signs = (
        ("● = ≈ ⊂ ≠", "the one that is compared with, the same words, like it, a fragment of it, neither"),
        ("⚠", "a number, a negation or a hedge differs"),
        ("‹ › – –", "words that this variant put in, words that it left out"),
        ("*", "selected for the next decision"),
    )

    def __init__(self, drift: Drift, claim_id: int) -> None:
        super().__init__()
        self.drift = drift
        self.marked: set[int] = set()
        self._rows: list[int] = []  # the first line of each variant
        claims = [variant.member.claim_id for variant in drift.variants]
        self.cursor = claims.index(claim_id) if claim_id in claims else 0

    @classmethod
    async def of_claim(cls, desk: DeskApp, claim_id: int) -> CompareScreen | None:
        """The screen on the family of a claim; None, after a toast, where it has none."""
        screen = desk.screen
        if not isinstance(screen, DeskScreen):
            return None
        found = await screen.read(lambda store: _family_of(store, claim_id))
        if found is None:
            desk.say(f"c{claim_id} has no other occurrence that is known", "warning")
            return None
        return cls(found, claim_id)

    def compose(self) -> ComposeResult:
        """The head, the variants, the footer."""
        yield Bar(lambda width: head_line(self.drift, width), id="top")
        yield LinePane(id="variants")
        yield HintBar()

    def on_mount(self) -> None:
        """Show the footer and the variants."""
        self.pane.focus()
        self.show_hints()
        self._draw()

    @property
    def pane(self) -> LinePane:
        """Where the variants stand."""
        return self.query_one("#variants", LinePane)

    @property
    def variant(self) -> Variant:
        """The variant under the cursor."""
        return self.drift.variants[self.cursor]

    # -- drawing

    def _draw(self) -> None:
        self.query_one("#top", Bar).refresh()
        self.pane.show(self._lines)
        if self._rows:
            self._bring_into_view(self._rows[self.cursor], self._end_of(self.cursor))

    def _bring_into_view(self, first: int, end: int) -> None:
        """Scroll no further than is needed; a variant higher than the view is shown from its first line."""
        top, height = int(self.pane.scroll_offset.y), self.pane.scrollable_content_region.height
        wanted = min(first, max(top, end - height))
        if wanted != top:
            self.pane.scroll_to(y=wanted, animate=False)

    def _lines(self, width: int) -> list[Line]:
        made: list[Line] = []
        self._rows = []
        for place in range(len(self.drift.variants)):
            self._rows.append(len(made))
            made += variant_lines(self.drift, place, place == self.cursor, self.marked, width)
        return made + dropped_lines(self.drift, width)

    def _end_of(self, place: int) -> int:
        return self._rows[place + 1] if place + 1 < len(self._rows) else len(self.pane.lines)

    async def refresh_all(self) -> None:
        """Read the family again; where it is no more, go back."""
        claim, against, number = self.variant.member.claim_id, self.drift.against, self.drift.family.id
        found = await self.read(lambda store: _again(store, number, against))
        if found is None:
            self.desk.say(f"f{number} is no family any more", "warning")
            await self.action_back()
            return
        self.drift = found
        claims = [variant.member.claim_id for variant in found.variants]
        self.marked &= set(claims)
        self.cursor = claims.index(claim) if claim in claims else min(self.cursor, len(claims) - 1)
        self._draw()

    # -- moving

    def action_down(self) -> None:
        """The next variant."""
        self.action_choose(self.cursor + 1)

    def action_up(self) -> None:
        """The variant before."""
        self.action_choose(self.cursor - 1)

    def action_choose(self, place: int) -> None:
        """Put the cursor on a variant."""
        self.cursor = max(0, min(place, len(self.drift.variants) - 1))
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._draw)

    async def action_variant_open(self) -> None:
        """The claim in its article."""
        await self.desk.open_review(self.variant.member.claim_id)

    async def action_verify(self) -> None:
        """The variant in its article, checked word for word."""
        await self.desk.open_review(self.variant.member.claim_id, "verify")

    async def action_copy(self) -> None:
        """Copy the words of the selected variants, a line each, or of this one."""
        chosen = [each.member for each in self.drift.variants if each.member.claim_id in self.marked]
        what = f"{len(chosen)} variants" if chosen else f"c{self.variant.member.claim_id}"
        self.desk.copy(what, "\n".join(" ".join(each.text.split()) for each in chosen or [self.variant.member]))

    async def action_compare_against(self) -> None:
        """Compare every variant with this one."""
        number, claim = self.drift.family.id, self.variant.member.claim_id
        found = await self.read(lambda store: _again(store, number, claim))
        if found is not None:
            self.drift = found
            self._draw()

    def action_select_variant(self) -> None:
        """Select this variant, or no longer."""
        self.marked ^= {self.variant.member.claim_id}
        self.action_down()

    # -- deciding

    async def action_family_confirm(self) -> None:
        """The selected variants, or this one, belong here."""
        from workbench.services import kinship

        await self._decide(kinship.confirm)

    async def action_family_reject(self) -> None:
        """The selected variants, or this one, do not belong here."""
        from workbench.services import kinship

        await self._decide(kinship.reject)

    async def action_family_split(self) -> None:
        """The selected variants, or this one, are a family of their own."""
        from workbench.services import kinship

        await self._decide(kinship.split)

    async def _decide(self, decide: Decide) -> None:
        number = self.drift.family.id
        chosen = sorted(self.marked) or [self.variant.member.claim_id]
        done = await self.attempt(lambda store: decide(store, number, chosen))
        if done is not None:
            self.marked.clear()
            self.desk.say(f"{done.label} · u undoes")
            await self.refresh_all()

    @work(exclusive=True, group="dialog")
    async def action_family_merge(self) -> None:
        """Bring another family, or a claim, into this one."""
        from workbench.tui.dialogs.ask import AskLine

        number = self.drift.family.id

        async def accept(answer: str, complain: Complain) -> bool:
            done = await self.attempt(lambda store: _merge(store, number, answer.strip()), complain)
            if done is None:
                return False
            self.desk.say(f"{done.label} · u undoes")
            await self.refresh_all()
            return True

        head = f"Which family or claim is f{number} too?"
        await self.app.push_screen_wait(AskLine(head, placeholder="f9 or c31", needed="name one", accept=accept))


def _family_of(store: Store, claim_id: int) -> Drift | None:
    from workbench.services import show

    number = show.claim_card(store, claim_id).row.family_id
    return _again(store, number, None) if number is not None else None


def _again(store: Store, number: int, against: int | None) -> Drift | None:
    from workbench.services import drift

    try:
        return drift.drift(store, number, against)
    except UsageError:  # the one that was compared with has left
        return drift.drift(store, number)
    except NotFoundError:
        return None


def _merge(store: Store, number: int, named: str) -> ActionRow:
    from workbench.services import kinship

    letter, digits = named[:1].lower(), named[1:]
    if letter not in ("f", "c") or not (digits.isascii() and digits.isdigit()):
        raise UsageError(f"{named[:40]} is no family and no claim", "write f9 or c31")
    if letter == "c":
        return kinship.join(store, int(digits), number)
    return kinship.merge(store, number, [int(digits)])
