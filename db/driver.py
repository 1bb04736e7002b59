"""The one SQLite library of the process and how a connection to a store is opened.

Two SQLite libraries on one file break each other's POSIX locks, so every connection, SQLAlchemy's too, comes from
here. SQLite 3.7.0 to 3.51.2 has the WAL-reset bug (sqlite.org/wal.html#walresetbug): with such a library the
rollback journal is used. `WORKBENCH_SQLITE=stdlib` in the environment chooses Python's own library.
"""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import Fault, StoreFault

CHOICE = "WORKBENCH_SQLITE"

if TYPE_CHECKING or os.environ.get(CHOICE) == "stdlib":
    sqlite = sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite
    except ImportError:  # no wheel for this system: Python's own library serves
        sqlite = sqlite3

Connection = sqlite3.Connection

APPLICATION_ID = 0x57424E43  # "WBNC" in the file header tells our stores from other programs' files
SCHEMA = 5  # PRAGMA user_version; counts migrations
BUSY_SECONDS = 20.0  # how long a writer waits for the others before it gives up
LONGEST_PAUSE = 0.015  # seconds between two tries for the writer's lock

WAL_IS_SAFE = sqlite.sqlite_version_info >= (3, 51, 3)
JOURNAL = "wal" if WAL_IS_SAFE else "delete"
SYNCHRONOUS = "extra"  # with a write-ahead log the same as full; with a journal its folder is synchronised too

_FAULTS: tuple[tuple[str, Fault], ...] = (
    ("not a database", "foreign"),
    ("malformed", "damaged"),
    ("locked", "locked"),
    ("busy", "locked"),
    ("readonly", "read-only"),
    ("full", "full"),
    ("disk i/o", "failing"),
    ("unable to open", "unreachable"),
    ("interrupted", "stopped"),
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


_held: Counter[Path] = Counter()  # connections of this process that are open, by file
_counting = threading.Lock()


class _Counted(sqlite.Connection):
    """A connection that is counted while it is open."""

    file: Path | None = None

    def close(self) -> None:
        super().close()
        if self.file is not None:
            with _counting:
                _held[self.file] -= 1
            self.file = None


def is_held(path: Path) -> bool:
    """Whether this process has the file open; closing any other descriptor of it would drop SQLite's locks."""
    return _held[path.absolute()] > 0


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> Connection:
    """A connection in autocommit mode with foreign keys on and a busy timeout. Raises StoreFault.

    Without `read_only` or `immutable` a file that is not there is created, readable by its owner alone. `immutable`
    reads the file alone, past its log and without a lock: only for a file that nobody else can have open.
    """
    reads = read_only or immutable
    if not reads and not path.exists():
        path.touch(mode=0o600)
    mode = "ro&immutable=1" if immutable else "ro" if read_only else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        connection = sqlite.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=_Counted
        )
    except sqlite.Error as error:
        raise fault_of(error) from error
    connection.file = path.absolute()
    with _counting:
        _held[connection.file] += 1
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        if WAL_IS_SAFE:  # an older library holds its own full-text index for unsafe inside our triggers
            connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite.Error as error:
        connection.close()
        raise fault_of(error) from error
    return connection


def _patience(connection: Connection, seconds: float) -> None:
    """How long SQLite's own busy handler waits on this connection."""
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def begin(connection: Connection) -> None:
    """BEGIN IMMEDIATE, after the other writers. Raises StoreFault "locked" after `BUSY_SECONDS`.

    SQLite's own busy handler pauses longer with each try, so that under steady writing the last comer wins and the
    first one starves; equal random pauses are fair.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    _patience(connection, 0)
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite.OperationalError as error:
                fault = fault_of(error)
                if fault.fault != "locked" or time.monotonic() > deadline:
                    raise fault from error
            time.sleep(random.uniform(0.001, LONGEST_PAUSE))
    finally:
        _patience(connection, BUSY_SECONDS)


def set_journal(connection: Connection) -> str:
    """Put the file into the journal mode that is safe with this library; returns the mode it is in.

    A file that others hold open keeps the rollback journal for now. Raises StoreFault "mixed" where they use the
    write-ahead log and this library has the bug.
    """
    deadline = time.monotonic() + BUSY_SECONDS / 10
    _patience(connection, 0)
    while (mode := _try_journal(connection)) != JOURNAL and not WAL_IS_SAFE:
        if time.monotonic() > deadline:
            raise StoreFault("mixed", f"journal mode {mode}")
        time.sleep(random.uniform(0.001, LONGEST_PAUSE))
    _patience(connection, BUSY_SECONDS)
    return mode


def _try_journal(connection: Connection) -> str:
    try:
        mode = str(pragma(connection, "journal_mode"))
        return mode if mode == JOURNAL else str(pragma(connection, f"journal_mode = {JOURNAL}"))
    except sqlite.OperationalError as error:
        if fault_of(error).fault not in ("locked", "read-only"):
            raise
        return "unchanged"


def pragma(connection: Connection, name: str) -> Any:
    """The first value of a PRAGMA."""
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None
