"""Opening stores: new ones are made whole, foreign, newer and damaged ones are refused and left as they were."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from db import driver, engine
from workbench.errors import NotFoundError, StoreError
from workbench.services import show
from workbench.services.store import open_store


def test_a_new_store_holds_the_scales_and_flags(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "new.db"), "ana") as store:
        scales = {scale.judgement: scale for scale in show.scales(store)}

        assert ["true", "mostly-true", "mixed", "mostly-false", "false"] == [
            label.id for label in scales["truth"].labels[:5]
        ]
        assert 7 == len(scales["attribution"].labels)
        assert len(show.flags(store)) > 3


def test_a_new_store_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "folder" / "new.db"), "ana") as store:
        assert 0o600 == store.path.stat().st_mode & 0o777
        assert 0o700 == store.path.parent.stat().st_mode & 0o777


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    open_store(str(path), "ana").close()

    assert driver.SCHEMA == engine.inspect(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a shopping list\n" * 20, "is not a workbench store"),
        (b"SQLite format 3\x00" + b"\x00" * 84, "is not a workbench store"),
        (b"SQLite format 3\x00", "is not a workbench store"),
    ],
)
def test_a_foreign_file_is_refused_and_left_byte_for_byte(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "foreign.db"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=says):
        open_store(str(path), "ana")
    assert content == path.read_bytes()


def test_another_programs_database_is_refused_and_left_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = driver.sqlite.connect(path)
    connection.execute("CREATE TABLE claim (id INTEGER)")
    connection.commit()
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="is not a workbench store"):
        open_store(str(path), "ana")
    assert before == path.read_bytes()


def test_a_newer_store_is_refused_and_left_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    open_store(str(path), "ana").close()
    connection = driver.connect(path)
    connection.execute("PRAGMA journal_mode = delete")
    connection.execute(f"PRAGMA user_version = {driver.SCHEMA + 1}")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="newer workbench"):
        open_store(str(path), "ana")
    assert before == path.read_bytes()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a workbench store"):
        open_store(str(tmp_path), "ana")


def test_a_store_of_another_kind_of_server_is_refused_in_words() -> None:
    with pytest.raises(StoreError, match="postgresql://desk/claims is not a store"):
        open_store("postgresql://desk/claims", "ana")


def test_an_sqlite_address_names_a_file(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/a%20store.db", "ana") as store:
        assert tmp_path / "a store.db" == store.path


def test_a_store_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        open_store(str(tmp_path / "absent.db"), "ana", create=False)
    assert [] == [path.name for path in tmp_path.glob("*.db")]


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_tables_that_migrations_make_are_the_tables_of_the_models(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    from db import models

    assert models
    path = tmp_path / "new.db"
    open_store(str(path), "ana").close()
    made = engine.make_engine(path)
    ours = {
        "include_object": lambda _thing, name, *_: (
            not str(name).startswith(("claim_search", "checktext", "claim_by_", "claim_rare_"))
        )
    }
    with made.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=ours), SQLModel.metadata)
    made.dispose()

    assert [] == differences


def test_history_cannot_be_rewritten_through_the_store(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_store(str(path), "ana").close()
    connection = driver.connect(path)
    connection.execute(
        "INSERT INTO action (uid, reviewer, at, verb, label, undone, salt, digest, purged)"
        " VALUES ('a', 'ana', '', '', '', 0, '', '', 0)"
    )
    columns = "action_id, subject, subject_id, subject_uid, field, before, after, salt, digest, purged, previous, hash"
    connection.execute(f"INSERT INTO event ({columns}) VALUES (1, 'claim', 1, 'u', 'truth', '', '', '', '', 0, '', '')")
    for statement in ("UPDATE event SET after = 'x'", "DELETE FROM event"):
        with pytest.raises(driver.sqlite.DatabaseError, match="append-only"):
            connection.execute(statement)
    connection.close()


def _open_and_close(path: str) -> None:
    open_store(path, "ana").close()


def test_processes_that_create_the_same_store_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_open_and_close, args=(str(path),)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [0, 0, 0] == [worker.exitcode for worker in workers]
    assert driver.SCHEMA == engine.inspect(path)


def test_an_unknown_claim_is_said_in_words(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "new.db"), "ana") as store, pytest.raises(NotFoundError, match="no claim c7"):
        show.claim_card(store, 7)
