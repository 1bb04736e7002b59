"""The article as it reads, with its claims marked in place. A line widget: each screen line knows its offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.records import ArticleView
from workbench.text import cell_width, clean
from workbench.tui.lines import Line, Part, to_strip
from workbench.tui.marks import Marking, coverage, gutter, marking_of, role_of
from workbench.tui.widgets.ink import Inked
from workbench.tui.wrapping import Row, row_of, wrap

LEFT = 3  # cells of the coverage margin, the gap before the text included
RIGHT = 4  # cells of the gutter with the claims' letters, the gap included
WIDEST = 88  # cells of text in a line: longer lines are hard to read


class ArticlePane(Inked, ScrollView, can_focus=True):
    """One version of an article. `show` brings a view, `select` makes a claim the current one."""

    class Picked(Message):
        """A claim was clicked."""

        def __init__(self, claim_id: int) -> None:
            super().__init__()
            self.claim_id = claim_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: ArticleView | None = None
        self.current: int | None = None
        self._letter_of: Mapping[str, str] = {}
        self._text = ""
        self._marking: Marking | None = None
        self._rows: list[Row] = []
        self._signs: Sequence[str] = ()
        self._letters: Sequence[str] = ()
        self._wrapped_for = (-1, "")

    def show(self, view: ArticleView, letter_of: Mapping[str, str]) -> None:
        """Draw this view; the place in the text stays when it is the same text."""
        if self.view is None or view.text != self.view.text:
            self._text = clean(view.text).replace("\t", " ")
            self._wrapped_for = (-1, "")
            self.scroll_to(y=0, animate=False, immediate=True)
        self.view, self._letter_of = view, letter_of
        self._marking = marking_of(view)
        self._lay_out(force=True)
        self.refresh()

    def patch(self, view: ArticleView, claim_id: int) -> None:
        """The same text with one claim changed: its words change at once, the margins with the next `show`."""
        if self._marking is not None:
            changed = {row.id: role_of(row) for row in view.claims if row.id == claim_id}
            self._marking = replace(self._marking, roles={**self._marking.roles, **changed})
        self.view = view
        self.refresh()

    def select(self, claim_id: int | None) -> None:
        """Make a claim the current one and bring it into view."""
        self.current = claim_id
        self.bring_into_view()
        self.refresh()

    # -- layout

    @property
    def text_width(self) -> int:
        """Cells of text in a line."""
        return max(min(self.scrollable_content_region.width - LEFT - RIGHT, WIDEST), 4)

    def _lay_out(self, force: bool = False) -> None:
        if self.view is None or self.scrollable_content_region.width <= 0:
            return
        wanted = (self.text_width, self.view.text)
        if wanted != self._wrapped_for:
            self._rows = wrap(self._text, self.text_width, spaced=True)
            self._wrapped_for = wanted
            self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
            force = True
        if force:
            self._signs = coverage(self._rows, self.view.sentences)
            self._letters = gutter(self._rows, self.view, self._letter_of)

    def on_resize(self) -> None:
        """Wrap for the new width and keep the current claim in view."""
        self._lay_out()
        self.call_after_refresh(self.bring_into_view)

    def place_of(self, claim_id: int | None) -> tuple[int, int] | None:
        """First and last screen line of a claim."""
        spans = self._marking.contents.get(claim_id or 0) if self._marking else None
        if not spans or not self._rows:
            return None
        return row_of(self._rows, spans[0].start), row_of(self._rows, spans[-1].end - 1)

    def bring_into_view(self) -> None:
        """Scroll so that the current claim stands with some lines above it, when it is out of view."""
        place = self.place_of(self.current)
        if place is None:
            return
        first, last = place
        top, height = self.scroll_offset.y, max(self.scrollable_content_region.height, 1)
        if first < top + 1 or last > top + height - 2:
            self.scroll_to(y=max(first - max((height - (last - first)) // 3, 1), 0), animate=False, force=True)

    # -- the mouse

    def offset_at(self, x: int, y: int) -> int | None:
        """The code point under a cell of the view, or None beside the text."""
        row = y + self.scroll_offset.y
        if not 0 <= row < len(self._rows) or x < LEFT:
            return None
        left = x - LEFT
        for place in range(self._rows[row].start, self._rows[row].end):
            left -= cell_width(self._text[place])
            if left < 0:
                return place
        return None

    def on_click(self, event: events.Click) -> None:
        """A click on marked words makes their claim the current one."""
        place = event.get_content_offset(self)
        offset = self.offset_at(place.x, place.y) if place is not None else None
        claim = self._marking.claim_at(offset) if self._marking and offset is not None else None
        if claim is not None:
            self.post_message(self.Picked(claim))

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """The screen line at that place of the view."""
        index = y + self.scroll_offset.y
        width, base = self.scrollable_content_region.width, self.rich_style
        if index >= len(self._rows):
            return Strip.blank(width, base)
        return to_strip(self.line_at(index), self.ink, width, base)

    def line_at(self, index: int) -> Line:
        """A screen line: coverage margin, text, gutter."""
        assert self._marking is not None
        row = self._rows[index]
        pieces = self._marking.pieces(row, self.current)
        here = any(role == "now" for _, _, role in pieces)
        parts = self._bracketed([Part(self._text[start:end], role) for start, end, role in pieces], row)
        margin = Part("▌", "now-mark") if here else Part(self._signs[index] or " ", self._sign_role(index))
        used = sum(cell_width(part.text) for part in parts)
        pad = Part(" " * max(self.text_width + 2 - used, 0))
        letters = self._letters[index]
        shown = letters if len(letters) < RIGHT else letters[: RIGHT - 2] + "…"
        return (margin, Part(" "), *parts, pad, Part(shown, "faint"))

    def _sign_role(self, index: int) -> str:
        return "accent" if self._signs[index] == "○" else "faint"

    def _bracketed(self, parts: list[Part], row: Row) -> list[Part]:
        """The parts with the gap before the text; the current claim stands between ▐ and ▌ where a blank allows it."""
        spans = self._marking.contents.get(self.current or 0, ()) if self._marking else ()
        starts, ends = {span.start for span in spans}, {span.end for span in spans}
        made, place, closing = [Part(" ")], row.start, False
        for part in parts:
            if part.role == "now" and place in starts and made[-1].text.endswith(" "):
                made[-1:] = [made[-1]._replace(text=made[-1].text[:-1]), Part("▐", "now-mark")]
            place += len(part.text)
            if closing and part.text.startswith(" "):
                made.append(Part("▌", "now-mark"))
                part = part._replace(text=part.text[1:])
            closing = part.role == "now" and place in ends
            made.append(part)
        return [*made, Part("▌", "now-mark")] if closing else made
