"""The desk in a real terminal, by keys alone: what it acknowledged is on disk, and the terminal is as it was."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, terminal
from workbench import config
from workbench.records import ClaimFilter
from workbench.services import demo, lists
from workbench.services.store import open_store

WORKBENCH = str(Path(sys.executable).parent / "workbench")
WORDS = "gone crazy"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the seeds."""
    path = tmp_path_factory.mktemp("terminal") / "seeded.db"
    with open_store(str(path), "ana") as store:
        demo.seed(store)
    return path


@pytest.fixture
def db(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(seeded, tmp_path / "desk.db"))


@pytest.fixture
def screen(needs: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    tmux = needs("tmux")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with terminal(tmux) as made:
        yield made


def _said(db: Path, *words: str) -> str:
    program = [WORKBENCH, "--db", str(db), *words]
    return subprocess.run(program, capture_output=True, encoding="utf-8", check=True, stdin=subprocess.DEVNULL).stdout


def _claim(db: Path) -> int:
    with open_store(str(db), "ana") as store:
        return lists.claim_rows(store, ClaimFilter(search=WORDS), "article", limit=1)[0].id


def _open_claim(screen: Terminal, db: Path, claim: int) -> None:
    """Start the desk, narrow the list to the claim and open it."""
    screen.start([WORKBENCH, "--db", str(db)], db.parent)
    screen.wait_for("claims open")
    screen.press("/")
    screen.wait_for("esc no filter")
    screen.type(WORDS)
    screen.wait_for(" 1 match")
    screen.press("Enter")
    screen.wait_for("enter open")
    screen.press("Enter")
    screen.wait_for(f"c{claim}  ")


def test_a_verdict_goes_from_the_keyboard_to_the_report(screen: Terminal, db: Path) -> None:
    claim = _claim(db)
    _open_claim(screen, db, claim)
    screen.press("2")
    screen.wait_for(f"c{claim} mostly true")
    screen.press("u")
    screen.wait_for("U does it again")
    assert json.loads(_said(db, "claims", "--search", WORDS, "--json"))["truth"] is None
    screen.press("U")
    screen.wait_for("u undoes")
    screen.press("n")
    screen.wait_for(f"Note on c{claim}")
    screen.type("Heard on the record.")
    screen.wait_for("Heard on the record.")
    screen.press("Enter")
    screen.wait_for("note added")
    screen.press("r")
    screen.wait_for("w write")
    screen.press("w")
    screen.wait_for("Write the report")
    screen.press("Enter")
    screen.wait_for("written to")
    screen.press("q")

    assert 0 == screen.wait_for_end()
    assert "mostly-true" == json.loads(_said(db, "claims", "--search", WORDS, "--json"))["truth"]
    written = (db.parent / "report.md").read_text(encoding="utf-8")
    assert [True] * 3 == [words in written for words in (WORDS, "Mostly true", "Heard on the record.")]
    assert "the chain holds" in _said(db, "log", "--verify")


def test_what_a_toast_acknowledged_outlives_a_killed_desk(screen: Terminal, db: Path) -> None:
    claim = _claim(db)
    _open_claim(screen, db, claim)
    screen.press("5")
    screen.wait_for(f"c{claim} false")
    screen.kill()
    assert 128 + signal.SIGKILL == screen.wait_for_end()

    assert "false" == json.loads(_said(db, "claims", "--search", WORDS, "--json"))["truth"]
    assert "the chain holds" in _said(db, "log", "--verify")


def _start(screen: Terminal, db: Path) -> None:
    """A shell on the screen, and the desk begun in it."""
    screen.start(["sh"], db.parent)
    _go_on(screen, db)
    screen.wait_for("claims open")


def _go_on(screen: Terminal, db: Path) -> None:
    screen.type(f"clear; {WORKBENCH} --db {db.name}; echo ended with $?\n")


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_however_the_desk_ends_the_next_start_is_where_the_reviewer_was(
    screen: Terminal, db: Path, by: signal.Signals
) -> None:
    _start(screen, db)
    screen.press("/")
    screen.wait_for("esc no filter")
    screen.type(WORDS)
    screen.wait_for(" 1 match")
    screen.press("Enter", "Enter")
    screen.wait_for("is it so?")
    if by == signal.SIGKILL:
        held = config.state_file()
        screen.wait_until(lambda: held.exists() and '"screen": "review"' in held.read_text(), "the place is not kept")
    screen.kill(by)
    screen.wait_for(f"ended with {128 + by}")
    screen.type("stty sane\n")

    _go_on(screen, db)
    screen.wait_for(f"c{_claim(db)}  ")
    screen.press("Escape")
    screen.wait_for(" 1 match")


def test_leaving_the_desk_gives_the_terminal_back(screen: Terminal, db: Path) -> None:
    screen.start(["sh"], db.parent)
    screen.type(f"{WORKBENCH} --db {db.name}; echo left with $?\n")
    screen.wait_for("claims open")
    assert "1" == screen.ask("alternate_on")
    screen.press("q")
    screen.wait_for("left with 0")
    screen.type("stty -a | tr ' ' '\\n' | grep -xE -e '-?(icanon|echo)' | paste -sd+ -\n")

    screen.wait_for("icanon+echo")
    modes = ("alternate_on", "cursor_flag", "mouse_any_flag", "keypad_flag")
    assert ["0", "1", "0", "0"] == [screen.ask(mode) for mode in modes]


def test_a_terminal_that_cannot_show_the_desk_is_refused_in_one_line(screen: Terminal, db: Path) -> None:
    screen.start([WORKBENCH, "--db", str(db)], db.parent, term="dumb")

    assert 2 == screen.wait_for_end()
    screen.wait_until(lambda: "commands: workbench --help" in screen.output(), "no line says what to do")
    said = [line for line in screen.output().splitlines() if line and not line.startswith("Pane is dead")]
    assert 1 == len(said)
    assert said[0].startswith("workbench: this terminal (TERM=dumb) cannot show the desk: ")
