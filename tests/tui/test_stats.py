"""The Stats screen: figures of the store or of the queue's filter, and the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, press, screen_text, seated, toasts, type_in
from tests.tui.samples import NASTY, make
from tests.tui.test_mouse import click_on
from workbench.tui.screens.stats import StatsScreen

sizes = pytest.mark.parametrize("size", [*SIZES, (60, 20)])


@sizes
@seated
async def test_the_figures_follow_a_verdict(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "g", "t")
        assert "6 of 6 claims open" in screen_text(pilot)

        await press(pilot, "escape", "5", "g", "t")
        assert "5 of 6 claims open" in screen_text(pilot)
        assert isinstance(pilot.app.screen, StatsScreen)


@seated
async def test_undo_counts_again(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "5", "g", "t", "u")

        assert "6 of 6 claims open" in screen_text(pilot)


@seated
async def test_the_figures_are_those_of_the_queue_s_filter_when_wanted(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "g", "t", "F")
        assert "the queue has no filter" in toasts(pilot)[0]

        await press(pilot, "g", "q", "slash")
        await type_in(pilot, "survey")
        await press(pilot, "enter", "g", "t", "F")
        assert "1 of 1 claims open" in screen_text(pilot)
        await press(pilot, "F")
        assert "6 of 6 claims open" in screen_text(pilot)


@sizes
@seated
async def test_the_audit_is_the_other_tab(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "g", "t", "tab")
        assert "Coverage: settled sentences" in screen_text(pilot)

        await press(pilot, "tab")
        assert "claims open in" in screen_text(pilot)


@seated
async def test_a_click_on_a_speaker_narrows_the_queue(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 45)) as pilot:
        await press(pilot, "g", "t")
        name = pilot.app.screen._stats.speakers[0]
        await click_on(pilot, name.name)

        assert pilot.app.screen is pilot.app.queue_screen
        assert f"{name.claims} match" in screen_text(pilot)


@seated
async def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    async with desk(tmp_path / "new.db") as pilot:
        await press(pilot, "g", "t")

        assert "Nothing is stored yet" in screen_text(pilot)


@seated
async def test_hostile_names_are_shown_literally(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (NASTY,)), (120, 45)) as pilot:
        await press(pilot, "g", "t")
        shown = screen_text(pilot)
        assert "May[/]or" in shown
        assert "\x1b" not in shown

        await press(pilot, "tab")
        assert "Title [/]" in screen_text(pilot)
