"""Report: what a filter holds, for whom, in which format; how it begins; and writing it to a file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from workbench.errors import UsageError
from workbench.records import ClaimFilter, Progress
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, cut, justify, line
from workbench.tui.report_lines import (
    ARCHIVE,
    FORMATS,
    archive_lines,
    audience_line,
    ending_of,
    format_line,
    holds_of,
    preview_lines,
)
from workbench.tui.screens.desk_screen import DeskScreen
from workbench.tui.screens.registry import screen_names
from workbench.tui.widgets.hint_bar import Hint, HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane

if TYPE_CHECKING:
    from workbench.services.preview import Preview
    from workbench.services.report import Exported
    from workbench.services.store import Stop, Store
    from workbench.tui.app import DeskApp
    from workbench.tui.tasks import Task

DEBOUNCE = 0.1  # seconds of quiet before the preview follows the filter line


class ReportScreen(DeskScreen):
    """A report before it is written. The filter is the queue's until another one is typed here."""

    place = "report"
    kept = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("report")
    signs = (
        ("internal", "every claim of the filter, with notes, names and history; each page says so"),
        ("public", "approved claims (checked ones while one reviewer works), nothing confidential"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.filter_text = ""
        self.format = FORMATS[0]
        self.public = False
        self.complaint = ""
        self.preview: Preview | None = None
        self._queue_text = ""  # the queue's filter when it was last taken
        self._stop: Stop | None = None
        self._path = Path.cwd() / "report"

    @classmethod
    async def make(cls, desk: DeskApp) -> ReportScreen:
        """The screen on the queue's filter; the preview comes when it stands."""
        made = cls()
        made.filter_text = made._queue_text = desk.queue_screen.query_shown.text
        return made

    def compose(self) -> ComposeResult:
        """The lines from top to bottom."""
        yield Bar(self._top, id="top")
        with Horizontal(id="filter-line"):
            yield Static("/", markup=False, id="prompt")
            yield Input(self.filter_text, id="filter", placeholder="every claim; words, source: outlet: kind: … narrow")
        yield Bar(lambda width: format_line(self.format, width), id="heads")
        yield Bar(lambda width: audience_line(self.public, self.format, self.preview, width), id="audience")
        yield Bar(self._holds, id="holds")
        yield LinePane(id="preview")
        yield HintBar()

    async def on_mount(self) -> None:
        """Show the footer and read the preview."""
        self.pane.focus()
        self.show_hints()
        await self.refresh_all()

    @property
    def pane(self) -> LinePane:
        """Where the report's beginning stands."""
        return self.query_one("#preview", LinePane)

    @property
    def filter_line(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    def _top(self, width: int) -> Line:
        return justify(screen_names(self.place, width), [Part(self.desk.reviewer, "dim")], width)

    def _holds(self, width: int) -> Line:
        if self.complaint:
            return cut([Part(self.complaint, "alarm")], width)
        return cut([Part(holds_of(self.preview, self.public, self.format), "dim")], width)

    # -- the filter

    def take_filter(self, text: str) -> None:
        """Be about another filter."""
        self.filter_text, self._queue_text = text, self._queue_now()
        if self.is_mounted:
            with self.prevent(Input.Changed):
                self.filter_line.value = text

    def _queue_now(self) -> str:
        return self.desk.queue_screen.query_shown.text

    async def came_back(self, claim_id: int | None) -> None:
        """Follow the queue's filter where that changed since, and read again."""
        if self._queue_now() != self._queue_text:
            self.take_filter(self._queue_now())
        await self.refresh_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Preview as you type."""
        self._follow(event.value)

    @work(exclusive=True, group="filter", exit_on_error=False)
    async def _follow(self, text: str) -> None:
        await asyncio.sleep(DEBOUNCE)
        self.filter_text = text
        await self.refresh_all()

    def on_input_submitted(self) -> None:
        """Enter goes to the preview."""
        self._to_preview()

    def _to_preview(self) -> None:
        self.set_focus(self.pane)

    def on_descendant_focus(self) -> None:
        """The footer follows the focus."""
        self.show_hints()

    def hints(self) -> list[Hint]:
        """Those of the screen, or of the filter line."""
        if self.filter_line.has_focus:
            return [("enter", "to the preview", "to_preview"), ("esc", "no filter", "back")]
        return super().hints()

    # -- reading

    async def refresh_all(self) -> None:
        """Read the preview again."""
        if self._stop is not None:
            self._stop.now()
        wanted = self._wanted()
        if self.format == ARCHIVE or wanted is None:
            self._stop = None
            self._draw()
        else:
            self._read(wanted, self.public)

    def _wanted(self) -> ClaimFilter | None:
        """What the filter line asks for; None after a complaint."""
        from workbench.services.filters import parse_filter

        self.complaint = ""
        try:
            return parse_filter(self.filter_text)
        except UsageError as error:
            self.complaint = str(error)
            return None

    @work(exclusive=True, group="preview", exit_on_error=False)
    async def _read(self, wanted: ClaimFilter, public: bool) -> None:
        from workbench.services.preview import preview
        from workbench.services.store import Stop

        stop = self._stop = Stop()
        found = await self.read(lambda store: preview(store, wanted, public=public, stop=stop))
        if found is not None and stop is self._stop:
            self.preview = found
            self._draw()

    def _draw(self) -> None:
        for name in ("#heads", "#audience", "#holds"):
            self.query_one(name, Bar).refresh()
        found = self.preview
        if self.format == ARCHIVE:
            self.pane.show(archive_lines)
        elif found is None:
            self.pane.show(lambda width: [line(Part("reading …", "faint"))])
        else:
            self.pane.show(lambda width: preview_lines(found, width))

    # -- choosing

    async def action_choose(self, format_name: str) -> None:
        """Take a format."""
        leaves_archive = ARCHIVE in (self.format, format_name)
        self.format = format_name
        if leaves_archive:
            self.pane.scroll_to(y=0, animate=False)
        await self.refresh_all() if leaves_archive else self._draw()

    async def action_report_format(self) -> None:
        """The next format."""
        await self.action_choose(FORMATS[(FORMATS.index(self.format) + 1) % len(FORMATS)])

    async def action_report_format_back(self) -> None:
        """The format before."""
        await self.action_choose(FORMATS[FORMATS.index(self.format) - 1])

    async def action_report_audience(self) -> None:
        """For the public, or internal; in the filter line tab goes to the preview."""
        if self.filter_line.has_focus:
            self._to_preview()
        elif self.format == ARCHIVE:
            self.desk.say("an archive is the whole store: choose another format for the public", "warning")
        else:
            await self._for(not self.public)

    async def action_internal(self) -> None:
        """For the desk."""
        await self._for(False)

    async def action_public(self) -> None:
        """For everybody."""
        await self._for(True)

    async def _for(self, public: bool) -> None:
        self.public, self.preview = public, None
        self._draw()
        await self.refresh_all()

    # -- moving

    def action_filter(self) -> None:
        """Type a filter."""
        self.set_focus(self.filter_line)
        self.show_hints()

    def action_to_preview(self) -> None:
        """Leave the filter line."""
        self._to_preview()

    def action_down(self) -> None:
        """Scroll."""
        self._to_preview()
        self.pane.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """Scroll back."""
        self.pane.scroll_relative(y=-1, animate=False)

    async def action_back(self) -> None:
        """Out of the filter line, which becomes empty; else to the screen below."""
        if self.filter_line.has_focus:
            self.filter_line.value = ""
            self._to_preview()
        else:
            await super().action_back()

    # -- writing

    @work(exclusive=True, group="dialog")
    async def action_report_write(self) -> None:
        """Ask for the file, and write it."""
        from workbench.tui.dialogs.report import ReportDialog

        self.filter_text = self.filter_line.value  # what was typed last may not be in the preview yet
        wanted = self._wanted()
        if wanted is None:
            self._draw()
            self.desk.say(self.complaint, "error")
            return
        if self.is_busy():
            return
        ending = ending_of(self.format)
        dialog = ReportDialog("Write the report", self._said(), self._path.with_suffix(ending), ending)
        path = await self.app.push_screen_wait(dialog)
        if path is not None:
            self._path = path
            self._write(wanted, path)

    def _said(self) -> str:
        if self.format == ARCHIVE:
            return f"archive: {holds_of(None, False, ARCHIVE)}"
        about = self.filter_text.strip() or "every claim"
        return f"{self.format}, {'public' if self.public else 'internal'}: {about}"

    @work(group="long", exit_on_error=False)
    async def _write(self, wanted: ClaimFilter, path: Path) -> None:
        format_name = self.format
        whole = format_name == ARCHIVE
        public = self.public and not whole

        def write(store: Store, task: Task) -> Exported:
            from workbench.services import report

            def watch(progress: Progress) -> None:
                task.watch(progress.done, progress.total)

            filter_ = ClaimFilter() if whole else wanted
            return report.export(store, filter_, format_name, public=public, output=path, progress=watch)

        done = await self.desk.run_long(f"writing {path.name}", write)
        if done is not None:
            written = f"{done.claims:,} {'claim' if done.claims == 1 else 'claims'} written to {path}"
            self.desk.say(f"{written}; {done.holds}" if public else written)
