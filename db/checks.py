"""Reading fact-checks, on the driver alone: what is current, what may answer a claim, what people decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from db.driver import Connection
from db.pages import select

COLUMNS = (
    "url", "claim_reviewed", "title", "quote", "claimant", "claimed", "publisher", "publisher_site", "rating", "word",
    "flags", "mapping", "explanation", "published", "language", "details",
)  # fmt: skip

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
    """The claims that a check was decided on, hidden ones aside: (claim_id, state)."""
    return select(
        reader,
        "SELECT claim_id, state FROM factcheckmatch JOIN claim ON claim.id = claim_id"
        " WHERE fact_check_id = ? AND state <> 'suggested' AND NOT claim.hidden ORDER BY claim_id",
        number,
    )


def count(reader: Connection) -> int:
    """How many checks may be suggested."""
    return int(select(reader, "SELECT count(*) FROM factcheck WHERE NOT hidden AND NOT withdrawn")[0][0])


MOST_READ = 3_000  # copies that a search by text looks at


def by_text(reader: Connection, terms: Sequence[str], most: int) -> dict[int, float]:
    """Copies that hold some of `terms`, the best by bm25 first: copy -> score (higher is better).

    Terms that so many copies hold that more than MOST_READ would be looked at are left out, the commonest first.
    """
    if not (told := _telling(reader, terms)):
        return {}
    query = " OR ".join(f'"{term}"' for term in told)
    sql = "SELECT rowid, -rank AS score FROM checktext WHERE checktext MATCH ? ORDER BY rank LIMIT ?"
    return {row["rowid"]: row["score"] for row in select(reader, sql, query, most)}


def _telling(reader: Connection, terms: Sequence[str]) -> list[str]:
    """The rarest of `terms` in the index, together in about MOST_READ copies at most; one at least."""
    sql = "SELECT count(*) FROM checktext WHERE checktext MATCH ?"
    held = sorted((int(reader.execute(sql, (f'"{term}"',)).fetchone()[0]), term) for term in dict.fromkeys(terms))
    known = [(count, term) for count, term in held if count]
    fitting = sum(1 for so_far in accumulate(count for count, _ in known) if so_far <= MOST_READ)
    return [term for _, term in known[: max(fitting, 1)]]


def written(reader: Connection) -> int:
    """A number that changes for this connection when another one writes to the store."""
    return int(reader.execute("PRAGMA data_version").fetchone()[0])


def vector_state(reader: Connection, model: str) -> tuple[int, int, int]:
    """How many vectors there are, and what changes whenever a vector or a check comes or goes."""
    found = select(reader, "SELECT count(*), coalesce(max(copy_id), 0) FROM checkvector WHERE model = ?", model)[0]
    newest = select(reader, "SELECT coalesce(max(copy_id), 0) FROM factcheck")[0]
    return int(found[0]), int(found[1]), int(newest[0])


def vectors(reader: Connection, model: str) -> list[tuple[int, bytes]]:
    """Every vector: (copy, bytes)."""
    found = reader.execute("SELECT copy_id, vectors FROM checkvector WHERE model = ? ORDER BY copy_id", (model,))
    return [(int(row[0]), bytes(row[1])) for row in found]


def without_vector(reader: Connection, model: str, most: int) -> list[Any]:
    """Current copies that have no vector of this model yet: id, claim_reviewed, title."""
    sql = (
        "SELECT checkcopy.id, claim_reviewed, title FROM factcheck JOIN checkcopy ON checkcopy.id = factcheck.copy_id"
        " WHERE NOT factcheck.hidden AND NOT factcheck.withdrawn AND NOT EXISTS"
        " (SELECT 1 FROM checkvector WHERE copy_id = checkcopy.id AND model = ?)"
        " ORDER BY factcheck.copy_id DESC LIMIT ?"
    )
    return select(reader, sql, model, most)


def count_without_vector(reader: Connection, model: str) -> int:
    """How many checks have no vector of this model yet."""
    sql = (
        "SELECT count(*) FROM factcheck WHERE NOT hidden AND NOT withdrawn AND NOT EXISTS"
        " (SELECT 1 FROM checkvector WHERE checkvector.copy_id = factcheck.copy_id AND model = ?)"
    )
    return int(select(reader, sql, model)[0][0])


_SENTENCE = """
SELECT substr(version.text, sentence.start + 1, sentence.end - sentence.start) AS words
FROM claim JOIN version ON version.id = claim.version_id JOIN sentence ON sentence.version_id = version.id
WHERE claim.id = ? AND sentence.start < claim.end AND sentence.end > claim.start ORDER BY sentence.start LIMIT 3
"""


def sentence_of(reader: Connection, claim_id: int) -> str:
    """The sentences that a claim stands in."""
    return " ".join(row["words"] for row in select(reader, _SENTENCE, claim_id))
