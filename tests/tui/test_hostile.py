"""Hostile text at the desk: shown literally, never markup, and no raw control byte on its way to the terminal."""

from __future__ import annotations

import os
import pty
import select
import struct
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import SIZES, desk, paste, press, screen_text, seated
from tests.tui.samples import HARBOUR, HOSTILE, NASTY, make
from workbench.services import show
from workbench.services.store import open_store
from workbench.tui.safety import ControlFilter


def raw_controls(pilot: Pilot[None]) -> set[str]:
    """Control and format characters in what is painted, joiners aside (they are part of a glyph)."""
    painted = "".join(
        segment.text
        for strip in pilot.app.screen._compositor.render_strips()
        for segment in strip
        if not segment.control
    )
    return {sign for sign in painted if unicodedata.category(sign) in ("Cc", "Cf", "Cs")} - {"\u200d"}


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@seated
async def test_hostile_text_is_literal_in_list_article_and_card(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db", (HARBOUR, NASTY)), size) as pilot:
        assert "May[/]or" in screen_text(pilot)
        assert set() == raw_controls(pilot)

        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "[sic]" in shown
        assert "[/]" in shown
        assert "␛]52;c;" in shown
        assert set() == raw_controls(pilot)

        for key in ("pagedown", "tab", "tab", "tab", "1", "u"):
            await press(pilot, key)
            assert set() == raw_controls(pilot)


@seated
async def test_hostile_text_in_every_dialog_and_toast_is_literal(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db", (NASTY,))
    async with desk(path) as pilot:
        for key in ("s", "w", "n", "f", "e", "W", "r", "question_mark", "ctrl+p"):
            await press(pilot, key)
            assert set() == raw_controls(pilot)
            await press(pilot, "escape")
        await press(pilot, "enter", "n")
        await paste(pilot, "note [/] \x1b[2J [@click=app.quit]x[/]")
        await press(pilot, "enter", "s")
        await paste(pilot, "Who[/] \x9b2J")
        await press(pilot, "enter", "Q", "1", "i")
        await paste(pilot, "because [/] of \x1b]0;x\x07")
        await press(pilot, "enter")
        assert set() == raw_controls(pilot)
        assert "Who[/]" in screen_text(pilot)


@seated
async def test_a_typed_filter_of_brackets_and_operators_is_a_search_like_any(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        for typed in ("[/", '"', "a* OR (", "[@click=app.quit]", "\x1b[2J", "'"):
            await press(pilot, "slash")
            await paste(pilot, typed)
            assert set() == raw_controls(pilot)
            await press(pilot, "escape")
        assert "6 match" in screen_text(pilot)


@seated
async def test_words_on_screen_are_stored_unaltered(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db", (NASTY,))
    async with desk(path) as pilot:
        await press(pilot, "enter", "1")
    with open_store(str(path), "ana") as store:
        assert f"“{HOSTILE}”" == show.claim_card(store, 1).row.text


@seated
async def test_the_last_filter_cleans_what_a_widget_lets_through() -> None:
    class Careless(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("a\x1b]52;c;x\x07\x9b\u202eb", markup=False)

    app = Careless()
    app._filters.append(ControlFilter())
    async with app.run_test() as pilot:
        await pilot.pause()

        assert set() == raw_controls(pilot)
        assert "␛]52" in screen_text(pilot)


def test_the_filter_leaves_textuals_own_control_segments_alone() -> None:
    own = Segment("\x1b[?25l", None, [(1,)])  # type: ignore[list-item]

    assert [own] == ControlFilter().apply([own], Color(0, 0, 0))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")
def test_no_raw_escape_of_an_article_reaches_a_terminal(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db", (HARBOUR, NASTY))
    written = _in_terminal(path, [(b"", b"harbour"), (b"\r", b"accurate"), (b"1", b"undoes"), (b"q", None)])

    assert b"[sic]" in written
    for forbidden in (
        b"\x1b]52;c;aGFjaw",
        b"\x1b]0;owned",
        "\x9b".encode(),
        "\u202e".encode(),
        b"\x1b[31mred",
    ):
        assert forbidden not in written


def _in_terminal(path: Path, steps: list[tuple[bytes, bytes | None]]) -> bytes:
    """What the desk writes to a pseudo-terminal of 80x24; a step presses a key and waits for words, or the end."""
    import fcntl
    import termios

    child, master = pty.fork()
    if child == 0:
        code = f"from workbench.tui.app import run_desk; run_desk({str(path)!r}, 'ana')"
        os.execve(sys.executable, [sys.executable, "-c", code], {**os.environ, "TERM": "xterm-256color"})
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    written = b""
    for key, wanted in steps:
        os.write(master, key)
        written += _until(master, wanted, 20)
    os.waitpid(child, 0)
    os.close(master)
    return written


def _until(master: int, wanted: bytes | None, seconds: float) -> bytes:
    """Read until something is written, the other end closes, or the time is over."""
    written, end = b"", time.monotonic() + seconds
    while time.monotonic() < end and (wanted is None or wanted not in written):
        if select.select([master], [], [], 0.1)[0]:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            written += data
    return written
