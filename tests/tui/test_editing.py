"""Claims and sentences edited in the review: by key, by mouse and by the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import MouseMove
from textual.pilot import Pilot

from tests.tui.conftest import desk, idle, press, screen_text, seated, toasts, type_in
from tests.tui.samples import NASTY, make
from workbench.text import cell_width
from workbench.tui.screens.review import ReviewScreen

WIDE = (120, 36)


def review(pilot: Pilot[None]) -> ReviewScreen:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


def texts(pilot: Pilot[None]) -> list[str]:
    return [row.text for row in review(pilot).data.view.claims]


async def open_claim(pilot: Pilot[None], number: int) -> ReviewScreen:
    await pilot.app.open_review(number)  # type: ignore[attr-defined]
    await idle(pilot)
    return review(pilot)


@seated
async def test_the_edges_of_a_claim_move_by_word_and_by_character(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        await open_claim(pilot, 4)
        assert "The wall is 310 metres long" in texts(pilot)
        await press(pilot, "less_than_sign", "right", "greater_than_sign", "left", "h", "enter")
        assert "wall is 310 metre" in texts(pilot)
        assert ["c4 is now: wall is 310 metre · u undoes"] == toasts(pilot)
        await press(pilot, "u")
        assert "The wall is 310 metres long" in texts(pilot)


@seated
async def test_escape_leaves_a_claim_as_it_is_and_no_other_key_gets_through(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        screen = await open_claim(pilot, 4)
        await press(pilot, "greater_than_sign", "left", "2", "x", "q", "escape")
        assert screen.article.pick is None
        assert screen.data.card is not None
        assert ("open", "The wall is 310 metres long") == (screen.data.card.row.status, screen.data.card.row.text)


@seated
async def test_a_claim_is_split_at_the_cursor_and_merged_again(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        await open_claim(pilot, 4)
        await press(pilot, "vertical_line", "enter")
        assert ["The wall is 310", "metres long"] == texts(pilot)[-2:]
        await press(pilot, "m")
        assert "The wall is 310 metres long" == texts(pilot)[-1]


@seated
async def test_selected_words_become_a_claim_with_kind_and_source(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        screen = await open_claim(pilot, 3)
        await press(pilot, "a", "right", "right", "space", "right", "right", "enter")
        await press(pilot, "right", "right", "right")
        await press(pilot, "tab")
        await type_in(pilot, "Ada Penn")
        await press(pilot, "enter")
        assert screen.data.card is not None
        row = screen.data.card.row
        assert ("meets again", "indirect", "Ada Penn", True) == (row.text, row.kind, row.source, row.source_confirmed)


@seated
async def test_a_drag_over_the_article_selects_words_for_a_claim(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        screen = await open_claim(pilot, 1)
        lines = screen_text(pilot).split("\n")
        y = next(number for number, line in enumerate(lines) if "meets" in line)
        x = lines[y].index("meets")
        await pilot.mouse_down(offset=(x, y))
        for reached in (x + 3, x + 4):
            await pilot._post_mouse_events([MouseMove], offset=(reached, y), button=1)
        await pilot.mouse_up(offset=(x + 4, y))
        await idle(pilot)
        assert screen.article.pick is not None
        await press(pilot, "enter", "enter")
        assert "meets" in texts(pilot)


@seated
async def test_kind_and_voice_are_chosen_by_a_letter(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        screen = await open_claim(pilot, 1)
        await press(pilot, "R", "m", "L", "c")
        assert screen.data.card is not None
        assert ("mixed", "C") == (screen.data.card.row.kind, screen.data.card.row.anonymity)


@pytest.mark.parametrize(
    ("key", "mark", "sign"), [("z", "nothing to check", "·"), ("p", "opinion", "*"), ("t", "waived", "w")]
)
@seated
async def test_a_sentence_is_marked_by_one_key_and_the_next_unsettled_one_is_gone_to(
    tmp_path: Path, key: str, mark: str, sign: str
) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        screen = await open_claim(pilot, 1)
        await press(pilot, "K", key)
        first = screen.data.view.sentences[0]
        assert (mark, True) == (first.mark, first.settled)
        assert toasts(pilot)[0].startswith(f"1 sentence of a1: {mark} · ")
        assert sign in screen.article._signs
        assert screen.article.here is not None
        assert screen.article.here[0] > first.start
        await press(pilot, "u")
        assert screen.data.view.sentences[0].mark is None


@seated
async def test_a_paragraph_is_marked_by_one_key_and_unmarked_by_the_same(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), WIDE) as pilot:
        screen = await open_claim(pilot, 3)
        await press(pilot, "Z")
        marked = [row.mark for row in screen.data.view.sentences]
        assert 2 == marked.count("nothing to check")
        await press(pilot, "K", "J", "K", "Z")
        assert marked != [row.mark for row in screen.data.view.sentences]


@pytest.mark.parametrize("size", [(60, 20), WIDE])
@seated
async def test_hostile_text_is_edited_literally(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db", (NASTY,)), size) as pilot:
        screen = await open_claim(pilot, 1)
        for keys in (
            ("greater_than_sign", "left", "h", "less_than_sign", "right", "l", "escape"), ("vertical_line", "enter"),
            ("a", "right", "down", "right", "enter", "escape", "escape"), ("R", "escape"), ("L", "escape"),
            ("J", "z", "Z", "K", "p"), ("tab", "j", "k"),
        ):  # fmt: skip
            await press(pilot, *keys)
            shown = screen_text(pilot)
            assert not [letter for letter in shown if letter in "\x1b\x07\x9b\u202e\x00"]
            assert all(cell_width(line) == size[0] for line in shown.split("\n"))
        text = screen.data.view.text
        for span in screen.data.view.spans:
            assert 0 <= span.start < span.end <= len(text)
