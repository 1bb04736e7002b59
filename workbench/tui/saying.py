"""What the desk says: toasts, drawn by the footer, how far work is that goes on beside the reviewer's, and copies."""

from __future__ import annotations

from textual.app import App
from textual.notifications import Notification, SeverityLevel
from textual.timer import Timer

from workbench.text import clean, clean_line
from workbench.tui.screens.desk_screen import DeskScreen

SECONDS = 4  # how long a toast stays, and how much longer for each
LONG = 80  # cells of it


class Saying(App[None]):
    """An application that says one thing at a time."""

    _quiet: Timer | None = None  # takes the toast away
    beside = ""  # how far work is that goes on beside the reviewer's

    def show_beside(self, what: str) -> None:
        """Say in the header how far work is that goes on beside the reviewer's; "" when it is done."""
        self.beside = what
        for bar in self.screen.query("#top"):
            bar.refresh()

    # -- copying

    def copy(self, what: str, text: str) -> None:
        """Put words into the clipboard of the terminal (OSC 52), without what could steer where they are pasted.

        No terminal says whether it took them.
        """
        self.copy_to_clipboard(clean(text.replace("\r\n", "\n")))
        self.say(f"{what} copied, where the terminal allows it")

    # -- saying

    def say(self, what: str, severity: str = "information") -> None:
        """A toast in plain words, at once; the one before goes away. The footer draws it beside its hints.

        Textual's own toasts are widgets: each costs more to mount, match and lay out than a key may, and they lie over
        the footer.
        """
        level: SeverityLevel = severity if severity in ("warning", "error") else "information"  # type: ignore[assignment]
        text = clean_line(what)
        lasting = SECONDS * (1 + len(text) // LONG)
        self._notifications.clear()
        self._notifications.add(Notification(text, severity=level, timeout=lasting, markup=False))
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(lasting, self.clear_notifications)
        self._refresh_notifications()

    @property
    def said(self) -> Notification | None:
        """The toast that stands."""
        return next(iter(self._notifications), None)

    def _refresh_notifications(self) -> None:
        for screen in reversed(self.screen_stack if self._running else ()):
            if isinstance(screen, DeskScreen):
                screen.show_said()
                break
