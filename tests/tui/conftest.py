"""The desk under Pilot, on real stores, with nothing that moves."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from workbench.tui.app import DeskApp

SIZES = [(80, 24), (160, 45)]


async def idle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and nothing is left to paint."""
    for _ in range(200):
        await pilot.pause()
        running = [worker for worker in pilot.app.workers if not worker.is_finished and worker.group != "dialog"]
        if not running:
            break
        await asyncio.wait([asyncio.ensure_future(worker.wait()) for worker in running], timeout=0.2)
    await pilot.pause()


@asynccontextmanager
async def desk(path: Path, size: tuple[int, int] = (80, 24), reviewer: str = "ana") -> AsyncIterator[Pilot[None]]:
    """The desk on a store, its first rows shown."""
    app = DeskApp(str(path), reviewer)
    async with app.run_test(size=size, notifications=True) as pilot:
        await idle(pilot)
        yield pilot
        app.exit()
    if app.store is not None:
        app.store.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, waiting for what each sets off."""
    for key in keys:
        await pilot.press(key)
        await idle(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type into the input that has the focus."""
    await pilot.press(*("space" if letter == " " else letter for letter in text))
    await idle(pilot)


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste into the field that has the focus: quicker than typing."""
    pilot.app.post_message(events.Paste(text))
    await idle(pilot)


def screen_text(pilot: Pilot[None]) -> str:
    """What the screen shows, line by line."""
    height = pilot.app.size.height
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips[:height])


def toasts(pilot: Pilot[None]) -> list[str]:
    """What the toasts say now, each on one line."""
    return [notification.message.replace("\n", " ") for notification in pilot.app._notifications]


def seated(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an async test in a loop of its own."""

    @functools.wraps(test)
    def run(*arguments: Any, **named: Any) -> None:
        asyncio.run(test(*arguments, **named))

    return run


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
