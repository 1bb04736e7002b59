"""Stats: how far, how fast, who says what, who repeats what; and the audit of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from workbench.tui.figure_lines import audit_lines, stats_lines
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, justify, line
from workbench.tui.screens.desk_screen import DeskScreen
from workbench.tui.screens.registry import heading
from workbench.tui.widgets.hint_bar import HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane

if TYPE_CHECKING:
    from workbench.services.audit import Audit
    from workbench.services.stats import Stats
    from workbench.services.store import Store
    from workbench.tui.app import DeskApp

WIDEST = 118  # cells: a figure far from its name is hard to read


class StatsScreen(DeskScreen):
    """Two tabs of lines: the figures of what the queue shows (or of the whole store), and the audit."""

    place = "stats"
    kept = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("stats")
    signs = (
        ("▇", "bars share one scale in each block; the longest is the largest figure"),
        ("A … J", "how openly a source is named: A by name, J another medium"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.audit_shown = False
        self.whole_store = True
        self._stats: Stats | None = None
        self._audit: Audit | None = None

    @classmethod
    async def make(cls, desk: DeskApp) -> StatsScreen:
        """The screen; the figures come when it stands."""
        return cls()

    def compose(self) -> ComposeResult:
        """The lines from top to bottom."""
        yield Bar(self._top, id="top")
        yield Bar(self._tabs, id="heads")
        yield LinePane(id="figures")
        yield HintBar()

    async def on_mount(self) -> None:
        """Show the footer and count."""
        self.show_hints()
        await self.refresh_all()

    @property
    def pane(self) -> LinePane:
        """Where the figures stand."""
        return self.query_one("#figures", LinePane)

    def _top(self, width: int) -> Line:
        return heading(self.place, width, [Part(self.desk.reviewer, "dim")])

    def _tabs(self, width: int) -> Line:
        figures, audit = ("tab", "tab-on") if self.audit_shown else ("tab-on", "tab")
        left = [Part("Figures", figures, "other_tab"), Part("   "), Part("Audit", audit, "other_tab")]
        if self.audit_shown:
            return justify(left, [Part("every article", "dim")], width)
        shown = "the whole store" if self.whole_store else f"the queue’s filter: {self._filter_text()}"
        return justify(left, [Part(shown, "dim", "scope")], width)

    def _filter_text(self) -> str:
        return self.desk.queue_screen.query_shown.text

    # -- reading

    async def refresh_all(self) -> None:
        """Count again."""
        self.query_one("#heads", Bar).refresh()
        if self._stats is None and self._audit is None:
            self.pane.show(lambda width: [(), line(Part("  counting …", "faint"))])
        self._count()

    @work(exclusive=True, group="figures", exit_on_error=False)
    async def _count(self) -> None:
        wanted = None if self.whole_store else self.desk.queue_screen.query_shown.filter
        audited = self.audit_shown

        def count(store: Store) -> tuple[Stats | None, Audit | None]:
            from workbench.services import audit, stats

            if audited:
                return None, audit.audit(store)
            return (stats.collect(store) if wanted is None else stats.collect(store, wanted)), None

        found = await self.read(count)
        if found is not None:
            self._stats, self._audit = found
            self._draw()

    def _draw(self) -> None:
        stats, audited = self._stats, self._audit
        if stats is not None and stats.claims:
            self.pane.show(lambda width: stats_lines(stats, min(width, WIDEST)))
        elif audited is not None and audited.articles:
            from workbench.services.audit import LEVELS

            self.pane.show(lambda width: audit_lines(audited, LEVELS, min(width, WIDEST)))
        else:
            self.pane.show(lambda width: [(), self._nothing()])

    def _nothing(self) -> Line:
        if self.whole_store or self.audit_shown:
            return line(
                "  Nothing is stored yet. ", Part("g q", "key"), " leads to the queue, which offers the seed articles."
            )
        return line("  No claim matches the queue’s filter. ", Part("F", "key"), " counts the whole store.")

    # -- actions

    async def action_other_tab(self) -> None:
        """Figures or audit."""
        self.audit_shown = not self.audit_shown
        self._stats = self._audit = None
        self.pane.scroll_to(y=0, animate=False)
        await self.refresh_all()

    async def action_scope(self) -> None:
        """The whole store, or what the queue's filter shows."""
        if self.audit_shown:
            self.desk.say("the audit is of every article; workbench audit a3 takes one", "warning")
            return
        if self.whole_store and not self._filter_text():
            self.desk.say("the queue has no filter: / there sets one", "warning")
            return
        self.whole_store = not self.whole_store
        await self.refresh_all()

    def action_down(self) -> None:
        """Scroll."""
        self.pane.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """Scroll back."""
        self.pane.scroll_relative(y=-1, animate=False)

    async def action_narrow(self, condition: str) -> None:
        """Show the claims of a figure in the queue."""
        await self.desk.show_in_queue(condition)

    async def action_open_claim(self, claim_id: int) -> None:
        """Open a claim that was clicked."""
        await self.desk.open_review(claim_id)
