"""A virtual list: draws only the rows in view, out of pages that somebody else reads.

The list never touches the store. It asks for a page by the message `Wanted` and goes on drawing; `put` brings the
rows. The cursor is kept by the key of its row, so that new rows, sorting and filtering do not lose the place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.tui.lines import Line, Part
from workbench.tui.widgets.ink import Inked

PAGE = 100  # rows of a page: what one key may have to read and build
AHEAD = 2  # screens before and behind the cursor whose rows are asked for
KEPT = 128  # pages in memory: 12,800 rows

R = TypeVar("R")


class PagedList(Inked, ScrollView, Generic[R], can_focus=True):
    """`count` rows of which pages are kept; subclasses say how a row is drawn and what its key is."""

    class Wanted(Message):
        """A page is to be drawn and not here."""

        def __init__(self, paged_list: PagedList[R], page: int, generation: int) -> None:
            super().__init__()
            self.paged_list = paged_list
            self.page = page
            self.generation = generation

    class Moved(Message):
        """The cursor stands on another row."""

    class Chosen(Message):
        """The row under the cursor was opened with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.count = 0
        self.generation = 0
        self.cursor = 0
        self._key: int | None = None
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._asked: set[int] = set()
        self.empty: Sequence[Line] = ()  # what is said when there is no row

    # -- what a subclass says

    def key_of(self, row: R) -> int:
        """What identifies a row whatever its place."""
        raise NotImplementedError

    def draw(self, row: R, width: int) -> Line:
        """The row as a line of `width` cells."""
        raise NotImplementedError

    def is_chosen(self, row: R) -> bool:
        """Whether the row is selected, which a sign before it shows."""
        return False

    def rows_between(self, first: int, last: int) -> Sequence[R]:
        """The rows from one index to another, those whose page is here."""
        found = (self.row_at(index) for index in range(max(first, 0), min(last + 1, self.count)))
        return [row for row in found if row is not None]

    # -- rows

    def load(self, count: int, cursor: int, pages: dict[int, Sequence[R]], key: int | None = None) -> int:
        """Show another list of `count` rows with the cursor on row `cursor`; returns its generation.

        `key` is that row's key, for when its page is not among `pages`.
        """
        self.generation += 1
        self.count = count
        self._pages = OrderedDict(pages)
        self._asked.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, count)
        self.cursor = min(max(cursor, 0), max(count - 1, 0))
        self._key = key
        self._remember_key()
        self._show_cursor()
        self.refresh()
        return self.generation

    def grow(self, generation: int, count: int) -> None:
        """The list is longer than was known when it was loaded; it never gets shorter by this."""
        if generation == self.generation and count > self.count:
            self.count = count
            self.virtual_size = Size(self.scrollable_content_region.width, count)
            self.refresh()

    def put(self, generation: int, page: int, rows: Sequence[R]) -> None:
        """Bring a page that was wanted; one of an earlier list is dropped."""
        if generation != self.generation:
            return
        self._pages[page] = rows
        self._asked.discard(page)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        self._remember_key()
        top = int(self.scroll_offset.y)
        first, last = max(page * PAGE, top), min((page + 1) * PAGE, top + self.page_height)
        if first < last:
            self.refresh_lines(first, last - first)

    def replace(self, row: R) -> bool:
        """Draw a row anew where it stands; False when it is in no page at hand."""
        key = self.key_of(row)
        for page, rows in self._pages.items():
            for place, held in enumerate(rows):
                if self.key_of(held) == key:
                    self._pages[page] = [*rows[:place], row, *rows[place + 1 :]]
                    self.refresh_line(page * PAGE + place)
                    return True
        return False

    def row_at(self, index: int) -> R | None:
        """The row at an index, or None when its page is not here (it is asked for then)."""
        page, place = divmod(index, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def _ask(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.post_message(self.Wanted(self, page, self.generation))

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self.row_at(self.cursor) if self.count else None

    @property
    def current_key(self) -> int | None:
        """The key of the row under the cursor, also while its page is on its way."""
        return self._key

    def _remember_key(self) -> None:
        row = self.current
        if row is not None:
            self._key = self.key_of(row)

    # -- moving

    def move_to(self, index: int, key: int | None = None) -> None:
        """Put the cursor on a row (the nearest there is); `key` names it while its page is on its way."""
        index = min(max(index, 0), max(self.count - 1, 0))
        before, self.cursor = self.cursor, index
        self._key = key
        self._remember_key()
        self._show_cursor()
        self.refresh_line(before)
        self.refresh_line(index)
        self._ask_ahead(index)
        self.post_message(self.Moved())

    def _ask_ahead(self, index: int) -> None:
        """Ask for the rows that the next keys may reach, so that no key waits for them and none is drawn twice."""
        for far in (index - AHEAD * self.page_height, index + AHEAD * self.page_height):
            page = min(max(far, 0), max(self.count - 1, 0)) // PAGE
            if self.count and page not in self._pages:
                self._ask(page)

    def move(self, by: int) -> None:
        """Move the cursor by that many rows."""
        self.move_to(self.cursor + by)

    @property
    def page_height(self) -> int:
        """Rows in view."""
        return max(self.scrollable_content_region.height, 1)

    def _show_cursor(self) -> None:
        """Scroll to the cursor; forced, for a list that fitted until now has no scroll bar yet and would not move."""
        top, height = self.scroll_offset.y, self.page_height
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count)
        self._show_cursor()

    def on_key(self, event: events.Key) -> None:
        """The keys of moving by pages; single rows are actions of the screen."""
        moves = {
            "pagedown": self.page_height,
            "pageup": -self.page_height,
            "home": -self.count,
            "end": self.count,
        }
        if event.key in moves:
            event.stop()
            event.prevent_default()
            self.move(moves[event.key])

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor, two open the row."""
        place = event.get_content_offset(self)
        if place is None or place.y + self.scroll_offset.y >= self.count:
            return
        self.move_to(place.y + self.scroll_offset.y)
        if event.chain == 2:
            self.post_message(self.Chosen())

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """The row at that place of the view."""
        index = y + self.scroll_offset.y
        width, base = self.scrollable_content_region.width, self.base
        if index >= self.count:
            said = self.empty[index] if not self.count and index < len(self.empty) else ()
            return self.strip(said, width)
        if index == self.cursor:
            base = base + self.ink("cursor")
        row = self.row_at(index)
        drawn = (Part("   …", "faint"),) if row is None else self.draw(row, width)
        mark = Part("▸" if index == self.cursor else " ", "accent")
        chosen = Part("■" if row is not None and self.is_chosen(row) else " ", "accent")
        return self.strip((mark, chosen, *drawn), width, base)
