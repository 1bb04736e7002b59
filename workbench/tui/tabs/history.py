"""The tab History: what people did to the claim, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.records import ClaimCard, EventRow
from workbench.tui.history_words import change_in_words
from workbench.tui.lines import Line
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import minute, paragraph

if TYPE_CHECKING:
    from workbench.services.store import Store


class HistoryTab(Tab):
    """One item an event."""

    name = "History"
    empty = "Nobody has decided anything about this claim."
    reads = True

    def read(self, store: Store, card: ClaimCard) -> Sequence[EventRow]:
        """The events of the claim and of what hangs on it, oldest first."""
        from workbench.services import history

        return tuple(history.log(store, f"c{card.row.id}"))

    def items(self, about: About, width: int) -> list[Item]:
        """Each event: when, who, what; from what to what."""
        events: Sequence[EventRow] = about.data or ()
        return [Item("", event_lines(event, width, about.labels)) for event in reversed(events)]


def event_lines(event: EventRow, width: int, labels: Mapping[str, str]) -> list[Line]:
    """An event in lines; `labels` gives the label of a scale by its id."""
    head = paragraph(f"{minute(event.at)} · {event.reviewer} · {event.verb}", width, "dim")
    return head + paragraph(change_in_words(event, labels), width, indent=2)
