"""Stores of an earlier schema: upgraded whole, with a backup beside; what they held is what they hold."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest

from db import driver, engine
from workbench.services import corrections, doctor, history, saved, show
from workbench.services.rebuild import rebuild
from workbench.services.store import open_store

GOLDEN = Path(__file__).parents[1] / "golden"
REFOLDED = ("anchor_state", "settled")  # since schema 3 a claim is lost to a reading, and a stale one is not settled
KEPT = ("article", "version", "sentence", "claim", "anchor", "verdict", "evidence", "note", "action", "event", "blob")


ADDED = ("action", "event")  # an upgrade may record what it did
ENTRIES = {1: 23, 2: 26, 3: 29, 4: 50}  # schema -> length of the history, with what the upgrade itself records


@pytest.fixture(params=ENTRIES, ids=[f"schema {number}" for number in ENTRIES])
def schema(request: pytest.FixtureRequest) -> int:
    """Each schema there was."""
    return int(request.param)


@pytest.fixture
def old(tmp_path: Path, schema: int) -> Path:
    """A store of that schema, as the program of its time left it."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((GOLDEN / f"store-{schema}.db.gz").read_bytes()))
    return path


def _rows(path: Path, table: str, columns: list[str] | None = None) -> tuple[list[str], list[Any]]:
    connection = driver.connect(path, read_only=True)
    columns = columns or [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    return columns, rows


def test_an_older_store_holds_the_same_after_its_upgrade(tmp_path: Path, old: Path, schema: int) -> None:
    shutil.copy(old, tmp_path / "before.db")
    before = {table: _rows(old, table) for table in KEPT}
    with open_store(str(old), "ana") as store:
        chain = history.verify(store)

    assert driver.SCHEMA == engine.inspect(old)
    assert (True, ENTRIES[schema]) == (chain.ok, chain.length)
    for table, (columns, _) in before.items():
        same = [name for name in columns if name not in REFOLDED]
        columns, expected = _rows(tmp_path / "before.db", table, same)
        assert expected == _rows(old, table, columns)[1][: len(expected)]
        assert table in ADDED or len(expected) == len(_rows(old, table, same)[1])


def test_an_upgrade_leaves_the_file_of_before_as_a_backup(old: Path, schema: int) -> None:
    before = {table: _rows(old, table) for table in KEPT}
    open_store(str(old), "ana").close()
    backup = old.with_name(f"old.db.schema-{schema}.backup")

    assert schema == engine.inspect(backup)
    assert 0o600 == backup.stat().st_mode & 0o777
    for table, expected in before.items():
        assert expected == _rows(backup, table)


def test_a_backup_that_is_there_is_not_overwritten(old: Path, schema: int) -> None:
    earlier = old.with_name(f"old.db.schema-{schema}.backup")
    earlier.write_bytes(b"an earlier one")
    open_store(str(old), "ana").close()

    assert b"an earlier one" == earlier.read_bytes()
    assert schema == engine.inspect(old.with_name(f"old.db.schema-{schema}-2.backup"))


def test_the_source_that_was_read_is_told_from_the_one_that_a_person_named(old: Path) -> None:
    open_store(str(old), "ana").close()
    sql = "SELECT claim.id, was.name, claim.source_name FROM claim LEFT JOIN source AS was ON was.id = born_source_id"
    connection = driver.connect(old)
    others = connection.execute(f"{sql} WHERE source_confirmed").fetchall()
    same = connection.execute("SELECT id FROM claim WHERE NOT source_confirmed AND born_source_id IS NOT source_id")
    assert [] == same.fetchall()
    connection.close()

    assert (2, "the harbour master", "The harbour office") in others


def test_the_columns_of_an_upgraded_store_are_the_fold_of_its_history(old: Path) -> None:
    with open_store(str(old), "ana") as store:
        (entry,) = corrections.changes(store)

        assert () == rebuild(store).differing
        assert (1, 2) == (entry.version_before, entry.version)
        assert entry.lost > 0


def test_an_upgraded_store_is_sound_and_can_be_worked_on(old: Path, schema: int) -> None:
    with open_store(str(old), "ana") as store:
        assert () == rebuild(store).differing
        assert ({"figures": "has:number", "wire": "kind:direct"} if schema == 4 else {}) == saved.filters(store)
        label = history.undo(store).label
        assert 2 == len(show.scales(store))

    assert label.startswith("undo: ")
    assert [] == [finding for finding in doctor.examine(str(old)) if not finding.ok]
