"""Waiting for something that may take long and that a person may give up: it runs in a thread that nothing waits for
when the desk closes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from workbench.errors import WorkbenchError

Result = TypeVar("Result")


async def aside(work: Callable[[], Result]) -> Result:
    """What `work` returns. Raises what it raises, and CancelledError when the waiting is given up.

    `asyncio.to_thread` would keep the program alive until the thread ends: a slow host has half a minute.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if not answer.done():
            answer.set_exception(error) if error is not None else answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except WorkbenchError as refused:
            error = refused
        with suppress(RuntimeError):  # the desk has closed
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await answer
