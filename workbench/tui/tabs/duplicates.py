"""The tab Duplicates: the other occurrences of the quote, the earliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.records import AlsoFound, ClaimCard, Occurrence
from workbench.text import clean_line
from workbench.tui.lines import Line, Part, justify
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import paragraph, quoted

if TYPE_CHECKING:
    from workbench.services.store import Store
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.hint_bar import Hint

RELATIONS = {"earliest": "●", "same": "=", "near": "≈", "fragment": "⊂", "wire copy": "=", "differs": "≠"}


@dataclass(frozen=True, slots=True)
class Others:
    """The occurrences of the quote, each against this claim, and quotes of other families that it shares words with."""

    members: tuple[Occurrence, ...]
    also: tuple[AlsoFound, ...]


class DuplicatesTab(Tab):
    """One item an occurrence; only where the claim has a family."""

    name = "Duplicates"
    reads = True
    waits = False

    def read(self, store: Store, card: ClaimCard) -> Others:
        """Compare every occurrence with this one."""
        from workbench.services import drift

        family = drift.drift(store, card.family.id, card.row.id).family if card.family else None
        return Others(family.members if family else (), drift.also_found(store, card.row.id))

    def shown(self, card: ClaimCard) -> bool:
        """Only where there is a family."""
        return card.family is not None

    def count(self, card: ClaimCard) -> int | None:
        """Occurrences, this one included."""
        return len(card.family.members) if card.family else None

    def head(self, about: About, width: int) -> list[Line]:
        """The family and its size."""
        family = about.card.family
        if family is None:
            return []
        origins = f"{family.origins} origin{'' if family.origins == 1 else 's'}"
        return paragraph(f"f{family.id} · {family.size} occurrences · {origins}", width, "dim")

    def items(self, about: About, width: int) -> list[Item]:
        """Each occurrence: who printed it when, its words, and why the machine counts it in."""
        found: Others | None = about.data
        members = found.members if found else about.card.family.members if about.card.family else ()
        made = [Item(f"c{member.claim_id}", _occurrence(member, about.card.row.id, width)) for member in members]
        return made + [Item(f"c{each.claim_id}", _also(each, width)) for each in (found.also if found else ())]

    def hints(self, about: About) -> list[Hint]:
        """Enter goes there, d shows what differs."""
        return [("enter", "open", "item_open"), ("d", "compare", "duplicates")]

    async def open_item(self, screen: ReviewScreen, item: Item) -> None:
        """Make the occurrence the current claim."""
        await screen.go_to(int(item.name[1:]))


def _also(found: AlsoFound, width: int) -> list[Line]:
    where = " ".join(filter(None, ((found.published or "no date")[:10], found.outlet)))
    of = f"f{found.family_id}" if found.family_id else "no family"
    left = [
        Part("∩ ", "accent"),
        Part(f"c{found.claim_id}", "plain", f"go({found.claim_id})"),
        Part(f" also found in {of} · {clean_line(where)}", "dim"),
    ]
    made = [justify(left, (), width), *paragraph(quoted(found.text), width, "plain", indent=2)]
    return made + paragraph(found.why, width, "dim", indent=2)


def _occurrence(member: Occurrence, current: int, width: int) -> list[Line]:
    role = "strong" if member.claim_id == current else "plain"
    where = " ".join(filter(None, ((member.published or "no date")[:10], member.outlet or member.agency)))
    left = [
        Part(RELATIONS.get(member.relation, "≈") + " ", "accent"),
        Part(f"c{member.claim_id}", role, f"go({member.claim_id})"),
        Part(" "),
        Part(clean_line(where), "dim"),
    ]
    made = [justify(left, (), width)]
    made += paragraph(quoted(member.text), width, role, indent=2)
    why = member.why if member.relation in member.why else f"{member.relation}: {member.why}".rstrip(": ")
    made += paragraph(f"{member.state} · {why}", width, "dim", indent=2)
    if member.alarms:
        differ = " differs" if len(member.alarms) == 1 else " differ"
        made += paragraph("⚠ " + ", ".join(member.alarms) + differ, width, "alarm", indent=2)
    return made
