"""Fact-checks in SQL: taking an import in set by set, what is current, who may answer, what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from db.driver import Connection
from db.pages import select

COLUMNS = (
    "url", "claim_reviewed", "title", "quote", "claimant", "claimed", "publisher", "publisher_site", "rating", "word",
    "flags", "mapping", "explanation", "published", "language", "details",
)  # fmt: skip
_LISTED = ", ".join(COLUMNS)
_STAGED = (
    "CREATE TEMP TABLE incoming (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, allowed INTEGER NOT NULL,"
    f" digest TEXT, {_LISTED})"
)
_STAGE = f"INSERT OR IGNORE INTO incoming (key, allowed, digest, {_LISTED}) VALUES (?, ?, ?, {', '.join('?' * 16)})"

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
_COPY = f"""
INSERT INTO checkcopy (fact_check_id, import_id, digest, gone, {_LISTED})
SELECT factcheck.id, :run, incoming.digest, 0, {", ".join(f"incoming.{name}" for name in COLUMNS)}
FROM incoming JOIN factcheck ON factcheck.key = incoming.key LEFT JOIN checkcopy AS now ON now.id = factcheck.copy_id
WHERE incoming.allowed AND (factcheck.hidden OR now.id IS NULL OR now.gone OR now.digest <> incoming.digest)
ORDER BY incoming.n
"""
_GONE = f"""
INSERT INTO checkcopy (fact_check_id, import_id, digest, gone, {_LISTED})
SELECT factcheck.id, :run, now.digest, 1, {", ".join(f"now.{name}" for name in COLUMNS[:-1])}, '{{}}'
FROM factcheck JOIN checkcopy AS now ON now.id = factcheck.copy_id JOIN checkimport ON checkimport.id = now.import_id
WHERE checkimport.feed = :feed AND NOT factcheck.hidden AND NOT now.gone
  AND NOT EXISTS (SELECT 1 FROM incoming WHERE incoming.key = factcheck.key)
"""
_INDEX = """
INSERT INTO checktext (rowid, claim, title)
SELECT id, claim_reviewed || coalesce(' ' || quote, ''), coalesce(title, '') FROM checkcopy
WHERE import_id = :run AND NOT gone
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
    session.connection().execute(text("CREATE INDEX temp.incoming_url ON incoming (url)"))


def stage(session: Session, rows: Iterable[Sequence[Any]]) -> None:
    """Set incoming checks aside: (key, allowed, digest, *COLUMNS). The first of equal keys stays."""
    connection: Any = session.connection().connection.driver_connection
    connection.executemany(_STAGE, rows)


def take(session: Session, run: int, feed: str | None) -> Taken:
    """Bring what was staged into the store as copies of import `run`; `feed` names a whole feed.

    Nothing of it shows until the import's event is folded.
    """
    execute, values = session.connection().execute, {"run": run, "feed": feed}
    execute(text(_REKEY))
    added = execute(text(_ADD)).rowcount
    copied = execute(text(_COPY), values).rowcount
    gone = execute(text(_GONE), values).rowcount if feed is not None else 0
    execute(text(_INDEX), values)
    barred = int(execute(text("SELECT count(*) FROM incoming WHERE NOT allowed")).scalar_one())
    staged = int(execute(text("SELECT count(*) FROM incoming")).scalar_one())
    execute(text("DROP TABLE temp.incoming"))
    session.expire_all()
    return Taken(added, copied - added, gone, barred, staged - barred - copied)


def refresh(session: Session, run: int) -> None:
    """Fold which copy is current, for every check that import `run` brought a copy of."""
    session.connection().execute(text(_REFRESH), {"run": run})
    session.expire_all()


# ---- reading, on the driver

_CHECK = f"""
SELECT factcheck.id, factcheck.uid, factcheck.withdrawn, checkcopy.id AS copy_id,
  {", ".join(f"checkcopy.{name}" for name in COLUMNS)}
FROM factcheck JOIN checkcopy ON checkcopy.id = factcheck.copy_id
"""
_DECIDED = f"""
SELECT factcheckmatch.claim_id, factcheckmatch.score, factcheckmatch.why, factcheckmatch.state,
  factcheckmatch.decided_by, factcheckmatch.decided_at, factcheck.id, factcheck.uid, factcheck.withdrawn,
  checkcopy.id AS copy_id, {", ".join(f"checkcopy.{name}" for name in COLUMNS)}
FROM factcheckmatch JOIN factcheck ON factcheck.id = factcheckmatch.fact_check_id
  JOIN checkcopy ON checkcopy.id = factcheckmatch.copy_id
WHERE factcheckmatch.state <> 'suggested' AND factcheckmatch.claim_id IN (SELECT value FROM json_each(?))
ORDER BY factcheckmatch.claim_id, factcheckmatch.decided_at
"""


def checks(reader: Connection, copy_ids: Sequence[int]) -> list[Any]:
    """The checks whose current copies these are, that are neither hidden nor withdrawn."""
    sql = (
        f"{_CHECK} WHERE factcheck.copy_id IN (SELECT value FROM json_each(?)) AND NOT factcheck.hidden"
        " AND NOT factcheck.withdrawn"
    )
    return select(reader, sql, json.dumps(list(copy_ids)))


def check(reader: Connection, number: int) -> Any | None:
    """A check by its number, hidden ones aside."""
    found = select(reader, f"{_CHECK} WHERE factcheck.id = ? AND NOT factcheck.hidden", number)
    return found[0] if found else None


def decided(reader: Connection, claim_ids: Sequence[int]) -> list[Any]:
    """What people decided on checks for these claims, each with the copy that they saw."""
    return select(reader, _DECIDED, json.dumps(list(claim_ids)))


def claims_of(reader: Connection, number: int) -> list[Any]:
    """The claims that a check was decided on: (claim_id, state)."""
    return select(
        reader,
        "SELECT claim_id, state FROM factcheckmatch WHERE fact_check_id = ? AND state <> 'suggested' ORDER BY claim_id",
        number,
    )


def count(reader: Connection) -> int:
    """How many checks may be suggested."""
    return int(select(reader, "SELECT count(*) FROM factcheck WHERE NOT hidden AND NOT withdrawn")[0][0])


def by_text(reader: Connection, terms: Sequence[str], most: int) -> dict[int, float]:
    """Copies that hold some of `terms`, the best by bm25 first: copy -> score (higher is better)."""
    if not terms:
        return {}
    query = " OR ".join(f'"{term}"' for term in terms)
    sql = "SELECT rowid, -rank AS score FROM checktext WHERE checktext MATCH ? ORDER BY rank LIMIT ?"
    return {row["rowid"]: row["score"] for row in select(reader, sql, query, most)}


def vector_state(reader: Connection, model: str) -> tuple[int, int]:
    """Something that changes whenever a vector comes or goes."""
    found = select(reader, "SELECT count(*), coalesce(max(copy_id), 0) FROM checkvector WHERE model = ?", model)[0]
    return int(found[0]), int(found[1])


def vectors(reader: Connection, model: str) -> list[tuple[int, bytes]]:
    """Every vector: (copy, bytes)."""
    found = reader.execute("SELECT copy_id, vectors FROM checkvector WHERE model = ? ORDER BY copy_id", (model,))
    return [(int(row[0]), bytes(row[1])) for row in found]


def without_vector(reader: Connection, model: str, most: int) -> list[Any]:
    """Current copies that have no vector of this model yet: id, claim_reviewed, title."""
    sql = (
        "SELECT checkcopy.id, claim_reviewed, title FROM factcheck JOIN checkcopy ON checkcopy.id = factcheck.copy_id"
        " WHERE NOT factcheck.hidden AND NOT factcheck.withdrawn AND NOT EXISTS"
        " (SELECT 1 FROM checkvector WHERE copy_id = checkcopy.id AND model = ?) ORDER BY checkcopy.id LIMIT ?"
    )
    return select(reader, sql, model, most)


def count_without_vector(reader: Connection, model: str) -> int:
    """How many checks have no vector of this model yet."""
    sql = (
        "SELECT count(*) FROM factcheck WHERE NOT hidden AND NOT withdrawn AND NOT EXISTS"
        " (SELECT 1 FROM checkvector WHERE checkvector.copy_id = factcheck.copy_id AND model = ?)"
    )
    return int(select(reader, sql, model)[0][0])


def put_vectors(session: Session, model: str, rows: Sequence[tuple[int, bytes]]) -> None:
    """Store vectors of copies."""
    connection: Any = session.connection().connection.driver_connection
    connection.executemany(
        "INSERT OR REPLACE INTO checkvector (copy_id, model, vectors) VALUES (?, ?, ?)",
        [(copy, model, data) for copy, data in rows],
    )


_SENTENCE = """
SELECT substr(version.text, sentence.start + 1, sentence.end - sentence.start) AS words
FROM claim JOIN version ON version.id = claim.version_id JOIN sentence ON sentence.version_id = version.id
WHERE claim.id = ? AND sentence.start < claim.end AND sentence.end > claim.start ORDER BY sentence.start LIMIT 3
"""


def sentence_of(reader: Connection, claim_id: int) -> str:
    """The sentences that a claim stands in."""
    return " ".join(row["words"] for row in select(reader, _SENTENCE, claim_id))
