"""Review: the article with its claims marked in place, and beside or below it the card of the current one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from workbench.errors import WorkbenchError
from workbench.records import ActionRow, ClaimRow, EventRow, Verdict
from workbench.tui.card_lines import CardContext, card_lines, tabs_of
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, justify
from workbench.tui.reading import (
    Query,
    ReviewData,
    by_article,
    following,
    load_card,
    load_decided,
    load_history,
    load_neighbour,
    load_review,
    load_view,
)
from workbench.tui.screens.claim_actions import ClaimActions
from workbench.tui.widgets.article_pane import ArticlePane
from workbench.tui.widgets.claim_list import WIDE, letters
from workbench.tui.widgets.hint_bar import Hint, HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane

if TYPE_CHECKING:
    from workbench.tui.app import DeskApp

QUIET = 0.2  # seconds without a verdict before the article is read again


class ReviewScreen(ClaimActions):
    """One article and one claim of it."""

    place = "review"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("review")
    AUTO_FOCUS = "ArticlePane"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - an instance variable in Textual

    def __init__(self, query: Query, data: ReviewData) -> None:
        super().__init__()
        self.query_shown = query
        self.data = data
        self.tab = "Evidence"
        self.history: tuple[EventRow, ...] = ()

    @classmethod
    async def make(cls, desk: DeskApp) -> ReviewScreen | None:
        """The claim in hand in its article."""
        claim_id = desk.claim_in_hand()
        if claim_id is None:
            desk.say("no claim is in hand: the list shows none", "warning")
            return None
        return await cls.of_claim(desk, claim_id)

    @classmethod
    async def of_claim(cls, desk: DeskApp, claim_id: int) -> ReviewScreen | None:
        """A claim in its article; None, after a toast, when there is no such claim."""
        store = desk.store
        if store is None:
            return None
        try:
            data = await asyncio.to_thread(load_review, store, claim_id)
        except WorkbenchError as error:
            desk.say(str(error), "error")
            return None
        return cls(desk.queue_screen.query_shown, data)

    def compose(self) -> ComposeResult:
        """Heading, article, card, footer."""
        yield Bar(self._top, id="top")
        with Container(id="body"):
            yield ArticlePane(id="article")
            yield LinePane(id="card")
        yield HintBar()

    def on_mount(self) -> None:
        """Draw what was read before the screen was opened."""
        self._show(self.data)
        self.show_hints()

    @property
    def article(self) -> ArticlePane:
        """The article's pane."""
        return self.query_one("#article", ArticlePane)

    @property
    def card_pane(self) -> LinePane:
        """The card's pane."""
        return self.query_one("#card", LinePane)

    # -- drawing

    def _top(self, width: int) -> Line:
        row = self.data.view.row
        facts = [row.outlet or row.agency or "", (row.published or "")[:10], f"version {self.data.view.version}"]
        left = [Part(f"a{row.id}  ", "dim"), Part(row.title, "strong")]
        left += [Part(f" · {fact}", "dim") for fact in facts if fact]
        claims = self.data.view.claims
        still = sum(claim.status in ("open", "in review") for claim in claims)
        right = f"   {still} of {len(claims)} claims open"
        if width >= WIDE:
            right += f" · {row.coverage:.0%} of sentences settled"
        return justify(left, [Part(right, "dim")], width)

    def _show(self, data: ReviewData, *, to_top: bool = True) -> None:
        self.data = data
        if data.view is not self.article.view:
            self.article.show(data.view, letters(self.desk.scales))
        self.article.select(data.card.row.id if data.card else None)
        self._show_card(to_top=to_top)
        self.query_one("#top", Bar).refresh()

    def _show_card(self, *, to_top: bool = False) -> None:
        card = self.data.card
        if card is None:
            self.card_pane.show(lambda width: [(Part("This article has no claims.", "dim"),)], to_top=True)
            return
        if self.tab not in [name for name, _ in tabs_of(card)]:
            self.tab = "Evidence"
        context = CardContext(self.desk.scales, self.desk.flags, self.tab, self.history)
        self.card_pane.show(
            lambda width: card_lines(card, replace(context, compact=self.has_class("-narrow")), width), to_top=to_top
        )

    # -- reading

    async def go_to(self, claim_id: int, *, to_top: bool = True, reread: bool = False) -> None:
        """Make a claim the current one, opening its article where it is another; `reread` reads the article again."""
        with_history, view = self.tab == "History", self.data.view
        here = not reread and any(row.id == claim_id for row in view.claims)
        data = await self.read(
            lambda store: (
                load_card(store, view, claim_id, with_history) if here else load_review(store, claim_id, with_history)
            )
        )
        if data is not None:
            self.history = data.history
            self._show(data, to_top=to_top)

    async def refresh_all(self) -> None:
        """Read the claim and its article again."""
        claim_id = self.claim_id()
        if claim_id is not None:
            await self.go_to(claim_id, to_top=False, reread=True)

    async def decided(self, claim_id: int, next_id: int | None, advance: bool) -> None:
        """Go on to the next open claim, or show this one as it stands now."""
        if advance and next_id is None:
            self.desk.say("nothing open is left in what the filter shows")
        target = next_id if advance and next_id is not None else claim_id
        view, with_history = self.data.view, self.tab == "History"
        data = await self.read(lambda store: load_decided(store, view, claim_id, target, with_history))
        if data is None:
            return
        self.history = data.history
        if data.view.row.id == view.row.id:
            self.article.patch(data.view, claim_id)
            self._reread(data.view.row.id)
        self._show(data, to_top=advance)

    @work(exclusive=True, group="reread", exit_on_error=False)
    async def _reread(self, article_id: int) -> None:
        """Bring margins and coverage up to date once the keys rest: a long article takes a while to read again."""
        await asyncio.sleep(QUIET)
        view = await self.read(lambda store: load_view(store, article_id))
        if view is not None and self.data.view.row.id == article_id:
            self.data = replace(self.data, view=view)
            self.article.show(view, letters(self.desk.scales))
            self.query_one("#top", Bar).refresh()

    async def went_back(self, action: ActionRow, claim_id: int | None) -> None:
        """Show the claim that came back."""
        target = claim_id or self.claim_id()
        if target is not None:
            await self.go_to(target, reread=True)

    # -- the claim in hand

    def claim_id(self) -> int | None:
        """The current claim."""
        return self.data.card.row.id if self.data.card else None

    def claim_row(self) -> ClaimRow | None:
        """Its row."""
        return self.data.card.row if self.data.card else None

    def revision(self) -> int | None:
        """The revision that the card shows."""
        return self.data.card.revision if self.data.card else None

    def standing_verdict(self) -> Verdict | None:
        """Truth first, then attribution."""
        return (self.data.card.truth or self.data.card.attribution) if self.data.card else None

    def reading_query(self) -> Query:
        """The filter's claims in the order of reading: this article first, then the next."""
        return by_article(self.query_shown)

    def article_url(self) -> str | None:
        """The article's address."""
        return self.data.view.row.url

    # -- moving

    async def on_article_pane_picked(self, event: ArticlePane.Picked) -> None:
        """A click on a claim."""
        await self.go_to(event.claim_id)

    async def action_down(self) -> None:
        """The next claim of the article, or a line down in the card."""
        await self._step(1)

    async def action_up(self) -> None:
        """The claim before, or a line up in the card."""
        await self._step(-1)

    async def _step(self, by: int) -> None:
        if self.card_pane.has_focus:
            self.card_pane.scroll_relative(y=by, animate=False)
            return
        ids = [row.id for row in self.data.view.claims]
        current = self.claim_id()
        if current in ids:
            place = ids.index(current) + by
            if 0 <= place < len(ids):
                await self.go_to(ids[place])

    async def _neighbour(self, query: Query, said: str, *, only_open: bool, backwards: bool) -> None:
        claim_id = self.claim_id()
        if claim_id is None:
            return
        found = await self.read(
            lambda store: following(store, query, claim_id, only_open=only_open, backwards=backwards)
        )
        if found is None:
            self.desk.say(said, "warning")
        else:
            await self.go_to(found)

    async def action_next_open(self) -> None:
        """The next open claim."""
        await self._neighbour(self.reading_query(), "no other claim is open", only_open=True, backwards=False)

    async def action_previous_open(self) -> None:
        """The open claim before."""
        await self._neighbour(self.reading_query(), "no other claim is open", only_open=True, backwards=True)

    async def action_next_hit(self) -> None:
        """The next claim that the filter shows."""
        await self._neighbour(self.query_shown, "no other claim matches", only_open=False, backwards=False)

    async def action_previous_hit(self) -> None:
        """The claim before that the filter shows."""
        await self._neighbour(self.query_shown, "no other claim matches", only_open=False, backwards=True)

    async def action_next_article(self) -> None:
        """The next article."""
        await self._other_article(1)

    async def action_previous_article(self) -> None:
        """The article before."""
        await self._other_article(-1)

    async def _other_article(self, step: int) -> None:
        here = self.data.view.row.id
        data = await self.read(lambda store: load_neighbour(store, here, step))
        if data is None:
            self.desk.say("this is the last article" if step > 0 else "this is the first article", "warning")
        else:
            self._show(data)

    async def action_go(self, claim_id: int) -> None:
        """Another claim that the card names."""
        await self.go_to(claim_id)

    # -- panes and tabs

    def action_next_pane(self) -> None:
        """From the article to the card, through its tabs, and back."""
        card = self.data.card
        names = [name for name, _ in tabs_of(card)] if card else []
        if self.article.has_focus or card is None:
            self.action_tab(names[0] if names else "Evidence")
            self.card_pane.focus()
        elif self.tab == names[-1]:
            self.article.focus()
        else:
            self.action_tab(names[names.index(self.tab) + 1])

    def action_tab(self, name: str) -> None:
        """Open a tab of the card."""
        self.tab = name
        self._show_card()
        if name == "History":
            self._read_history()
        self._reveal_tab()

    def _reveal_tab(self) -> None:
        """Scroll the card so that the tab line and what is under it show."""
        lines = self.card_pane.lines
        place = next((number for number, parts in enumerate(lines) if any(part.role == "tab-on" for part in parts)), 0)
        if place + 4 > self.card_pane.scroll_offset.y + self.card_pane.size.height:
            self.card_pane.scroll_to(y=max(place - 1, 0), animate=False, force=True)

    @work(exclusive=True, group="history", exit_on_error=False)
    async def _read_history(self) -> None:
        claim_id = self.claim_id()
        if claim_id is None:
            return
        found = await self.read(lambda store: load_history(store, claim_id))
        if found is not None and claim_id == self.claim_id():
            self.history = found
            self._show_card()

    def on_descendant_focus(self) -> None:
        """The pane in use gets the room at 80 columns; the footer follows."""
        self.query_one("#body").set_class(self.card_pane.has_focus, "-card")
        self.show_hints()

    def hints(self) -> list[Hint]:
        """Those of the article, or of the card."""
        if self.card_pane.has_focus:
            shown = super().hints()
            return [("tab", "next tab", "next_pane"), *shown[:3], *shown[-2:]]
        return super().hints()

    async def action_back(self) -> None:
        """To the queue, on the claim that was current."""
        await self.desk.leave(self, self.claim_id())
