"""Articles: versions and coverage; ingest more from here, read again, remove."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from workbench.records import IngestOutcome, Progress
from workbench.tui.article_lines import ArticleDetail, article_line, detail_lines, heads
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, line
from workbench.tui.screens.rows_screen import RowsScreen
from workbench.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from workbench.records import ArticleRow
    from workbench.services.store import Store

    ArticlePages = PagedList[ArticleRow]
else:
    ArticlePages = PagedList


class ArticleList(ArticlePages):
    """Articles as lines."""

    def key_of(self, row: ArticleRow) -> int:
        """The article's number."""
        return row.id

    def draw(self, row: ArticleRow, width: int) -> Line:
        """The article as one line."""
        return article_line(row, width)


class ArticlesScreen(RowsScreen["ArticleRow"]):
    """Every article of the store."""

    place = "articles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("articles")
    sorts = ("date", "check", "title", "outlet")
    placeholder = "words of the title or the file’s name, or outlet:name"
    noun = "articles"
    signs = (
        ("settled", "share of the sentences whose claims are all judged, or that were marked"),
        ("3/17", "open claims of all claims"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._ingest_stopped = True

    def make_list(self) -> ArticleList:
        """The list of articles."""
        return ArticleList(id="articles")

    def heads(self, width: int) -> Line:
        """Date, coverage, claims, outlet, title."""
        return heads(width)

    def nothing(self) -> Sequence[Line]:
        """What an empty list says."""
        if self.filter_text:
            return ((), line("  No article matches. ", Part("esc", "key"), " takes the filter away."))
        return ((), line("  No article is stored yet. ", Part("i", "key"), " brings in files, folders or pages."))

    def read_rows(self, store: Store, text: str, sort: str) -> Sequence[ArticleRow]:
        """The articles whose title or name holds the words; `outlet:` narrows to an outlet."""
        from workbench.services import lists

        words = [word for word in text.split() if not word.startswith("outlet:")]
        outlets = [word.removeprefix("outlet:") for word in text.split() if word.startswith("outlet:")]
        return lists.article_rows(store, " ".join(words), sort, outlet=" ".join(outlets) or None)

    def read_detail(self, store: Store, row: ArticleRow) -> ArticleDetail:
        """Versions, language, notes."""
        from workbench.services import corrections, show

        view = show.article_view(store, row.id)
        return ArticleDetail(corrections.changes(store, row.id), view.language, view.analysed, view.notes)

    def detail_lines(self, row: ArticleRow, detail: ArticleDetail, width: int) -> list[Line]:
        """What is known of the article."""
        return detail_lines(row, detail, width)

    def article_url(self) -> str | None:
        """The address of the article in hand."""
        return self.current.url if self.current else None

    # -- actions

    async def action_open(self) -> None:
        """Open the article in review, on its first open claim."""
        row = self.current
        if row is None:
            return

        def first(store: Store) -> int | None:
            from workbench.records import ClaimFilter
            from workbench.services import lists

            for marks in (frozenset({"open"}), frozenset[str]()):
                found = lists.claim_rows(store, ClaimFilter(article_id=row.id, marks=marks), "article", 0, 1)
                if found:
                    return found[0].id
            return None

        claim_id = await self.read(first)
        if claim_id is None:
            self.desk.say(f"a{row.id} has no claim; workbench show a{row.id} prints its text", "warning")
        else:
            await self.desk.open_review(claim_id)

    async def action_copy(self) -> None:
        """Copy the title and, below it, the address."""
        row = self.current
        if row is not None:
            self.desk.copy(f"a{row.id}", "\n".join(filter(None, (row.title or row.name, row.url))))

    async def action_remove(self) -> None:
        """Hide the article and its claims."""
        row = self.current
        if row is None:
            return

        def work(store: Store) -> str:
            from workbench.services import removal

            return removal.remove(store, [("a", row.id)]).label

        said = await self.attempt(work)
        if said is not None:
            self.desk.say(f"{said} · u undoes")
            await self.refresh_all()

    @work(exclusive=True, group="reread", exit_on_error=False)
    async def action_reread(self) -> None:
        """Read the article again, keeping what people decided."""
        row = self.current
        if row is None:
            return
        self.show_working(f"reading a{row.id} again …")

        def work(store: Store) -> str:
            from workbench.services import reread

            (done,) = reread.reread(store, [row.id])
            changes = done.changes
            return f"a{row.id} read again: {changes.unchanged} claims kept, {changes.lost} gone, {changes.new} new"

        said = await self.attempt(work)
        self.show_working("")
        if said is not None:
            self.desk.say(f"{said} · u undoes")
            await self.refresh_all()

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def action_ingest(self) -> None:
        """Ask for sources and bring them in."""
        if not self._ingest_stopped:
            self._ingest_stopped = True
            self.desk.say("the ingest stops after this article; what is stored stays")
            return
        from workbench.tui.dialogs.ask import AskLine

        said = "Files, folders, globs or addresses, separated by blanks; quotation marks around one that holds a blank."
        answer = await self.app.push_screen_wait(
            AskLine("Bring in articles", said, placeholder="articles/ ~/Downloads/story.html", needed="Name a file.")
        )
        if answer:
            self._ingest(_words(answer))

    @work(exclusive=True, group="ingest", exit_on_error=False)
    async def _ingest(self, sources: list[str]) -> None:
        self._ingest_stopped = False
        self.show_working("reading …")
        done = await self.read(lambda store: self._take(store, sources))
        stopped, self._ingest_stopped = self._ingest_stopped, True
        self.show_working("")
        if done is not None:
            self.desk.say(summary(done) + (" · stopped" if stopped else ""), _severity(done))
            await self.refresh_all()

    def _take(self, store: Store, sources: list[str]) -> list[IngestOutcome]:
        """Ingest in a thread until it is done or stopped."""
        from workbench.services import ingest

        done: list[IngestOutcome] = []
        running = ingest.ingest(store, sources, progress=lambda at: self.app.call_from_thread(self._at, at))
        for outcome in running:
            done.append(outcome)
            if self._ingest_stopped:
                break
        return done

    def _at(self, progress: Progress) -> None:
        total = f" of {progress.total}" if progress.total else ""
        self.show_working(f"reading {min(progress.done + 1, progress.total or progress.done + 1)}{total} · i stops")


def _words(answer: str) -> list[str]:
    from pathlib import Path

    try:
        found = shlex.split(answer)
    except ValueError:  # an apostrophe in a name
        found = answer.split()
    return [str(Path(word).expanduser()) if word.startswith("~") else word for word in found]


def summary(done: Sequence[IngestOutcome]) -> str:
    """What became of an ingest, in one line."""
    counted = [
        (sum(each.status == status for each in done), words)
        for status, words in (("stored", "stored"), ("new version", "new versions"), ("unchanged", "unchanged"),
                              ("failed", "failed"))
    ]  # fmt: skip
    said = ", ".join(f"{number} {words}" for number, words in counted if number) or "nothing to read there"
    failed = next((each for each in done if each.status == "failed"), None)
    if failed is not None:
        said += f" ({failed.source}: {failed.reason})"
    kept = any(each.status in ("stored", "new version") for each in done)
    return f"{said} · u undoes" if kept else said


def _severity(done: Sequence[IngestOutcome]) -> str:
    return "warning" if any(each.status == "failed" for each in done) or not done else "information"
