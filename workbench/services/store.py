"""Opening a store: the path, the checks before anything is written, and the connections to it.

Importing this module imports neither sqlmodel nor sqlalchemy: the desk shows its first rows before they load.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from db import driver, engine
from db.errors import StoreFault
from workbench import config
from workbench.errors import ConflictError, StoppedError, StoreError, WorkbenchError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

READ_AHEAD = 16_384  # KiB of a store that one reading thread keeps in memory at most

_WORDS = {
    "foreign": ("is not a workbench store", "name another file with --db"),
    "newer": ("was written by a newer workbench", "update workbench, or name another store with --db"),
    "older": ("has an older schema", "run workbench migrate"),
    "damaged": ("is damaged", "run workbench doctor and restore a backup"),
    "truncated": ("is cut short, some of it is missing", "restore a backup"),
    "headless": ("is missing or empty, but its log is there", "restore a backup, or move the log away"),
    "locked": ("is locked by another program", "try again when it has finished"),
    "mixed": (
        "is held open by a program with another SQLite library",
        "close that program, or use the same library in both",
    ),
    "read-only": ("cannot be written", "check the file's and the folder's permissions"),
    "full": ("could not be written, the disk is full", "free some space and try again; nothing was half stored"),
    "failing": (
        "could not be read or written by the system",
        "check the disk and its free space; nothing was half stored",
    ),
    "missing": ("does not exist", "check the path given with --db"),
    "unreachable": ("cannot be opened", "check that its folder exists and can be read"),
    "taken": ("is there already", "name a file that is not there yet"),
}


def say(fault: StoreFault, path: Path) -> StoreError | StoppedError:
    """The fault in words for people."""
    if fault.fault == "stopped":
        return StoppedError("stopped")
    what, todo = _WORDS[fault.fault]
    return StoreError(f"{path} {what}", todo)


class Stop:
    """Lets one thread end what another one reads: give it to the reading, and call `now` when nobody waits for it."""

    def __init__(self) -> None:
        self.asked = False
        self._lock = threading.Lock()
        self._connection: driver.Connection | None = None

    def now(self) -> None:
        """End the reading that has this, or the one that will; it raises StoppedError."""
        with self._lock:
            self.asked = True
            if self._connection is not None:
                self._connection.interrupt()

    @contextlib.contextmanager
    def over(self, connection: driver.Connection) -> Iterator[None]:
        """What runs on `connection` inside the block can be stopped."""
        with self._lock:
            if self.asked:
                raise StoppedError("stopped")
            self._connection = connection
        try:
            yield
        finally:
            with self._lock:
                self._connection = None


class Store:
    """An open store and the reviewer who works on it. Safe to use from several threads."""

    def __init__(self, path: Path, reviewer: str) -> None:
        self.path = path
        self.reviewer = reviewer
        self._readers = threading.local()
        self._all: list[driver.Connection] = []
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        self.done: set[int] = set()  # the actions that were recorded through this store, not by another program

    @property
    def reader(self) -> driver.Connection:
        """This thread's connection for reading, on the driver alone."""
        connection: driver.Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            try:
                connection = driver.connect(self.path)
            except StoreFault as fault:
                raise say(fault, self.path) from fault
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{READ_AHEAD}")
            self._readers.connection = connection
            with self._lock:
                self._all.append(connection)
        return connection

    @contextlib.contextmanager
    def reading(self, stop: Stop | None = None) -> Iterator[driver.Connection]:
        """`reader`, with the faults of the store put into words; `stop` can end what it reads."""
        try:
            with stop.over(self.reader) if stop else contextlib.nullcontext():
                yield self.reader
        except StoreFault as fault:
            raise say(fault, self.path) from fault
        except driver.sqlite.Error as error:
            raise say(driver.fault_of(error), self.path) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, begun IMMEDIATE: durable when the block ends, undone wholly when it raises."""
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        with self._lock:
            self._engine = self._engine or engine.make_engine(self.path)
        try:
            with Session(self._engine) as session, session.begin():
                yield session
            self.done |= session.info.get("actions", set())
        except WorkbenchError:
            raise
        except StoreFault as fault:
            raise say(fault, self.path) from fault
        except DBAPIError as error:
            if isinstance(error.orig, driver.sqlite.IntegrityError):
                raise
            cause = error.orig if isinstance(error.orig, Exception) else error
            raise say(driver.fault_of(cause), self.path) from error
        except driver.sqlite.IntegrityError:
            raise
        except driver.sqlite.Error as error:
            raise say(driver.fault_of(error), self.path) from error

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
            if self._engine is not None:
                self._engine.dispose()
        self._readers = threading.local()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def path_of(location: str | None) -> Path:
    """The file that `--db` names: a path, or `sqlite:///relative` / `sqlite:////absolute`. None: as configured."""
    location = config.store_location(location)
    if "://" not in location:
        return Path(location).expanduser()
    parts = urlsplit(location)
    if parts.scheme != "sqlite" or parts.netloc or not parts.path.strip("/"):
        raise StoreError(f"{location} is not a store that this version can open", "give a path or sqlite:///PATH")
    return Path(unquote(parts.path[1:]))


def open_store(location: str | None = None, reviewer: str | None = None, *, create: bool = True) -> Store:
    """Open, and where needed create or upgrade, a store.

    The file is checked before SQLite may write to it. Raises StoreError in words; a file that is foreign, newer,
    cut short or damaged is left byte for byte as it was. `create=False` refuses a store that is not there.
    """
    path = path_of(location)
    with in_words(path):
        schema = engine.inspect(path)
        if schema == 0:
            if not create:
                raise StoreFault("missing")
            _make(path)
        else:
            engine.check(path)
        if 0 < schema < driver.SCHEMA:
            upgrade(path)
        connection = driver.connect(path)
        try:
            driver.set_journal(connection)
            driver.pragma(connection, "schema_version")  # reads the first page: a damaged file shows here
        except driver.sqlite.Error as error:
            raise driver.fault_of(error) from error
        finally:
            connection.close()
    return Store(path, reviewer or config.reviewer_name())


def upgrade(path: Path) -> Path | None:
    """Bring an older store to today's schema and fold its columns anew by today's rules; returns the backup made.

    Raises StoreFault, and StoreError in words.
    """
    made = engine.upgrade(path)
    from workbench.services import rebuild, saved

    with contextlib.suppress(ConflictError), Store(path, "upgrade") as store:  # a broken history is doctor's to tell
        saved.adopt(store)
        rebuild.rebuild(store)
    return made


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Put the faults of the store at `path`, and of the system below it, into words."""
    try:
        yield
    except StoreFault as fault:
        raise say(fault, path) from fault
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}", "check the path given with --db") from error


def _make(path: Path) -> None:
    """Build a new store aside and move it in whole, so that no half store shows; one process at a time."""
    from workbench.services import setup

    config.make_private(path.parent)
    with _alone(path.parent):
        if engine.inspect(path) > 0:
            return  # another process was quicker: its store serves
        with tempfile.TemporaryDirectory(prefix=".workbench-", dir=path.parent) as folder:
            made = Path(folder) / "new.db"
            engine.upgrade(made)
            setup.fill_scales(made)
            engine.synchronise(made)
            os.replace(made, path)
        engine.synchronise(path.parent)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, where the system has such locks."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
