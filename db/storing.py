"""Rows written many at once, and the few questions that are asked first. In the session's transaction.

The driver's own statements: a row costs a tenth of what it does as an object.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from db import naming
from db.driver import Connection
from db.engine import driven


def _run(session: Session) -> Connection:
    session.flush()
    return driven(session)


def insert(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        _run(session).executemany(_insert(table, tuple(rows[0])), rows)


@lru_cache(maxsize=64)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in columns)})"


def next_id(session: Session, table: str) -> int:
    """The number of the next row; nobody else writes while this transaction lasts."""
    return int(_run(session).execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def is_known(session: Session, identity: str) -> bool:
    """Whether there is an article of this identity, a hidden one too."""
    found = _run(session).execute("SELECT 1 FROM article WHERE identity = ?", (identity,))
    return found.fetchone() is not None


def first_with(session: Session, digest: str) -> int | None:
    """An article with a version of this very text."""
    row = _run(session).execute("SELECT article_id FROM version WHERE digest = ? LIMIT 1", (digest,)).fetchone()
    return int(row[0]) if row else None


def named(session: Session, table: str, name: str) -> int | None:
    """The number of the outlet or agency of this name."""
    row = _run(session).execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else None


def put_copy(session: Session, row: Mapping[str, Any]) -> None:
    """Keep a copy (digest, size, origin, kept_at, data) once; one that was purged is kept anew."""
    sql = """INSERT INTO blob (digest, size, origin, kept_at, data) VALUES (:digest, :size, :origin, :kept_at, :data)
      ON CONFLICT (digest) DO UPDATE SET origin = excluded.origin, kept_at = excluded.kept_at, data = excluded.data,
        purged_at = NULL WHERE purged_at IS NOT NULL"""
    _run(session).execute(sql, dict(row))


# Of several sources of a name the first; who stands for it may be another one.
_SOURCES = f"""
SELECT found.name, found.kind, found.id, root.id, root.name, root.kind FROM (
  SELECT wanted.name, wanted.kind, coalesce(
    (SELECT min(source.id) FROM source WHERE source.name = wanted.name AND source.kind = wanted.kind
      AND article_id IS NULL),
    (SELECT min(source.id) FROM sourcealias JOIN source ON source.id = source_id WHERE sourcealias.name = wanted.name
      AND source.kind = wanted.kind AND article_id IS NULL AND NOT hidden)) AS id
  FROM (SELECT value ->> 0 AS name, value ->> 1 AS kind FROM json_each(?)) AS wanted) AS found
JOIN source AS root ON root.id = {naming.ROOT.format(source="found.id")}
"""


def sources(session: Session, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int, str, str]]:
    """(name, kind) -> the source of all articles that has this name or alias; its root's number, name and kind."""
    found = _run(session).execute(_SOURCES, (json.dumps(list(wanted)),))
    return {(row[0], row[1]): tuple(row[2:]) for row in found}


def parents_may_follow(session: Session) -> None:
    """Look at foreign keys when the transaction ends: a part may be written before what it is a part of."""
    _run(session).execute("PRAGMA defer_foreign_keys = ON")


_SHOW = "UPDATE article SET hidden = 0, version_id = ?, reading_id = ?, title = ?, published = ? WHERE id = ?"


def show_article(session: Session, article_id: int, shown: tuple[int, int, str, str | None]) -> None:
    """Fold that an article came in: `shown` is its version, reading, title and date."""
    _run(session).execute(_SHOW, (*shown, article_id))
