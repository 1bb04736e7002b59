"""What the lists of articles and of sources share: a filter line, a list, what is known of the row in hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from workbench.tui.lines import Line, Part, justify, line
from workbench.tui.screens.desk_screen import DeskScreen
from workbench.tui.screens.registry import heading
from workbench.tui.widgets.hint_bar import Hint, HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane
from workbench.tui.widgets.paged_list import PAGE, PagedList

if TYPE_CHECKING:
    from workbench.services.store import Store
    from workbench.tui.app import DeskApp

Row = TypeVar("Row")
DEBOUNCE = 0.1  # seconds of quiet before the list follows the filter line
REST = 0.05  # seconds on a row before what is known of it is read


class RowsScreen(DeskScreen, Generic[Row]):
    """Rows that are read whole (an article or a source is a row), with the cursor kept by the row's number."""

    kept = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab,shift+tab", "list_focus", show=False)]
    sorts: ClassVar[tuple[str, ...]] = ()
    placeholder: ClassVar[str] = ""
    noun = ""

    def __init__(self) -> None:
        super().__init__()
        self.filter_text = ""
        self.sort = self.sorts[0]
        self.rows: Sequence[Row] = ()
        self.working = ""  # what a long job is on
        self._detail_of: int | None = None

    @classmethod
    async def make(cls, desk: DeskApp) -> RowsScreen[Row]:
        """The screen; its rows come when it stands."""
        return cls()

    # -- what a subclass says

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders that there are."""
        return self.sorts

    def make_list(self) -> PagedList[Row]:
        """The list widget."""
        raise NotImplementedError

    def read_rows(self, store: Store, text: str, sort: str) -> Sequence[Row]:
        """The rows of a filter, in order. Called in a thread; raises UsageError for a filter it can't read."""
        raise NotImplementedError

    def read_detail(self, store: Store, row: Row) -> Any:
        """What the pane shows of a row. Called in a thread."""
        raise NotImplementedError

    def detail_lines(self, row: Row, detail: Any, width: int) -> list[Line]:
        """The pane's lines."""
        raise NotImplementedError

    def heads(self, width: int) -> Line:
        """The heads of the columns."""
        raise NotImplementedError

    def nothing(self) -> Sequence[Line]:
        """What an empty list says."""
        raise NotImplementedError

    # -- widgets

    def compose(self) -> ComposeResult:
        """The lines from top to bottom."""
        yield Bar(self._top, id="top")
        with Horizontal(id="filter-line"):
            yield Static("/", markup=False, id="prompt")
            yield Input(id="filter", placeholder=self.placeholder)
            yield Bar(self._found, id="found")
        yield Bar(self.heads, id="heads")
        yield self.make_list()
        yield LinePane(id="detail")
        yield HintBar()

    async def on_mount(self) -> None:
        """Show the footer and read the rows."""
        self.query_one("#detail", LinePane).can_focus = False
        self.listing.empty = (line(Part("  reading …", "faint")),)
        self.listing.focus()
        self.show_hints()
        await self.refresh_all()

    @property
    def listing(self) -> PagedList[Row]:
        """The list of rows."""
        return self.query_one(PagedList)

    @property
    def filter_line(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.listing.current

    def _top(self, width: int) -> Line:
        return self.header([], width)

    def header(self, ways: Sequence[Part], width: int) -> Line:
        """The names of the screens, what this one can show (`ways`), what goes on beside it, and the reviewer."""
        beside = [Part(f"{self.desk.beside}  ", "accent")] if self.desk.beside and not self.working else []
        right = [*beside, *ways]
        named = [*right, Part("  " if right else ""), Part(self.desk.reviewer, "dim")]
        return heading(self.place, width, named, right or named)  # the reviewer gives way before the screens' names

    def _found(self, width: int) -> Line:
        if self.working:
            return justify([], [Part(self.working, "accent")], width)
        order = Part(f"by {self.sort} ▾", "accent", "sort")
        number = f"{len(self.rows)} {self.noun}" if len(self.rows) != 1 else f"1 {self.noun.removesuffix('s')}"
        return justify([], [Part(f"{number} · ", "dim"), order], width)

    def show_working(self, what: str) -> None:
        """Say beside the filter what a long job is on; "" when it is done."""
        self.working = what
        self.query_one("#found", Bar).refresh()

    # -- reading

    async def refresh_all(self) -> None:
        """Read the rows again, the cursor staying on its row."""
        await self._read(self.listing.current_key)

    async def _read(self, keep: int | None) -> None:
        text, sort = self.filter_text, self.sort
        rows = await self.read(lambda store: self.read_rows(store, text, sort))
        if rows is None or (text, sort) != (self.filter_text, self.sort):
            return
        self.rows = rows
        shown = self.listing
        shown.empty = self.nothing()
        keys = [shown.key_of(row) for row in rows]
        place = keys.index(keep) if keep in keys else min(shown.cursor, max(len(rows) - 1, 0))
        pages = {number // PAGE: rows[number : number + PAGE] for number in range(0, len(rows), PAGE)}
        near = {place // PAGE: pages[place // PAGE]} if pages else {}
        shown.load(len(rows), place, near, keys[place] if keys else None)
        self.query_one("#found", Bar).refresh()
        self._detail_of = None
        self._follow_cursor()

    def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        """Bring a page that came into view."""
        start = event.page * PAGE
        self.listing.put(event.generation, event.page, self.rows[start : start + PAGE])

    def on_paged_list_moved(self) -> None:
        """The pane follows the cursor."""
        self._follow_cursor()

    @work(exclusive=True, group="detail", exit_on_error=False)
    async def _follow_cursor(self) -> None:
        row = self.current
        pane = self.query_one("#detail", LinePane)
        if row is None:
            pane.show(lambda width: [])
            return
        await asyncio.sleep(REST)
        detail = await self.read(lambda store: self.read_detail(store, row))
        if detail is not None:
            pane.show(lambda width: self.detail_lines(row, detail, width), to_top=True)

    # -- the filter line

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as you type."""
        self._follow(event.value)

    @work(exclusive=True, group="filter", exit_on_error=False)
    async def _follow(self, text: str) -> None:
        await asyncio.sleep(DEBOUNCE)
        self.filter_text = text
        await self._read(self.listing.current_key)

    def on_input_submitted(self) -> None:
        """Enter goes to the list."""
        self.action_list_focus()

    def on_descendant_focus(self) -> None:
        """The footer follows the focus."""
        self.show_hints()

    def hints(self) -> list[Hint]:
        """Those of the list, or of the filter line."""
        if self.filter_line.has_focus:
            return [("enter", "to the list", "list_focus"), ("esc", "no filter", "back")]
        return super().hints()

    # -- actions

    def action_filter(self) -> None:
        """Type a filter."""
        self.set_focus(self.filter_line)  # at once: `focus` waits behind keys that are typed ahead
        self.show_hints()

    def action_list_focus(self) -> None:
        """Go to the list."""
        self.set_focus(self.listing)

    async def action_back(self) -> None:
        """Take the filter away; without one, to the screen below."""
        if self.filter_line.has_focus or self.filter_line.value:
            self.filter_line.value = ""
            self.set_focus(self.listing)
        else:
            await super().action_back()

    async def action_sort(self) -> None:
        """The next order."""
        self.sort = self.orders[(self.orders.index(self.sort) + 1) % len(self.orders)]
        await self.refresh_all()

    def action_down(self) -> None:
        """The next row."""
        if self.filter_line.has_focus:
            self.action_list_focus()
        else:
            self.listing.move(1)

    def action_up(self) -> None:
        """The row before."""
        self.listing.move(-1)

    async def action_open(self) -> None:
        """Open the row."""
        raise NotImplementedError

    async def on_paged_list_chosen(self) -> None:
        """A double click opens."""
        await self.action_open()
