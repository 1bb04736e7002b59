"""Dialogs on the claim in hand that take more than one step: whose words these are, and texts in $EDITOR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import work

from workbench import actions
from workbench.tui.keys import shown_key
from workbench.tui.screens.desk_screen import Complain, DeskScreen

if TYPE_CHECKING:
    from workbench.records import ActionRow, ClaimRow, SourceRow
    from workbench.services.store import Store


class ClaimDialogs(DeskScreen):
    """The screen says which claim is in hand and what follows a decision."""

    if TYPE_CHECKING:

        def claim_id(self) -> int | None: ...  # noqa: D102 - the screen has these
        def claim_row(self) -> ClaimRow | None: ...  # noqa: D102
        def revision(self) -> int | None: ...  # noqa: D102
        def _words(self) -> str: ...
        async def decided(self, claim_id: int, next_id: int | None, advance: bool) -> None: ...  # noqa: D102
        async def mark(self, *, advance: bool = False, complain: Complain | None = None, **changes: Any) -> bool: ...  # noqa: D102

    @work(exclusive=True, group="dialog")
    async def action_source(self) -> None:
        """Say whose words these are."""
        row, store = self.claim_row(), self.store
        if row is None or store is None:
            self.tell("no claim is chosen")
            return
        if row.kind == "statement":
            key = shown_key(actions.find("kind"))
            own = f"c{row.id} is the article's own statement and has no speaker"
            self.tell(f"{own}: {key} in Review gives it another kind")
            return
        from workbench.services import lists
        from workbench.tui.dialogs.source import SHOWN, SourceDialog

        def find(text: str) -> Sequence[SourceRow]:
            return lists.source_rows(store, text, limit=SHOWN)

        fresh: list[str] = []

        async def accept(answer: str, complain: Complain) -> bool:
            if answer and not _is_number(answer) and _is_new(find(answer), answer):
                fresh.append(answer)
                return True
            return await self.mark(source=answer, complain=complain)

        await self.app.push_screen_wait(SourceDialog(row.text, row.source or "", find, accept))
        if fresh:
            await self._new_source(row, fresh[0])

    async def _new_source(self, row: ClaimRow, name: str) -> None:
        """Ask what a source is that nobody named before; only then it is made."""
        from workbench.tui.dialogs.pick_one import PickOne

        async def accept(kind: str, complain: Complain) -> bool:
            def work(store: Store) -> ActionRow:
                from workbench.services import sources

                return sources.attribute(store, row.id, name, kind, revision=self.revision())

            action = await self.attempt(work, complain)
            if action is not None:
                await self.decided(row.id, None, False)
                self.desk.say(f"{action.label} · u undoes")
            return action is not None

        options = [(kind[0], kind, said) for kind, said in _SOURCE_KINDS.items()]
        await self.app.push_screen_wait(PickOne(f"What is {name}", row.text, options, "person", accept))

    @work(exclusive=True, group="dialog")
    async def action_note_editor(self) -> None:
        """Write a note in $EDITOR; in a dialog where there is none."""
        claim_id = self.claim_id()
        if claim_id is None:
            self.tell("no claim is chosen")
            return
        written = await self.in_editor("", f"Note on c{claim_id}")
        if written is not None and written.strip():
            await self.mark(note=written)

    def tell(self, why: str) -> None:
        """Refuse a key behind which words are typed."""
        from workbench.tui.dialogs.told import Told

        self.app.push_screen(Told(why))

    async def in_editor(self, text: str, head: str) -> str | None:
        """`text` as the reviewer's editor leaves it, or a dialog; None when it was given up."""
        from workbench.tui import editor
        from workbench.tui.dialogs.ask import AskLine

        try:
            written = editor.edit(self.app, text)
        except OSError as error:
            self.desk.say(f"the editor did not work: {error}; here is a field instead", "warning")
            written = None
        if written is not None:
            return written
        return await self.app.push_screen_wait(AskLine(head, self._words(), text, lines=True))


_SOURCE_KINDS = {
    "person": "person", "body": "body: a company, an office, a party", "document": "document",
    "anonymous": "anonymous voice", "unknown": "unknown",
}  # fmt: skip


def _is_new(known: Sequence[SourceRow], name: str) -> bool:
    """Whether no source has this name, as its own or as another form of it."""
    folded = name.casefold()
    return all(folded not in (row.name.casefold(), *(other.casefold() for other in row.aliases)) for row in known)


def _is_number(name: str) -> bool:
    """Whether a source is named by its identifier: s5."""
    return name[:1] == "s" and name[1:].isascii() and name[1:].isdigit()
