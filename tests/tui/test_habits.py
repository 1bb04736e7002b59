"""Habits: keys of one's own, the desk comes back as it was left, no colour, disabled things say why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import desk, idle, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from workbench import config, keymap
from workbench.services import doctor, show
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
    choose_keys('undo = "x"\nnonsense = "k"\nquit = "ctrl+p"\ntruth = "a"')
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
