"""Report: what a filter holds, for whom, in which format; how it begins; and writing it to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from workbench.errors import UsageError
from workbench.records import ClaimFilter, Progress
from workbench.text import counted
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, cut, line
from workbench.tui.report_lines import (
    ARCHIVE,
    CHECKS,
    FORMATS,
    archive_lines,
    audience_line,
    check_lines,
    endings_of,
    format_line,
    holds_of,
    preview_lines,
)
from workbench.tui.screens.desk_screen import Complain, DeskScreen
from workbench.tui.screens.registry import heading
from workbench.tui.widgets.hint_bar import Hint, HintBar
from workbench.tui.widgets.line_pane import Bar, LinePane

if TYPE_CHECKING:
    from workbench.services.claimreviews import Foreseen, Written
    from workbench.services.preview import Preview
    from workbench.services.report import Exported
    from workbench.services.store import Stop, Store
    from workbench.tui.app import DeskApp
    from workbench.tui.tasks import Task

EXAMPLES = {
    "desk-name": "The Harbour Desk",
    "home-page": "https://desk.example/",
    "check-url": "https://desk.example/checks/{article}#{claim}",
}
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
        self._public = {False: False, True: True}  # of a report, and of ClaimReview, which is for publishing
        self.complaint = ""
        self.preview: Preview | Foreseen | None = None
        self._queue_text = ""  # the queue's filter when it was last taken
        self._stop: Stop | None = None
        self._paths = {False: Path.cwd() / "report", True: Path.cwd() / "checks"}  # of a report, of ClaimReview

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
    def public(self) -> bool:
        """Whether what is written is for the public."""
        return self._public[self.format == CHECKS]

    @property
    def pane(self) -> LinePane:
        """Where the report's beginning stands."""
        return self.query_one("#preview", LinePane)

    @property
    def filter_line(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    def _top(self, width: int) -> Line:
        return heading(self.place, width, [Part(self.desk.reviewer, "dim")])

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
            self._read(wanted, self.public, self.format == CHECKS)

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
    async def _read(self, wanted: ClaimFilter, public: bool, checks: bool) -> None:
        from workbench.services.preview import preview, preview_checks
        from workbench.services.store import Stop

        stop = self._stop = Stop()

        def ahead(store: Store) -> Preview | Foreseen:
            return (preview_checks if checks else preview)(store, wanted, public=public, stop=stop)

        found = await self.read(ahead)
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
        elif self.format == CHECKS:
            self.pane.show(lambda width: check_lines(cast("Foreseen", found), width))
        else:
            self.pane.show(lambda width: preview_lines(cast("Preview", found), width))

    # -- choosing

    async def action_choose(self, format_name: str) -> None:
        """Take a format."""
        alike = _preview_of(self.format) == _preview_of(format_name)
        self.format = format_name
        if alike:
            self._draw()
            return
        self.preview = None
        self.pane.scroll_to(y=0, animate=False)
        self._draw()
        await self.refresh_all()

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
        self._public[self.format == CHECKS], self.preview = public, None
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
        if self.is_busy() or (self.format == CHECKS and not await self._desk_is_told()):
            return
        endings, checks = endings_of(self.format), self.format == CHECKS
        dialog = ReportDialog("Write the report", self._said(), self._paths[checks].with_suffix(endings[0]), endings)
        path = await self.app.push_screen_wait(dialog)
        if path is not None:
            self._paths[checks] = path
            self._write(wanted, path)

    async def _desk_is_told(self) -> bool:
        """Ask for each setting that ClaimReview needs and that has no value; False when that was given up."""
        from workbench.services.claimreviews import unset
        from workbench.tui.dialogs.ask import AskLine

        for one in await self.read(unset) or ():

            async def accept(answer: str, complain: Complain, name: str = one.name) -> bool:
                from workbench.services import settings

                return await self.attempt(lambda store: settings.change(store, name, answer), complain) is not None

            dialog = AskLine(
                f"ClaimReview needs the {one.name}", one.help, placeholder=EXAMPLES.get(one.name, ""),
                needed="Write something: without it nothing can be published.", accept=accept,
            )  # fmt: skip
            if await self.app.push_screen_wait(dialog) is None:
                return False
        await self.refresh_all()
        return True

    def _said(self) -> str:
        if self.format == ARCHIVE:
            return f"archive: {holds_of(None, False, ARCHIVE)}"
        about = self.filter_text.strip() or "every claim"
        if self.format == CHECKS:
            return (
                f"{CHECKS}, {'public' if self.public else 'internal'}: {about}. A name in .html is a web page of them"
            )
        return f"{self.format}, {'public' if self.public else 'internal'}: {about}"

    @work(group="long", exit_on_error=False)
    async def _write(self, wanted: ClaimFilter, path: Path) -> None:
        format_name = self.format
        whole = format_name == ARCHIVE
        public = self.public and not whole
        if format_name == CHECKS:
            await self._write_checks(wanted, path, public)
            return

        def write(store: Store, task: Task) -> Exported:
            from workbench.services import report

            filter_ = ClaimFilter() if whole else wanted
            return report.export(store, filter_, format_name, public=public, output=path, progress=_watching(task))

        done = await self.desk.run_long(f"writing {path.name}", write)
        if done is not None:
            written = f"{counted(done.claims, 'claim')} written to {path}"
            self.desk.say(f"{written}; {done.holds}" if public else written)

    async def _write_checks(self, wanted: ClaimFilter, path: Path, public: bool) -> None:
        def write(store: Store, task: Task) -> Written:
            from workbench.services import claimreviews

            page = path.suffix.casefold() == ".html"
            return claimreviews.export(
                store, wanted, public=public, page=page, output=path, progress=_watching(task)
            )  # fmt: skip

        done = await self.desk.run_long(f"writing {path.name}", write)
        if done is None:
            return
        number = len(done.lacking)
        lacks = "lacks" if number == 1 else "lack"
        lacking = f"; {counted(number, 'claim')} {lacks} something, see the preview" if number else ""
        if done.reviews:
            self.desk.say(f"{counted(done.reviews, 'check')} written to {path}; {done.holds}{lacking}")
        else:
            self.desk.say(f"nothing was written: no check can go out yet{lacking}", "warning")


def _watching(task: Task) -> Callable[[Progress], None]:
    return lambda progress: task.watch(progress.done, progress.total)


def _preview_of(format_name: str) -> str:
    """What the preview of a format is read from: a report, ClaimReview or the archive."""
    return format_name if format_name in (ARCHIVE, CHECKS) else "report"
