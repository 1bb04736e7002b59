"""Undo and redo of every kind of action, by services in a store opened anew each time and by commands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.deeds import DEEDS, shown
from tests.unit.store_samples import make_store
from workbench import extract
from workbench.records import Extraction
from workbench.services import history, review, show
from workbench.services.rebuild import rebuild
from workbench.services.store import open_store

SERVICES = Path(review.__file__).parent
FINAL = {"undo", "redo", "purge"}  # what undo and redo say of themselves, and what cannot be taken back


def _later_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine of the next reading find no statements."""
    present = extract.extract

    def later(text: str, **given: Any) -> Extraction:
        found = present(text, **given)
        claims = tuple(replace(claim, parent=None) for claim in found.claims if claim.kind != "statement")
        return replace(found, claims=claims, reading="later-2")

    monkeypatch.setattr(extract, "extract", later)


@pytest.mark.parametrize("kind", DEEDS)
def test_every_kind_of_action_is_taken_back_and_done_again_across_restarts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    *before, deed = DEEDS[kind]
    with make_store(tmp_path) as store:
        for step in before:
            step(store)
        start = shown(store)
        if kind == "reread":
            _later_machine(monkeypatch)
        deed(store)
        done = shown(store)
    assert start != done
    for _ in range(2):
        with open_store(str(tmp_path / "desk.db"), "ana") as store:
            history.undo(store)
            assert start == shown(store)
        with open_store(str(tmp_path / "desk.db"), "ana") as store:
            history.redo(store)
            assert done == shown(store)
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        assert history.verify(store).ok
        assert () == rebuild(store).differing


def test_no_kind_of_action_is_left_out() -> None:
    call = re.compile(r'\b(?:act|new_action|_done)\(\s*(?:[\w.]+,\s*)+f?"([a-z {}]+)"')
    known = {verb for path in SERVICES.glob("*.py") for verb in call.findall(path.read_text(encoding="utf-8"))}
    done = {kind.partition(":")[0] for kind in DEEDS}
    several = {verb: verb.replace("{", "(").partition("(")[0] for verb in known if "{" in verb}  # "claim {field}"

    assert {"mark", "ingest", "claim split", "claim {field}", "check {state}"} <= known
    assert known - FINAL - set(several) <= done
    assert {"claim kind", "claim voice", "check confirmed", "check rejected"} <= done
    assert not [verb for verb in done - known if not verb.startswith(tuple(several.values()))]


def test_undo_from_the_command_line_takes_back_what_the_desk_did(tmp_path: Path) -> None:
    from workbench.cli.main import run

    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
        path = str(store.path)
    assert 0 == run(["--db", path, "--as", "ana", "undo"])
    with open_store(path, "ana") as store:
        assert None is show.claim_card(store, 1).row.truth
    assert 0 == run(["--db", path, "--as", "ana", "redo"])
    with open_store(path, "ana") as store:
        assert "true" == show.claim_card(store, 1).row.truth
