"""Verdict after verdict: where the keys go on to, when they are at an end, and what is said beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import desk, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from workbench.services import history, show

WIDTHS = pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])


@seated
async def test_a_review_goes_through_its_article_and_then_to_the_most_important_one_left(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter")
        seen = [pilot.app.screen.claim_id()]
        for _ in range(5):
            await press(pilot, "1")
            seen.append(pilot.app.screen.claim_id())

        assert [1, 2, 3, 4, 5, 6] == seen  # 5 is more worth a check than 6, and stands before it


@seated
async def test_after_the_last_open_claim_a_digit_is_asked_for_twice(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "check>0.75")
        await press(pilot, "enter", "enter", "1", "1")
        assert "c5 true · nothing open is left here · u undoes" in toasts(pilot)[0]

        await press(pilot, "5")
        assert "true" == show.claim_card(pilot.app.store, 5).row.truth
        assert "5 again changes its verdict" in toasts(pilot)[0]

        await press(pilot, "5")
        assert "false" == show.claim_card(pilot.app.store, 5).row.truth


@seated
async def test_a_verdict_that_was_taken_back_is_given_at_once(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "check>0.85")
        await press(pilot, "enter", "1", "u", "5")

        assert "false" == show.claim_card(pilot.app.store, 1).row.truth


@seated
async def test_what_is_left_is_counted_in_the_filter(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "1")
        assert "c1 true · 5 left · u undoes" == toasts(pilot)[0]
        await press(pilot, "slash")
        await type_in(pilot, "check>0.65")
        await press(pilot, "enter", "j", "1")

        assert "1 left in this filter" in toasts(pilot)[0]


@seated
async def test_the_same_verdict_again_is_no_action(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "1", "k")
        before = history.verify(pilot.app.store).length
        await press(pilot, "1")

        assert before == history.verify(pilot.app.store).length
        assert "c1 has that verdict" in toasts(pilot)[0]


@WIDTHS
@seated
async def test_a_toast_stands_in_the_footer_and_covers_no_hint_half(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        hints = screen_text(pilot).splitlines()[-1].split("   ")
        await press(pilot, "1")
        last = screen_text(pilot).splitlines()[-1]

        beside, said = last.split("▌")
        assert "c1 true · 5 left · u undoes" == said.strip()
        assert set(filter(None, map(str.strip, beside.split("   ")))) <= set(map(str.strip, hints))
        pilot.app.clear_notifications()
        await pilot.pause()
        assert hints == screen_text(pilot).splitlines()[-1].split("   ")


@seated
async def test_a_long_toast_takes_the_lines_that_it_needs(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (60, 20)) as pilot:
        pilot.app.say("the harbour wall " * 6)
        await pilot.pause()

        said = " ".join(screen_text(pilot).replace("▌", " ").split())
        assert 6 == said.count("the harbour wall")
