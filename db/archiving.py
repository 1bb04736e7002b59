"""Every row of a store, out and in, whatever tables it has. On a driver connection, inside the caller's transaction.

Search indexes are left out: triggers fill them as rows come in. Tables that triggers write to come in last, over
what the triggers wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.driver import Connection

_OWN = ("alembic_version",)  # says which schema the file has, not what is in it
_WRITTEN = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with their declared types, those of its key, and whether triggers write to it."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    follows: bool


def tables(connection: Connection) -> tuple[Table, ...]:
    """The tables whose rows make the store, in the order in which they are to be loaded."""
    master = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    virtual = [name for kind, name, sql in master if kind == "table" and sql.upper().startswith("CREATE VIRTUAL")]
    written = {
        target for kind, _, sql in master if kind == "trigger" for target in _WRITTEN.findall(sql.partition("BEGIN")[2])
    }
    found = [
        _table(connection, name, name in written)
        for kind, name, _ in master
        if kind == "table" and not name.startswith("sqlite_") and name not in _OWN and not _shadows(name, virtual)
    ]
    return tuple(sorted(found, key=lambda table: (table.follows, table.name)))


def _shadows(name: str, virtual: list[str]) -> bool:
    """Whether a table is an index, or one in which an index keeps its parts."""
    return any(name == each or name.startswith(f"{each}_") for each in virtual)


def _table(connection: Connection, name: str, follows: bool) -> Table:
    columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    key = tuple(column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5])
    return Table(name, {column[1]: str(column[2]).upper() for column in columns}, key, follows)


def rows(connection: Connection, table: Table, leave: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """The rows of a table in the order of its key, without the columns in `leave`."""
    names = [name for name in table.columns if name not in leave]
    order = ", ".join(f'"{name}"' for name in table.key or names)
    listed = ", ".join(f'"{name}"' for name in names)
    for row in connection.execute(f'SELECT {listed} FROM "{table.name}" ORDER BY {order}'):
        yield dict(zip(names, row, strict=True))


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def load(connection: Connection, table: Table, entries: Iterable[Mapping[str, Any]]) -> None:
    """Put rows in the place of those that a table has; each has a value for every column.

    References may point to what comes later: they are checked when the transaction ends.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    if count(connection, table.name):
        connection.execute(f'DELETE FROM "{table.name}"')
    names = list(table.columns)
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection.executemany(
        f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})',
        ([entry[name] for name in names] for entry in entries),
    )


def dangling(connection: Connection) -> str | None:
    """The first table with a reference that leads nowhere, if any."""
    found = connection.execute("PRAGMA foreign_key_check").fetchone()
    return str(found[0]) if found else None
