"""The tab Notes: what reviewers wrote on the claim."""

from __future__ import annotations

from workbench.records import ClaimCard, Note
from workbench.tui.lines import Line
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import minute, paragraph


class NotesTab(Tab):
    """One item a note, the oldest first."""

    name = "Notes"
    empty = "No notes. n writes one."

    def count(self, card: ClaimCard) -> int:
        """Notes."""
        return len(card.notes)

    def items(self, about: About, width: int) -> list[Item]:
        """Each note: who, when, what."""
        return [Item(f"n{note.id}", _note(note, width)) for note in about.card.notes]


def _note(note: Note, width: int) -> list[Line]:
    head = paragraph(f"{note.reviewer} · {minute(note.added_at)}", width, "dim")
    return head + paragraph(note.text, width, indent=2)
