"""Stores of an earlier schema: upgraded whole, with a backup beside; what they held is what they hold."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from db import driver, engine
from workbench.services import doctor, history, show
from workbench.services.store import open_store

GOLDEN = Path(__file__).parents[1] / "golden"
KEPT = ("article", "version", "sentence", "claim", "anchor", "verdict", "evidence", "note", "action", "event", "blob")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of schema 1, as the program of that time left it."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((GOLDEN / "store-1.db.gz").read_bytes()))
    return path


def _rows(path: Path, table: str, columns: list[str] | None = None) -> tuple[list[str], list[Any]]:
    connection = driver.connect(path, read_only=True)
    columns = columns or [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    return columns, rows


def test_an_older_store_holds_the_same_after_its_upgrade(old: Path) -> None:
    before = {table: _rows(old, table) for table in KEPT}
    with open_store(str(old), "ana") as store:
        chain = history.verify(store)

    assert driver.SCHEMA == engine.inspect(old)
    assert (True, 18) == (chain.ok, chain.length)
    for table, (columns, rows) in before.items():
        assert rows == _rows(old, table, columns)[1]


def test_an_upgrade_leaves_the_file_of_before_as_a_backup(old: Path) -> None:
    before = {table: _rows(old, table) for table in KEPT}
    open_store(str(old), "ana").close()
    backup = old.with_name("old.db.schema-1.backup")

    assert 1 == engine.inspect(backup)
    assert 0o600 == backup.stat().st_mode & 0o777
    for table, expected in before.items():
        assert expected == _rows(backup, table)


def test_a_backup_that_is_there_is_not_overwritten(old: Path) -> None:
    (old.parent / "old.db.schema-1.backup").write_bytes(b"an earlier one")
    open_store(str(old), "ana").close()

    assert b"an earlier one" == (old.parent / "old.db.schema-1.backup").read_bytes()
    assert 1 == engine.inspect(old.parent / "old.db.schema-1-2.backup")


def test_the_source_that_was_read_is_found_again(old: Path) -> None:
    open_store(str(old), "ana").close()
    connection = driver.connect(old)
    assert [] == connection.execute("SELECT id FROM claim WHERE born_source_id IS NOT source_id").fetchall()
    connection.close()


def test_an_upgraded_store_is_sound_and_can_be_worked_on(old: Path) -> None:
    with open_store(str(old), "ana") as store:
        label = history.undo(store).label
        assert 2 == len(show.scales(store))

    assert label.startswith("undo: ")
    assert [] == [finding for finding in doctor.examine(str(old)) if not finding.ok]
