"""The archive of a store in which everything was done that can be done: back exactly, and it works on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import deeds
from tests.unit.deeds import shown
from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.services import (
    archive,
    checkdecisions,
    doctor,
    history,
    kinship,
    lists,
    matching,
    review,
    settings,
    verification,
)
from workbench.services.imports import import_file
from workbench.services.rebuild import rebuild
from workbench.services.store import Store, open_store

_ONE_AFTER_ANOTHER = (  # of `deeds.DEEDS`: those that can follow each other in one store
    "source apart", "import: fact-checks", "evidence add", "evidence add: file", "mark: words", "mark: source",
    "verify: answer", "source kind", "source rename", "setting", "setting: scale", "sentence mark", "claim voice",
    "claim add", "import",
)  # fmt: skip
_OF_A_STORE = {"integrity", "references", "history", "texts", "spans", "kept copies", "counters"}


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """A store with imported checks, matches decided both ways, families decided, sources kept apart and much more."""
    (tmp_path / "full").mkdir()
    with make_store(tmp_path / "full") as store:
        for kind in _ONE_AFTER_ANOTHER:
            for deed in deeds.DEEDS[kind]:
                deed(store)
        put(store, deeds.OTHER.replace("Dues", "Fees"), name="three", outlet="Another Outlet")
        checkdecisions.decide(store, 1, 1, "confirmed")
        checkdecisions.decide(store, 1, 2, "rejected")
        _decide_families(store)
        settings.change(store, "publishers", "factdesk.example")
        history.undo(store)
        yield store


def _decide_families(store: Store) -> None:
    one, other = (family.id for family in lists.family_rows(store)[:2])
    kinship.confirm(store, one)
    last = next(row.id for row in reversed(rows(store)) if row.family_id == other)
    kinship.reject(store, other, [last])


@pytest.fixture
def restored(full: Store, tmp_path: Path) -> Iterator[Store]:
    """What comes of its archive in an empty store."""
    archive.export(full, tmp_path / "full.zip")
    with open_store(str(tmp_path / "empty.db"), "ana") as store:
        import_file(store, tmp_path / "full.zip")
        yield store


def _suggested(store: Store) -> list[matching.Matches]:
    return [matching.match_claim(store, row.id, least=0.0) for row in rows(store)]


def test_all_that_was_imported_and_decided_comes_back_exactly(full: Store, restored: Store, tmp_path: Path) -> None:
    archive.export(restored, tmp_path / "again.zip")

    assert (tmp_path / "full.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert shown(full) == shown(restored)
    assert history.verify(full) == history.verify(restored)
    assert history.verify(restored).ok


def test_a_restored_store_is_found_sound(restored: Store) -> None:
    assert () == rebuild(restored).differing
    assert [] == [found for found in doctor.examine(str(restored.path)) if found.name in _OF_A_STORE and not found.ok]


def test_matching_finds_the_same_in_a_restored_store_with_words_and_with_meaning(full: Store, restored: Store) -> None:
    found = _suggested(restored)

    assert _suggested(full) == found
    assert {None} == {each.note for each in found}
    assert {"confirmed", "rejected"} <= {match.state for each in found for match in each.matches}


def test_work_goes_on_in_a_restored_store_as_in_the_first(full: Store, restored: Store) -> None:
    for store in (full, restored):
        history.redo(store)
        put(store, HARBOUR.replace("4 percent", "5 percent"), name="four", outlet="Late Edition")
        review.mark(store, [2], truth="false")
        deeds.add_verification(store)
        checkdecisions.decide(store, 2, 1, "confirmed")
        history.undo(store)

    assert shown(full)[:2] == shown(restored)[:2]
    assert [settings.value(store, "publishers") for store in (full, restored)] == [["factdesk.example"]] * 2
    assert len(verification.of_claim(full, 2)) == len(verification.of_claim(restored, 2))
    assert () == rebuild(restored).differing
    assert history.verify(restored).ok
