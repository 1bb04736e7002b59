"""On a real terminal: fitted, limited, told so; elsewhere whole and plain."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from workbench.text import cell_width, has_hidden

WORKBENCH = str(Path(sys.executable).parent / "workbench")
HOSTILE = "Evil \x1b]0;owned\x07 \x9b31m \u202etitle [/bold]\n\n"


@pytest.fixture
def many(cli, tmp_path: Path) -> Path:
    """A store with one article of sixty claims and a hostile title."""
    sentences = " ".join(
        f"The town paid ${number} million for pier number {number} in the year 19{number}." for number in range(10, 80)
    )
    (tmp_path / "evil.txt").write_text(HOSTILE + sentences, encoding="utf-8")
    assert 0 == cli("ingest", str(tmp_path / "evil.txt")).status
    return tmp_path


def _run(db: Path, *words: str, columns: int = 60, **environment: str) -> tuple[str, str]:
    """Run on a terminal of that width; what was written to it, and what went to stderr beside it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [WORKBENCH, "--db", str(db), *words],
        stdin=slave, stdout=slave, stderr=subprocess.PIPE, env=kept | {"TERM": "xterm"} | environment,
    )  # fmt: skip
    os.close(slave)
    written = _read_all(master)
    os.close(master)
    _, err = process.communicate(timeout=30)
    return written.decode().replace("\r\n", "\n"), err.decode()


def _read_all(master: int) -> bytes:
    pieces = []
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux reports the closed other end as an error
            piece = b""
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def test_a_list_fits_the_terminal_and_says_what_it_leaves_out(db, many) -> None:
    written, err = _run(db, "claims")
    lines = written.splitlines()

    assert 51 == len(lines)
    assert "\x1b[1m" == lines[0][:4]
    assert all(cell_width(line) <= 60 for line in lines[1:])
    assert err.startswith("50 of ")
    assert err.endswith(" shown: --limit 0 shows all\n")


def test_without_colour_nothing_steers_the_terminal(db, many) -> None:
    for words in (["claims"], ["articles"], ["show", "a1"], ["show", "c1"], ["export", "--format", "md"]):
        written, _ = _run(db, *words, NO_COLOR="1")

        assert written
        assert not has_hidden(written)


def test_a_long_text_is_folded_at_words(db, many) -> None:
    written, _ = _run(db, "show", "a1", NO_COLOR="1")

    assert all(cell_width(line) < 60 for line in written.splitlines())


def test_progress_is_drawn_on_a_terminal_and_taken_away(db, many) -> None:
    master, slave = pty.openpty()
    words = [WORKBENCH, "--db", str(db), "ingest", str(many / "evil.txt")]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=slave, check=True)
    os.close(slave)
    drawn = _read_all(master).decode()
    os.close(master)

    assert drawn.startswith("\r0 of 1 · ")
    assert drawn.endswith(" \r")
    assert done.stdout.endswith(b"0 stored, 1 unchanged, 0 new versions, 0 failed\n")


def test_a_pipe_gets_every_row_whole_and_plain(cli, many) -> None:
    for form in ([], ["--json"], ["--csv"]):
        result = cli("claims", *form)

        assert (0, "") == (result.status, result.err)
        assert len(result.out.splitlines()) >= 60
        assert "…" not in result.out
        assert not has_hidden(result.out)


@pytest.mark.parametrize(
    "words",
    [["articles"], ["show", "a1"], ["show", "c1"], ["log"], ["export", "--format", "json"], ["extract"]],
    ids=" ".join,
)
def test_hostile_text_never_leaves_raw(cli, many: Path, words: list[str]) -> None:
    if words == ["extract"]:
        words = ["extract", str(many / "evil.txt")]
    result = cli(*words)

    assert 0 == result.status
    assert "[/bold]" in result.out or words == ["show", "c1"]
    assert not has_hidden(result.out)
    assert not has_hidden(result.err)


def test_the_desk_is_not_opened_without_a_terminal(db) -> None:
    done = subprocess.run(
        [WORKBENCH, "--db", str(db)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )

    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert not db.exists()
