"""A few pictures of the screens, to see what a change does to them. Everything else asserts on behaviour."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import idle, press
from tests.tui.samples import FERRY, HARBOUR, NASTY, make
from workbench.tui.app import DeskApp

Compare = Callable[..., bool]


@pytest.fixture
def picture(tmp_path: Path, snap_compare: Compare) -> Callable[..., bool]:
    """Compare the desk with its picture after some keys; no time of day is in view and no cursor blinks."""

    def compare(
        *keys: str,
        size: tuple[int, int],
        pieces: tuple[Any, ...] = (HARBOUR, FERRY),
        theme: str = "",
        quiet: bool = True,
    ) -> bool:
        path = tmp_path / "s.db"
        app = DeskApp(os.fspath(make(path, pieces) if pieces else path), "ana")

        async def before(pilot: Pilot[None]) -> None:
            await idle(pilot)
            app.theme = theme or app.theme
            await press(pilot, *keys)
            if quiet:
                app.clear_notifications()
            for field in app.screen.query("Input, TextArea"):
                field.cursor_blink = False  # type: ignore[attr-defined]
            await idle(pilot)

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            if app.store is not None:
                app.store.close()

    return compare


def test_the_queue_at_80_columns(picture: Compare) -> None:
    assert picture("5", size=(80, 24))


def test_the_queue_with_hostile_text_wide(picture: Compare) -> None:
    assert picture("down", size=(120, 16), pieces=(HARBOUR, NASTY))


def test_the_review_at_80_columns(picture: Compare) -> None:
    assert picture("enter", "5", size=(80, 24))


def test_the_review_wide(picture: Compare) -> None:
    assert picture("enter", "5", "down", size=(130, 36))


def test_the_review_at_60_columns(picture: Compare) -> None:
    assert picture("enter", size=(60, 20))


def test_the_edges_of_a_claim_wide(picture: Compare) -> None:
    assert picture("enter", "greater_than_sign", "left", size=(120, 36))


def test_a_claim_about_to_be_split_at_80_columns(picture: Compare) -> None:
    assert picture("enter", "vertical_line", size=(80, 24))


def test_words_selected_for_a_claim_at_80_columns(picture: Compare) -> None:
    assert picture("enter", "a", "right", "right", size=(80, 24))


def test_marked_sentences_wide(picture: Compare) -> None:
    assert picture("enter", "z", "p", "t", size=(120, 36))


def test_the_dialog_of_a_new_claim_at_60_columns(picture: Compare) -> None:
    assert picture("enter", "a", "right", "enter", size=(60, 20))


@pytest.fixture
def compared(tmp_path: Path, snap_compare: Compare) -> Callable[..., bool]:
    """Compare the screen of a family with its picture."""
    from tests.tui.conftest import idle, press
    from tests.unit.family_samples import SAID, put, said
    from workbench.services.store import open_store

    def compare(*keys: str, size: tuple[int, int]) -> bool:
        path = tmp_path / "family.db"
        with open_store(os.fspath(path), "ana") as store:
            changed = SAID.replace("will not pay", "will pay")
            wired = [said(SAID, day, origin="AP") for day in ("2025-07-02", "2025-07-04")]
            put(
                store, [said(SAID), *wired, said(changed, "2025-07-03"), said("went too far over budget", "2025-07-03")]
            )
        app = DeskApp(os.fspath(path), "ana")

        async def before(pilot: Pilot[None]) -> None:
            await idle(pilot)
            await press(pilot, *keys)
            app.clear_notifications()
            await idle(pilot)

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            if app.store is not None:
                app.store.close()

    return compare


def test_a_family_compared_wide(compared: Compare) -> None:
    assert compared("d", "j", size=(110, 30))


def test_a_family_compared_against_another_at_80_columns(compared: Compare) -> None:
    assert compared("d", "j", "j", "j", "j", "a", size=(80, 24))


def test_the_report_at_80_columns(picture: Compare) -> None:
    assert picture("r", "j", "j", "j", "j", "j", "j", size=(80, 24))


def test_the_queue_at_60_columns_with_a_toast(picture: Compare) -> None:
    assert picture("5", size=(60, 20), quiet=False)


def test_the_queue_on_a_large_screen_with_a_selection(picture: Compare) -> None:
    assert picture("1", "space", "j", "space", size=(200, 60))


def test_an_empty_store(picture: Compare) -> None:
    assert picture(size=(80, 24), pieces=())


def test_the_queue_without_colour(picture: Compare) -> None:
    assert picture("1", "5", "x", "Q", "2", size=(100, 24), theme="workbench-plain")


def test_the_review_on_paper(picture: Compare) -> None:
    assert picture("enter", "1", size=(120, 30), theme="workbench-paper")


def test_the_review_in_the_colours_of_the_terminal(picture: Compare) -> None:
    assert picture("enter", "1", size=(100, 30), theme="ansi-dark")


def test_the_review_with_hostile_text_at_60_columns(picture: Compare) -> None:
    assert picture("enter", size=(60, 20), pieces=(NASTY,))


def test_the_sources_at_80_columns(picture: Compare) -> None:
    assert picture("g", "s", size=(80, 24))


def test_the_articles_at_80_columns(picture: Compare) -> None:
    assert picture("g", "a", size=(80, 24))


def test_the_audit_wide(picture: Compare) -> None:
    assert picture("1", "g", "t", "tab", size=(120, 36))


def test_the_dialog_of_evidence_at_60_columns(picture: Compare) -> None:
    assert picture("e", *"www.x.org", size=(60, 20))


def test_the_help_at_80_columns(picture: Compare) -> None:
    assert picture("question_mark", size=(80, 24))
