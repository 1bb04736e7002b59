"""The mouse does what the keys do: hints, facets, claims in the text, tabs, verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import SIZES, desk, idle, press, screen_text, seated
from tests.tui.samples import make
from workbench.services import show
from workbench.services.store import open_store
from workbench.tui.screens.review import ReviewScreen


async def click_on(pilot: Pilot[None], words: str, times: int = 1) -> None:
    """Click on the last place where the screen says these words."""
    for y, row in reversed(list(enumerate(screen_text(pilot).split("\n")))):
        if words in row:
            await pilot.click(offset=(row.index(words) + 1, y), times=times)
            await idle(pilot)
            return
    raise AssertionError(f"{words} is not on the screen")


@pytest.mark.parametrize("size", SIZES)
@seated
async def test_a_session_by_mouse_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await click_on(pilot, "direct 1")
        assert 1 == pilot.app.queue_screen.claims.count

        await click_on(pilot, "We were badly", times=2)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert 2 == pilot.app.screen.claim_id()

        await click_on(pilot, "first survey")
        assert 3 == pilot.app.screen.claim_id()

        await click_on(pilot, "2 mostly true")
        await click_on(pilot, "Notes")
        assert "Notes" == pilot.app.screen.tab.name
        await click_on(pilot, "u undo")
    with open_store(str(path), "ana") as store:
        assert show.claim_card(store, 3).row.truth is None


@seated
async def test_a_click_on_the_order_changes_it(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await click_on(pilot, "by check")
        await click_on(pilot, "newest first")

        assert "by date" in screen_text(pilot)


@seated
async def test_dialogs_take_clicks(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "f")
        await click_on(pilot, "Outdated")
        await press(pilot, "enter", "s")
        await click_on(pilot, "the port authority")
    with open_store(str(path), "ana") as store:
        row = show.claim_card(store, 1).row
        assert (("outdated",), "the port authority") == (row.flags, row.source)
