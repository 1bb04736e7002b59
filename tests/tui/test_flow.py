"""The flow of verdicts: where it ends, what a key pressed on by momentum does, and how a verdict is explained in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, press, seated, toasts, type_in
from tests.tui.samples import make
from workbench.services import show

sizes = pytest.mark.parametrize("size", SIZES)


def truths(pilot: object) -> list[str | None]:
    """The truth verdicts of c1 … c6."""
    return [show.claim_card(pilot.app.store, number).row.truth for number in range(1, 7)]  # type: ignore[attr-defined]


@sizes
@seated
async def test_the_last_open_claim_of_a_filter_is_named_and_what_is_left_is_of_the_filter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "check>0.75")
        await press(pilot, "enter", "enter", "1")
        assert "c1 true · 1 left of this filter" in toasts(pilot)[0]

        await press(pilot, "1")
        said = "c5 true · that was the last open claim of this filter · esc back to the queue"
        assert [said] == toasts(pilot)
        assert 5 == pilot.app.screen.claim_id()
        await press(pilot, "right_curly_bracket")
        assert ["no other claim of this filter is open"] == toasts(pilot)


@pytest.mark.parametrize("opened", [(), ("enter",)])
@seated
async def test_a_digit_pressed_on_behind_the_last_open_claim_changes_nothing_until_it_comes_again(
    tmp_path: Path, opened: tuple[str, ...]
) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, *opened, "1", "1", "1", "1", "1", "1")
        last = next(number for number in range(1, 7) if pilot.app.screen.claim_id() == number)
        for key in ("5", "4", "x"):
            await press(pilot, key)
            assert f"c{last} stays: it was the last open claim · the same key again changes it" in toasts(pilot)[0]
        assert ["true"] * 6 == truths(pilot)

        await press(pilot, "5", "5")
        assert "false" == truths(pilot)[last - 1]


@seated
async def test_any_other_key_between_means_the_claim_in_hand(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "ferry")
        await press(pilot, "enter", "enter", "1", "j", "k", "5")

        assert "false" == truths(pilot)[4]
        await press(pilot, "u", "u", "2")
        assert "mostly-true" == truths(pilot)[4]
