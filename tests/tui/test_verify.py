"""The tab Verify under Pilot: the finding, its alarms and place, other texts, and the answer to the meaning."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.tui.conftest import desk, idle, paste, press, screen_text, seated, toasts
from tests.tui.samples import HOSTILE, QUOTED, RECORD, make
from tests.tui.test_lines import CARD
from workbench.records import Verification, VerifiedStep, VerifiedText
from workbench.services import show, transcripts
from workbench.services.store import open_store
from workbench.tui.app import DeskApp
from workbench.tui.lines import width_of
from workbench.tui.tabs import tab_named
from workbench.tui.tabs.base import About
from workbench.tui.tabs.verify import Verified, VerifyTab

FOUND = Verification(
    None, 1, "We did read it", "Ada Penn", "negation", ("negation",), (VerifiedText("Council", "ab", "t1"),), 0, (3,),
    ("ADA PENN",), "We did not read it", (VerifiedStep("equal", "We did", "We did", ""),
    VerifiedStep("delete", "", "not", "negation"), VerifiedStep("equal", "read it", "read it", "")), 1.0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _against_all() -> None:
    tab = tab_named("Verify")
    assert isinstance(tab, VerifyTab)
    tab.against = ()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a quote that lacks a “not” of its record."""
    path = make(tmp_path / "s.db", (QUOTED,))
    with open_store(str(path), "ana") as opened:
        transcripts.add(opened, RECORD, title="Council, 3 March")
    return path


def _meaning(path: Path) -> list[str | None]:
    with open_store(str(path), "ana") as opened:
        return [kept.meaning for kept in show.claim_card(opened, 1).verifications]


@seated
async def test_v_shows_what_differs_from_the_record_and_where(store: Path) -> None:
    async with desk(store, (120, 40)) as pilot:
        await press(pilot, "enter", "v")
        shown = screen_text(pilot)

    assert "negation changed" in shown
    assert "⚠ negation" in shown
    assert "t1 Council, 3 March · line 1 · ADA PENN" in shown
    assert "We did not read the survey" in shown
    assert "Does the meaning change?" in shown


@seated
async def test_the_answer_is_kept_and_undo_takes_it_back(store: Path) -> None:
    async with desk(store, (120, 40)) as pilot:
        await press(pilot, "enter", "v", "exclamation_mark")
        assert ["changed"] == _meaning(store)
        assert "meaning changes, says ana" in screen_text(pilot)
        assert "suggests Q4" in screen_text(pilot)
        await press(pilot, "equals_sign")
        assert ["same"] == _meaning(store)
        await press(pilot, "u", "u")
        assert [] == _meaning(store)
        assert "Does the meaning change?" in screen_text(pilot)


@seated
async def test_another_file_is_named_and_a_missing_one_refused(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Ada Penn: We did read the survey before the storm.\nBo: I see.\n", "utf-8")
    async with desk(store, (120, 40)) as pilot:
        await press(pilot, "enter", "V")
        await paste(pilot, str(tmp_path / "nothing.txt"))
        await press(pilot, "enter")
        assert "does not exist" in screen_text(pilot)
        await press(pilot, *["backspace"] * len("nothing.txt"))
        await paste(pilot, "notes.txt")
        await press(pilot, "enter")
        assert "verbatim" in screen_text(pilot)
        assert "notes.txt · line 1" in screen_text(pilot)
        await press(pilot, "j", "j", "enter")
        assert "negation changed" in screen_text(pilot)


@seated
async def test_a_claim_without_marks_and_an_answer_too_early_are_told(store: Path) -> None:
    async with desk(store, (120, 40)) as pilot:
        await press(pilot, "enter", "equals_sign")
        assert "v verifies the quote first" in " ".join(toasts(pilot))
        await press(pilot, "down", "v")
        assert "c2 holds no words in quotation marks" in " ".join(toasts(pilot))
        assert [] == _meaning(store)


@seated
async def test_without_any_text_the_tab_says_what_to_do(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (QUOTED,)), (120, 40)) as pilot:
        await press(pilot, "enter", "v")
        assert "transcript add" in " ".join(screen_text(pilot).split())


@example("0000\t⺀", 27)
@given(st.text(st.characters() | st.sampled_from("漢[/]\x1b\u202e‍"), max_size=80), st.integers(24, 90))
def test_no_line_is_wider_than_the_card_whatever_was_said(words: str, width: int) -> None:
    found = replace(
        FOUND, quote=words, speakers=(words,), against=(VerifiedText(words, "ab", "t1"),),
        steps=(VerifiedStep("replace", words, words[::-1], "altered"), VerifiedStep("equal", "x" * 200, "y", "")),
    )  # fmt: skip
    data = Verified(found, found.against, "", words, ("accurate", words))

    drawn = VerifyTab().lines(About(CARD, data), width, 0)

    assert all(width_of(line) <= width for line in drawn)


@seated
async def test_hostile_words_stay_words(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db", (QUOTED,))
    with open_store(str(path), "ana") as opened:
        transcripts.add(opened, RECORD.replace(b"the survey", f"the {HOSTILE[:80]} survey".encode()), title=HOSTILE)
    async with desk(path, (80, 24)) as pilot:
        await press(pilot, "enter", "v", "j", "enter", "exclamation_mark")
        shown = screen_text(pilot)
        assert pilot.app.is_running

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert ["changed"] == _meaning(path)


@pytest.mark.parametrize("size", [(80, 24), (130, 36)], ids=["80", "wide"])
def test_the_tab_looks_like_its_picture(store: Path, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    app = DeskApp(os.fspath(store), "ana")

    async def before(pilot: Pilot[None]) -> None:
        await idle(pilot)
        await press(pilot, "enter", "v")
        app.clear_notifications()
        await idle(pilot)

    try:
        assert snap_compare(app, terminal_size=size, run_before=before)
    finally:
        if app.store is not None:
            app.store.close()
