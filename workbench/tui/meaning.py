"""Reading fact-checks for their meaning while the desk is open: a few at a time, beside everything else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.services.store import Store
    from workbench.tui.app import DeskApp

GROUP = "meaning"
AT_ONCE = 64  # checks, in a quarter of a second
REST = 0.05  # seconds between two times, for whoever else wants to write


def read_on(desk: DeskApp) -> None:
    """Begin, or go on, to read what waits; what was read counts at once, and the rest waits when the desk closes."""
    if desk.store is not None and not any(worker.group == GROUP and worker.is_running for worker in desk.workers):
        desk.run_worker(_read(desk.store), group=GROUP, exit_on_error=False)


async def _read(store: Store) -> None:
    from workbench.services.matching import index_some

    try:
        while await asyncio.to_thread(index_some, store, AT_ONCE):
            await asyncio.sleep(REST)
    except WorkbenchError:  # the model cannot run, or the store is busy: the tab's note says that words alone decide
        return
