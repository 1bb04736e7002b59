"""The Report screen: a filter, a format and readers are chosen, its beginning is seen, and it is written to a file."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import SIZES, desk, paste, press, screen_text, seated, toasts, type_in
from tests.tui.samples import HARBOUR, NASTY, make
from tests.tui.test_mouse import click_on
from workbench.records import ONE_REVIEWER
from workbench.services import review, settings
from workbench.services.store import open_store
from workbench.tui.dialogs.report import ReportDialog
from workbench.tui.screens.report import ReportScreen
from workbench.tui.screens.review import ReviewScreen

sizes = pytest.mark.parametrize("size", [*SIZES, (60, 20)])


async def write_to(pilot: Pilot[None], path: Path) -> None:
    await press(pilot, "w", "ctrl+u")
    await paste(pilot, str(path))
    await press(pilot, "enter")


def flowing(pilot: Pilot[None]) -> str:
    return " ".join(screen_text(pilot).replace("│", " ").split())


def said(pilot: Pilot[None]) -> str:
    return " ".join(toasts(pilot)[0].split())


@sizes
@seated
async def test_a_report_is_previewed_and_written(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, ReportScreen)
        assert "6 claims" in screen_text(pilot)
        await press(pilot, "f", "right", "F", "left", "left", "left", "left")
        await write_to(pilot, tmp_path / "out")

        assert "6 claims written to" in said(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert 2 == sum(json.loads(one).get("kind") == "article" for one in lines)


@sizes
@seated
async def test_the_palette_does_what_the_keys_do(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "go to: report")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReportScreen)

        await press(pilot, "ctrl+p")
        await type_in(pilot, "write the report")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReportDialog)


@seated
async def test_the_queue_s_filter_leads_and_another_can_be_typed(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "survey")
        await press(pilot, "enter", "g", "e")
        assert "1 claim" in screen_text(pilot)
        assert "survey" == pilot.app.screen.filter_line.value

        await press(pilot, "slash", "ctrl+u")
        await type_in(pilot, "kind:stetement")
        assert "stetement" in screen_text(pilot).split("\n")[4]
        await press(pilot, "ctrl+u")
        await type_in(pilot, "kind:statement")
        await press(pilot, "enter")
        assert "2 claims" in screen_text(pilot)
        await press(pilot, "escape", "g", "e")
        assert "kind:statement" == pilot.app.screen.filter_line.value


@seated
async def test_from_review_the_report_lies_over_it(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter", "r")
        assert isinstance(pilot.app.screen, ReportScreen)

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
        await press(pilot, "r", "g", "q")
        assert pilot.app.screen is pilot.app.queue_screen


@seated
async def test_a_public_report_says_what_it_holds(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (160, 45)) as pilot:
        await press(pilot, "1", "r", "p")
        assert f"it holds {ONE_REVIEWER}" in screen_text(pilot)
        assert "1 claim" in screen_text(pilot)

        await write_to(pilot, tmp_path / "out")
        assert f"it holds {ONE_REVIEWER}" in said(pilot)
    assert ONE_REVIEWER in (tmp_path / "out.md").read_text(encoding="utf-8")


@seated
async def test_a_public_report_says_what_it_leaves_out(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (160, 45)) as pilot:
        await press(pilot, "1", "1", "k", "x", "g", "e", "p")

        assert "1 claim · 1 judged left out" in screen_text(pilot)
        assert "1 judged claim is left out: 1 with the status “not a claim”" in screen_text(pilot)


@seated
async def test_a_format_is_clicked_and_an_archive_is_the_whole_store(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "survey")
        await press(pilot, "enter", "r")
        await click_on(pilot, "archive")
        assert "The whole store in one zip" in screen_text(pilot)
        await press(pilot, "p")
        assert "an archive is the whole store" in said(pilot)

        await write_to(pilot, tmp_path / "all")
        assert "6 claims written to" in said(pilot)
    assert "manifest.json" in ZipFile(tmp_path / "all.zip").namelist()


@seated
async def test_a_file_is_replaced_only_when_enter_is_pressed_again(tmp_path: Path) -> None:
    kept = tmp_path / "out.md"
    kept.write_text("mine", encoding="utf-8")
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "r")
        await write_to(pilot, tmp_path / "out")
        assert "out.md exists: enter replaces it" in screen_text(pilot)
        assert "mine" == kept.read_text(encoding="utf-8")

        await press(pilot, "enter")
        assert "mine" != kept.read_text(encoding="utf-8")


@seated
async def test_a_folder_that_is_not_there_is_said_while_the_path_can_be_mended(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "r")
        await write_to(pilot, tmp_path / "nowhere" / "out")

        assert isinstance(pilot.app.screen, ReportDialog)
        assert "is no folder" in " ".join(screen_text(pilot).split())


@sizes
@seated
async def test_hostile_text_is_shown_literally(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db", (HARBOUR, NASTY)), size) as pilot:
        await press(pilot, "g", "e", "slash")
        await type_in(pilot, "owned")
        await press(pilot, "ctrl+u", "enter", *["pagedown"] * 6)

        assert "\x1b" not in screen_text(pilot)
        assert "\x9b" not in screen_text(pilot)


@seated
async def test_an_empty_store_has_an_empty_report(tmp_path: Path) -> None:
    async with desk(tmp_path / "new.db") as pilot:
        await press(pilot, "g", "e")

        assert "0 claims" in screen_text(pilot)


@sizes
@seated
async def test_claimreview_asks_what_it_needs_and_is_written_as_a_page(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    with open_store(str(path), "ana") as store:
        review.mark(store, [1], truth="true", wording="The mole is safe", explain="It was inspected.")
        review.mark(store, [2], truth="true")
    async with desk(path, size) as pilot:
        await press(pilot, "r", "left", "left")
        assert "claimreview" == pilot.app.screen.format
        assert "ClaimReview needs to know desk-name, home-page, check-url" in flowing(pilot)
        assert "1 check can go out" in screen_text(pilot)
        assert "lacks a wording and an explanation" in screen_text(pilot)

        await press(pilot, "w")
        await type_in(pilot, "The Desk")
        await press(pilot, "enter")
        await type_in(pilot, "desk.example")
        await press(pilot, "enter")
        assert "is no address" in flowing(pilot)
        await press(pilot, "ctrl+a")
        await type_in(pilot, "https://desk.example/")
        await press(pilot, "enter")
        await type_in(pilot, "https://desk.example/{article}#{claim}")
        await press(pilot, "enter", "ctrl+u")
        await paste(pilot, str(tmp_path / "checks.html"))
        await press(pilot, "enter")
        assert "1 check written to" in said(pilot)
        assert "1 claim lacks something, see the preview" in said(pilot)
        assert "needs to know" not in screen_text(pilot)
    assert "The mole is safe" in (tmp_path / "checks.html").read_text(encoding="utf-8")


@seated
async def test_claimreview_without_a_check_writes_no_file(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        for name, value in (
            ("desk-name", "D"),
            ("home-page", "https://d.example/"),
            ("check-url", "https://d.example/{claim}"),
        ):
            settings.change(pilot.app.store, name, value)
        await press(pilot, "r", "left", "left")
        assert "No claim of the filter may be published yet" in screen_text(pilot)
        await write_to(pilot, tmp_path / "checks")
        assert "nothing was written" in said(pilot)
    assert not (tmp_path / "checks.json").exists()


@seated
async def test_claimreview_is_for_the_public_unless_it_is_said(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (160, 45)) as pilot:
        await press(pilot, "1", "r", "left", "left")
        assert pilot.app.screen.public
        assert "1 claim" in screen_text(pilot)
        await press(pilot, "p")
        assert "it holds checked and approved claims" in screen_text(pilot)
        await press(pilot, "F")
        assert not pilot.app.screen.public
