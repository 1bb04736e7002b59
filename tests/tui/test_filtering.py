"""The filter line: completion, facets, the order, saved filters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import SIZES, desk, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from tests.tui.test_mouse import click_on
from workbench.services.filters import parse_filter
from workbench.tui.completing import candidates, completed

VALUES = {"kind": ("direct", "mixed"), "outlet": ("Marlow Courier", "Harbour News"), "status": ("not a claim", "open")}


@pytest.mark.parametrize(
    ("typed", "offered", "then"),
    [
        ("ki", ("kind:",), "kind:"),
        ("word kind:", ("direct", "mixed"), "word kind:direct "),
        ("kind:m", ("mixed",), "kind:mixed "),
        ("outlet:har", ("Harbour News",), 'outlet:"Harbour News" '),
        ('outlet:"Marlow C', ("Marlow Courier",), 'outlet:"Marlow Courier" '),
        ("outlet:news", ("Harbour News",), 'outlet:"Harbour News" '),
        ("status:not", ("not a claim",), "status:not-a-claim "),
        ('outlet:"Harbour News" ki', ("kind:",), 'outlet:"Harbour News" kind:'),
        ("status:not-a", ("not a claim",), "status:not-a-claim "),
        ("kind:mixed", (), None),
        ("nothing", (), None),
    ],
)
def test_what_the_line_may_go_on_with(typed: str, offered: tuple[str, ...], then: str | None) -> None:
    assert offered == candidates(typed, VALUES)
    if then is not None:
        assert then == completed(typed, offered[0])


@given(st.text(max_size=30), st.sampled_from(["outlet", "kind", "status"]), st.integers(0, 1))
def test_a_completed_condition_is_read_as_its_value(before: str, name: str, which: int) -> None:
    value = VALUES[name][which]
    line = completed(f"{before.replace(chr(34), '')} {name}:{value[:3].split()[0]}", value)

    assert line.endswith(" ")
    assert value == getattr(parse_filter(line.rpartition(f"{name}:")[1] + line.rpartition(f"{name}:")[2]), name)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@seated
async def test_tab_completes_fields_and_values_of_the_store(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        line = pilot.app.queue_screen.filter_line
        await press(pilot, "slash")
        assert "source:" in screen_text(pilot)

        await type_in(pilot, "out")
        await press(pilot, "tab")
        assert "outlet:" == line.value
        assert "Marlow Courier" in screen_text(pilot)

        await type_in(pilot, "h")
        await press(pilot, "tab")
        assert 'outlet:"Harbour News" ' == line.value
        assert 2 == pilot.app.queue_screen.claims.count

        await type_in(pilot, "source:port")
        assert "the port authority" in screen_text(pilot)
        await press(pilot, "tab")
        assert 1 == pilot.app.queue_screen.claims.count


@seated
async def test_a_completion_is_clicked(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "kind:")
        await click_on(pilot, "mixed")

        assert "kind:mixed " == pilot.app.queue_screen.filter_line.value
        assert 0 == pilot.app.queue_screen.claims.count


@seated
async def test_hits_of_the_search_are_marked_in_the_rows(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "wall")
        claims = pilot.app.queue_screen.claims
        drawn = claims.draw(claims.row_at(0), 80)

        assert [("wall", "hit")] == [(part.text, part.role) for part in drawn if part.role == "hit"]


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@seated
async def test_facets_narrow_by_key_and_the_same_one_again_widens(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        queue = pilot.app.queue_screen
        await press(pilot, "F")
        assert "Narrow to" in screen_text(pilot)
        await press(pilot, "enter")
        assert ("kind:indirect", 3) == (queue.filter_line.value, queue.claims.count)

        await press(pilot, "F", "enter")
        assert ("", 6) == (queue.filter_line.value, queue.claims.count)


@seated
async def test_another_value_of_a_facet_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        queue = pilot.app.queue_screen
        await click_on(pilot, "statement 2")
        queue.action_narrow('outlet:"Harbour News"')
        await press(pilot, "k")
        assert 'kind:statement outlet:"Harbour News"' == queue.filter_line.value
        assert 1 == queue.claims.count

        queue.action_narrow("kind:indirect")
        await press(pilot, "k")
        assert 'outlet:"Harbour News" kind:indirect' == queue.filter_line.value


@seated
async def test_counts_follow_the_filter_and_the_verdicts(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (160, 30)) as pilot:
        assert "status  open 6" in screen_text(pilot)
        await press(pilot, "5")
        assert "open 5 · checked 1" in screen_text(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "is:open kind:statement")
        assert "statement 2" in screen_text(pilot)


@seated
async def test_the_menu_of_orders_turns_the_one_in_use_round(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        queue = pilot.app.queue_screen
        await press(pilot, "S")
        assert "newest first" in screen_text(pilot)
        await press(pilot, "c")
        assert ("check", True) == (queue.query_shown.sort, queue.query_shown.descending)
        assert "by check ▴" in screen_text(pilot)

        await press(pilot, "S", "down", "down", "enter")
        assert ("source", False) == (queue.query_shown.sort, queue.query_shown.descending)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@seated
async def test_a_filter_is_saved_opened_and_taken_away_and_lives_in_the_store(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "b")
        assert "none yet" in screen_text(pilot)
        await press(pilot, "x", "enter")
        assert "there is no filter to save" in screen_text(pilot)
        await press(pilot, "escape", "slash")
        await type_in(pilot, "kind:indirect")
        await press(pilot, "enter", "b")
        await type_in(pilot, "said by others")
        await press(pilot, "enter", "escape")
    async with desk(path, size, "ben") as pilot:
        await press(pilot, "slash", "escape", "b")
        assert "said by others" in screen_text(pilot)
        await press(pilot, "enter")
        assert ("kind:indirect", 3) == (pilot.app.queue_screen.filter_line.value, pilot.app.queue_screen.claims.count)

        await press(pilot, "b", "ctrl+x", "escape", "b")
        assert "none yet" in screen_text(pilot)


@seated
async def test_every_new_action_of_the_queue_is_in_the_palette(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        for words, shown in (("facets: narrow", "Narrow to"), ("sort: change", "Order by"), ("saved: open", "Saved")):
            await press(pilot, "ctrl+p")
            await type_in(pilot, words)
            await press(pilot, "enter")
            assert shown in screen_text(pilot)
            await press(pilot, "escape")
        assert [] == toasts(pilot)


@seated
async def test_a_search_begins_with_two_letters_and_the_line_says_so(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 36)) as pilot:
        queue = pilot.app.queue_screen
        every = queue.claims.count
        await press(pilot, "slash")
        await type_in(pilot, "w")

        assert (every, True) == (queue.claims.count, "a search begins with two letters" in screen_text(pilot))

        await type_in(pilot, "a")

        assert 0 < queue.claims.count < every
        assert "a search begins with two letters" not in screen_text(pilot)

        await type_in(pilot, "ll")
        found = queue.claims.count
        await type_in(pilot, " z")

        assert 0 < found == queue.claims.count


@seated
async def test_enter_puts_the_best_matches_first_until_more_is_typed(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 36)) as pilot:
        queue = pilot.app.queue_screen
        await press(pilot, "slash")
        await type_in(pilot, "wa")
        typed = queue.query_shown.sort
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        ranked = queue.query_shown.sort
        shown = "by relevance" in screen_text(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "l")

        assert ("check", "relevance", True, "check") == (typed, ranked, shown, queue.query_shown.sort)


@seated
async def test_enter_on_a_line_without_words_keeps_the_order(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 36)) as pilot:
        queue = pilot.app.queue_screen
        await press(pilot, "slash")
        await type_in(pilot, "is:open")
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()

        assert "check" == queue.query_shown.sort
