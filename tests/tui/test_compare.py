"""Compare: a family at the desk, what differs in it, and what people decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import desk, press, screen_text, seated, toasts, type_in
from tests.tui.samples import HOSTILE
from tests.unit.family_samples import SAID, families, put, said
from workbench.records import Drift
from workbench.services import drift, lists
from workbench.services.store import open_store
from workbench.tui.compare_lines import dropped_lines, head_line, variant_lines
from workbench.tui.lines import width_of

CHANGED = SAID.replace("will not pay", "will pay")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one family of three: a copy, and a variant without its negation."""
    made = tmp_path / "desk.db"
    with open_store(str(made), "ana") as store:
        put(store, [said(SAID), said(SAID, "2025-07-02", origin="AP"), said(CHANGED, "2025-07-03")])
    return made


def held(path: Path) -> set[frozenset[int]]:
    with open_store(str(path), "ana") as store:
        return families(store)


@seated
async def test_d_shows_every_variant_with_what_differs(path: Path) -> None:
    async with desk(path, (110, 34)) as pilot:
        await press(pilot, "d")
        shown = screen_text(pilot)

    assert "3 occurrences · 3 origins · earliest 2025-07-01" in shown
    assert "negation differs · suggested" in shown
    assert "–not–" in shown
    assert "c confirm" in shown


@seated
async def test_x_puts_the_variant_out_and_u_takes_that_back(path: Path) -> None:
    async with desk(path, (110, 34)) as pilot:
        await press(pilot, "d", "j", "j", "j")
        await press(pilot, "x")
        assert {frozenset({1, 2})} == held(path)
        await press(pilot, "u")
        assert {frozenset({1, 2, 3})} == held(path)
        await press(pilot, "c")
        assert "confirmed ana" in screen_text(pilot)


@seated
async def test_selected_variants_are_split_off_and_merged_again(path: Path) -> None:
    async with desk(path, (110, 34)) as pilot:
        with open_store(str(path), "bo") as store:
            put(store, [said(CHANGED, "2025-07-04")])
        await press(pilot, "d", "j", "j", "j", "k")
        await press(pilot, "space", "space", "vertical_line")
        assert {frozenset({1, 2}), frozenset({3, 4})} == held(path)
        with open_store(str(path), "ana") as store:
            other = max(row.id for row in lists.family_rows(store))
        await press(pilot, "m")
        await type_in(pilot, f"f{other}")
        await press(pilot, "enter")
        assert {frozenset({1, 2, 3, 4})} == held(path)


@seated
async def test_a_compares_against_the_variant_in_hand_and_enter_opens_it(path: Path) -> None:
    async with desk(path, (110, 34)) as pilot:
        await press(pilot, "d", "j", "j", "j", "a")
        assert "against c3" in screen_text(pilot)
        assert "‹not›" in screen_text(pilot)
        await press(pilot, "enter")
        assert "c3" in screen_text(pilot)


@seated
async def test_a_claim_without_a_family_says_so(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with open_store(str(path), "ana") as store:
        put(store, [said(SAID)])
    async with desk(path) as pilot:
        await press(pilot, "d")
        assert ["c1 has no other occurrence that is known"] == toasts(pilot)


def test_hostile_quotes_are_drawn_as_text_within_the_width(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        words = HOSTILE.replace("“", "").replace("\x00", "")[:400]
        put(store, [said(SAID + words, origin="[red]AP"), said(SAID + words, "2025-07-02", "[/]")])
        (family,) = lists.family_rows(store)
        found = drift.drift(store, family.id)

    for width in (24, 80):
        for made in _every_line(found, width):
            assert width_of(made) <= width
            assert not any(ord(letter) < 32 or letter == "\u202e" for part in made for letter in _drawn(part.text))


def _drawn(text: str) -> str:
    from workbench.text import clean_line

    return clean_line(text)


def _every_line(found: Drift, width: int) -> list:  # type: ignore[type-arg]
    variants = [variant_lines(found, place, True, set(), width) for place in range(len(found.variants))]
    return [head_line(found, width), *(line for made in variants for line in made), *dropped_lines(found, width)]
