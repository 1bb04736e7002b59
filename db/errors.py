"""What can be wrong with a store, as this package sees it; `workbench.services` puts it into words for people."""

from __future__ import annotations

from typing import Literal

Fault = Literal[
    "foreign", "newer", "older", "damaged", "truncated", "headless", "locked", "mixed", "read-only", "full", "failing",
    "missing", "unreachable", "taken", "stopped",
]  # fmt: skip


class StoreFault(Exception):
    """A store that cannot be used: which fault, and what the library said."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault: Fault = fault
        self.detail = detail
