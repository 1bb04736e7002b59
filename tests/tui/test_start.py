"""Starting: the frame before the store, the rows before the heavy imports, empty stores, terminals, no colour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.worker import Worker

from tests.tui.conftest import desk, idle, press, screen_text, seated, toasts
from tests.tui.samples import make
from workbench.actions import in_place
from workbench.errors import UsageError
from workbench.tui.app import DeskApp, run_desk
from workbench.tui.commands import ActionCommands
from workbench.tui.widgets.ink import ROLES, styles_of

ROWS = """
import asyncio, sys
from workbench.tui import app as module
module._warm_up = lambda: None
async def main():
    app = module.DeskApp(sys.argv[1], "ana")
    async with app.run_test() as pilot:
        while not app.queue_screen.claims.count:
            await asyncio.sleep(0.01)
        await pilot.pause()
    print([name for name in ("sqlmodel", "sqlalchemy", "rapidfuzz", "trafilatura", "click") if name in sys.modules])
asyncio.run(main())
"""


def test_the_first_rows_come_before_the_heavy_imports(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    done = subprocess.run([sys.executable, "-c", ROWS, str(path)], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


@seated
async def test_the_frame_stands_before_the_store_is_touched(tmp_path: Path) -> None:
    painted: list[str] = []

    class Watched(DeskApp):
        def _open(self) -> Worker[None]:  # type: ignore[override]
            painted.append(screen_text(pilot))
            assert not (tmp_path / "new.db").exists()
            return super()._open()

    app = Watched(str(tmp_path / "new.db"), "ana")
    async with app.run_test(size=(80, 24)) as pilot:
        await idle(pilot)
    if app.store is not None:
        app.store.close()

    assert "opening the store" in painted[0]


@seated
async def test_an_empty_store_offers_the_seed_articles_and_one_key_brings_them(tmp_path: Path) -> None:
    async with desk(tmp_path / "new.db", (120, 30)) as pilot:
        assert "This store is empty." in screen_text(pilot)
        assert "brings in the seed articles" in screen_text(pilot)

        await press(pilot, "enter")
        assert "seed articles stored" in toasts(pilot)[0]
        assert pilot.app.queue_screen.claims.count > 20


@seated
async def test_a_filter_that_matches_nothing_says_how_to_go_on(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "slash", "z", "z", "z")

        assert "No claim matches." in screen_text(pilot)
        await press(pilot, "enter", "1", "enter", "e", "Q", "escape", "escape")
        assert "6 match" in screen_text(pilot)


def test_a_terminal_that_cannot_show_the_desk_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")

    with pytest.raises(UsageError, match="cannot show the desk"):
        run_desk(str(tmp_path / "s.db"), "ana")
    assert not (tmp_path / "s.db").exists()


@seated
async def test_every_theme_draws_every_role(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        for theme in pilot.app.available_themes:
            pilot.app.theme = theme

            assert set(ROLES) == set(styles_of(pilot.app))


@seated
async def test_without_colour_every_state_has_a_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "5", "enter")
        shown = screen_text(pilot)

        assert "▐the first survey was never read" in shown or "▐The ferry was late" in shown
        await press(pilot, "escape")
        assert " F " in screen_text(pilot)


@seated
async def test_resizing_down_and_up_loses_nothing(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (160, 45)) as pilot:
        await press(pilot, "enter", "down")
        claim = pilot.app.screen.claim_id()
        for size in ((60, 20), (20, 5), (1, 1), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await idle(pilot)

        assert claim == pilot.app.screen.claim_id()
        assert "▐“We were badly advised,”" in screen_text(pilot)


@seated
async def test_enter_before_the_rows_are_read_brings_no_seeds_into_a_store_that_holds_articles(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        queue = pilot.app.queue_screen
        queue.read_once = False
        queue.claims.load(0, 0, {})
        await press(pilot, "enter")
        await queue.refresh_all()

        assert 6 == queue.claims.count


@seated
async def test_every_action_is_in_the_palette(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        for place, keys in (("queue", ()), ("review", ("enter",))):
            await press(pilot, *keys)
            shown = [hit.text or "" async for hit in ActionCommands(pilot.app.screen).discover()]
            for action in in_place(place):  # type: ignore[arg-type]
                assert [text for text in shown if text.startswith(f"{action.label}: ")]
