"""The tab Fact-checks under Pilot: suggestions, confirming, rejecting, opening."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.tui.conftest import desk, idle, press, screen_text, seated, toasts
from tests.tui.samples import HOSTILE, make
from tests.tui.test_lines import CARD
from workbench.factchecks import CheckMatch, FactCheck
from workbench.services import checkimports, matching, show
from workbench.services.matching import Matches
from workbench.services.store import open_store
from workbench.tui import meaning
from workbench.tui.app import DeskApp
from workbench.tui.lines import width_of
from workbench.tui.tabs.base import About
from workbench.tui.tabs.checks import ChecksTab

CHECK = FactCheck(
    9, "u", "https://factdesk.example/1", "The ferry to Skerrow runs again in May", None, None, "Anders Tremlett", None,
    "Fact Desk", "factdesk.example", "Four Boats", "mostly false", ("outdated",), "general", "It does not.",
    "2026-03-13", "en", False,
)  # fmt: skip
SUGGESTED = CheckMatch(1, CHECK, 0.62, ("ferry", "May"), "2 words shared", "suggested")


def _reviews(claim: str) -> str:
    return json.dumps(
        [
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": f"https://factdesk.example/{number}",
                "datePublished": "2026-03-13",
                "author": {"@type": "Organization", "name": "Fact Desk"},
                "claimReviewed": words,
                "reviewRating": {"@type": "Rating", "alternateName": "False"},
            }
            for number, words in enumerate((claim, "Penguins live at the North Pole"))
        ]
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose first claim was checked by others, in nearly its own words."""
    path = make(tmp_path / "s.db")
    with open_store(os.fspath(path), "ana") as opened:
        claim = show.claim_card(opened, 1).row.text
        (tmp_path / "checks.json").write_text(_reviews(claim), encoding="utf-8")
        checkimports.import_checks(opened, tmp_path / "checks.json")
        matching.index_few(opened)
    return path


def _states(path: Path, claim_id: int = 1) -> list[tuple[int, str]]:
    with open_store(os.fspath(path), "ana") as opened:
        return [(match.check.id, match.state) for match in show.claim_card(opened, claim_id).fact_checks]


async def _open_first(pilot: object) -> None:
    await press(pilot, "enter")  # type: ignore[arg-type]
    screen = pilot.app.screen  # type: ignore[attr-defined]
    await screen.go_to(1)
    await press(pilot, "C")  # type: ignore[arg-type]


@seated
async def test_the_tab_suggests_what_others_checked_and_says_why(store: Path) -> None:
    async with desk(store, (130, 44)) as pilot:
        await _open_first(pilot)
        shown = screen_text(pilot)

    assert "Fact Desk · 2026-03-13 · k1" in shown
    assert "suggested" in shown
    assert "Penguins" not in shown
    assert [] == _states(store)


@seated
async def test_checks_that_wait_are_read_for_their_meaning_while_the_tab_is_open(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "AT_ONCE", 0)
    monkeypatch.setattr(meaning, "AT_ONCE", 1)
    with open_store(os.fspath(store), "ana") as opened:
        more = json.loads(_reviews("The mole was inspected in March"))
        for number, one in enumerate(more):
            one["url"] = f"https://other.example/{number}"
        (store.parent / "more.json").write_text(json.dumps(more), encoding="utf-8")
        checkimports.import_checks(opened, store.parent / "more.json")
        assert "2 fact-checks matched by words alone" in (matching.match_claim(opened, 1).note or "")
    async with desk(store, (130, 44)) as pilot:
        await _open_first(pilot)

    with open_store(os.fspath(store), "ana") as opened:
        assert None is matching.match_claim(opened, 1).note


@seated
async def test_c_confirms_x_rejects_and_undo_takes_it_back(store: Path) -> None:
    async with desk(store, (130, 44)) as pilot:
        await _open_first(pilot)
        await press(pilot, "j", "c")
        assert [(1, "confirmed")] == _states(store)
        assert "confirmed, ana" in screen_text(pilot)
        await press(pilot, "x")
        assert [(1, "rejected")] == _states(store)
        await press(pilot, "u")
        assert [(1, "confirmed")] == _states(store)
        await press(pilot, "u")

    assert [] == _states(store)


@seated
async def test_without_a_chosen_check_c_says_what_to_do_and_x_is_about_the_claim(store: Path) -> None:
    async with desk(store, (130, 44)) as pilot:
        await _open_first(pilot)
        await press(pilot, "c")
        assert "j and k choose one" in toasts(pilot)[-1]
        await press(pilot, "x")

    with open_store(os.fspath(store), "ana") as opened:
        assert "not a claim" == show.claim_card(opened, 1).row.status


def test_a_rating_stands_in_its_own_words_beside_the_common_ones() -> None:
    lines = ChecksTab().lines(About(CARD, Matches((SUGGESTED,), "words alone")), 60)
    shown = "\n".join("".join(part.text for part in parts) for parts in lines)

    assert "words alone" in shown
    assert "Four Boats (mostly false, outdated)" in shown
    assert "suggested 0.62 ~" in shown
    assert "2 words shared: ferry, May" in shown


def test_a_withdrawn_check_that_was_confirmed_says_so() -> None:
    check = replace(CHECK, withdrawn=True)
    gone = replace(SUGGESTED, check=check, state="confirmed", decided_by="ana", decided_at="2026-03-14")
    lines = ChecksTab().lines(About(CARD, Matches((gone,))), 70)

    assert any("withdrawn by its publisher" in part.text for parts in lines for part in parts)


@settings(deadline=None)
@given(words=st.text(max_size=80) | st.just(HOSTILE), width=st.integers(16, 90))
def test_lines_are_clean_and_fit_whatever_a_publisher_writes(words: str, width: int) -> None:
    check = replace(CHECK, claim=words, rating=words, publisher=words, explanation=words, published=words)
    match = replace(SUGGESTED, check=check, words=(words,), why=words)

    for parts in ChecksTab().lines(About(CARD, Matches((match,), words)), width):
        assert width_of(parts) <= width
        assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for part in parts for sign in part.text)


@pytest.mark.parametrize("size", [(130, 40), (80, 30)])
def test_the_tab_as_it_looks(store: Path, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    app = DeskApp(os.fspath(store), "ana")

    async def before(pilot: Pilot[None]) -> None:
        await idle(pilot)
        await _open_first(pilot)
        await press(pilot, "j")
        app.clear_notifications()
        await idle(pilot)

    try:
        assert snap_compare(app, terminal_size=size, run_before=before)
    finally:
        if app.store is not None:
            app.store.close()
