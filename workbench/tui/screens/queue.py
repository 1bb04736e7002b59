"""The queue: every claim that matches the filter line, in pages, with facets and figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from workbench.actions import find
from workbench.errors import UsageError
from workbench.tui.keys import bindings_for, hints, shown_key
from workbench.tui.lines import Line, Part, cut, justify, line, width_of
from workbench.tui.reading import Figures, Query, QueueData, load_figures, load_keys, load_page, load_queue, read_query
from workbench.tui.screens.filtering import ONE_LETTER, Filtering, is_begun
from workbench.tui.screens.registry import heading
from workbench.tui.selection import Selection
from workbench.tui.widgets.claim_list import ClaimList, heads, hit_pattern
from workbench.tui.widgets.hint_bar import Hint, HintBar
from workbench.tui.widgets.line_pane import Bar
from workbench.tui.widgets.paged_list import PAGE, PagedList

if TYPE_CHECKING:
    from workbench.records import ActionRow, ClaimRow, Progress
    from workbench.services.lists import KeyMap
    from workbench.services.store import Stop, Store


FOUND, STEP = 30, 6  # cells of the number of matches, and by how many they grow


class QueueScreen(Filtering):
    """Filter line, list, facets, footer."""

    place = "queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("queue"),
        Binding("tab,shift+tab", "list_focus", show=False),  # only `/` leads into the filter line
        Binding("shift+down,J", "extend(1)", show=False),
        Binding("shift+up,K", "extend(-1)", show=False),
    ]
    AUTO_FOCUS = "ClaimList"

    def __init__(self) -> None:
        super().__init__()
        self.figures: Figures | None = None
        self.counted = True  # whether the number of matches is known to the last one
        self.keys: KeyMap | None = None  # the map of the list, made when somebody goes beyond what is counted
        self.read_once = False  # whether the list says what the store holds
        self.seeding = False
        self._stop: Stop | None = None  # ends the reading of a query that nobody waits for any more

    def compose(self) -> ComposeResult:
        """The lines from top to bottom."""
        yield Bar(self._top, id="top")
        with Horizontal(id="filter-line"):
            yield Static("/", markup=False, id="prompt")
            yield Input(id="filter", placeholder="words, or conditions")
            yield Bar(self._found, id="found")
        yield Bar(self._heads, id="heads")
        yield ClaimList(id="claims")
        yield Bar(self.facets_line, id="facets")
        yield HintBar()

    def on_mount(self) -> None:
        """Show the footer; the rows come when the store is open."""
        self.claims.empty = (line(Part("  opening the store …", "faint")),)
        self.show_hints()

    @property
    def claims(self) -> ClaimList:
        """The list of claims."""
        return self.query_one("#claims", ClaimList)

    # -- lines

    def _top(self, width: int) -> Line:
        beside = [Part(f"{self.desk.beside} · ", "accent")] if self.desk.beside else []
        who = [*beside, Part(self.desk.reviewer, "plain" if self.figures else "dim")]
        told = [Part(words, "dim") for words in self._how_far()]
        ways = [[*who, Part(" · ", "dim"), part] for part in told] + [[*beside, part] for part in told[1:]]
        ways.sort(key=lambda way: told.index(way[-1]))  # few words with the reviewer's name before many without it
        return heading(self.place, width, *ways, who)

    def _how_far(self) -> list[str]:
        """How far the store is, from many words to few."""
        figures = self.figures
        if figures is None or not figures.claims:
            return []
        counted = f"{figures.open:,} of {figures.claims:,} claims open"
        return [f"{counted} · {figures.coverage:.0%} of sentences settled", counted, f"{figures.open:,} open"]

    def _found(self, width: int) -> Line:
        return justify([], self._found_parts(), width)

    def _found_parts(self) -> list[Part]:
        order = f"by {self.query_shown.sort} {'▴' if self.query_shown.descending else '▾'}"
        chosen = [Part(f"{len(self.selection):,} selected · ", "accent")] if self.selection else []
        number = f"{self.claims.count:,}{'' if self.counted else '+'}"
        return [*chosen, Part(f"{number} match · ", "dim"), Part(order, "accent", "sort")]

    def _show_found(self) -> None:
        """Draw the number of matches, in a place that is wide enough for it; its width changes in steps."""
        bar = self.query_one("#found", Bar)
        wanted = max(-(-width_of(self._found_parts()) // STEP) * STEP, FOUND)
        if bar.styles.width is None or bar.styles.width.value != wanted:
            bar.styles.width = wanted
        bar.refresh()

    def _heads(self, width: int) -> Line:
        """The column heads, or what is wrong with the filter, or how it may go on."""
        if self.complaint:
            return cut([Part("  " + self.complaint, "alarm")], width)
        if self.filter_line.has_focus and is_begun(self.filter_line.value):
            return cut([Part("  " + ONE_LETTER, "dim")], width)
        return self.offered(width) if self.offers and self.filter_line.has_focus else heads(width)

    # -- reading

    async def refresh_all(self) -> None:
        """Read rows and figures again, the cursor staying on its claim."""
        await self.show_query(self.query_shown, self.claims.current_key)

    async def came_back(self, claim_id: int | None) -> None:
        """Stand on the claim that was looked at last."""
        await self.show_query(self.query_shown, claim_id or self.claims.current_key)

    async def start(self, query_text: str, sort: str, descending: bool, claim: int | None) -> None:
        """The first rows, where the reviewer left off."""
        try:
            query = read_query(query_text, sort, descending)
        except UsageError:
            query = Query("", sort=sort, descending=descending)
        with self.prevent(Input.Changed):
            self.filter_line.value = query.text
        await self.show_query(query, claim)

    async def show_query(self, query: Query, keep: int | None) -> None:
        """Show what a query finds; a query before it that is still being read is given up."""
        if self.store is None:
            return
        if self._stop is not None:
            self._stop.now()
        stop = self._stop = _new_stop()
        typed = query.text != self.query_shown.text
        near = 0 if typed else self.claims.cursor
        data = await self.read(lambda store: load_queue(store, query, keep, near, stop, typed=typed))
        if data is None or stop is not self._stop:
            return
        self._show(data)
        self._read_figures()
        if self._at_the_end(data.cursor):
            self._count_on()

    def _show(self, data: QueueData) -> None:
        if self.selection.query is not None and self.selection.query.text != data.query.text:
            self.select(Selection())  # all that matched another filter: nobody sees them any more
        self.query_shown, self.tally, self.read_once = data.query, data.tally, True
        self.counted, self.keys = data.tally.exact, None
        self.claims.pattern = hit_pattern(data.query.filter.search)
        self.claims.empty = self._empty()
        self.claims.load(data.tally.number, data.cursor, data.pages, data.key)
        self.query_one("#facets", Bar).refresh()
        self._show_found()
        self.show_hints()

    def _empty(self) -> tuple[Line, ...]:
        if self.query_shown.filter.marks == {"open"} and "open" in self.query_shown.text:
            return (
                (),
                line(Part("  Nothing open is left here.", "strong")),
                (),
                line("  ", Part("esc", "key"), "  shows every claim again"),
                line("  ", Part(shown_key(find("report")), "key"), "  exports a report"),
            )
        if self.query_shown.text:
            return ((), line("  No claim matches. ", Part("esc", "key"), " takes the filter away."))
        if self.desk.seed_offer:
            return (
                (),
                line(Part("  This store is empty.", "strong")),
                (),
                line("  ", Part("enter", "key"), "  brings in the seed articles, to try the desk on"),
                line(
                    "  ",
                    Part("g a", "key", "app.go('articles')"),
                    "    and there i brings in your own: files, folders, pages",
                ),
            )
        return (
            (),
            line("  This store is empty. ", Part("g a", "key"), " leads to the articles; i brings some in there."),
        )

    @work(exclusive=True, group="figures", exit_on_error=False)
    async def _read_figures(self) -> None:
        figures = await self.read(load_figures)
        if figures is not None:
            self.figures = figures
            self.query_one("#top", Bar).refresh()

    def _at_the_end(self, row: int) -> bool:
        """Whether a row is one of the last that are known, of a list that is counted no further."""
        return not self.counted and row // PAGE >= (self.claims.count - 1) // PAGE

    @work(exclusive=True, group="count", exit_on_error=False)
    async def _count_on(self) -> None:
        """Count to the end what the first look counted so far and no further, and map the list on the way."""
        query, stop, generation = self.query_shown, self._stop, self.claims.generation
        keys = await self.read(lambda store: load_keys(store, query, stop))
        if keys is not None and stop is self._stop and self.tally is not None:
            self.claims.grow(generation, keys.count)
            self.counted, self.keys = True, keys
            self.tally = replace(self.tally, number=keys.count)
            self._show_found()

    async def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        """Read a page that came into view."""
        if self._at_the_end(event.page * PAGE):
            self._count_on()
        self._read_page(event.page, event.generation)

    @work(group="pages", exit_on_error=False)
    async def _read_page(self, page: int, generation: int) -> None:
        query, stop, keys = self.query_shown, self._stop, self.keys
        rows = await self.read(lambda store: load_page(store, query, page, stop, keys))
        if rows is not None:
            self.claims.put(generation, page, rows)

    # -- focus and footer

    def on_input_submitted(self) -> None:
        """Enter goes to the list, and puts the best matches of a search first."""
        self.claims.focus()
        self.rank()

    async def on_descendant_focus(self) -> None:
        """The footer follows the focus, and so do the words that the filter line offers."""
        self.show_hints()
        if self.read_once:
            await self.offer_words(self.filter_line.value)

    def hints(self) -> list[Hint]:
        """Those of the filter line, of the selection, or of the list."""
        if self.filter_line.has_focus:
            return [
                ("enter", "to the list", "go_list"),
                ("tab", "completes", "list_focus"),
                ("esc", "no filter", "back"),
            ]
        if self.selection:
            chosen = [hint for hint in super().hints() if hint[2] not in ("open", "filter", "undo", "help")]
            return [*chosen, *hints(("flags", "not_a_claim")), ("esc", "unselect", "back"), *hints(("help",))]
        if self.read_once and not self.claims.count and not self.query_shown.text:
            seeds: list[Hint] = [("enter", "the seed articles", "open")] if self.desk.seed_offer else []
            return [*seeds, ("g a", "your own articles", "app.go('articles')"), *hints(("help", "quit"))]
        return super().hints()

    def action_filter(self) -> None:
        """Type a filter."""
        self.set_focus(self.filter_line)  # at once: `focus` waits behind keys that are typed ahead
        self.show_hints()

    def action_go_list(self) -> None:
        """Leave the filter line."""
        self.set_focus(self.claims)

    async def action_back(self) -> None:
        """Take the selection away, else the filter, and go to the list."""
        if self.selection and not self.filter_line.has_focus:
            self.select(Selection())
            return
        self.filter_line.value = ""
        self.complain("")
        self.set_focus(self.claims)

    # -- selecting

    def selection_changed(self) -> None:
        """Draw the signs, the number and the keys that act on the selection."""
        self.claims.selection = self.selection
        self.claims.refresh()
        self._show_found()
        self.show_hints()

    def action_select(self) -> None:
        """Select the claim under the cursor, or not any more, and go on."""
        claim_id = self.claim_id()
        if claim_id is not None:
            self.select(self.selection.turned(claim_id))
            self.claims.move(1)

    def action_extend(self, by: int) -> None:
        """Select this claim and the one that the cursor moves to."""
        here = self.claims.cursor
        rows = self.claims.rows_between(min(here, here + by), max(here, here + by))
        self.select(self.selection.with_all(frozenset(row.id for row in rows)))
        self.claims.move(by)

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
        await self.show_query(self.query_shown, next_id if advance and next_id is not None else claim_id)

    async def went_back(self, action: ActionRow, claim_id: int | None) -> None:
        """Stand on the claim that came back."""
        await self.show_query(self.query_shown, claim_id or self.claims.current_key)


def _new_stop() -> Stop:
    from workbench.services.store import Stop

    return Stop()
