"""The footer: at most six hints of the current focus; each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.lines import Line, Part, action_at, to_strip, width_of
from workbench.tui.widgets.ink import Inked

Hint = tuple[str, str, str]


def fitting(hints: Sequence[Hint], width: int) -> Sequence[Hint]:
    """The hints that fit into one line; the last one, which leads to all others, always does."""
    kept = list(hints)
    while len(kept) > 1 and len(hint_lines(kept, width)) > 1:
        del kept[-2]
    return kept


def hint_lines(hints: Sequence[Hint], width: int, lead: str = "") -> list[Line]:
    """The hints in as many lines as they need: (key, label, action)."""
    rows: list[list[Part]] = [[Part(lead, "strong")] if lead else []]
    for key, label, action in hints:
        parts = [Part(key, "key", action), Part(f" {label}", "dim", action)]
        if rows[-1] and width_of(rows[-1]) + 3 + width_of(parts) > width:
            rows.append([])
        rows[-1] += [Part("   "), *parts] if rows[-1] else parts
    return [tuple(row) for row in rows]


class HintBar(Inked, Widget):
    """Hints of the focus; while an action waits for a key, what that key may be."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: Sequence[Hint] = ()
        self._lead = ""
        self.lines: list[Line] = []

    def show(self, hints: Sequence[Hint], lead: str = "") -> None:
        """Show other hints; `lead` says what is waited for."""
        if (hints, lead) == (self._hints, self._lead):
            return
        self._hints, self._lead = hints, lead
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.content_size.width
        if width > 0:
            hints = self._hints if self._lead else fitting(self._hints, width)
            self.lines = hint_lines(hints, width, self._lead)
            shown = len(self.lines) if self._lead else 1
            if self.styles.height is None or self.styles.height.value != shown:
                self.styles.height = shown
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of hints."""
        found = self.lines[y] if y < len(self.lines) else ()
        return to_strip(found, self.ink, self.content_size.width, self.rich_style)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the hint that was clicked."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self.lines):
            return
        if action := action_at(self.lines[place.y], place.x):
            await self.screen.run_action(action)
