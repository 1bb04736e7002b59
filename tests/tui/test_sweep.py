"""Every screen of the table of places, at two sizes, with ordinary and hostile text: literal, straight, no traceback.

A screen that somebody adds with a letter is swept by itself: it is opened with g and that letter.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.conftest import desk, idle, press, seated
from tests.tui.samples import FERRY, HARBOUR, NASTY, Piece, make
from tests.tui.test_hostile import raw_controls
from workbench.actions import PLACES

SMALLEST, USUAL, WIDE = (60, 20), (80, 24), (200, 60)
SWEEPS = {"ordinary": (USUAL, WIDE, (HARBOUR, FERRY)), "hostile": (SMALLEST, USUAL, (HARBOUR, NASTY))}
LETTERS = [info.letter for info in PLACES if info.letter]


def crooked(pilot: Pilot[None]) -> list[str]:
    """Lines whose width in cells is not the screen's.

    A stock input's placeholder is left out: Textual draws one blank more than its strip counts.
    """
    hints = [str(field.placeholder)[:10] for field in pilot.app.screen.query(Input) if not field.value]
    width, height = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()[:height]
    texts = ["".join(segment.text for segment in strip if not segment.control) for strip in strips]
    return [text for text in texts if cell_len(text) != width and not any(hint in text for hint in hints)]


async def sound(pilot: Pilot[None]) -> None:
    await idle(pilot)
    assert set() == raw_controls(pilot)
    assert [] == crooked(pilot)


@pytest.mark.parametrize(("size", "other", "pieces"), SWEEPS.values(), ids=SWEEPS)
@seated
async def test_every_screen_is_straight_and_literal_and_survives_another_size(
    tmp_path: Path, size: tuple[int, int], other: tuple[int, int], pieces: tuple[Piece, ...]
) -> None:
    async with desk(make(tmp_path / "s.db", pieces), size) as pilot:
        for letter in LETTERS:
            await press(pilot, "g", letter)
            place = pilot.app.screen.place
            assert place == next(info.place for info in PLACES if info.letter == letter)
            await sound(pilot)
            for key in ("end", "tab", "question_mark"):
                await press(pilot, key)
                await sound(pilot)
            await press(pilot, "escape")
            for changed in (other, size):
                await pilot.resize_terminal(*changed)
                await sound(pilot)
            assert place == pilot.app.screen.place
        assert pilot.app.return_code in (None, 0)


@pytest.mark.parametrize("size", [SMALLEST, WIDE], ids=str)
@seated
async def test_every_screen_says_what_to_do_when_the_store_is_empty(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(tmp_path / "new.db", size) as pilot:
        for letter in LETTERS:
            await press(pilot, "g", letter)
            await sound(pilot)
