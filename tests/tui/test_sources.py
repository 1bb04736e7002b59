"""The Sources screen: names, kinds, merging, proposals, parting."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import SIZES, desk, paste, press, screen_text, seated, toasts, type_in
from tests.tui.samples import HARBOUR, NASTY, Piece, Said, make

sizes = pytest.mark.parametrize("size", [*SIZES, (60, 20)])
MORE = Piece(
    "more",
    "Penn is asked again",
    "Penn is asked again\nThe wall was too low, Penn said. The ferry was too small, Penn said.",
    (
        Said("The wall was too low", "indirect", "Penn", level="A"),
        Said("The ferry was too small", "indirect", "Penn", level="A"),
        Said("asked again", "indirect", "Ada Penn", level="A"),
    ),
    outlet="Harbour News",
)


def orr(number: int) -> Piece:
    """An article in which somebody is named by a surname alone, and nothing says who it is: a source of its own."""
    words = f"Pier {number} is safe"
    text = f"Notice {number}\n{words}, Orr said."
    return Piece(
        f"n{number}", f"Notice {number}", text, (Said(words, "indirect", "Orr", "unknown"),), f"Paper {number}"
    )


ORRS = tuple(orr(number) for number in range(1, 9))


@sizes
@seated
async def test_sources_stand_with_their_claims(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "g", "s")
        shown = screen_text(pilot)

        assert "sources · by claims" in shown
        assert "Ada Penn" in shown
        assert "person" in shown


@seated
async def test_enter_shows_the_claims_of_a_source_in_the_queue(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "s", "enter")

        assert pilot.app.screen is pilot.app.queue_screen
        assert 'source:"Ada Penn"' in screen_text(pilot)
        assert "2 match" in screen_text(pilot)


@seated
async def test_a_filter_by_kind_and_name(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "s", "slash")
        await type_in(pilot, "kind:body")
        assert "1 source ·" in screen_text(pilot)
        assert "the port authority" in screen_text(pilot)


@seated
async def test_a_source_is_renamed_and_undone(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "s", "w")
        await paste(pilot, "Ada B. Penn")
        await press(pilot, "enter")
        assert "Ada B. Penn" in screen_text(pilot)
        assert "u undoes" in toasts(pilot)[0]

        await press(pilot, "u")
        assert "Ada B. Penn" not in screen_text(pilot).split("▸")[1].split("\n")[0]


@seated
async def test_the_kind_of_a_source_is_chosen(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "g", "s", "t", "j", "enter")

        assert "body" in screen_text(pilot).split("▸")[1].split("\n")[0]


@sizes
@seated
async def test_a_proposed_pair_is_merged_by_one_key_and_parted_by_undo(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db", (HARBOUR, MORE)), size) as pilot:
        await press(pilot, "g", "s", "tab")
        assert "1 proposal" in screen_text(pilot)
        assert "Penn" in screen_text(pilot)

        await press(pilot, "c")
        assert "No two sources look like one" in screen_text(pilot)
        await press(pilot, "u")
        assert "1 proposal" in screen_text(pilot)


@sizes
@seated
async def test_sources_of_one_name_are_one_proposal_decided_and_undone_in_one_step(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(make(tmp_path / "s.db", ORRS), size) as pilot:
        await press(pilot, "g", "s", "tab")
        assert "1 proposal" in screen_text(pilot)
        assert "Orr ×7 (7)" in screen_text(pilot)
        assert "a2 Paper 2" in screen_text(pilot) or size[0] < 80

        await press(pilot, "c")
        assert "7 sources merged into s1 Orr" in toasts(pilot)[0]
        await press(pilot, "tab")
        assert "1 source ·" in screen_text(pilot)
        await press(pilot, "tab", "u")
        assert "Orr ×7 (7)" in screen_text(pilot)

        await press(pilot, "x")
        assert "are 8 sources" in toasts(pilot)[0]
        assert "No two sources look like one" in screen_text(pilot)
        await press(pilot, "u")
        assert "Orr ×7 (7)" in screen_text(pilot)


@seated
async def test_a_pair_that_was_kept_apart_is_not_proposed_again(tmp_path: Path) -> None:
    store = make(tmp_path / "s.db", (HARBOUR, MORE))
    async with desk(store, (120, 30)) as pilot:
        await press(pilot, "g", "s", "tab", "x")
        assert "No two sources look like one" in screen_text(pilot)
    async with desk(store, (120, 30)) as pilot:
        await press(pilot, "g", "s", "tab")
        assert "No two sources look like one" in screen_text(pilot)


@seated
async def test_an_article_that_means_somebody_else_gets_a_source_of_its_own(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (HARBOUR, MORE)), (120, 30)) as pilot:
        await press(pilot, "g", "s", "slash")
        await type_in(pilot, "ada")
        await press(pilot, "enter")
        assert "1 source ·" in screen_text(pilot)

        await press(pilot, "vertical_line", "j", "enter")
        assert "2 sources" in screen_text(pilot)
        await press(pilot, "u")
        assert "1 source ·" in screen_text(pilot)


@seated
async def test_a_source_is_merged_into_another_by_name(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (HARBOUR, MORE)), (120, 30)) as pilot:
        await press(pilot, "g", "s", "slash")
        await type_in(pilot, "penn")
        await press(pilot, "enter", "home", "j")
        assert "2 sources" in screen_text(pilot)
        await press(pilot, "m")
        await paste(pilot, "ada")
        await press(pilot, "enter")

        assert "1 source ·" in screen_text(pilot)


@seated
async def test_a_hostile_name_is_shown_literally(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (NASTY,)), (120, 30)) as pilot:
        await press(pilot, "g", "s")

        assert "May[/]or" in screen_text(pilot)
        assert "\x1b" not in screen_text(pilot)


@seated
async def test_the_pane_names_the_claims_of_the_source_in_hand(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "g", "s")

        assert "The harbour wall of Marlow Quay will cost" in screen_text(pilot)
