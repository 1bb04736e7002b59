"""The tab Notes: what reviewers wrote on the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.records import ClaimCard, Note
from workbench.tui.lines import Line
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import minute, paragraph

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store
    from workbench.tui.screens.desk_screen import Complain
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.hint_bar import Hint


class NotesTab(Tab):
    """One item a note, the oldest first: enter changes it, delete takes it away."""

    name = "Notes"
    empty = "No notes. n writes one."

    def count(self, card: ClaimCard) -> int:
        """Notes."""
        return len(card.notes)

    def items(self, about: About, width: int) -> list[Item]:
        """Each note: who, when, what."""
        return [Item(f"n{note.id}", _note(note, width)) for note in about.card.notes]

    def hints(self, about: About) -> list[Hint]:
        """What the keys do with a note."""
        return [("enter", "change", "item_open"), ("del", "remove", "item_remove")]

    async def open_item(self, screen: ReviewScreen, item: Item) -> None:
        """Give it other words."""
        card = screen.data.card
        note = next((note for note in card.notes if f"n{note.id}" == item.name), None) if card else None
        if note is not None:
            screen.run_worker(_change(screen, note), group="dialog", exclusive=True)

    async def remove_item(self, screen: ReviewScreen, item: Item) -> None:
        """Take it away."""

        def work(store: Store) -> ActionRow:
            from workbench.services import removal

            return removal.remove(store, [("n", int(item.name[1:]))])

        await screen.wrote(await screen.attempt(work))


async def _change(screen: ReviewScreen, note: Note) -> None:
    from workbench.tui.dialogs.ask import AskLine

    async def accept(answer: str, complain: Complain) -> bool:
        def work(store: Store) -> ActionRow:
            from workbench.services import notes

            return notes.edit(store, note.id, answer)

        return answer.strip() == note.text or await screen.wrote(await screen.attempt(work, complain))

    ask = AskLine(f"Note n{note.id}", screen.claim_words(), note.text, lines=True, accept=accept)
    await screen.app.push_screen_wait(ask)


def _note(note: Note, width: int) -> list[Line]:
    head = paragraph(f"{note.reviewer} · {minute(note.added_at)}", width, "dim")
    return head + paragraph(note.text, width, indent=2)
