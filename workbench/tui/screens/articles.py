"""Articles: versions and coverage; ingest more from here, read again, remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import BindingType

from workbench.tui import transcript_lines
from workbench.tui.article_lines import ArticleDetail, article_line, detail_lines, heads
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, line
from workbench.tui.screens.ingesting import Ingesting
from workbench.tui.widgets.hint_bar import Hint
from workbench.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from workbench.records import ArticleRow
    from workbench.services.store import Store

BEGINNING = 3  # lines of a transcript in the pane


class ArticleList(PagedList[Any]):
    """Articles, or transcripts, as lines."""

    def key_of(self, row: Any) -> int:
        """Its number."""
        return row.id  # type: ignore[no-any-return]

    def draw(self, row: Any, width: int) -> Line:
        """It as one line."""
        return transcript_lines.transcript_line(row, width) if hasattr(row, "speakers") else article_line(row, width)


class ArticlesScreen(Ingesting):
    """Every article of the store; with `tab` the transcripts that quotes are verified against."""

    place = "articles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("articles")
    sorts = ("date", "check", "title", "outlet")
    placeholder = "words of the title, or outlet:name"
    noun = "articles"
    signs = (
        ("settled", "share of the sentences whose claims are all judged, or that were marked"),
        ("3/17", "open claims of all claims"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.transcripts_shown = False

    def make_list(self) -> ArticleList:
        """The list of articles."""
        return ArticleList(id="articles")

    def heads(self, width: int) -> Line:
        """Date, coverage, claims, outlet, title; of transcripts date, words, speakers, title."""
        return transcript_lines.heads(width) if self.transcripts_shown else heads(width)

    def _top(self, width: int) -> Line:
        ways = [Part("articles", "tab" if self.transcripts_shown else "tab-on", "transcripts"), Part("  "),
                Part("transcripts", "tab-on" if self.transcripts_shown else "tab", "transcripts")]  # fmt: skip
        return self.header(ways, width)

    def nothing(self) -> Sequence[Line]:
        """What an empty list says."""
        if self.filter_text:
            noun = self.noun.removesuffix("s")
            return ((), line(f"  No {noun} matches. ", Part("esc", "key"), " takes the filter away."))
        if self.transcripts_shown:
            said = " stores a file that quotes are then verified against, word for word."
            return ((), line("  No transcript is stored yet. ", Part("i", "key"), said))
        return ((), line("  No article is stored yet. ", Part("i", "key"), " brings in files, folders or pages."))

    def read_rows(self, store: Store, text: str, sort: str) -> Sequence[Any]:
        """The articles whose title or name holds the words; `outlet:` narrows to an outlet. Or the transcripts."""
        from workbench.services import lists, transcripts

        if self.transcripts_shown:
            found = transcripts.rows(store, text)
            return sorted(found, key=lambda each: each.title.casefold()) if sort == "title" else found

        words = [word for word in text.split() if not word.startswith("outlet:")]
        outlets = [word.removeprefix("outlet:") for word in text.split() if word.startswith("outlet:")]
        return lists.article_rows(store, " ".join(words), sort, outlet=" ".join(outlets) or None)

    def read_detail(self, store: Store, row: Any) -> Any:
        """Versions, language, notes; of a transcript its first lines."""
        from workbench.services import corrections, show, transcripts

        if hasattr(row, "speakers"):
            lines = transcripts.show(store, row.id)[1].splitlines()
            return [each for each in lines[:50] if each.strip()][:BEGINNING]
        view = show.article_view(store, row.id)
        return ArticleDetail(corrections.changes(store, row.id), view.language, view.analysed, view.notes)

    def detail_lines(self, row: Any, detail: Any, width: int) -> list[Line]:
        """What is known of the article, or of the transcript."""
        if hasattr(row, "speakers"):
            return transcript_lines.detail_lines(row, detail, width)
        return detail_lines(row, detail, width)

    def article_url(self) -> str | None:
        """The address of the article in hand."""
        return self.current.url if self.current else None

    @property
    def article(self) -> ArticleRow | None:
        """The article in hand; None while transcripts are listed."""
        row = self.current
        return row if row is not None and not hasattr(row, "speakers") else None

    @property
    def orders(self) -> tuple[str, ...]:
        """Those of articles, or of transcripts."""
        return ("date", "title") if self.transcripts_shown else self.sorts

    def hints(self) -> list[Hint]:
        """Those of articles, or of transcripts."""
        if self.transcripts_shown and not self.filter_line.has_focus:
            return [("enter", "read", "open"), ("/", "filter", "filter"), ("i", "store one", "ingest"),
                    ("tab", "articles", "transcripts"), ("u", "undo", "undo"), ("?", "help", "help")]  # fmt: skip
        return super().hints()

    # -- actions

    async def action_transcripts(self) -> None:
        """All articles, or the transcripts."""
        if self.filter_line.has_focus:
            self.action_list_focus()
            return
        self.transcripts_shown = not self.transcripts_shown
        self.noun = "transcripts" if self.transcripts_shown else "articles"
        self.sort = self.orders[0]
        for bar in ("#top", "#heads"):
            self.query_one(bar).refresh()
        self.show_hints()
        await self.refresh_all()

    def action_ingest(self) -> None:
        """Bring articles in, or store a transcript."""
        if self.transcripts_shown:
            self.add_transcript()
        else:
            self.ask_for_sources()

    async def action_open(self) -> None:
        """Open the article in review, on its first open claim; read a transcript."""
        if self.transcript is not None:
            await self.read_transcript(self.transcript)
        row = self.article
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
            what = f"{'t' if self.transcript else 'a'}{row.id}"
            self.desk.copy(what, "\n".join(filter(None, (row.title or row.name, row.url))))

    async def action_remove(self) -> None:
        """Hide the article and its claims, or the transcript."""
        row, letter = self.current, "t" if self.transcript else "a"
        if row is None:
            return

        def work(store: Store) -> str:
            from workbench.services import removal

            return removal.remove(store, [(letter, row.id)]).label

        said = await self.attempt(work)
        if said is not None:
            self.desk.say(f"{said} · u undoes")
            await self.refresh_all()

    @work(exclusive=True, group="reread", exit_on_error=False)
    async def action_reread(self) -> None:
        """Read the article again, keeping what people decided."""
        row = self.article
        if row is None:
            self.desk.say("articles are read again; tab shows them", "warning")
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
