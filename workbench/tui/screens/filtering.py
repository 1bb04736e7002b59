"""What the queue shows: the filter line with completion, facets, the order, and filters that were saved by name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import Input

from workbench.errors import UsageError
from workbench.tui.lines import Line, Part, cut, width_of
from workbench.tui.reading import Query, load_outlets, load_sources, outlets_of, read_query
from workbench.tui.screens.desk_screen import Complain
from workbench.tui.screens.selecting import Selecting
from workbench.tui.widgets.line_pane import Bar

if TYPE_CHECKING:
    from workbench.services.lists import Tally
    from workbench.services.store import Store

RELEVANCE = "relevance"  # the order of a search after enter
ONE_LETTER = "a search begins with two letters"
DEBOUNCE = 0.1  # seconds of quiet before the list follows the filter line
FACETS = {"kind": "kind:", "voice": "is:", "status": "status:", "verdict": "verdict:", "outlet": "outlet:"}
SORT_WORDS = {
    "check": "check-worthiness, what matters most first",
    "date": "date, newest first",
    "source": "source, by name",
    "family": "family size, the most repeated first",
    "article": "article, in the order of the text",
    RELEVANCE: "relevance, the best matches first",
}


class Filtering(Selecting):
    """The filter line and what narrows and orders the list."""

    def __init__(self) -> None:
        super().__init__()
        self.query_shown = Query()
        self._unranked = Query()  # the order before the best matches came first
        self.tally: Tally | None = None
        self.complaint = ""
        self.offers: tuple[str, ...] = ()  # how the filter line may go on
        self._names: tuple[str, ...] | None = None  # of all outlets

    async def show_query(self, query: Query, keep: int | None) -> None:
        """Show what a query finds, the cursor on claim `keep` where it matches."""
        raise NotImplementedError

    @property
    def filter_line(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    def action_go_list(self) -> None:
        """Put the focus on the list."""
        raise NotImplementedError

    # -- typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as you type."""
        self._follow(event.value)

    @work(exclusive=True, group="filter")
    async def _follow(self, text: str) -> None:
        await asyncio.sleep(DEBOUNCE)
        from workbench.tui.completing import ending

        order = self.chosen_order
        try:
            query = read_query(text, order.sort, order.descending)
        except UsageError as error:
            await self.offer_words(text)
            self.complain("" if self.offers and ending(text).name else str(error))
            return
        self.complain("")
        await self.show_query(query, self.claim_id())
        await self.offer_words(text)

    @property
    def chosen_order(self) -> Query:
        """The query whose order somebody chose: that of relevance ends with the search that it ranks."""
        return self._unranked if self.query_shown.sort == RELEVANCE else self.query_shown

    @work(exclusive=True, group="filter")
    async def rank(self) -> None:
        """Put the best matches of the search in the line first, once no more of it is typed."""
        order = self.chosen_order
        try:
            query = read_query(self.filter_line.value, order.sort, order.descending)
        except UsageError as error:
            self.complain(str(error))
            return
        if query.filter.search.strip():
            self._unranked = order
            query = Query(query.text, RELEVANCE)
        if query != self.query_shown:
            await self.show_query(query, None)

    def complain(self, what: str) -> None:
        """Say what is wrong with the filter, where the column heads stand."""
        self.complaint = what
        self.query_one("#heads", Bar).refresh()

    # -- completing

    async def offer_words(self, text: str) -> None:
        """Find how the line may go on, while it has the focus."""
        self.offers = ()
        if self.filter_line.has_focus:
            from workbench.tui.completing import candidates  # not before the first frame

            values = await self._values(text)
            if text == self.filter_line.value:
                self.offers = candidates(text, values)
        self.query_one("#heads", Bar).refresh()

    async def _values(self, text: str) -> dict[str, tuple[str, ...]]:
        from workbench.records import CLAIM_KINDS, STATUSES
        from workbench.services.filters import MARKS
        from workbench.tui.completing import ending

        name, begun, _ = ending(text)
        labels = [label.id for scale in self.desk.scales for label in scale.labels]
        found = {
            "kind": CLAIM_KINDS, "status": STATUSES, "is": MARKS, "has": MARKS, "outlet": await self._outlets(),
            "verdict": (*labels, "none"), "flag": tuple(flag.id for flag in self.desk.flags),
        }  # fmt: skip
        if name == "source":
            found["source"] = await self.read(lambda store: load_sources(store, begun)) or ()
        return found

    async def _outlets(self) -> tuple[str, ...]:
        """Those of the whole store: the ones that are shown when nothing narrows the list."""
        if self._names is None:
            shown = self.tally if self.tally is not None and not self.query_shown.text else None
            self._names = outlets_of(shown) if shown is not None else await self.read(load_outlets)
        return self._names or ()

    def offered(self, width: int) -> Line:
        """The words that may come next, the first one by tab, each by a click."""
        from workbench.tui.completing import ending

        name = ending(self.filter_line.value).name
        parts = [Part("  tab ", "key"), *([Part(f" {name}: ", "dim")] if name else [])]
        for place, word in enumerate(self.offers):
            action = f"complete({word!r})"
            parts += [Part("  ", "faint"), Part(word, "accent" if not place else "dim", action)]
        return cut(parts, width)

    def action_complete(self, word: str) -> None:
        """Finish the line's last word with this one."""
        from workbench.tui.completing import completed

        line = self.filter_line
        line.value = completed(line.value, word)
        line.cursor_position = len(line.value)
        self.set_focus(line)

    def action_list_focus(self) -> None:
        """Complete the filter line, or leave it for the list."""
        if self.filter_line.has_focus and self.offers and self.filter_line.value.strip():
            self.action_complete(self.offers[0])
        else:
            self.action_go_list()

    # -- narrowing

    def facets_line(self, width: int) -> Line:
        """Counts that narrow the list when clicked; those in use are marked."""
        if self.tally is None:
            return ()
        parts: list[Part] = []
        typed = _words(self.filter_line.value)
        for name, prefix in FACETS.items():
            lead = Part(f"{'    ' if parts else ''}{name}  ", "faint")
            for value, number in self.tally.facets.get(name, ())[:5]:
                wanted = condition(prefix, value)
                action = f"narrow({wanted!r})" if wanted else ""
                role = "tab-on" if wanted in typed else "dim"
                figure = _figure(number, self.tally)
                shown = (lead, Part(value or "none", role, action), Part(f" {figure}", "plain", action))
                if width_of([*parts, *shown]) > width:
                    return tuple(parts)
                parts += shown
                lead = Part(" · ", "faint")
        return tuple(parts)

    def action_narrow(self, condition: str) -> None:
        """Add a facet's value to the filter, in place of another one of its field; the same one again takes it away."""
        field = condition.partition(":")[0] + ":"
        words = _words(self.filter_line.value)
        others = [word for word in words if not word.startswith(field) or (field == "is:" and word not in _VOICES)]
        self.filter_line.value = " ".join([*others, *([condition] if condition not in words else [])])

    @work(exclusive=True, group="dialog")
    async def action_facets(self) -> None:
        """Pick a value of a facet from a list."""
        from workbench.tui.dialogs.menu import Menu, MenuRow

        if self.tally is None:
            return
        rows = []
        for name, prefix in FACETS.items():
            head = name
            for value, number in self.tally.facets.get(name, ())[:30]:
                if narrow := condition(prefix, value):
                    rows.append(MenuRow(narrow, f"{value or 'no outlet'}", _figure(number, self.tally), head=head))
                    head = ""
        if not rows:
            self.desk.say("nothing is listed that could be narrowed", "warning")
            return

        async def accept(answer: str, complain: Complain) -> bool:
            self.action_narrow(answer)
            return True

        await self.app.push_screen_wait(Menu("Narrow to", rows, accept=accept))

    # -- ordering

    @work(exclusive=True, group="dialog")
    async def action_sort(self) -> None:
        """Pick the order; the one in use again turns it round."""
        from workbench.records import SORTS
        from workbench.tui.dialogs.menu import Menu, MenuRow

        shown = self.query_shown
        way = "▴" if shown.descending else "▾"
        orders = (*SORTS, RELEVANCE) if shown.filter.search.strip() else SORTS
        rows = [MenuRow(name, SORT_WORDS[name], way if name == shown.sort else "", name[0]) for name in orders]

        async def accept(answer: str, complain: Complain) -> bool:
            turned = answer == shown.sort and not shown.descending
            self._unranked = self.chosen_order
            self.run_worker(self.show_query(Query(shown.text, answer, turned), self.claim_id()), group="filter")
            return True

        foot = "a letter or enter orders · the same again turns it round · esc cancels"
        await self.app.push_screen_wait(Menu("Order by", rows, orders.index(shown.sort), foot, accept))

    # -- saved filters

    @work(exclusive=True, group="dialog")
    async def action_saved(self) -> None:
        """Go back to a filter that was saved, or save this one under a name."""
        from workbench.services import saved
        from workbench.tui.dialogs.saved import SavedDialog

        found = await self.read(saved.filters)
        if found is None:
            return

        async def change(work: str, name: str, complain: Complain) -> dict[str, str] | None:
            def store_it(store: Store) -> dict[str, str]:
                if work == "save":
                    saved.save(store, name, self.query_shown.text)
                else:
                    saved.forget(store, name)
                return saved.filters(store)

            return await self.attempt(store_it, complain)

        answer = await self.app.push_screen_wait(SavedDialog(self.query_shown.text, found, change))
        if answer is not None:
            self.filter_line.value = answer
            self.filter_line.cursor_position = len(answer)


def is_begun(text: str) -> bool:
    """Whether the line ends in one letter of a word that is looked for, which is no search yet."""
    import re

    return re.search(r'(?:^|\s)"?\w$', text) is not None


_VOICES = ("is:anonymous", "is:named", "is:unsourced")


def _words(text: str) -> list[str]:
    """The conditions and words of a filter line, quoted values whole."""
    import re

    return re.findall(r'[a-z]+:"[^"]*"|"[^"]*"?|\S+', text)


def condition(prefix: str, value: str) -> str:
    """The condition that narrows to a facet's value; "" where there is none."""
    if not value or (prefix == "is:" and value == "none"):
        return ""
    if prefix == "status:":
        value = value.replace(" ", "-")
    return f'{prefix}"{value}"' if any(map(str.isspace, value)) else f"{prefix}{value}"


def _figure(number: int, tally: Tally) -> str:
    return f"{number:,}" if tally.exact else f"{number:,}+"
