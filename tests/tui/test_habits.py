"""Habits: keys of one's own, the desk comes back as it was left, no colour, disabled things say why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import desk, idle, press, screen_text, seated, toasts, type_in
from tests.tui.samples import NASTY, QUOTED, make
from workbench import config, keymap
from workbench.services import doctor, show
from workbench.tui import state
from workbench.tui.screens.review import ReviewScreen


def choose_keys(lines: str) -> None:
    file = config.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[keys]\n{lines}\n", encoding="utf-8")


@seated
async def test_a_key_of_ones_own_works_and_is_what_footer_help_and_palette_show(tmp_path: Path) -> None:
    choose_keys('undo = "ctrl+t"\nfilter = "f5 ;"')
    async with desk(make(tmp_path / "s.db")) as pilot:
        assert "ctrl+t undo" in screen_text(pilot)
        await press(pilot, "5", "u")
        assert "false" == show.claim_card(pilot.app.store, 1).row.truth
        await press(pilot, "ctrl+t")
        assert show.claim_card(pilot.app.store, 1).row.truth is None

        await press(pilot, "semicolon")
        assert pilot.app.queue_screen.filter_line.has_focus
        await press(pilot, "escape", "question_mark")
        assert "f5 ;" in screen_text(pilot)


@seated
async def test_keys_that_clash_are_told_at_the_start_and_by_doctor_and_the_default_stands(tmp_path: Path) -> None:
    choose_keys('undo = "x"\nnonsense = "k"\nquit = "ctrl+p"\ntruth = "n"')
    path = make(tmp_path / "s.db")
    faults = [finding.value for finding in doctor.examine(str(path)) if finding.name == "keys"]
    assert "undo = 'x' clashes with not_a_claim" in " ".join(faults)
    assert 4 == len(faults)

    async with desk(path, (120, 30)) as pilot:
        assert "clashes with not_a_claim" in toasts(pilot)[0]
        await press(pilot, "5", "u")
        assert show.claim_card(pilot.app.store, 1).row.truth is None


def test_two_keys_may_change_places() -> None:
    swapped = keymap.read({"undo": "U", "redo": "u"})

    assert ((), {"undo": "U", "redo": "u"}) == (swapped.faults, dict(swapped.keys))


@pytest.mark.parametrize(
    ("written", "named"), [("%", "percent_sign"), ("f12", "f12"), ("ctrl+x", "ctrl+x"), ("Y", "Y"), ("Y f5", "Y,f5")]
)
def test_keys_are_written_as_people_write_them(written: str, named: str) -> None:
    assert {"open_url": named} == dict(keymap.read({"open_url": written}).keys)


@pytest.mark.parametrize("written", ["", "alt+x", "f13", "ctrl+X", "hyper", "ctrl+q"])
def test_what_is_no_key_is_a_fault(written: str) -> None:
    assert 1 == len(keymap.read({"copy": written}).faults)


@seated
async def test_the_next_start_is_on_the_screen_and_the_claim_that_were_left(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "enter", "j")
        claim = pilot.app.screen.claim_id()
    async with desk(path) as pilot:
        await idle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert claim == pilot.app.screen.claim_id()
        await press(pilot, "escape")
        assert claim == pilot.app.queue_screen.claim_id()


async def kept(pilot: Pilot[None], holds: Callable[[state.DeskState], bool]) -> state.DeskState:
    """What the desk has written down of where it is, once it holds; the desk is not left."""
    for _ in range(200):
        if holds(place := state.load()):
            return place
        await pilot.pause(0.05)
    raise AssertionError(state.load())


@seated
async def test_where_the_reviewer_is_is_written_down_as_it_changes(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "kind:indirect")
        await press(pilot, "enter", "S", "d", "j")
        claim = pilot.app.queue_screen.claim_id()
        place = await kept(pilot, lambda place: place.claim == claim and place.sort == "date")
        assert (str(path), "kind:indirect", "queue") == (place.store, place.filter, place.screen)

        await press(pilot, "enter")
        await kept(pilot, lambda place: place.screen == "review")
        pilot.app.theme = "workbench-paper"
        await kept(pilot, lambda place: place.theme == "workbench-paper")
        await press(pilot, "g", "s")
        await kept(pilot, lambda place: place.screen == "sources")


def test_the_newest_place_is_kept_whichever_thread_writes_last() -> None:
    places, before, after = state.Places(), state.DeskState("one"), state.DeskState("two")
    assert [False, True, False] == [places.rests(before) for _ in range(3)]
    places.leave(after)
    places.keep(before)

    assert after == state.load()


@seated
async def test_no_colour_takes_the_plain_theme_and_keeps_the_one_that_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        pilot.app.theme = "workbench-paper"
    with monkeypatch.context() as without:
        without.setenv("NO_COLOR", "1")
        async with desk(path) as pilot:
            assert "workbench-plain" == pilot.app.theme
    async with desk(path) as pilot:
        assert "workbench-paper" == pilot.app.theme


@seated
async def test_every_state_has_a_sign_of_its_own_without_colour(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        letters = [label.letter for scale in pilot.app.scales for label in scale.labels]

        assert len(set(letters)) == len(letters)
        assert set() == set(letters) & set("○◦✓·▌▐▸■wx–~")


@seated
async def test_when_all_is_done_the_list_says_what_is_next(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "is:open")
        await press(pilot, "enter", "asterisk", "1", "enter")

        assert "Nothing open is left" in screen_text(pilot)
        assert "exports a report" in screen_text(pilot)


@seated
async def test_copying_says_what_was_copied(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "y")

        assert ["c1 copied, where the terminal allows it"] == toasts(pilot)
        assert "The harbour wall of Marlow Quay will cost $4.2 million" == pilot.app.clipboard


@seated
async def test_all_that_are_selected_are_copied_in_the_order_of_the_list(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "space", "j", "space", "y")
        rows = pilot.app.queue_screen.claims.rows_between(0, 2)

        assert [rows[0].text, rows[2].text] == pilot.app.clipboard.split("\n")
        assert ["2 claims copied, where the terminal allows it"] == toasts(pilot)

        await press(pilot, "asterisk", "y")
        assert 6 == len(pilot.app.clipboard.split("\n"))


@seated
async def test_what_is_copied_can_steer_no_terminal_it_is_pasted_into(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (NASTY,))) as pilot:
        await press(pilot, "y")
        assert not set(pilot.app.clipboard) & set("\x1b\x07\x9b\u202e\x00")
        await press(pilot, "asterisk", "y")
        assert not set(pilot.app.clipboard) & set("\x1b\x07\x9b\u202e\x00")


@seated
async def test_sources_and_articles_are_copied_too(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "g", "s", "y")
        assert "Ada Penn" == pilot.app.clipboard
        await press(pilot, "g", "a", "slash")
        await type_in(pilot, "harbour")
        await press(pilot, "enter", "y")

        assert "Harbour wall to cost twice as much\nhttps://courier.example/harbour" == pilot.app.clipboard


@seated
async def test_the_keys_of_verdicts_and_of_going_back_can_be_chosen(tmp_path: Path) -> None:
    choose_keys('truth = "h f2"\nback = "backspace"')
    async with desk(make(tmp_path / "s.db"), (130, 36)) as pilot:
        await press(pilot, "h", "f2", "3")
        given = [show.claim_card(pilot.app.store, number).row.truth for number in (1, 5, 3)]
        assert ["true", "mostly-true", "mixed"] == given

        await press(pilot, "enter")
        assert "h true" in screen_text(pilot)
        await press(pilot, "backspace")
        assert pilot.app.screen is pilot.app.queue_screen
        await press(pilot, "enter", "escape")
        assert pilot.app.screen is pilot.app.queue_screen


@seated
async def test_a_chosen_key_of_a_verdict_answers_whether_the_source_said_so(tmp_path: Path) -> None:
    choose_keys('truth = "h f2"')
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "Q", "h")

        assert ("accurate", None) == tuple(
            getattr(show.claim_card(pilot.app.store, 1).row, name) for name in ("attribution", "truth")
        )


@pytest.mark.parametrize(
    ("name", "written"), [("truth", "h h"), ("truth", "j"), ("truth", "a b c d e f h i l m"), ("copy", "esc")]
)
def test_keys_that_cannot_hold_are_faults(name: str, written: str) -> None:
    assert 1 == len(keymap.read({name: written}).faults)


@seated
async def test_a_key_of_another_screen_says_where_it_works(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "m")
        assert ["m merge: in Review, not here"] == toasts(pilot)


@seated
async def test_v_in_the_queue_verifies_the_quote_in_its_article(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (QUOTED,))) as pilot:
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "Verify" == pilot.app.screen.tab.name

        await press(pilot, "escape", "C")
        assert "Fact-checks" == pilot.app.screen.tab.name
