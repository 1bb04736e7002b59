"""Writing fact-checks: taking an import in set by set, and the vectors of what they mean."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from db.checks import COLUMNS

# Place of a check in its file -> its number and digest: gives these and the COLUMNS of each.
Words = Callable[[Mapping[int, tuple[int, str]]], Iterable[tuple[tuple[int, str], Sequence[Any]]]]

_LISTED = ", ".join(COLUMNS)
_STAGED = (
    "CREATE TEMP TABLE incoming (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, allowed INTEGER NOT NULL,"
    " digest TEXT, url TEXT)"
)
_STAGE = "INSERT OR IGNORE INTO incoming (n, key, allowed, digest, url) VALUES (?, ?, ?, ?, ?)"

# An address that reviewed one thing and now reviews another, differently worded one, is the same check reworded.
_REKEY = """
UPDATE factcheck SET key = incoming.key FROM incoming
WHERE incoming.allowed AND incoming.url = factcheck.url
  AND NOT EXISTS (SELECT 1 FROM factcheck AS known WHERE known.key = incoming.key)
  AND NOT EXISTS (SELECT 1 FROM incoming AS own WHERE own.key = factcheck.key)
  AND (SELECT count(*) FROM incoming AS other WHERE other.url = incoming.url) = 1
  AND (SELECT count(*) FROM factcheck AS other WHERE other.url = factcheck.url) = 1
"""
_ADD = """
INSERT INTO factcheck (uid, key, url, withdrawn, hidden)
SELECT lower(hex(randomblob(16))), key, url, 0, 1 FROM incoming
WHERE allowed AND NOT EXISTS (SELECT 1 FROM factcheck WHERE factcheck.key = incoming.key) ORDER BY n
"""
_NEEDED = """
SELECT incoming.n, factcheck.id, incoming.digest FROM incoming JOIN factcheck ON factcheck.key = incoming.key
  LEFT JOIN checkcopy AS now ON now.id = factcheck.copy_id
WHERE incoming.allowed AND (factcheck.hidden OR now.id IS NULL OR now.gone OR now.digest <> incoming.digest)
"""
_COPY = (
    f"INSERT INTO checkcopy (fact_check_id, import_id, digest, gone, {_LISTED})"
    f" VALUES (?, ?, ?, 0, {', '.join('?' * len(COLUMNS))})"
)
_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'checkcopy_text'"
_INDEX = """
INSERT INTO checktext (rowid, claim, title)
SELECT id, claim_reviewed || coalesce(' ' || quote, ''), coalesce(title, '') FROM checkcopy
WHERE import_id = ? AND NOT gone ORDER BY id
"""
_GONE = f"""
INSERT INTO checkcopy (fact_check_id, import_id, digest, gone, {_LISTED})
SELECT factcheck.id, :run, now.digest, 1, {", ".join(f"now.{name}" for name in COLUMNS[:-1])}, '{{}}'
FROM factcheck JOIN checkcopy AS now ON now.id = factcheck.copy_id JOIN checkimport ON checkimport.id = now.import_id
WHERE checkimport.feed IN (:feed, iif(:feed = '', 'feed', :feed)) AND NOT factcheck.hidden AND NOT now.gone
  AND (:sites IS NULL OR now.publisher_site IN (SELECT value FROM json_each(:sites)))
  AND NOT EXISTS (SELECT 1 FROM incoming WHERE incoming.key = factcheck.key)
"""
_REFRESH = """
UPDATE factcheck SET (copy_id, withdrawn, hidden) = (
  SELECT id, gone, 0 FROM checkcopy WHERE fact_check_id = factcheck.id
    AND import_id IN (SELECT id FROM checkimport WHERE NOT hidden)
  UNION ALL SELECT NULL, 0, 1 ORDER BY 1 DESC LIMIT 1)
WHERE id IN (SELECT fact_check_id FROM checkcopy WHERE import_id = :run)
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many checks an import added, changed, found gone, and left out because their publisher is not wanted."""

    added: int
    changed: int
    gone: int
    not_allowed: int
    same: int


def begin(session: Session) -> None:
    """Make room for incoming checks, out of the store's own tables."""
    session.connection().execute(text("DROP TABLE IF EXISTS temp.incoming"))
    session.connection().execute(text(_STAGED))


def stage(session: Session, heads: Iterable[Sequence[Any]]) -> None:
    """Note what tells incoming checks apart: (key, allowed, digest, url). The first of equal keys stays."""
    connection: Any = session.connection().connection.driver_connection
    connection.executemany(_STAGE, ((number, *head) for number, head in enumerate(heads)))


def take(session: Session, run: int, feed: str | None, sites: Collection[str] | None, words_of: Words) -> Taken:
    """Bring what was staged into the store as copies of import `run`; `feed` names a whole feed.

    What a feed no longer has is gone: of all its checks, or only of those of `sites`, where they are given.

    `words_of` gives the COLUMNS of the checks that are asked for. Nothing of it shows until the import's event is
    folded.
    """
    listed = None if sites is None else json.dumps(sorted(sites))
    execute, values = session.connection().execute, {"run": run, "feed": feed, "sites": listed}
    if execute(text("SELECT EXISTS (SELECT 1 FROM factcheck)")).scalar_one():
        execute(text("CREATE INDEX temp.incoming_url ON incoming (url)"))
        execute(text(_REKEY))
    added = execute(text(_ADD)).rowcount
    needed = {row[0]: (row[1], row[2]) for row in execute(text(_NEEDED))}
    if needed:
        _copy(session, run, needed, words_of)
    gone = execute(text(_GONE), values).rowcount if feed is not None else 0
    barred = int(execute(text("SELECT count(*) FROM incoming WHERE NOT allowed")).scalar_one())
    staged = int(execute(text("SELECT count(*) FROM incoming")).scalar_one())
    execute(text("DROP TABLE temp.incoming"))
    session.expire_all()
    return Taken(added, len(needed) - added, gone, barred, staged - barred - len(needed))


def _copy(session: Session, run: int, needed: Mapping[int, tuple[int, str]], words_of: Words) -> None:
    """Write the copies, then their words into the text index at once.

    The trigger that does so row by row for an archive makes the index write a part of itself for every row.
    """
    connection: Any = session.connection().connection.driver_connection
    (trigger,) = connection.execute(_TRIGGER).fetchone()
    connection.execute("DROP TRIGGER checkcopy_text")
    connection.executemany(_COPY, ((check, run, digest, *words) for (check, digest), words in words_of(needed)))
    connection.execute(_INDEX, (run,))
    connection.execute(trigger)


def refresh(session: Session, run: int) -> None:
    """Fold which copy is current, for every check that import `run` brought a copy of."""
    session.connection().execute(text(_REFRESH), {"run": run})
    session.expire_all()


def put_vectors(session: Session, model: str, rows: Sequence[tuple[int, bytes]]) -> None:
    """Store vectors of copies."""
    connection: Any = session.connection().connection.driver_connection
    connection.executemany(
        "INSERT OR REPLACE INTO checkvector (copy_id, model, vectors) VALUES (?, ?, ?)",
        [(copy, model, data) for copy, data in rows],
    )
