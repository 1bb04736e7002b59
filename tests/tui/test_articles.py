"""The Articles screen: find, open, bring in, read again, remove."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, paste, press, screen_text, seated, toasts, type_in
from tests.tui.samples import NASTY, RECORD, make
from workbench.tui.screens.articles import ArticlesScreen
from workbench.tui.screens.review import ReviewScreen

sizes = pytest.mark.parametrize("size", [*SIZES, (60, 20)])
TEXT = "Fares rise\nMayor Ada Penn said that ferry fares rose by 8 per cent in May.\n"


@sizes
@seated
async def test_the_articles_stand_with_their_coverage(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "g", "a")
        shown = screen_text(pilot)

        assert "2 articles · by date" in shown
        assert "4/4" in shown
        assert "Ferry runs" in shown


@sizes
@seated
async def test_enter_opens_the_article_on_its_first_open_claim(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "g", "a", "slash")
        await type_in(pilot, "ferry")
        await press(pilot, "enter", "enter")

        assert isinstance(pilot.app.screen, ReviewScreen)
        assert 5 == pilot.app.screen.claim_id()
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ArticlesScreen)


@seated
async def test_the_order_changes_and_the_cursor_stays(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "g", "a", "j")
        before = pilot.app.screen.listing.current_key
        await press(pilot, "S", "S")

        assert before == pilot.app.screen.listing.current_key
        assert "by title" in screen_text(pilot)


@seated
async def test_articles_are_brought_in_and_undone_in_one_step(tmp_path: Path) -> None:
    (tmp_path / "fares.txt").write_text(TEXT, encoding="utf-8")
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "a", "i")
        await paste(pilot, f"'{tmp_path}/fares.txt'")
        await press(pilot, "enter")
        assert "1 stored · u undoes" in toasts(pilot)[0]
        assert "3 articles" in screen_text(pilot)

        await press(pilot, "u", "enter")
        assert "2 articles" in screen_text(pilot)


@seated
async def test_a_wrong_path_is_said_below_what_was_typed_which_stays(tmp_path: Path) -> None:
    (tmp_path / "fares.txt").write_text(TEXT, encoding="utf-8")
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "a", "i")
        await paste(pilot, f"{tmp_path}/nothing.txt")
        await press(pilot, "enter")
        assert f"{tmp_path}/nothing.txt: no such file or folder: check the name" == pilot.app.screen._wrong

        await press(pilot, *["backspace"] * len("nothing.txt"))
        await type_in(pilot, "fares.txt")
        await press(pilot, "enter")
        assert "1 stored" in toasts(pilot)[0]


@seated
async def test_what_could_not_be_read_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "hollow.txt").write_bytes(b"")
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "a", "i")
        await paste(pilot, f"{tmp_path}/hollow.txt")
        await press(pilot, "enter")
        assert "1 failed" in toasts(pilot)[0]
        assert "i asks again" in toasts(pilot)[0]

        await press(pilot, "i")
        assert "hollow.txt" in screen_text(pilot)


@sizes
@seated
async def test_a_transcript_is_stored_read_and_removed(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "record.txt").write_bytes(RECORD)
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "g", "a", "tab")
        assert "No transcript is stored yet" in screen_text(pilot)
        await press(pilot, "i")
        await paste(pilot, f"{tmp_path}/record.txt")
        await press(pilot, "tab")
        await type_in(pilot, "yesterday")
        await press(pilot, "enter")
        assert "is no date" in " ".join(screen_text(pilot).split())
        await press(pilot, *["backspace"] * 9)
        await type_in(pilot, "2026-03-11")
        await press(pilot, "enter")
        assert "1 transcript · by date" in screen_text(pilot)
        assert "2026-03-11" in screen_text(pilot)

        await press(pilot, "enter")
        assert "2  BO LIND: Why not?" in screen_text(pilot)
        await press(pilot, "escape", "delete")
        assert "u undoes" in toasts(pilot)[0]
        await press(pilot, "u", "tab")
        assert "2 articles" in screen_text(pilot)


@seated
async def test_an_article_is_removed_and_comes_back(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "g", "a", "delete")
        assert "u undoes" in toasts(pilot)[0]
        assert "1 article · " in screen_text(pilot)

        await press(pilot, "u")
        assert "2 articles" in screen_text(pilot)


@seated
async def test_an_article_is_read_again_and_a_decision_stays(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "5", "g", "a", "R")
        assert "read again" in toasts(pilot)[0]

        await press(pilot, "g", "q")
        assert "F" in screen_text(pilot)


@seated
async def test_an_empty_store_says_how_to_bring_articles_in(tmp_path: Path) -> None:
    async with desk(tmp_path / "new.db") as pilot:
        await press(pilot, "g", "a")

        assert "No article is stored yet" in screen_text(pilot)


@seated
async def test_a_hostile_title_is_shown_literally(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (NASTY,)), (120, 30)) as pilot:
        await press(pilot, "g", "a")

        assert "Title [/]" in screen_text(pilot)
        assert "\x1b" not in screen_text(pilot)
