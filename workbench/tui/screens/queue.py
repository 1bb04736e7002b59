"""The queue: every claim that matches the filter line, in pages, with facets and figures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from workbench.errors import UsageError
from workbench.text import cell_width
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, cut, justify, line, width_of
from workbench.tui.reading import Figures, Query, QueueData, load_figures, load_page, load_queue, read_query
from workbench.tui.screens.claim_actions import ClaimActions
from workbench.tui.screens.registry import screen_names
from workbench.tui.widgets.claim_list import ClaimList, heads, hit_pattern
from workbench.tui.widgets.hint_bar import Hint, HintBar
from workbench.tui.widgets.line_pane import Bar
from workbench.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from workbench.records import ActionRow, ClaimRow, Progress
    from workbench.services.store import Store

DEBOUNCE = 0.1  # seconds of quiet before the list follows the filter line


class QueueScreen(ClaimActions):
    """Filter line, list, facets, footer."""

    place = "queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("queue"),
        Binding("tab,shift+tab", "list_focus", show=False),  # only `/` leads into the filter line
    ]
    AUTO_FOCUS = "ClaimList"

    def __init__(self) -> None:
        super().__init__()
        self.query_shown = Query()
        self.figures: Figures | None = None
        self.complaint = ""
        self.read_once = False  # whether the list says what the store holds
        self.seeding = False

    def compose(self) -> ComposeResult:
        """The lines from top to bottom."""
        yield Bar(self._top, id="top")
        with Horizontal(id="filter-line"):
            yield Static("/", markup=False, id="prompt")
            yield Input(id="filter", placeholder="words, or source: outlet: kind: is:anonymous check>0.5")
            yield Bar(self._found, id="found")
        yield Bar(self._heads, id="heads")
        yield ClaimList(id="claims")
        yield Bar(self._facets, id="facets")
        yield HintBar()

    def on_mount(self) -> None:
        """Show the footer; the rows come when the store is open."""
        self.claims.empty = (line(Part("  opening the store …", "faint")),)
        self.show_hints()

    @property
    def claims(self) -> ClaimList:
        """The list of claims."""
        return self.query_one("#claims", ClaimList)

    @property
    def filter_line(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    # -- lines

    def _top(self, width: int) -> Line:
        left = screen_names(self.place, width)
        if self.figures is None or not self.figures.claims:
            return justify(left, [Part(self.desk.reviewer, "dim")], width)
        figures = self.figures
        counted = f" · {figures.open} of {figures.claims} claims open"
        settled = f"{counted} · {figures.coverage:.0%} of sentences settled"
        room = width - width_of(left) - 2 - cell_width(self.desk.reviewer)
        said = settled if len(settled) <= room else counted
        return justify(left, [Part(self.desk.reviewer), Part(said, "dim")], width)

    def _found(self, width: int) -> Line:
        order = f"by {self.query_shown.sort} {'▴' if self.query_shown.descending else '▾'}"
        return justify([], [Part(f"{self.claims.count} match · ", "dim"), Part(order, "accent", "sort")], width)

    def _heads(self, width: int) -> Line:
        """The column heads, or what is wrong with the filter."""
        return cut([Part("  " + self.complaint, "alarm")], width) if self.complaint else heads(width)

    def _facets(self, width: int) -> Line:
        if self.figures is None:
            return ()
        parts: list[Part] = []
        for name, prefix in (("kind", "kind:"), ("voice", "is:"), ("status", "status:")):
            lead = Part(f"{'    ' if parts else ''}{name}  ", "faint")
            for value, number in self.figures.facets.get(name, ())[:5]:
                narrow = "" if value == "none" else f"narrow({(prefix + value.replace(' ', '-'))!r})"
                more = (lead, Part(value, "dim", narrow), Part(f" {number}", "plain", narrow))
                if width_of([*parts, *more]) > width:
                    return tuple(parts)
                parts += more
                lead = Part(" · ", "faint")
        return tuple(parts)

    # -- reading

    async def refresh_all(self) -> None:
        """Read rows and figures again, the cursor staying on its claim."""
        await self._show_query(self.query_shown, self.claims.current_key)

    async def came_back(self, claim_id: int | None) -> None:
        """Stand on the claim that was looked at last."""
        await self._show_query(self.query_shown, claim_id or self.claims.current_key)

    async def start(self, query_text: str, sort: str, descending: bool, claim: int | None) -> None:
        """The first rows, where the reviewer left off."""
        try:
            query = read_query(query_text, sort, descending)
        except UsageError:
            query = Query("", sort=sort, descending=descending)
        with self.prevent(Input.Changed):
            self.filter_line.value = query.text
        await self._show_query(query, claim)

    async def _show_query(self, query: Query, keep: int | None) -> None:
        near = self.claims.cursor
        data = await self.read(lambda store: load_queue(store, query, keep, near))
        if data is not None:
            self._show(data)
            self._read_figures(query)

    def _show(self, data: QueueData) -> None:
        self.query_shown, self.read_once = data.query, True
        self.claims.pattern = hit_pattern(data.query.filter.search)
        self.claims.empty = self._empty()
        self.claims.load(data.count, data.cursor, data.pages, data.key)
        self.query_one("#found", Bar).refresh()

    def _empty(self) -> tuple[Line, ...]:
        if self.query_shown.text:
            return ((), line("  No claim matches. ", Part("esc", "key"), " in the filter line takes the filter away."))
        if self.desk.seed_offer:
            return (
                (),
                line(Part("  This store is empty.", "strong")),
                (),
                line("  ", Part("enter", "key"), "  brings in the seed articles to try the desk on"),
                line("  ", Part("workbench ingest FILE…", "key"), "  on the command line brings in your own"),
            )
        return ((), line("  This store is empty. ", Part("workbench ingest FILE…", "key"), " brings in articles."))

    @work(exclusive=True, group="figures", exit_on_error=False)
    async def _read_figures(self, query: Query) -> None:
        figures = await self.read(lambda store: load_figures(store, query))
        if figures is not None:
            self.figures = figures
            for bar in self.query(Bar):
                bar.refresh()

    async def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        """Read a page that came into view."""
        self._read_page(event.page, event.generation)

    @work(group="pages", exit_on_error=False)
    async def _read_page(self, page: int, generation: int) -> None:
        query = self.query_shown
        rows = await self.read(lambda store: load_page(store, query, page))
        if rows is not None:
            self.claims.put(generation, page, rows)

    # -- the filter line

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as you type."""
        self._follow(event.value)

    @work(exclusive=True, group="filter")
    async def _follow(self, text: str) -> None:
        await asyncio.sleep(DEBOUNCE)
        try:
            query = read_query(text, self.query_shown.sort, self.query_shown.descending)
        except UsageError as error:
            self._complain(str(error))
            return
        self._complain("")
        await self._show_query(query, self.claims.current_key)

    def _complain(self, what: str) -> None:
        self.complaint = what
        self.query_one("#heads", Bar).refresh()

    def on_input_submitted(self) -> None:
        """Enter goes to the list."""
        self.claims.focus()

    def on_descendant_focus(self) -> None:
        """The footer follows the focus."""
        self.show_hints()

    def hints(self) -> list[Hint]:
        """Those of the list, or of the filter line."""
        if self.filter_line.has_focus:
            return [("enter", "to the list", "list_focus"), ("esc", "no filter", "back")]
        return super().hints()

    def action_filter(self) -> None:
        """Type a filter."""
        self.set_focus(self.filter_line)  # at once: `focus` waits behind keys that are typed ahead
        self.show_hints()

    def action_list_focus(self) -> None:
        """Go to the list."""
        self.set_focus(self.claims)

    async def action_back(self) -> None:
        """Take the filter away and go to the list."""
        self.filter_line.value = ""
        self._complain("")
        self.set_focus(self.claims)

    def action_narrow(self, condition: str) -> None:
        """Add a facet's value to the filter."""
        words = [word for word in self.filter_line.value.split() if word != condition]
        self.filter_line.value = " ".join([*words, condition])

    async def action_sort(self) -> None:
        """The next order."""
        shown = self.query_shown
        from workbench.records import SORTS

        after = SORTS[(SORTS.index(shown.sort) + 1) % len(SORTS)]
        await self._show_query(Query(shown.text, after, shown.descending), self.claims.current_key)

    # -- moving and opening

    def action_down(self) -> None:
        """The next row."""
        if self.filter_line.has_focus:
            self.claims.focus()
        else:
            self.claims.move(1)

    def action_up(self) -> None:
        """The row before."""
        self.claims.move(-1)

    async def action_open(self) -> None:
        """Open the claim in its article; on an empty store bring in the seeds."""
        if self.claims.count == 0:
            if self.read_once and not self.query_shown.text and self.desk.seed_offer and not self.seeding:
                self._seed()
            return
        claim_id = self.claim_id()
        if claim_id is not None:
            await self.desk.open_review(claim_id)

    async def on_paged_list_chosen(self) -> None:
        """A double click opens."""
        await self.action_open()

    @work(exclusive=True, group="seed", exit_on_error=False)
    async def _seed(self) -> None:
        from workbench.records import Progress

        self.seeding = True
        self._seeding(Progress(0, None, ""))

        def work(store: Store) -> int:
            from workbench.services import demo

            return len(demo.seed(store, lambda progress: self.app.call_from_thread(self._seeding, progress)))

        stored = await self.attempt(work)
        self.seeding = False
        if stored is not None:
            self.desk.say(f"{stored} seed articles stored · u undoes")
        await self.refresh_all()

    def _seeding(self, progress: Progress) -> None:
        count = f" · {progress.done + 1} of {progress.total}" if progress.total else ""
        self.claims.empty = ((), line(Part(f"  reading the seed articles{count} · {progress.what}", "dim")))
        self.claims.refresh()

    # -- the claim in hand

    def claim_id(self) -> int | None:
        """The claim under the cursor."""
        return self.claims.current_key if self.claims.count else None

    def claim_row(self) -> ClaimRow | None:
        """Its row."""
        return self.claims.current

    def reading_query(self) -> Query:
        """The list's own order."""
        return self.query_shown

    async def decided(self, claim_id: int, next_id: int | None, advance: bool) -> None:
        """Read the list again, standing on the next open claim or on this one."""
        if advance and next_id is None:
            self.desk.say("nothing open is left here")
        await self._show_query(self.query_shown, next_id if advance and next_id is not None else claim_id)

    async def went_back(self, action: ActionRow, claim_id: int | None) -> None:
        """Stand on the claim that came back."""
        await self._show_query(self.query_shown, claim_id or self.claims.current_key)
