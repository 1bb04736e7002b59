"""Copies of a live store, and migrating by command."""

from __future__ import annotations

import gzip
import multiprocessing
from pathlib import Path

import pytest

from db import driver, engine
from tests.unit.store_samples import make_store, rows, state
from workbench.errors import ConflictError, InputError, StoreError
from workbench.services import doctor, history, lists, review, upkeep
from workbench.services.store import Store, open_store


def test_a_copy_holds_what_the_store_held_and_carries_its_head(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
        copied = upkeep.backup(store, tmp_path / "copy.db")

        assert (copied.length, copied.head) == history.head(store)
        with open_store(str(copied.path), "bob") as copy:
            assert state(store) == state(copy)
            assert (copied.length, copied.head) == history.head(copy)
    assert 0o600 == copied.path.stat().st_mode & 0o777
    assert [] == [finding for finding in doctor.examine(str(copied.path)) if not finding.ok]


def test_a_later_cut_shows_against_the_head_of_a_copy(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
        copied = upkeep.backup(store, tmp_path / "copy.db")
        review.mark(store, [1], truth="false")
        assert copied.length == history.verify(store, copied.head[:12]).noted_at
        connection = driver.connect(store.path)
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute("DELETE FROM event WHERE seq >= ?", (copied.length,))
        connection.close()
        cut = history.verify(store, copied.head)

        assert (True, None) == (cut.ok, cut.noted_at)


def test_a_copy_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"a diary")
    with make_store(tmp_path) as store, pytest.raises(InputError, match="is there already"):
        upkeep.backup(store, target)
    assert b"a diary" == target.read_bytes()
    assert [] == list(tmp_path.glob(".workbench-*"))


def test_a_store_that_is_not_sound_is_not_copied(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        connection = driver.connect(store.path)
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET field = 'other'")
        connection.close()
        with pytest.raises(ConflictError, match="is not sound and was not copied"):
            upkeep.backup(store, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, pytest.raises(InputError, match="cannot be written"):
        upkeep.backup(store, tmp_path / "absent" / "copy.db")


def _judge(path: str, times: int) -> None:
    with Store(Path(path), "bob") as store:
        for number in range(times):
            review.mark(store, [1], note=f"note {number}")


def test_a_copy_is_sound_while_others_write(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        writer = multiprocessing.get_context("spawn").Process(target=_judge, args=(str(store.path), 40))
        writer.start()
        copies = []
        while writer.is_alive() and len(copies) < 20:
            copies.append(upkeep.backup(store, tmp_path / f"copy{len(copies)}.db"))
        writer.join()

        assert 0 == writer.exitcode
        assert [copy.length for copy in copies] == [history.verify(store, copy.head).noted_at for copy in copies]


def test_migrating_an_old_store_says_from_where_to_where(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    golden = Path(__file__).parents[1] / "golden" / "store-1.db.gz"
    path.write_bytes(gzip.decompress(golden.read_bytes()))
    done = upkeep.migrate(str(path))

    assert (1, driver.SCHEMA, path.with_name("old.db.schema-1.backup")) == (done.before, done.after, done.backup)
    assert (driver.SCHEMA, driver.SCHEMA, None) == (
        (again := upkeep.migrate(str(path))).before, again.after, again.backup,
    )  # fmt: skip
    assert 1 == engine.inspect(done.backup) if done.backup else False


def test_migrating_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        upkeep.migrate(str(tmp_path / "absent.db"))
    assert [] == [path for path in tmp_path.iterdir() if path.is_file()]


def _open(path: str) -> None:
    open_store(path, "ana").close()


def test_processes_that_open_an_old_store_at_once_upgrade_it_once(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    golden = Path(__file__).parents[1] / "golden" / "store-1.db.gz"
    path.write_bytes(gzip.decompress(golden.read_bytes()))
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_open, args=(str(path),)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [0, 0, 0] == [worker.exitcode for worker in workers]
    assert [] == [finding for finding in doctor.examine(str(path)) if not finding.ok]


def test_what_anybody_did_can_be_noticed(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, Store(store.path, "bob") as other:
        seen = lists.changed(store)
        assert seen == lists.changed(store)
        review.mark(other, [rows(store)[0].id], note="mine")
        assert seen < lists.changed(store)
