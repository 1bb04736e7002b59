"""Flags set and unset by their letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult

from workbench.records import Flag
from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.lines import Line, Part
from workbench.tui.widgets.line_pane import LinePane


@dataclass(frozen=True, slots=True)
class FlagChange:
    """Flags to set and to take away."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


class FlagsDialog(Dialog[FlagChange]):
    """Each flag's letter turns it on and off; enter stores."""

    def __init__(
        self,
        said: str,
        flags: Sequence[Flag],
        standing: Sequence[str],
        accept: Accept[FlagChange] | None = None,
        several: bool = False,
    ) -> None:
        super().__init__("Flags", said, "a letter sets or unsets · enter stores · esc cancels", accept)
        self._flags, self._before, self._now = flags, frozenset(standing), set(standing)
        self._several = several  # then a third turn takes the flag away from whichever has it
        self._away: set[str] = set()

    def fields(self) -> ComposeResult:
        """The list of flags."""
        yield LinePane(id="flags")

    def on_mount(self) -> None:
        """Draw the flags."""
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#flags", LinePane)
        pane.styles.height = len(self._flags) or 1  # whole: the dialog's body scrolls
        pane.show(lambda width: [self._line(flag) for flag in self._flags])

    def _line(self, flag: Flag) -> Line:
        is_set = flag.id in self._now
        action = f"screen.turn({flag.key!r})"
        box = "[x] " if is_set else "[-] " if flag.id in self._away else "[ ] "
        sign = Part(box, "accent" if is_set else "faint", action)
        return (sign, Part(f"{flag.key}  ", "key", action), Part(flag.label, "strong" if is_set else "plain", action))

    def action_turn(self, key: str) -> None:
        """Set or unset the flag of that letter."""
        for flag in self._flags:
            if flag.key == key and self._several and flag.id in self._now:
                self._now.discard(flag.id)
                self._away.add(flag.id)
            elif flag.key == key and flag.id in self._away:
                self._away.discard(flag.id)
            elif flag.key == key:
                self._now ^= {flag.id}
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Letters turn flags."""
        if event.character and any(flag.key == event.character for flag in self._flags):
            event.stop()
            self.action_turn(event.character)

    async def action_store(self) -> None:
        """Answer with what changed."""
        added = tuple(flag.id for flag in self._flags if flag.id in self._now - self._before)
        await self.offer(FlagChange(added, tuple(sorted((self._before - self._now) | self._away))))
