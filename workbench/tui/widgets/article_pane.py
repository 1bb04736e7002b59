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
from workbench.tui.lines import Line, Part
from workbench.tui.marks import Marking, coverage, gutter, marking_of, overlaid, role_of
from workbench.tui.picking import Pick
from workbench.tui.widgets.ink import Inked
from workbench.tui.wrapping import Row, row_of, wrap

LEFT = 3  # cells of the coverage margin, the gap before the text included
RIGHT = 4  # cells of the gutter with the claims' letters, the gap included
WIDEST = 88  # cells of text in a line: longer lines are hard to read


_MARKED = ("now", "picked", "caret")  # roles of words that stand between signs


class ArticlePane(Inked, ScrollView, can_focus=True):
    """One version of an article. `show` brings a view, `select` makes a claim the current one."""

    class Picked(Message):
        """A claim was clicked."""

        def __init__(self, claim_id: int) -> None:
            super().__init__()
            self.claim_id = claim_id

    class Selected(Message):
        """Words were selected with the mouse."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start, self.end = start, end

    ALLOW_SELECT = False  # a drag chooses places of the text, not cells of the screen

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pick: Pick | None = None  # the places that are being chosen
        self.here: tuple[int, int] | None = None  # the sentence under the keys, where one was gone to
        self._pressed: int | None = None
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
        self._refresh_claim(claim_id)

    def _refresh_claim(self, claim_id: int | None) -> None:
        """Draw the lines anew that a claim stands on."""
        place = self.place_of(claim_id)
        if place is not None:
            self.refresh_lines(place[0], place[1] - place[0] + 1)

    def remark(self, view: ArticleView) -> None:
        """The same text and claims with other marks on its sentences."""
        self.view = view
        self._signs = coverage(self._rows, view.sentences)
        self.refresh()

    def choose(self, pick: Pick | None) -> None:
        """Show the places that are being chosen, the moving one in view; None ends it."""
        self.pick = pick
        if pick is not None:
            self.reveal(pick.cursor, pick.cursor + 1)
        self.refresh()

    def go_to_sentence(self, span: tuple[int, int] | None) -> None:
        """Make a sentence the one under the keys; None leaves the current claim."""
        self.here = span
        if span is not None:
            self.reveal(*span)
        self.refresh()

    @property
    def text(self) -> str:
        """The text as it is drawn: offsets are those of the article's text."""
        return self._text

    def select(self, claim_id: int | None) -> None:
        """Make a claim the current one and bring it into view."""
        before, self.current = self.current, claim_id
        self.bring_into_view()
        for each in {before, claim_id}:
            self._refresh_claim(each)

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
        if place is not None:
            self._reveal_rows(*place)

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that a place of the text is in view."""
        if self._rows:
            self._reveal_rows(row_of(self._rows, start), row_of(self._rows, max(end - 1, start)))

    def line_up_or_down(self, offset: int, by: int) -> int:
        """The place some screen lines below or above another one, as far to the right."""
        row = row_of(self._rows, offset)
        target = row
        while 0 <= target + by < len(self._rows):
            target += by
            if self._rows[target].start < self._rows[target].end:
                break
        line = self._rows[target]
        return (
            min(line.start + offset - self._rows[row].start, max(line.end - 1, line.start)) if target != row else offset
        )

    def _reveal_rows(self, first: int, last: int) -> None:
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

    def _offset_of(self, event: events.MouseEvent) -> int | None:
        place = event.get_content_offset(self)
        return self.offset_at(place.x, place.y) if place is not None else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection."""
        self._pressed = self._offset_of(event) if event.button == 1 else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend it while the button is held."""
        if self._pressed is None or event.button != 1:
            return
        offset = self._offset_of(event)
        if offset is not None and (self.pick is not None or abs(offset - self._pressed) > 0):
            begin, reached = sorted((self._pressed, offset))
            self.pick = Pick("add", begin, reached + 1, 0, len(self._text))
            self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The selection stands: the screen says what can be done with it."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.pick is not None and self._offset_of(event) != pressed:
            self.post_message(self.Selected(*self.pick.span))

    def on_click(self, event: events.Click) -> None:
        """A click on marked words makes their claim the current one."""
        if self.pick is not None:
            return
        offset = self._offset_of(event)
        claim = self._marking.claim_at(offset) if self._marking and offset is not None else None
        if claim is not None:
            self.post_message(self.Picked(claim))

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """The screen line at that place of the view."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        return self.strip(self.line_at(index) if index < len(self._rows) else (), width)

    def line_at(self, index: int) -> Line:
        """A screen line: coverage margin, text, gutter."""
        assert self._marking is not None
        row = self._rows[index]
        pieces = self._marking.pieces(row, self.current)
        here = any(role == "now" for _, _, role in pieces)
        if self.here is not None:
            here = self.here[0] < row.end and row.start < self.here[1]
            pieces = overlaid(pieces, *self.here, "here") if here else pieces
        if self.pick is not None:
            pieces = self._with_pick(pieces, self.pick)
        parts = self._bracketed([Part(self._text[start:end], role) for start, end, role in pieces], row)
        margin = Part("▌", "now-mark") if here else Part(self._signs[index] or " ", self._sign_role(index))
        used = sum(cell_width(part.text) for part in parts)
        pad = Part(" " * max(self.text_width + 2 - used, 0))
        letters = self._letters[index]
        shown = letters if len(letters) < RIGHT else letters[: RIGHT - 2] + "…"
        return (margin, Part(" "), *parts, pad, Part(shown, "faint"))

    def _with_pick(self, pieces: list[tuple[int, int, str]], pick: Pick) -> list[tuple[int, int, str]]:
        """The pieces with what is being chosen, and the character at the moving end, drawn over them."""
        if pick.mode == "split":
            pieces = overlaid(pieces, pick.end, pick.high, "picked")
        else:
            pieces = overlaid(pieces, *pick.span, "picked")
        at = pick.cursor - (pick.mode == "respan" and not pick.moves_start)
        return overlaid(pieces, at, at + 1, "caret")

    def _sign_role(self, index: int) -> str:
        return "accent" if self._signs[index] in "○◦" else "faint"

    def _edges(self) -> tuple[dict[int, str], set[int]]:
        """Where signs stand before and behind words: of what is being chosen, of a cut, else of the current claim."""
        pick = self.pick
        if pick is not None and pick.mode != "split":
            start, end = pick.span
            return {start: "▐"}, {end}
        spans = self._marking.contents.get(self.current or 0, ()) if self._marking else ()
        starts = {span.start: "▐" for span in spans} | ({pick.end: "│"} if pick is not None else {})
        return starts, {span.end for span in spans}

    def _bracketed(self, parts: list[Part], row: Row) -> list[Part]:
        """The parts with the gap before the text; the current claim stands between ▐ and ▌ where a blank allows it."""
        starts, ends = self._edges()
        made, place, closing = [Part(" ")], row.start, False
        for part in parts:
            sign = starts.get(place) if part.role in _MARKED else None
            if sign is not None and made[-1].text.endswith(" "):
                made[-1:] = [made[-1]._replace(text=made[-1].text[:-1]), Part(sign, "now-mark")]
            place += len(part.text)
            if closing and part.text.startswith(" "):
                made.append(Part("▌", "now-mark"))
                part = part._replace(text=part.text[1:])
            closing = part.role in _MARKED and place in ends
            made.append(part)
        return [*made, Part("▌", "now-mark")] if closing else made
