"""The tab Evidence: what the verdict rests on."""

from __future__ import annotations

from workbench.records import ClaimCard, Evidence
from workbench.text import fit
from workbench.tui.lines import Line, Part
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import paragraph, quoted

STANCE = 10  # cells of the stance


class EvidenceTab(Tab):
    """One item a piece of evidence."""

    name = "Evidence"
    empty = "Nothing yet. e adds a link or a file with the words that bear on the claim."

    def count(self, card: ClaimCard) -> int:
        """Pieces of evidence."""
        return len(card.evidence)

    def items(self, about: About, width: int) -> list[Item]:
        """Each piece: stance and place, excerpt, facts."""
        return [Item(f"e{piece.id}", _piece(piece, width)) for piece in about.card.evidence]


def _piece(piece: Evidence, width: int) -> list[Line]:
    address = paragraph(piece.url or piece.file_name or "no address", width - STANCE)
    stance = Part(fit(piece.stance, STANCE), "dim" if piece.stance == "context" else "strong")
    made: list[Line] = [(stance if not place else Part(" " * STANCE), *row) for place, row in enumerate(address)]
    if piece.excerpt:
        made += paragraph(quoted(piece.excerpt), width, indent=STANCE)
    return made + paragraph(_facts(piece), width, "dim", indent=STANCE)


def _facts(piece: Evidence) -> str:
    kept = "kept" if piece.digest else "no copy kept"
    secret = ["confidential"] if piece.confidential else []
    proposed = ["proposed"] if piece.proposed else []
    return " · ".join([f"e{piece.id}", kept, *secret, *proposed, piece.added_by])
