"""Sources: people, bodies, documents, anonymous voices, their claims and names; and which of them may be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import BindingType

from workbench.records import SOURCE_KINDS
from workbench.tui.dialogs.base import Complain
from workbench.tui.figure_lines import condition
from workbench.tui.keys import bindings_for
from workbench.tui.lines import Line, Part, line
from workbench.tui.screens.rows_screen import RowsScreen
from workbench.tui.source_lines import (
    SourceDetail,
    detail_lines,
    heads,
    proposal_detail,
    proposal_heads,
    proposal_line,
    source_line,
)
from workbench.tui.widgets.claim_list import letters
from workbench.tui.widgets.hint_bar import Hint
from workbench.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from workbench.records import ActionRow, SourceRow
    from workbench.services.same_sources import SameSources
    from workbench.services.store import Store

CLAIMS, FEWER = 5, 2  # claims of a source in the pane: where it is one of two, and of more
SOURCES = 12  # of a proposal, in the pane


class SourceList(PagedList[Any]):
    """Sources, or pairs of them, as lines."""

    letter_of: ClassVar[dict[str, str]] = {}

    def key_of(self, row: Any) -> int:
        """The source's number; of a pair both, as one number."""
        return row.id if hasattr(row, "id") else (row.stays.id << 32) + row.goes[0].id  # type: ignore[no-any-return]

    def draw(self, row: Any, width: int) -> Line:
        """The source or the pair as one line."""
        return source_line(row, width, self.letter_of) if hasattr(row, "id") else proposal_line(row, width)


class SourcesScreen(RowsScreen[Any]):
    """Every source that has claims; with `tab` the pairs that may be one."""

    place = "sources"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("sources")
    sorts = ("claims", "name")
    placeholder = "a name, or kind:person"
    noun = "sources"
    signs = (
        ("T 3", "truth verdicts of the source's claims, by their letters"),
        ("=", "two sources that may be one; the name and its claims, then the one that would stay"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.pairs_shown = False

    def make_list(self) -> SourceList:
        """The list."""
        return SourceList(id="sources")

    def heads(self, width: int) -> Line:
        """The heads of sources or of pairs."""
        return proposal_heads(width) if self.pairs_shown else heads(width)

    def _top(self, width: int) -> Line:
        ways = [Part("all", "tab" if self.pairs_shown else "tab-on", "proposals"), Part("  "),
                Part("may be one", "tab-on" if self.pairs_shown else "tab", "proposals")]  # fmt: skip
        return self.header(ways, width)

    def nothing(self) -> Sequence[Line]:
        """What an empty list says."""
        if self.filter_text:
            return ((), line("  No source matches. ", Part("esc", "key"), " takes the filter away."))
        if self.pairs_shown:
            return ((), line("  No two sources look like one. ", Part("tab", "key"), " shows all sources."))
        return ((), line("  No claim has a source yet. ", Part("g a", "key"), " leads to the articles."))

    def read_rows(self, store: Store, text: str, sort: str) -> Sequence[Any]:
        """The sources, or the pairs, whose name holds the words."""
        from workbench.services import lists, same_sources

        SourceList.letter_of = letters(self.desk.scales)
        words = " ".join(word for word in text.split() if not word.startswith("kind:"))
        if self.pairs_shown:
            return same_sources.proposals(store, words)
        kinds = [word.removeprefix("kind:") for word in text.split() if word.startswith("kind:")]
        kind = next((each for each in SOURCE_KINDS if kinds and kinds[0] and each.startswith(kinds[0])), None)
        return lists.source_rows(store, words, kind, sort=sort)

    def read_detail(self, store: Store, row: Any) -> Any:
        """Claims and articles of the source, or of both of a pair."""
        if hasattr(row, "id"):
            return _detail(store, row)
        most = CLAIMS if len(row.goes) == 1 else FEWER
        return {each.id: _detail(store, each, most) for each in (row.stays, *row.goes)[:SOURCES]}

    def detail_lines(self, row: Any, detail: Any, width: int) -> list[Line]:
        """What is known of the source, or of both."""
        return detail_lines(row, detail, width) if hasattr(row, "id") else proposal_detail(row, detail, width)

    def hints(self) -> list[Hint]:
        """Those of sources, or of pairs."""
        if self.pairs_shown and not self.filter_line.has_focus:
            return [("c", "merge", "source_confirm"), ("x", "keep apart", "source_reject"), ("tab", "all", "proposals"),
                    ("/", "filter", "filter"), ("u", "undo", "undo"), ("?", "help", "help")]  # fmt: skip
        return super().hints()

    @property
    def source(self) -> SourceRow | None:
        """The source in hand; None while pairs are shown."""
        row = self.current
        return row if row is not None and hasattr(row, "id") else None

    @property
    def pair(self) -> SameSources | None:
        """The pair in hand; None while all sources are shown."""
        row = self.current
        return row if row is not None and not hasattr(row, "id") else None

    # -- actions

    async def action_open(self) -> None:
        """Show the source's claims in the queue."""
        row = self.source or (self.pair.goes[0] if self.pair else None)
        if row is not None:
            await self.desk.show_in_queue(condition("source", row.name))

    async def action_copy(self) -> None:
        """Copy the name."""
        row = self.source or (self.pair.goes[0] if self.pair else None)
        if row is not None:
            self.desk.copy(row.name, row.name)

    async def action_open_claim(self, claim_id: int) -> None:
        """Open a claim that was clicked."""
        await self.desk.open_review(claim_id)

    async def action_proposals(self) -> None:
        """All sources, or the pairs that may be one."""
        if self.filter_line.has_focus:
            self.action_list_focus()
            return
        self.pairs_shown = not self.pairs_shown
        self.noun = "proposals" if self.pairs_shown else "sources"
        for bar in ("#top", "#heads"):
            self.query_one(bar).refresh()
        self.show_hints()
        await self.refresh_all()

    async def _done(self, action: ActionRow | None) -> bool:
        if action is not None:
            self.desk.say(f"{action.label} · u undoes")
            await self.refresh_all()
        return action is not None

    async def action_source_confirm(self) -> None:
        """Merge what may be one."""
        pair = self.pair
        if pair is None:
            self.desk.say("tab shows those that may be one; c merges one of them", "warning")
            return

        def work(store: Store) -> ActionRow:
            from workbench.services import sources

            return sources.merge(store, [row.id for row in pair.goes], pair.stays.id)

        await self._done(await self.attempt(work))

    async def action_source_reject(self) -> None:
        """Keep what may be one apart, for good."""
        pair = self.pair
        if pair is None:
            self.desk.say("tab shows those that may be one; x keeps one of them apart", "warning")
            return

        def work(store: Store) -> ActionRow:
            from workbench.services import same_sources

            return same_sources.keep_apart(store, *pair.ids)

        await self._done(await self.attempt(work))

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def action_source_rename(self) -> None:
        """Another name; the old one stays as another form of it."""
        row = self._asked()
        if row is None:
            return
        from workbench.tui.dialogs.ask import AskLine

        async def accept(answer: str, complain: Complain) -> bool:
            def work(store: Store) -> ActionRow:
                from workbench.services import sources

                return sources.rename(store, row.id, answer)

            return await self._done(await self.attempt(work, complain))

        said = "The name as it is to be printed; the old one stays as another form of it."
        await self.app.push_screen_wait(AskLine("Rename the source", said, row.name, needed="Name it.", accept=accept))

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def action_source_kind(self) -> None:
        """Person, body, document, anonymous voice or unknown."""
        row = self._asked()
        if row is None:
            return
        from workbench.tui.dialogs.pick import PickDialog

        async def accept(answer: str, complain: Complain) -> bool:
            def work(store: Store) -> ActionRow:
                from workbench.services import sources

                return sources.set_kind(store, row.id, answer)

            return await self._done(await self.attempt(work, complain))

        options = [(kind, kind) for kind in SOURCE_KINDS]
        await self.app.push_screen_wait(PickDialog("What is it", row.name, options, row.kind, accept))

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def action_source_merge(self) -> None:
        """Say which other source this one is."""
        row = self._asked()
        if row is None or self.store is None:
            return
        from workbench.tui.dialogs.source import SourceDialog

        store = self.store

        def find(words: str) -> Sequence[SourceRow]:
            from workbench.services import lists

            return [each for each in lists.source_rows(store, words, limit=9) if each.id != row.id]

        async def accept(answer: str, complain: Complain) -> bool:
            def work(store: Store) -> ActionRow:
                from workbench.services import same_sources, sources

                return sources.merge(store, row.id, same_sources.known(store, answer, row.id))

            return await self._done(await self.attempt(work, complain))

        await self.app.push_screen_wait(SourceDialog(f"{row.name} is the same as …", "", find, accept))

    @work(exclusive=True, group="dialog", exit_on_error=False)
    async def action_source_part(self) -> None:
        """Say that one article means somebody else by this name."""
        row = self._asked()
        if row is None:
            return
        from workbench.tui.dialogs.pick import PickDialog

        detail = await self.read(lambda store: _detail(store, row))
        if detail is None:
            return

        async def accept(answer: str, complain: Complain) -> bool:
            def work(store: Store) -> ActionRow:
                from workbench.services import same_sources

                return same_sources.part(store, row.id, int(answer))

            return await self._done(await self.attempt(work, complain))

        options = [(str(each.id), f"a{each.id} {each.outlet or ''} {each.title}") for each in detail.articles]
        head = "Which article means somebody else by this name"
        await self.app.push_screen_wait(PickDialog(head, row.name, options, "", accept))

    def _asked(self) -> SourceRow | None:
        """The source in hand, or a toast."""
        if self.source is None:
            self.desk.say("tab shows all sources; choose one there", "warning")
        return self.source


def _detail(store: Store, row: SourceRow, most: int = CLAIMS) -> SourceDetail:
    from workbench.services import same_sources

    return SourceDetail(*same_sources.of_source(store, row.id, most))
