"""The card of a review under the keys: its tabs, and the things in the open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from workbench.tui.screens.claim_actions import ClaimActions
from workbench.tui.tabs import TABS, tab_named, tabs_of
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.widgets.hint_bar import Hint
from workbench.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.tui.reading import ReviewData
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.article_pane import ArticlePane


class CardKeys(ClaimActions):
    """What the review does with its card. `chosen` is the item of the tab under the keys, -1 for none."""

    data: ReviewData
    tab: Tab = TABS[0]
    chosen = -1

    if TYPE_CHECKING:

        @property
        def article(self) -> ArticlePane: ...  # noqa: D102 - the screen has it

        def _show_card(self, *, to_top: bool = False) -> None: ...

        async def go_to(self, claim_id: int, *, to_top: bool = True, reread: bool = False) -> None: ...  # noqa: D102

    @property
    def card_pane(self) -> LinePane:
        """The card's pane."""
        return self.query_one("#card", LinePane)

    # -- tabs

    def keep_tab(self) -> None:
        """Keep the tab open that was open, where this claim has it."""
        card = self.data.card
        if card is not None and self.tab not in tabs_of(card):
            self.action_tab(TABS[0].name)

    def action_next_pane(self) -> None:
        """From the article to the card, through its tabs, and back."""
        card = self.data.card
        tabs = tabs_of(card) if card else []
        if self.article.has_focus or not tabs:
            self.action_tab((tabs or TABS)[0].name)
            self.set_focus(self.card_pane)
        elif self.tab is tabs[-1]:
            self.set_focus(self.article)
        else:
            self.action_tab(tabs[tabs.index(self.tab) + 1].name)

    def action_tab(self, name: str) -> None:
        """Open a tab of the card."""
        self.tab, self.chosen = tab_named(name), -1
        if self.tab.reads:
            self._read_tab()
        self.tab.opened(self._review())
        self._show_card()
        self._reveal_tab()
        self.show_hints()

    def _reveal_tab(self) -> None:
        """Scroll the card so that the tab line and what is under it show."""
        place = self._tab_line()
        if place + 4 > self.card_pane.scroll_offset.y + self.card_pane.size.height:
            self.card_pane.scroll_to(y=max(place - 1, 0), animate=False, force=True)

    def _tab_line(self) -> int:
        lines = self.card_pane.lines
        return next((number for number, parts in enumerate(lines) if any(part.role == "tab-on" for part in parts)), 0)

    @work(exclusive=True, group="tab", exit_on_error=False)
    async def _read_tab(self) -> None:
        """What the open tab shows beside the card."""
        from dataclasses import replace

        card, tab = self.data.card, self.tab
        if card is None:
            return
        found = await self.read(lambda store: tab.read(store, card))
        if tab is self.tab and self.data.card is card:
            self.data = replace(self.data, tab_data=found, tab_read=tab)
            self._show_card()
            self._reveal_tab()

    # -- things in a tab

    def _about(self) -> About | None:
        card = self.data.card
        return About(card, self.data.of(self.tab), self.desk.scales) if card is not None else None

    def _items(self) -> list[Item]:
        about = self._about()
        return self.tab.items(about, 40) if about is not None else []

    def chosen_item(self) -> Item | None:
        """The thing of the tab under the keys."""
        items = self._items()
        return items[self.chosen] if 0 <= self.chosen < len(items) else None

    def step_in_card(self, by: int) -> None:
        """To the next thing of the tab; by lines where there is none."""
        place, items = self.chosen + by, self._items()
        if not items or place >= len(items) or (place < 0 and self.chosen <= 0):
            self.chosen = -1 if place < 0 else self.chosen
            self.card_pane.scroll_relative(y=by, animate=False)
            self._show_card()
        else:
            self._choose(place)

    def _choose(self, place: int) -> None:
        self.chosen = place
        self._show_card()
        self.show_hints()
        self._reveal_item()

    def _reveal_item(self) -> None:
        about, lines = self._about(), self.card_pane.lines
        if about is None or not lines:
            return
        width = max(self.card_pane.scrollable_content_region.width - 1, 1)
        first, last = self.tab.place_of(about, width, self.chosen)
        above = len(lines) - len(self.tab.lines(about, width))
        top, height = self.card_pane.scroll_offset.y, max(self.card_pane.scrollable_content_region.height, 1)
        if first + above < top or last + above >= top + height:
            target = (
                min(first + above - 1, max(last + above - height + 1, 0)) if first + above >= top else first + above - 1
            )
            self.card_pane.scroll_to(y=max(target, 0), animate=False, force=True)

    def action_item(self, place: int) -> None:
        """A click on a thing of the tab."""
        self.set_focus(self.card_pane)
        self._choose(place)

    async def action_item_open(self) -> None:
        """Enter: what the tab does with the chosen thing."""
        item = self.chosen_item()
        if item is None and self.article.has_focus:
            self.set_focus(self.card_pane)
        elif item is None:
            self.desk.say("choose one with j and k first", "warning")
        else:
            await self.tab.open_item(self._review(), item)

    async def action_item_remove(self) -> None:
        """Delete: take the chosen thing away."""
        item = self.chosen_item()
        if item is None:
            self.desk.say(
                "tab goes to the card, j and k choose evidence or a note there; then it can be removed", "warning"
            )
        else:
            await self.tab.remove_item(self._review(), item)

    async def wrote(self, action: ActionRow | None) -> bool:
        """After a write of a tab: show what stands now and say what was done; False where it was refused."""
        if action is None:
            return False
        claim_id = self.claim_id()
        if claim_id is not None:
            await self.decided(claim_id, None, False)
        self.chosen = min(self.chosen, len(self._items()) - 1)
        self._show_card()
        self.desk.say(f"{action.label} · u undoes")
        return True

    def claim_words(self) -> str:
        """The current claim, for a dialog to be about."""
        return self._words()

    def article_url(self) -> str | None:
        """The address of the evidence under the keys, else that of the article."""
        item, card = self.chosen_item(), self.data.card
        if item is not None and card is not None and self.card_pane.has_focus:
            named = next((piece for piece in card.evidence if f"e{piece.id}" == item.name), None)
            if named is not None:
                return named.url
        return self.data.view.row.url

    def _review(self) -> ReviewScreen:
        from typing import cast

        return cast("ReviewScreen", self)

    # -- focus

    def on_descendant_focus(self) -> None:
        """The pane in use gets the room at 80 columns; the footer follows."""
        self.query_one("#body").set_class(self.card_pane.has_focus, "-card")
        self.show_hints()

    def hints(self) -> list[Hint]:
        """Those of the article; in the card those of the tab too."""
        shown = super().hints()
        about = self._about()
        if not self.card_pane.has_focus or about is None:
            return shown
        own = self.tab.hints(about) if self.chosen_item() is not None else []
        return [("tab", "next tab", "next_pane"), *own, *shown[: 3 - len(own)], *shown[-2:]]
