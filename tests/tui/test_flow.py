"""The flow of verdicts: where it ends, what a key pressed on by momentum does, and how a verdict is explained in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, paste, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from workbench.services import history, show

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
        assert "1 left of this filter" in toasts(pilot)[0]

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


def reason(pilot: object, claim_id: int) -> tuple[str | None, str | None, str | None]:
    """The truth verdict of a claim with its explanation and rationale."""
    verdict = show.claim_card(pilot.app.store, claim_id).truth  # type: ignore[attr-defined]
    return (verdict.label, verdict.explanation, verdict.rationale) if verdict else (None, None, None)


@pytest.mark.parametrize("opened", [(), ("enter",)])
@sizes
@seated
async def test_an_explanation_written_before_the_verdict_is_stored_with_it_in_one_action(
    tmp_path: Path, size: tuple[int, int], opened: tuple[str, ...]
) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, *opened, "i")
        await paste(pilot, "Because the contract says 2.1 million.")
        await press(pilot, "enter", "enter")
        assert "Choose one." in screen_text(pilot)
        await press(pilot, "escape")
        assert "the contract says" in screen_text(pilot)

        await press(pilot, "enter", "5")
        assert ("false", "Because the contract says 2.1 million.", None) == reason(pilot, 1)
        await press(pilot, "u")
        assert (None, None, None) == reason(pilot, 1)


@seated
async def test_words_typed_after_the_explaining_key_never_run_as_commands(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "E")
        await type_in(pilot, "q5xA because")
        await press(pilot, "enter", "slash")
        await type_in(pilot, "zzz")
        await press(pilot, "enter", "i")
        await type_in(pilot, "quite 5u")
        await press(pilot, "escape", "escape")

        assert [None] * 6 == truths(pilot)
        assert "6 of 6 claims open" in screen_text(pilot)


@sizes
@seated
async def test_the_verdict_given_last_is_explained_by_one_key_after_the_desk_went_on(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "enter", "5")
        assert "E explains" in toasts(pilot)[0]
        here = pilot.app.screen.claim_id()
        await press(pilot, "E")
        assert "Explanation of c1" in screen_text(pilot)
        await paste(pilot, "It costs half of that.")
        await press(pilot, "enter")

        assert ("false", "It costs half of that.", None) == reason(pilot, 1)
        assert here == pilot.app.screen.claim_id()
        await press(pilot, "1", "E")
        assert f"Explanation of c{here}" in screen_text(pilot)
        await press(pilot, "escape", "u", "E")
        assert "has no verdict any more" in screen_text(pilot)


@seated
async def test_a_rationale_written_before_the_verdict_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "I")
        await paste(pilot, "Two contracts\nwere signed.")
        await press(pilot, "enter", "3")

        assert ("mixed", None, "Two contracts\nwere signed.") == reason(pilot, 1)


@seated
async def test_a_review_goes_through_its_article_and_then_to_the_most_important_one_left(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter")
        seen = [pilot.app.screen.claim_id()]
        for _ in range(5):
            await press(pilot, "1")
            seen.append(pilot.app.screen.claim_id())
            assert ("on to a2, first in the list" in toasts(pilot)[0]) == (seen[-2:] == [4, 5])

        assert [1, 2, 3, 4, 5, 6] == seen  # 5 is more worth a check than 6


@seated
async def test_the_same_verdict_again_is_no_action(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "1", "k")
        before = history.verify(pilot.app.store).length
        await press(pilot, "1")

        assert before == history.verify(pilot.app.store).length
        assert "c1 has that verdict" in toasts(pilot)[0]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
@seated
async def test_a_toast_stands_in_the_footer_and_covers_no_hint_half(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        hints = screen_text(pilot).splitlines()[-1].split("   ")
        pilot.app.say("c1 true · 5 left · u undoes")
        await pilot.pause()
        last = screen_text(pilot).splitlines()[-1]

        beside, said = last.split("▌")
        assert "c1 true · 5 left · u undoes" == said.strip()
        assert set(filter(None, map(str.strip, beside.split("   ")))) <= set(map(str.strip, hints))
        pilot.app.clear_notifications()
        await pilot.pause()
        assert hints == screen_text(pilot).splitlines()[-1].split("   ")


@seated
async def test_a_long_toast_takes_the_lines_that_it_needs(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (60, 20)) as pilot:
        pilot.app.say("the harbour wall " * 6)
        await pilot.pause()

        said = " ".join(screen_text(pilot).replace("▌", " ").split())
        assert 6 == said.count("the harbour wall")
