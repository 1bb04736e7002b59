"""A refusal of a key behind which words are typed: it stands until it is closed, so that they set nothing off."""

from __future__ import annotations

from workbench.tui.dialogs.base import Dialog


class Told(Dialog[str]):
    """Says why something cannot be done now; every key but esc and enter does nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(what, foot="esc goes on")

    async def action_store(self) -> None:
        """Close."""
        self.dismiss(None)
