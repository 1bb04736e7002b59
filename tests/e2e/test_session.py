"""A reviewer's whole session in a real terminal, by keys alone: what was typed is what the exported report holds."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.terminal import Terminal, terminal

WORKBENCH = str(Path(sys.executable).parent / "workbench")
ARTICLE = """Harbour wall to cost twice as much
The harbour wall of Marlow Quay will cost $4.2 million, Mayor Ada Penn said on Monday.
“We were badly advised,” she told the council.
Critics say the first survey was never read. The council meets again in May.
The wall is 310 metres long.
"""
WALL, LENGTH, SURVEY, ADVISED = "$4.2 million", "310 metres", "first survey", "badly advised"
EXPLANATION = "The contract says $2.1 million."
PAGE, EXCERPT = "https://council.example/contract", "a price of $2.1 million"
NOTE, SOURCE = "Ask the harbour office for the annex.", "Ada Penn of Marlow Quay"


@pytest.fixture
def desk(needs: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal with a shell, in a folder with the article."""
    tmux = needs("tmux")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    with terminal(tmux) as made:
        made.start(["sh"], tmp_path)
        yield made


def _command(screen: Terminal, *words: str) -> None:
    screen.type(shlex.join([WORKBENCH, "--db", "desk.db", "--as", "ana", *words]) + "; echo left with $?\n")


def _narrow(screen: Terminal, words: str) -> None:
    """Narrow the queue to the one claim with these words, and go to the list."""
    screen.press("/")
    screen.wait_for("esc no filter")
    screen.type(words)
    screen.wait_for(" 1 match")
    screen.press("Enter")
    screen.wait_for("enter open")


def _fill(screen: Terminal, key: str, head: str, typed: str, done: str) -> None:
    """Open a dialog by its key, type into it and store."""
    screen.press(key)
    screen.wait_for(head)
    screen.type(typed)
    screen.wait_for(typed)
    screen.press("Enter")
    screen.wait_for(done)


def _judge(screen: Terminal) -> None:
    """Both verdicts, and all that a verdict rests on, on the claim that is open in review."""
    screen.press("Q")
    screen.wait_for("esc cancel")
    screen.press("1")
    screen.wait_for("accurate ·")
    screen.press("5")
    screen.wait_for("false ·")
    _fill(screen, "i", "Explanation of", EXPLANATION, "explanation")
    _fill(screen, "n", "Note on", NOTE, "note added")
    _fill(screen, "s", "Whose words", SOURCE, "What is")
    screen.press("Enter")
    screen.wait_for(f"source    {SOURCE}")


def _rest_on(screen: Terminal) -> None:
    """Evidence that refutes it: an address, the words there, and what they do."""
    screen.press("e")
    screen.wait_for("path of a file")
    screen.type(PAGE)
    screen.press("Tab")
    screen.wait_for("enter new line")
    screen.type(EXCERPT)
    screen.wait_for(EXCERPT)
    screen.press("Tab", "Right")
    screen.wait_for("● refutes")
    screen.press("Tab", "Tab", "Tab", "Right")
    screen.wait_for("● the address alone")
    screen.press("Enter")
    screen.wait_for("e1 refutes c1")


def _claims(folder: Path) -> dict[str, Any]:
    """The claims of the exported report, by the words they were chosen by."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    claims = [claim for article in report["articles"] for claim in article["claims"]]
    return {words: claim for words in (WALL, LENGTH, SURVEY, ADVISED) for claim in claims if words in claim["text"]}


def _take_back(screen: Terminal) -> None:
    """A verdict on another claim, undone."""
    screen.press("Escape")
    screen.wait_for("4 match")
    _narrow(screen, LENGTH)
    screen.press("1")
    screen.wait_for("true ·")
    screen.press("u")
    screen.wait_for("U does it again")
    screen.press("Escape")
    screen.wait_for("4 match")


def _mark_two(screen: Terminal) -> None:
    """Two claims that are selected one by one, judged together."""
    screen.press("End")
    screen.press("Space", "k", "Space")
    screen.wait_for("2 selected")
    screen.press("6")
    screen.wait_for("Truth: unproven on 2 claims")
    screen.press("Enter")
    screen.wait_for("2 claims unproven")


def _export(screen: Terminal) -> None:
    """Every claim as json, for inside; then leave."""
    screen.press("r")
    screen.wait_for("w write")
    screen.press(*["Right"] * 5)
    screen.press("w")
    screen.wait_for("json, internal: every claim")
    screen.press("Enter")
    screen.wait_for("written to")
    screen.press("q")
    screen.wait_for("left with 0")


def _is_as_judged(claim: dict[str, Any]) -> None:
    truth, attribution = claim["judgements"]["truth"], claim["judgements"]["attribution"]
    assert ("false", EXPLANATION, "ana") == (truth["label"], truth["explanation"], truth["reviewer"])
    assert ("accurate", "ana") == (attribution["label"], attribution["reviewer"])
    assert (SOURCE, "person", True) == tuple(claim["source"][name] for name in ("name", "kind", "confirmed"))
    assert [(NOTE, "ana")] == [(note["text"], note["reviewer"]) for note in claim["notes"]]
    kept = [tuple(one[name] for name in ("url", "excerpt", "stance", "added_by")) for one in claim["evidence"]]
    assert [(PAGE, EXCERPT, "refutes", "ana")] == kept


def test_what_a_reviewer_typed_is_what_the_report_holds(desk: Terminal, tmp_path: Path) -> None:
    _command(desk, "ingest", "harbour.txt", "--outlet", "Marlow Courier", "--published", "2025-07-06")
    desk.wait_for("left with 0")
    _command(desk)
    desk.wait_for("4 of 4 claims open")
    _narrow(desk, WALL)
    desk.press("Enter")
    desk.wait_for("is it so?")
    _judge(desk)
    _rest_on(desk)
    desk.press("Escape")
    desk.wait_for("1 match")
    _take_back(desk)
    _mark_two(desk)
    _export(desk)

    held = _claims(tmp_path)
    _is_as_judged(held[WALL])
    assert (None, "open") == (held[LENGTH]["truth"], held[LENGTH]["status"])
    assert ["unproven"] * 2 == [held[words]["truth"] for words in (SURVEY, ADVISED)]
