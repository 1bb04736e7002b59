"""Long work: in a thread, with how far it is in the footer, and esc stops it with nothing stored."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from workbench.errors import StoppedError

QUIET = 0.3  # seconds of work before the footer speaks of it: less would only flicker


@dataclass
class Task:
    """One piece of long work. The thread calls `watch`; the screen reads the rest and may `stop`."""

    label: str
    done: int = 0
    total: int | None = None
    stopped: bool = False
    since: float = field(default_factory=time.monotonic)

    def watch(self, done: int, total: int | None) -> None:
        """Note how far the work is. Raises StoppedError once it was stopped."""
        self.done, self.total = done, total
        if self.stopped:
            raise StoppedError("stopped: nothing was changed")

    def stop(self) -> None:
        """End it at its next look."""
        self.stopped = True

    @property
    def shown(self) -> bool:
        """Whether it has taken long enough to be spoken of."""
        return time.monotonic() - self.since > QUIET

    def __str__(self) -> str:
        if self.stopped:
            return f"{self.label} · stopping"
        return f"{self.label} · {self.done:,} of {self.total:,}" if self.total else self.label
