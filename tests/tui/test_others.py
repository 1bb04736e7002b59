"""What others do to the store while the desk is open: shown within a look, with the cursor where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, idle, press, screen_text, seated, toasts
from tests.tui.samples import make
from workbench.services import review
from workbench.services.store import open_store
from workbench.tui.screens.review import ReviewScreen


def _judge(path: Path, claim: int, reviewer: str = "bob") -> None:
    with open_store(str(path), reviewer) as store:
        review.mark(store, [claim], truth="false")


@pytest.mark.parametrize("size", SIZES)
@seated
async def test_the_queue_shows_what_another_did_and_the_cursor_stays(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "j", "j")
        here = pilot.app.queue_screen.claim_id()
        _judge(path, 1)
        pilot.app.notice()
        await idle(pilot)

        assert "5 of 6 claims open" in screen_text(pilot)
        assert here == pilot.app.queue_screen.claim_id() != 1
        assert [] == toasts(pilot)


@seated
async def test_the_claim_in_hand_that_another_changed_is_said_and_read_again(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, (120, 40)) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)
        claim = pilot.app.screen.claim_id()
        _judge(path, claim)
        pilot.app.notice()
        await idle(pilot)

        assert claim == pilot.app.screen.claim_id()
        assert "false" == pilot.app.screen.data.card.row.truth
        assert [toast for toast in toasts(pilot) if toast.startswith(f"bob changed c{claim}: truth")]


@seated
async def test_what_the_reviewer_does_in_another_window_is_shown(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        claim = pilot.app.queue_screen.claim_id()
        _judge(path, claim, "ana")
        pilot.app.notice()
        await idle(pilot)

        assert "5 of 6 claims open" in screen_text(pilot)
        assert [f"you, elsewhere, changed c{claim}: truth, status"] == toasts(pilot)


@seated
async def test_what_the_reviewer_does_here_is_no_news(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "1")
        said = toasts(pilot)
        pilot.app.notice()
        await idle(pilot)

        assert said == toasts(pilot)
