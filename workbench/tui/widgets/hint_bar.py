"""The footer: at most six hints of the current focus; each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.notifications import Notification
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.lines import Line, Part, action_at, justify, width_of
from workbench.tui.widgets.ink import Inked
from workbench.tui.wrapping import wrapped

Hint = tuple[str, str, str]
MOST = 4  # lines of a toast


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


def said_lines(said: Notification, hints: Sequence[Hint], width: int) -> list[Line]:
    """A toast at the right of those hints that fit beside it; alone, in as many lines as it needs, where none do."""
    role = "now-mark" if said.severity == "information" else "alarm"
    lead, text = Part("▌ ", role), Part(said.message, "plain" if said.severity == "information" else "strong")
    room = width - width_of((lead, text)) - 3
    beside = hint_lines(fitting(hints, room), room) if room > 0 else []
    if len(beside) == 1 and width_of(beside[0]) <= room:
        return [justify(beside[0], (lead, text), width)]
    return [(lead, text._replace(text=row)) for row in wrapped(said.message, max(width - 2, 20))[:MOST]]


class HintBar(Inked, Widget):
    """Hints of the focus, with the toast that stands; while an action waits for a key, what that key may be."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: Sequence[Hint] = ()
        self._lead = ""
        self._said: Notification | None = None
        self.lines: list[Line] = []

    def show(self, hints: Sequence[Hint], lead: str = "") -> None:
        """Show other hints; `lead` says what is waited for."""
        if (hints, lead) == (self._hints, self._lead):
            return
        self._hints, self._lead = hints, lead
        self._lay_out()

    def show_said(self, said: Notification | None) -> None:
        """Show a toast; None takes it away."""
        if said is not self._said:
            self._said = said
            self._lay_out()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.content_size.width
        if width > 0:
            self.lines = self._made(width)
            shown = len(self.lines) if self._lead or self._said else 1
            if self.styles.height is None or self.styles.height.value != shown:
                self.styles.height = shown
        self.refresh()

    def _made(self, width: int) -> list[Line]:
        if self._lead:
            return hint_lines(self._hints, width, self._lead)
        if self._said is not None:
            return said_lines(self._said, self._hints, width)
        return hint_lines(fitting(self._hints, width), width)

    def render_line(self, y: int) -> Strip:
        """One line of hints."""
        found = self.lines[y] if y < len(self.lines) else ()
        return self.strip(found, self.content_size.width)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the hint that was clicked."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self.lines):
            return
        if action := action_at(self.lines[place.y], place.x):
            await self.screen.run_action(action)
