"""Keeping a store: a sound copy while others work, and bringing an older one to today's schema."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db import driver, engine
from db.errors import StoreFault
from workbench.errors import ConflictError, InputError
from workbench.services import history
from workbench.services.store import Store, in_words, path_of, upgrade


@dataclass(frozen=True, slots=True)
class Copied:
    """A finished copy: where it lies, its size in bytes, and the length and head of the history in it."""

    path: Path
    size: int
    length: int
    head: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of a store's schema; `backup` is the store of before, None where nothing had to be done."""

    path: Path
    before: int
    after: int
    backup: Path | None


def backup(store: Store, target: Path) -> Copied:
    """A sound copy of a store that others may be writing to, at one moment of it.

    It is written aside, checked (integrity, references, hash chain), put on disk and then given its name; a file that
    is there is never overwritten. Raises InputError for the target, ConflictError when the copy does not verify.
    """
    try:
        with engine.copying(store.path, target) as copy:
            length, head = _verified(copy, store)
            size = copy.stat().st_size
    except StoreFault as fault:
        if fault.fault == "taken":
            raise InputError(f"{target} is there already", "name a file that is not there yet") from fault
        with in_words(store.path):
            raise
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror}", "name a folder that exists and is yours"
        ) from error
    return Copied(target, size, length, head)


def _verified(copy: Path, store: Store) -> tuple[int, str]:
    """Length and head of a copy that is sound in itself."""
    with Store(copy, store.reviewer) as made:
        with made.reading() as reader:
            sound = driver.pragma(reader, "integrity_check(1)") == "ok"
            fits = reader.execute("PRAGMA foreign_key_check").fetchone() is None
        chain = history.verify(made)
    if not (sound and fits and chain.ok):
        raise ConflictError("the store is not sound and was not copied", "run workbench doctor")
    return chain.length, chain.head


def migrate(location: str | None = None) -> Migrated:
    """Bring a store to today's schema, with a backup beside it first. A current one stays as it is.

    Raises StoreError in words for a file that is missing, foreign, newer or damaged; it is left as it was.
    """
    path = path_of(location)
    with in_words(path):
        schema = engine.inspect(path)
        if schema == 0:
            raise StoreFault("missing")
        engine.check(path)
        made = upgrade(path) if schema < driver.SCHEMA else None
    return Migrated(path, schema, driver.SCHEMA, made)
