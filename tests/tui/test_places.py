"""Several screens: g and a letter, the names in the header, the palette; each screen comes back where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from tests.tui.test_mouse import click_on
from workbench.actions import PLACES
from workbench.tui.lines import Part
from workbench.tui.screens.registry import heading
from workbench.tui.screens.review import ReviewScreen

sizes = pytest.mark.parametrize("size", [*SIZES, (60, 20)])


@sizes
@seated
async def test_g_shows_the_letters_and_a_letter_goes_to_its_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "j", "g")
        assert "go to" in screen_text(pilot)
        claim = pilot.app.queue_screen.claim_id()

        await press(pilot, "r")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert claim == pilot.app.screen.claim_id()

        await press(pilot, "g", "q")
        assert pilot.app.screen is pilot.app.queue_screen
        assert claim == pilot.app.queue_screen.claim_id()


@seated
async def test_after_g_esc_stays_and_any_other_key_does_what_it_does(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        queue = pilot.app.queue_screen
        await press(pilot, "j", "g", "escape")
        assert "go to" not in screen_text(pilot).split("\n")[-1]
        assert 1 == queue.claims.cursor

        await press(pilot, "g", "k")
        assert 0 == queue.claims.cursor
        assert not queue.going


@seated
async def test_a_name_in_the_header_is_clicked(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await click_on(pilot, "Review")

        assert isinstance(pilot.app.screen, ReviewScreen)


@seated
async def test_the_palette_goes_to_screens(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "go to: review")
        await press(pilot, "enter", "enter")

        assert isinstance(pilot.app.screen, ReviewScreen)


@seated
async def test_review_of_an_empty_list_says_why_not(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash", "z", "z", "enter", "g", "r")

        assert pilot.app.screen is pilot.app.queue_screen
        assert ["no claim is in hand: the list shows none"] == toasts(pilot)


@seated
async def test_g_in_the_filter_line_is_a_letter(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash", "g", "r")

        assert "gr" == pilot.app.queue_screen.filter_line.value


@seated
async def test_the_palette_changes_the_theme_and_finds_names_before_helps(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        before = pilot.app.theme
        await press(pilot, "ctrl+p")
        await type_in(pilot, "theme")
        await press(pilot, "enter", "enter", "down", "down", "enter")

        assert before != pilot.app.theme


@pytest.mark.parametrize("reviewer", ["ana", "margaret-of-the-long-name"])
@seated
async def test_every_list_s_header_names_every_screen_at_80_columns(tmp_path: Path, reviewer: str) -> None:
    names = [info.title for info in PLACES if info.letter]
    async with desk(make(tmp_path / "s.db"), reviewer=reviewer) as pilot:
        for letter in ("q", "s", "a", "e", "t"):
            await press(pilot, "g", letter)
            header = screen_text(pilot).split("\n")[0]

            assert names == [name for name in header.replace("·", " ").split() if name in names]
            assert "6 of 6 claims open" in header or letter != "q"


@pytest.mark.parametrize(("claims", "said"), [(91, "ana · 91 open"), (1_000_000, "ana · 1,000,000 open")])
def test_a_header_shortens_what_stands_at_the_right_first(claims: int, said: str) -> None:
    ways = ([Part(f"ana · {claims:,} of {claims:,} claims open")], [Part(said)], [Part(f"{claims:,} open")])
    shown = {width: "".join(part.text for part in heading("queue", width, *ways)) for width in (58, 78, 118)}

    assert "Queue · g goes elsewhere" == shown[58][:24]
    assert shown[78].endswith(f"Stats{' ' * (26 - len(said))}{said}")
    assert shown[118].startswith("Workbench  Queue")
    assert all(len(line) == width for width, line in shown.items())
