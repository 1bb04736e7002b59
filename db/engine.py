"""From a path to a checked store, and to the SQLAlchemy engine over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db import driver
from db.errors import StoreFault

if TYPE_CHECKING:
    from sqlalchemy import Engine

_HEADER = b"SQLite format 3\x00"


def inspect(path: Path) -> int:
    """The schema number of the store at `path`: 0 for a file that does not exist or is empty.

    Looks at the header before SQLite may touch the file. Raises StoreFault: foreign, newer, damaged, unreachable.
    """
    try:
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return 0
        if not path.is_file():
            raise StoreFault("foreign", "not a regular file")
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreFault("unreachable", error.strerror or str(error)) from error
    return _schema_of(header)


def _schema_of(header: bytes) -> int:
    """The schema number that a database header states (offsets: sqlite.org/fileformat.html, 1.3)."""
    if not header.startswith(_HEADER) or len(header) < 100:
        raise StoreFault("foreign", "not an SQLite file")
    application = int.from_bytes(header[68:72], "big")
    if application != driver.APPLICATION_ID:
        raise StoreFault("foreign", f"application id {application:#x}")
    schema = int.from_bytes(header[60:64], "big")
    if schema > driver.SCHEMA:
        raise StoreFault("newer", f"schema {schema}, this program knows {driver.SCHEMA}")
    return schema


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
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def upgrade(path: Path) -> None:
    """Bring the store at `path` to the current schema, all or nothing; a backup of an older one first.

    Raises StoreFault.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    if inspect(path) > 0:
        backup(path, path.with_name(f"{path.name}.schema-{inspect(path)}.backup"))
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    configuration.attributes["path"] = path
    try:
        command.upgrade(configuration, "head")
    except DBAPIError as error:
        raise driver.fault_of(error.orig or error) from error


def backup(path: Path, target: Path) -> None:
    """A sound copy of a live store by VACUUM INTO. Raises StoreFault; never overwrites."""
    connection = driver.connect(path)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except driver.sqlite.Error as error:
        raise driver.fault_of(error) from error
    finally:
        connection.close()
