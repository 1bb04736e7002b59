"""What a tab of the claim's card is: one class, which says what it reads, what it shows and what its keys do.

A tab lists things (`items`), which the keys choose while the card has the focus. To add a tab write a class and name
it in `workbench.tui.tabs.TABS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from workbench.tui.lines import Line, Part
from workbench.tui.tabs.blocks import paragraph

if TYPE_CHECKING:
    from workbench.records import ClaimCard, Scale
    from workbench.services.store import Store
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.hint_bar import Hint

MARGIN = 2  # cells before an item, where the mark of the chosen one stands


@dataclass(frozen=True, slots=True)
class About:
    """What a tab draws: the claim, what the tab read of it (None until it was read) and the scales in use."""

    card: ClaimCard
    data: Any = None
    scales: Sequence[Scale] = ()

    @property
    def labels(self) -> Mapping[str, str]:
        """The label of each id of the scales in use."""
        return {label.id: label.label for scale in self.scales for label in scale.labels}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a tab that keys and mouse can choose; `name` is its typed id where it has one, such as "e4"."""

    name: str
    lines: Sequence[Line]


class Tab:
    """A tab without anything in it. What a tab does not say otherwise holds as it stands here."""

    name: ClassVar[str] = ""
    empty: ClassVar[str] = "Nothing here."  # what to do next, where there are no items
    reads: ClassVar[bool] = False  # whether `read` brings what is shown beside the card
    waits: ClassVar[bool] = True  # whether nothing can be shown before it did

    def shown(self, card: ClaimCard) -> bool:
        """Whether the claim has this tab."""
        return True

    def count(self, card: ClaimCard) -> int | None:
        """The figure beside the name, where the card tells it."""
        return None

    def read(self, store: Store, card: ClaimCard) -> Any:
        """What is shown beside the card. Called in a thread whenever the tab is open and the claim was read."""
        return None

    def opened(self, screen: ReviewScreen) -> None:
        """The tab is shown for a claim."""

    def head(self, about: About, width: int) -> list[Line]:
        """Lines above the items."""
        return []

    def items(self, about: About, width: int) -> list[Item]:
        """The things of the tab in their order, in lines of at most `width` cells."""
        return []

    def hints(self, about: About) -> list[Hint]:
        """What the keys do with the chosen item: (key, word, action of the review screen)."""
        return []

    async def open_item(self, screen: ReviewScreen, item: Item) -> None:
        """Enter on the chosen item."""

    async def remove_item(self, screen: ReviewScreen, item: Item) -> None:
        """Delete on the chosen item."""
        screen.desk.say("this cannot be removed", "warning")

    def lines(self, about: About, width: int, chosen: int = -1) -> list[Line]:
        """Head and items, the chosen one marked; a click on an item chooses it."""
        if self.reads and self.waits and about.data is None:
            return paragraph("reading …", width, "faint")
        made = self.head(about, width)
        items = self.items(about, width - MARGIN)
        for place, item in enumerate(items):
            for number, parts in enumerate(item.lines):
                mark = "▸ " if place == chosen and not number else " " * MARGIN
                made.append((Part(mark, "accent"), *(_clickable(part, place) for part in parts)))
        return made if items else [*made, *paragraph(self.empty, width, "faint")]

    def place_of(self, about: About, width: int, chosen: int) -> tuple[int, int]:
        """First and last line of an item among `lines`."""
        items = self.items(about, width - MARGIN)
        first = len(self.head(about, width)) + sum(len(item.lines) for item in items[:chosen])
        return first, first + max(len(items[chosen].lines), 1) - 1 if 0 <= chosen < len(items) else first


def _clickable(part: Part, place: int) -> Part:
    return part if part.action else part._replace(action=f"item({place})")
