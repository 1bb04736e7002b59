"""The one SQLite library of the process and how a connection to a store is opened.

Two SQLite libraries on one file break each other's POSIX locks, so every connection, SQLAlchemy's too, comes from
here. SQLite 3.7.0 to 3.51.2 has the WAL-reset bug (sqlite.org/wal.html#walresetbug): with such a library the
rollback journal is used.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import Fault, StoreFault

if TYPE_CHECKING:
    sqlite = sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite
    except ImportError:  # no wheel for this system: Python's own library serves
        sqlite = sqlite3

Connection = sqlite3.Connection

APPLICATION_ID = 0x57424E43  # "WBNC" in the file header tells our stores from other programs' files
SCHEMA = 1  # PRAGMA user_version; counts migrations
BUSY_SECONDS = 10.0

WAL_IS_SAFE = sqlite.sqlite_version_info >= (3, 51, 3)
JOURNAL = "wal" if WAL_IS_SAFE else "delete"
SYNCHRONOUS = "full" if WAL_IS_SAFE else "extra"

_FAULTS: tuple[tuple[str, Fault], ...] = (
    ("not a database", "foreign"),
    ("malformed", "damaged"),
    ("locked", "locked"),
    ("busy", "locked"),
    ("readonly", "read-only"),
    ("full", "full"),
    ("disk i/o", "damaged"),
    ("unable to open", "unreachable"),
)


def library() -> str:
    """Name and version of the SQLite library in use, for `doctor`."""
    return f"{sqlite.__name__.split('.')[0]} with SQLite {sqlite.sqlite_version}"


def fault_of(error: Exception) -> StoreFault:
    """The store fault behind a driver's error."""
    message = str(error).lower()
    for words, fault in _FAULTS:
        if words in message:
            return StoreFault(fault, str(error))
    return StoreFault("damaged", str(error))


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection in autocommit mode with foreign keys on and a busy timeout. Raises StoreFault.

    The file must exist for `read_only`; otherwise it is created, readable by its owner alone.
    """
    if not read_only and not path.exists():
        path.touch(mode=0o600)
    mode = "ro" if read_only else "rw"
    try:
        connection = sqlite.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite.Error as error:
        raise fault_of(error) from error
    return connection


def set_journal(connection: Connection) -> str:
    """Put the file into the journal mode that is safe with this library; returns the mode it is in."""
    current: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if current == JOURNAL:
        return current
    try:
        mode: str = connection.execute(f"PRAGMA journal_mode = {JOURNAL}").fetchone()[0]
    except sqlite.OperationalError:  # others hold the file open: it stays as it is for now
        return current
    return mode


def pragma(connection: Connection, name: str) -> Any:
    """The first value of a PRAGMA."""
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None
