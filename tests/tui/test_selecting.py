"""Several claims at once: chosen by keys, marked after a question with their number, undone in one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from db import driver
from tests.tui.conftest import SIZES, desk, idle, press, screen_text, seated, toasts, type_in
from tests.tui.samples import FERRY, HARBOUR, Piece, Said, make
from tests.tui.test_mouse import click_on
from workbench.services import lists, show
from workbench.services.several import ClaimFilter

sizes = pytest.mark.parametrize("size", [*SIZES, (60, 20)])


def truths(pilot: Pilot[None]) -> list[str | None]:
    rows = lists.claim_rows(pilot.app.store, ClaimFilter(), "article", limit=None)
    return [row.truth for row in rows]


@sizes
@seated
async def test_space_selects_and_a_verdict_asks_with_the_number(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "space", "space")
        assert "2 selected" in screen_text(pilot)
        assert 2 == screen_text(pilot).count("■")

        await press(pilot, "5")
        assert "Truth: false on 2 claims" in screen_text(pilot)
        assert [None] * 6 == truths(pilot)

        await press(pilot, "enter")
        assert 2 == truths(pilot).count("false")
        assert ["2 claims false · u undoes"] == toasts(pilot)
        assert "selected" not in screen_text(pilot).split("\n")[1]

        await press(pilot, "u")
        assert [None] * 6 == truths(pilot)


@seated
async def test_the_question_is_answered_no(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "asterisk", "5", "n")
        assert [None] * 6 == truths(pilot)
        assert "6 selected" in screen_text(pilot)

        await press(pilot, "escape")
        assert "selected" not in screen_text(pilot)
        assert 6 == pilot.app.queue_screen.claims.count


@seated
async def test_all_that_match_are_marked_together_but_for_those_unselected(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "outlet:marlow")
        await press(pilot, "enter", "asterisk", "space")
        assert "3 selected" in screen_text(pilot)

        await press(pilot, "x", "enter")
        rows = lists.claim_rows(pilot.app.store, ClaimFilter(status="not a claim"), "article")
        assert 3 == len(rows)
        assert all(row.outlet == "Marlow Courier" for row in rows)


@seated
async def test_another_filter_gives_up_all_that_matched_but_keeps_claims_that_were_picked(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "space", "slash")
        await type_in(pilot, "ferry")
        assert "1 selected" in screen_text(pilot)

        await press(pilot, "enter", "asterisk", "slash")
        await type_in(pilot, " late")
        assert "selected" not in screen_text(pilot)


@seated
async def test_shift_and_the_arrows_select_a_range(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "shift+down", "shift+down", "shift+up")

        assert 3 == len(pilot.app.queue_screen.selection)


@seated
async def test_a_bulk_verdict_keeps_what_stands_unless_all_is_chosen(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "1", "asterisk", "5")
        assert "1 have such a verdict" in screen_text(pilot)
        await press(pilot, "enter")
        assert ["true", *["false"] * 5] == sorted(truths(pilot), reverse=True)
        assert "1 passed over: a verdict that stands is kept" in toasts(pilot)[0]

        await press(pilot, "asterisk", "3", "right", "enter")
        assert ["mixed"] * 6 == truths(pilot)


@seated
async def test_an_attribution_passes_over_statements_and_says_so(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "asterisk", "Q", "1")
        assert "2 are statements" in screen_text(pilot)
        await press(pilot, "y")

        assert "4 claims said: accurate · 2 passed over" in toasts(pilot)[0]


@seated
async def test_flags_reasons_sources_and_notes_are_for_all_chosen_ones(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 36)) as pilot:
        store = pilot.app.store
        await press(pilot, "space", "space", "f", pilot.app.flags[0].key, "enter")
        assert "2 claims flag" in toasts(pilot)[0]

        await press(pilot, "asterisk", "n")
        assert "Note on 6 claims" in screen_text(pilot)
        await type_in(pilot, "seen")
        await press(pilot, "enter", "asterisk", "s")
        await type_in(pilot, "Ada")
        await press(pilot, "enter")
        assert "2 passed over: it is the article's own statement and has no speaker" in toasts(pilot)[0]
        await press(pilot, "asterisk", "W")
        await type_in(pilot, "too old")
        await press(pilot, "enter")

        for row in lists.claim_rows(store, ClaimFilter(), "article"):
            card = show.claim_card(store, row.id)
            speaker = None if row.kind == "statement" else "Ada Penn"
            assert ("waived", speaker, ["seen"]) == (row.status, row.source, [note.text for note in card.notes])


@seated
async def test_what_is_for_one_claim_says_so(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "asterisk")
        for key, what in (("w", "a wording"), ("i", "an explanation"), ("e", "evidence")):
            await press(pilot, key)
            refused = f"{what} is for one claim: esc takes back the selection of 6 claims"
            assert refused in " ".join(screen_text(pilot).replace("│", " ").split())
            await press(pilot, "x", "u", "q", "escape")
        assert all(row.status == "open" for row in lists.claim_rows(pilot.app.store, ClaimFilter()))


@seated
async def test_nothing_to_select_is_said(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash", "z", "z", "enter", "asterisk", "space")

        assert ["nothing matches, so there is nothing to select"] == toasts(pilot)


MANY = Piece(
    "many", "Many lines", "Many lines\n" + "".join(f"Line {n} is wet. " for n in range(700)),
    tuple(Said(f"Line {n} is wet") for n in range(700)), "Wet News",
)  # fmt: skip


@seated
async def test_long_work_shows_how_far_it_is_and_esc_stops_it_with_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.tui.tasks.QUIET", -1.0)
    async with desk(make(tmp_path / "s.db", (MANY,))) as pilot:
        await press(pilot, "asterisk")
        other = driver.connect(pilot.app.store.path)
        other.execute("BEGIN IMMEDIATE")  # somebody else writes: the work has to wait
        await pilot.press("5", "enter")
        while "marking 700 claims" not in screen_text(pilot):
            await pilot.pause()
        await pilot.press("2", "escape")
        assert pilot.app.long_task.stopped
        assert "marking 700 claims is under way" in toasts(pilot)[0]
        other.execute("ROLLBACK")
        other.close()
        await idle(pilot)

        assert ["stopped: nothing was changed"] == toasts(pilot)
        assert [None] * 700 == truths(pilot)
        assert "700 selected" in screen_text(pilot)

        await press(pilot, "5", "enter")
        assert ["false"] * 700 == truths(pilot)
        await press(pilot, "u")
        assert [None] * 700 == truths(pilot)


@seated
async def test_the_mouse_selects_with_the_menu_and_the_palette_selects_all(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db", (HARBOUR, FERRY))) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "select all: select all")
        await press(pilot, "enter")
        assert "6 selected" in screen_text(pilot)

        await click_on(pilot, "esc unselect")
        assert "selected" not in screen_text(pilot)
