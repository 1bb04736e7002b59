"""What others do to the store while the desk is open: shown within a look, with the cursor where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, idle, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from workbench.records import ClaimFilter
from workbench.services import lists, review
from workbench.services.ingest import ingest
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


SAID = "Harbour news\nThe wall will cost $4 million, Mayor Ada Penn said. The ferry sank in 1999, she said.\n"
CORRECTED = "Harbour news\nThe wall will cost $9 million, Mayor Ada Penn said.\n"


@seated
async def test_at_the_smallest_size_a_stale_verdict_shows_what_changed_and_a_lost_claim_its_words(
    tmp_path: Path,
) -> None:
    path, article = tmp_path / "s.db", tmp_path / "harbour.txt"
    with open_store(str(path), "ana") as store:
        for text in (SAID, CORRECTED):
            article.write_text(text)
            (outcome,) = ingest(store, [str(article)])
            for row in lists.claim_rows(store, ClaimFilter()) if outcome.status == "stored" else ():
                review.mark(store, [row.id], truth="true")
    async with desk(path, (80, 24)) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "is:stale has:number")
        await press(pilot, "enter", "enter")
        seen = screen_text(pilot)
        await press(pilot, "escape", "/")
        await press(pilot, *["backspace"] * 20)
        await type_in(pilot, "is:lost")
        await press(pilot, "enter", "enter")
        lost = screen_text(pilot)

    assert "[-$4-] {+$9+}" in seen
    assert "The ferry sank in 1999" in lost
