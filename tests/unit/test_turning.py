"""Undo and redo of every kind of action, by services in a store opened anew each time and by commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench import extract
from workbench.records import Extraction
from workbench.services import evidence, history, lists, removal, reread, review, show
from workbench.services.rebuild import rebuild
from workbench.services.store import Store, open_store

SERVICES = Path(review.__file__).parent
FINAL = {"undo", "redo", "purge"}  # what undo and redo say of themselves, and what cannot be taken back


def _shown(store: Store) -> list[object]:
    """Everything that anybody can see: lists, articles with their marks, and cards; what counts decisions aside."""
    cards = [replace(show.claim_card(store, row.id), revision=0) for row in rows(store)]
    articles = lists.article_rows(store)
    return [articles, [show.article_view(store, row.id) for row in articles], rows(store), cards]


def _later_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine of the next reading find no statements."""
    present = extract.extract

    def later(text: str, **given: Any) -> Extraction:
        found = present(text, **given)
        claims = tuple(replace(claim, parent=None) for claim in found.claims if claim.kind != "statement")
        return replace(found, claims=claims, reading="later-2")

    monkeypatch.setattr(extract, "extract", later)


def _evidence(store: Store) -> int:
    return evidence.add(store, 1, url="https://a.example/b")[0].id


DEEDS: dict[str, tuple[Callable[[Store], object], ...]] = {  # verb -> what is there before, and the deed
    "mark": (lambda store: review.mark(store, [1], truth="true"),),
    "mark: other verdicts": (
        lambda store: review.mark(store, [2], truth="true", attribution="accurate", explain="so it is"),
        lambda store: review.mark(store, [2], truth="false", clear=["attribution"], rationale="the minutes"),
    ),
    "mark: words": (lambda store: review.mark(store, [1, 2], wording="plain", note="seen", flags=["satire"]),),
    "mark: source": (lambda store: review.mark(store, [2], source="Olaf Reth"),),
    "mark: no source": (lambda store: review.mark(store, [2], source=""),),
    "mark: status": (lambda store: review.mark(store, [1, 2, 3], status="not a claim"),),
    "mark: waived": (
        lambda store: review.mark(store, [1], waive="not about facts"),
        lambda store: review.mark(store, [1], status="open"),
    ),
    "evidence add": (_evidence,),
    "evidence edit": (_evidence, lambda store: evidence.edit(store, 1, stance="refutes", quote="as recorded")),
    "evidence remove": (_evidence, lambda store: evidence.remove(store, 1)),
    "ingest": (lambda store: put(store, HARBOUR, outlet="Another Outlet"),),
    "ingest: new version": (
        lambda store: review.mark(store, [row.id for row in rows(store)], truth="true"),
        lambda store: put(store, HARBOUR.replace("4 percent", "3 percent").replace("nobody", "somebody")),
    ),
    "remove": (
        lambda store: (review.mark(store, [1], note="seen"), _evidence(store)),
        lambda store: removal.remove(store, [("c", 2), ("e", 1), ("n", 1)]),
    ),
    "remove: article": (lambda store: removal.remove(store, [("a", 1)]),),
    "reread": (
        lambda store: review.mark(store, [1], truth="true"),
        lambda store: list(reread.reread(store)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DEEDS)
def test_every_kind_of_action_is_taken_back_and_done_again_across_restarts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    *before, deed = DEEDS[kind]
    with make_store(tmp_path) as store:
        for step in before:
            step(store)
        start = _shown(store)
        if kind == "reread":
            _later_machine(monkeypatch)
        deed(store)
        done = _shown(store)
    assert start != done
    for _ in range(2):
        with open_store(str(tmp_path / "desk.db"), "ana") as store:
            history.undo(store)
            assert start == _shown(store)
        with open_store(str(tmp_path / "desk.db"), "ana") as store:
            history.redo(store)
            assert done == _shown(store)
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        assert history.verify(store).ok
        assert () == rebuild(store).differing


def test_no_kind_of_action_is_left_out() -> None:
    call = re.compile(r'\b(?:act|new_action)\(\s*(?:session, )?[\w.]+,\s*"([a-z ]+)"')
    known = {verb for path in SERVICES.glob("*.py") for verb in call.findall(path.read_text(encoding="utf-8"))}

    assert {"mark", "ingest", "evidence add"} <= known
    assert known - FINAL == {kind.partition(":")[0] for kind in DEEDS}


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
