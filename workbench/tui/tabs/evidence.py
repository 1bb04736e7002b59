"""The tab Evidence: what the verdict rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.records import ClaimCard, Evidence
from workbench.text import fit
from workbench.tui.lines import Line, Part
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import minute, paragraph, quoted

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.evidence import ExcerptPlace
    from workbench.services.store import Store
    from workbench.tui.dialogs.evidence import EvidenceAnswer
    from workbench.tui.screens.desk_screen import Complain
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.hint_bar import Hint

STANCE = 10  # cells of the stance


class EvidenceTab(Tab):
    """One item a piece of evidence: enter changes it, delete takes it away, o opens its address."""

    name = "Evidence"
    empty = "Nothing yet. e adds a link or a file with the words that bear on the claim."
    reads, waits = True, False

    def count(self, card: ClaimCard) -> int:
        """Pieces of evidence."""
        return len(card.evidence)

    def read(self, store: Store, card: ClaimCard) -> Mapping[int, ExcerptPlace | None]:
        """Where the excerpts stand in their kept copies."""
        if not any(piece.digest and piece.excerpt for piece in card.evidence):
            return {}
        from workbench.services import evidence

        return evidence.places(store, card.evidence)

    def items(self, about: About, width: int) -> list[Item]:
        """Each piece: stance and place, excerpt, facts."""
        places: Mapping[int, ExcerptPlace | None] = about.data or {}
        return [Item(f"e{piece.id}", _piece(piece, places, width)) for piece in about.card.evidence]

    def hints(self, about: About) -> list[Hint]:
        """What the keys do with a piece."""
        return [("enter", "change", "item_open"), ("del", "remove", "item_remove")]

    async def open_item(self, screen: ReviewScreen, item: Item) -> None:
        """Change what is said about it."""
        piece = _named(screen, item)
        if piece is not None:
            screen.run_worker(_change(screen, piece), group="dialog", exclusive=True)

    async def remove_item(self, screen: ReviewScreen, item: Item) -> None:
        """Take it away from the claim."""

        def work(store: Store) -> ActionRow:
            from workbench.services import evidence

            return evidence.remove(store, int(item.name[1:]))

        await screen.wrote(await screen.attempt(work))


def _named(screen: ReviewScreen, item: Item) -> Evidence | None:
    card = screen.data.card
    return next((piece for piece in card.evidence if f"e{piece.id}" == item.name), None) if card else None


async def _change(screen: ReviewScreen, piece: Evidence) -> None:
    from workbench.tui.dialogs.evidence import EvidenceDialog

    async def accept(answer: EvidenceAnswer, complain: Complain) -> bool:
        given = _changed(piece, answer)
        if not given:
            return True

        def work(store: Store) -> ActionRow:
            from workbench.services import evidence

            return evidence.edit(store, piece.id, **given)[1]

        return await screen.wrote(await screen.attempt(work, complain))

    await screen.app.push_screen_wait(EvidenceDialog(screen.claim_words(), accept, piece))


def _changed(piece: Evidence, answer: EvidenceAnswer) -> dict[str, Any]:
    """What the answer says otherwise than what stands."""
    said = {
        "url": answer.place if piece.url is not None else None, "quote": answer.quote or "", "stance": answer.stance,
        "confidential": answer.confidential, "independent": answer.independent,
    }  # fmt: skip
    stands = {
        "url": piece.url, "quote": piece.excerpt or "", "stance": piece.stance, "confidential": piece.confidential,
        "independent": piece.independent,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value != stands[name] and value is not None}


def _piece(piece: Evidence, places: Mapping[int, ExcerptPlace | None], width: int) -> list[Line]:
    address = paragraph(piece.url or piece.file_name or "no address", width - STANCE)
    stance = Part(fit(piece.stance, STANCE), "dim" if piece.stance == "context" else "strong")
    made: list[Line] = [(stance if not place else Part(" " * STANCE), *row) for place, row in enumerate(address)]
    if piece.excerpt:
        made += paragraph(quoted(piece.excerpt), width, indent=STANCE)
    if piece.id in places:
        there = places[piece.id]
        said, role = (f"line {there.line} of the copy", "dim") if there else ("not in the kept copy", "alarm")
        made += paragraph(said, width, role, indent=STANCE)
    return made + paragraph(_facts(piece), width, "dim", indent=STANCE)


def _facts(piece: Evidence) -> str:
    kept = "kept" if piece.digest else "no copy kept"
    own = {True: ["independent"], False: ["derivative"], None: []}[piece.independent]
    secret = ["confidential"] if piece.confidential else []
    proposed = ["proposed"] if piece.proposed else []
    who = f"{piece.added_by} {minute(piece.added_at)[:10]}"
    return " · ".join([f"e{piece.id}", kept, *own, *secret, *proposed, who])
