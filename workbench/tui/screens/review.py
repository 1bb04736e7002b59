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
from workbench.records import ActionRow, ClaimRow
from workbench.tui.card_lines import CardContext, card_lines
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, justify
from workbench.tui.reading import (
    Query,
    ReviewData,
    by_article,
    following,
    load_card,
    load_decided,
    load_neighbour,
    load_review,
    load_view,
    load_what_stands,
    next_in_review,
)
from workbench.tui.screens.check_keys import CheckKeys
from workbench.tui.screens.sentence_keys import SentenceKeys
from workbench.tui.tabs import TABS
from workbench.tui.widgets.article_pane import ArticlePane
from workbench.tui.widgets.claim_list import letters
from workbench.tui.widgets.hint_bar import HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane

if TYPE_CHECKING:
    from workbench.services.store import Store
    from workbench.tui.app import DeskApp

QUIET = 0.2  # seconds without a verdict before the article is read again


class ReviewScreen(SentenceKeys, CheckKeys):
    """One article and one claim of it."""

    place = "review"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("review")
    AUTO_FOCUS = "ArticlePane"
    way_back = " · esc back to the queue"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - an instance variable in Textual

    def __init__(self, query: Query, data: ReviewData) -> None:
        super().__init__()
        self.query_shown = query
        self.data = data

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
            data = await asyncio.to_thread(load_review, store, claim_id, TABS[0])
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

    # -- drawing

    def _top(self, width: int) -> Line:
        row = self.data.view.row
        facts = [row.outlet or row.agency or "", (row.published or "")[:10], f"version {self.data.view.version}"]
        left = [Part(f"a{row.id}  ", "dim"), Part(row.title, "strong")]
        left += [Part(f" · {fact}", "dim") for fact in facts if fact]
        claims = self.data.view.claims
        still = sum(claim.status in ("open", "in review") for claim in claims)
        right = f"   {still} of {len(claims)} claims open · {row.coverage:.0%} settled"
        return justify(left, [Part(right, "dim")], width)

    def _show(self, data: ReviewData, *, to_top: bool = True) -> None:
        if data.card is None or self.data.card is None or data.card.row.id != self.data.card.row.id:
            self.chosen = -1
        self.data = data
        if self.article.here is not None:
            self.article.go_to_sentence(None)
        if data.view is not self.article.view:
            self.article.show(data.view, letters(self.desk.scales))
        self.article.select(data.card.row.id if data.card else None)
        self._show_card(to_top=to_top)
        self.refresh_top()

    def refresh_top(self) -> None:
        """Draw the heading anew."""
        self.query_one("#top", Bar).refresh()

    def _show_card(self, *, to_top: bool = False) -> None:
        card = self.data.card
        if card is None:
            self.card_pane.show(lambda width: [(Part("This article has no claims.", "dim"),)], to_top=True)
            return
        self.keep_tab()
        context = CardContext(self.tab, self.desk.scales, self.desk.flags, self.data.of(self.tab), self.chosen)
        self.card_pane.show(
            lambda width: card_lines(card, replace(context, compact=self.has_class("-narrow")), width), to_top=to_top
        )

    # -- reading

    async def go_to(self, claim_id: int, *, to_top: bool = True, reread: bool = False) -> None:
        """Make a claim the current one, opening its article where it is another; `reread` reads the article again."""
        tab, view = self.tab, self.data.view
        here = not reread and any(row.id == claim_id for row in view.claims)
        data = await self.read(
            lambda store: load_card(store, view, claim_id, tab) if here else load_review(store, claim_id, tab)
        )
        if data is not None:
            self._show(data, to_top=to_top)

    async def refresh_all(self) -> None:
        """Read the claim and its article again."""
        await self._show_again(to_top=False)

    async def _show_again(self, claim_id: int | None = None, *, to_top: bool = True) -> None:
        """Read a claim, by default the one in hand, and its article again; where both are gone, leave."""
        here, article, tab = self.claim_id(), self.data.view.row.id, self.tab
        wanted = [each for each in (claim_id, here) if each is not None]
        data = await self.read(lambda store: load_what_stands(store, wanted, article, tab))
        if data is not None:
            self._show(data, to_top=to_top)
        elif self.is_current:
            await self.desk.leave(self)

    async def decided(self, claim_id: int, next_id: int | None, advance: bool) -> None:
        """Go on to the next open claim, or show this one as it stands now."""
        target = next_id if advance and next_id is not None else claim_id
        view, tab = self.data.view, self.tab
        data = await self.read(lambda store: load_decided(store, view, claim_id, target, tab))
        if data is None:
            return
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
        await self._show_again(claim_id)

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

    def reading_query(self) -> Query:
        """The filter's claims in the order of reading: this article first, then the next."""
        return by_article(self.query_shown)

    # -- moving

    async def on_article_pane_picked(self, event: ArticlePane.Picked) -> None:
        """A click on a claim."""
        await self.go_to(event.claim_id)

    async def action_down(self) -> None:
        """The next claim of the article, or in the card the next thing of the tab."""
        await self._step(1)

    async def action_up(self) -> None:
        """The claim before, or in the card the thing before."""
        await self._step(-1)

    async def _step(self, by: int) -> None:
        if self.card_pane.has_focus:
            self.step_in_card(by)
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
        claim_id = self.claim_id()
        if claim_id is None:
            return
        found = await self.read(lambda store: self.next_open(store, claim_id))
        if found is None:
            self.desk.say(self._none_open(), "warning")
        else:
            await self.go_to(found)

    def next_open(self, store: Store, claim_id: int) -> int | None:
        """The next one of the article, then the first one of the list."""
        row = self.claim_row()
        return next_in_review(store, self.query_shown, row) if row is not None else None

    def went_on(self, claim_id: int) -> str:
        """That another article is shown, and which."""
        view = self.data.view
        return "" if any(row.id == claim_id for row in view.claims) else f"on to a{view.row.id}, first in the list · "

    def _none_open(self) -> str:
        return f"no other claim{self.query_shown.of_filter} is open"

    async def action_previous_open(self) -> None:
        """The open claim before."""
        await self._neighbour(self.reading_query(), self._none_open(), only_open=True, backwards=True)

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
        here, tab = self.data.view.row.id, self.tab
        data = await self.read(lambda store: load_neighbour(store, here, step, tab))
        if data is None:
            self.desk.say("this is the last article" if step > 0 else "this is the first article", "warning")
        else:
            self._show(data)

    async def action_go(self, claim_id: int) -> None:
        """Another claim that the card names."""
        await self.go_to(claim_id)

    async def action_back(self) -> None:
        """To the queue, on the claim that was current."""
        await self.desk.leave(self, self.claim_id())
