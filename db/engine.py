"""From a path to a checked store, and to the SQLAlchemy engine over it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from db import driver
from db.errors import StoreFault

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

_HEADER = b"SQLite format 3\x00"


def inspect(path: Path) -> int:
    """The schema number of the store at `path`: 0 for a file that does not exist or is empty.

    Looks at the file before SQLite may touch it. Raises StoreFault: foreign, newer, damaged, truncated, headless,
    unreachable.
    """
    try:
        if driver.is_held(path):
            return _schema_of_open(path)
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            if has_log(path):
                raise StoreFault("headless", "a log without its file")
            return 0
        if not path.is_file():
            raise StoreFault("foreign", "not a regular file")
        with path.open("rb") as file:
            header = file.read(100)
        schema = _schema_of(header)
        _refuse_truncated(path, header)
    except OSError as error:
        raise StoreFault("unreachable", error.strerror or str(error)) from error
    return schema


def has_log(path: Path) -> bool:
    """Whether a write-ahead log or a rollback journal with something in it lies beside the file."""
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-journal"))
    return any(each.exists() and each.stat().st_size > 0 for each in beside)


def _schema_of_open(path: Path) -> int:
    """The schema number of a file that this process has open, asked through SQLite."""
    connection = driver.connect(path, read_only=True)
    try:
        return _known(int(driver.pragma(connection, "application_id")), int(driver.pragma(connection, "user_version")))
    except driver.sqlite.Error as error:
        raise driver.fault_of(error) from error
    finally:
        connection.close()


def _schema_of(header: bytes) -> int:
    """The schema number that a database header states (offsets: sqlite.org/fileformat.html, 1.3)."""
    if not header.startswith(_HEADER) or len(header) < 100:
        raise StoreFault("foreign", "not an SQLite file")
    return _known(int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big"))


def _known(application: int, schema: int) -> int:
    if application != driver.APPLICATION_ID:
        raise StoreFault("foreign", f"application id {application:#x}")
    if schema == 0:
        raise StoreFault("damaged", "no schema number")
    if schema > driver.SCHEMA:
        raise StoreFault("newer", f"schema {schema}, this program knows {driver.SCHEMA}")
    return schema


def _refuse_truncated(path: Path, header: bytes) -> None:
    """Refuse a file that is shorter than its header says; the count holds when no log lies beside it."""
    page = int.from_bytes(header[16:18], "big")
    size = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    counted = header[24:28] == header[92:96]  # else an old writer left the count of pages as it was
    if counted and path.stat().st_size < pages * size and not has_log(path):
        raise StoreFault("truncated", f"{pages} pages of {size} bytes are missing some")


SMALL = 4 * 2**20  # bytes of a file that is checked whole each time it is opened


def check(path: Path) -> None:
    """Look through a small store for damage without a change to any of its files. Raises StoreFault.

    With a log beside it, the schema number is asked again: that in the file may be an old one.
    """
    if driver.is_held(path):
        return
    for _ in range(3):  # another program may be writing while the file is read past its lock
        if has_log(path):
            _check(path, immutable=False)
            return
        try:
            _check(path, immutable=True)
        except StoreFault as fault:
            failed = fault
            time.sleep(0.02)
        else:
            return
    raise failed


def _check(path: Path, *, immutable: bool) -> None:
    if path.with_name(f"{path.name}-journal").exists():
        return  # SQLite takes back a half transaction when it opens the file; that comes before any look at it
    connection = driver.connect(path, read_only=True, immutable=immutable)
    try:
        _known(int(driver.pragma(connection, "application_id")), int(driver.pragma(connection, "user_version")))
        found = driver.pragma(connection, "quick_check(1)") if path.stat().st_size <= SMALL else "ok"
    except driver.sqlite.Error as error:
        raise driver.fault_of(error) from error
    finally:
        connection.close()
    if found != "ok":
        raise StoreFault("damaged", str(found))


def make_engine(path: Path) -> Engine:
    """An engine whose connections come from the driver and whose transactions are BEGIN IMMEDIATE.

    A read-then-write transaction that begins deferred fails at once under a second writer, whatever the timeout.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        "sqlite://",
        module=driver.sqlite,
        creator=lambda: driver.connect(path),
        poolclass=QueuePool,  # a connection stays open: closing the last one would checkpoint the log each time
        pool_size=1,
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda connection: driver.begin(connection.connection.driver_connection))
    return engine


def driven(session: Session) -> driver.Connection:
    """The driver's connection under a session, in its transaction: for many small statements, without the ORM's cost.

    What the session holds back must be flushed before. Errors come as the driver has them.
    """
    connection: driver.Connection = session.connection().connection.driver_connection  # type: ignore[assignment]
    return connection


def upgrade(path: Path) -> Path | None:
    """Bring the store at `path` to the current schema, all or nothing; a backup of an older one first.

    Returns the backup that was made, if any. Raises StoreFault.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    schema = inspect(path)
    made = _backup_beside(path, schema) if 0 < schema < driver.SCHEMA else None
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    configuration.attributes["path"] = path
    try:
        command.upgrade(configuration, "head")
    except DBAPIError as error:
        raise driver.fault_of(error.orig or error) from error
    return made


def _backup_beside(path: Path, schema: int) -> Path:
    """A copy of an older store under the first free name beside it."""
    number = 0
    while True:
        number += 1
        target = path.with_name(f"{path.name}.schema-{schema}" + (f"-{number}" if number > 1 else "") + ".backup")
        try:
            backup(path, target)
        except StoreFault as fault:
            if fault.fault != "taken":
                raise
        else:
            return target


def backup(path: Path, target: Path) -> None:
    """A sound copy of a live store: written aside by VACUUM INTO, on disk, and then moved in whole.

    Raises StoreFault; "taken" where `target` is there already, which stays as it is.
    """
    with copying(path, target):
        pass


@contextlib.contextmanager
def copying(path: Path, target: Path) -> Iterator[Path]:
    """Copy a live store aside, lend the copy to be looked at, and then move it to `target`. Raises StoreFault."""
    if target.exists() or target.is_symlink():
        raise StoreFault("taken", str(target))
    with tempfile.TemporaryDirectory(prefix=".workbench-", dir=target.parent) as folder:
        copy = Path(folder) / "copy.db"
        copy.touch(mode=0o600)
        connection = driver.connect(path)
        try:
            connection.execute("VACUUM INTO ?", (str(copy),))
        except driver.sqlite.Error as error:
            raise driver.fault_of(error) from error
        finally:
            connection.close()
        yield copy
        synchronise(copy)
        try:
            _move_in(copy, target)
        except FileExistsError as error:
            raise StoreFault("taken", str(target)) from error
    synchronise(target.parent)


def _move_in(copy: Path, target: Path) -> None:
    """Give a file its name, unless that is taken: by a link where the file system knows them."""
    try:
        os.link(copy, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
        copy.replace(target)


def synchronise(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
