"""What lists count without a look at the rows: counters that triggers keep, on the driver alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.conditions import VOICE, Where
from db.driver import Connection
from db.pages import select

FACETS = ("kind", "voice", "status", "verdict", "outlet")

_KEY = {
    "kind": "kind",
    "voice": VOICE,
    "status": "status",
    "truth": "coalesce(truth, '')",
    "attribution": "coalesce(attribution, '')",
    "outlet": "coalesce(outlet, '')",
    "stale": "stale",
    "family": "family_size > 1",
}

_CRITERIA = {
    "kind": "kind = ?",
    "status": "status = ?",
    "outlet": "instr(lower(outlet), lower(?)) > 0",
    "verdict": "CASE WHEN ? = 'none' THEN truth = '' AND attribution = '' ELSE ? IN (truth, attribution) END",
}

_MARKS = {
    "anonymous": "voice = 'anonymous'",
    "named": "voice = 'named'",
    "stale": "stale",
    "family": "family",
    "open": "stale OR status IN ('open', 'in review')",
    "settled": "NOT stale AND status NOT IN ('open', 'in review')",
}


def counted(criteria: Mapping[str, Any]) -> Where | None:
    """The condition over `claimcount` for `criteria`; None where the counters do not tell those claims apart."""
    parts, values = ["number > 0"], []
    for name, value in criteria.items():
        if name == "marks" or value in (None, ""):
            continue
        if name not in _CRITERIA:
            return None
        parts.append(_CRITERIA[name])
        values.extend([value] * _CRITERIA[name].count("?"))
    marks = sorted(criteria.get("marks") or ())
    if any(mark not in _MARKS for mark in marks):
        return None
    return Where(" AND ".join([*parts, *(f"({_MARKS[mark]})" for mark in marks)]), values)


def count(connection: Connection, where: Where) -> int:
    """How many claims the counters have under a condition of `counted`."""
    sql = f"SELECT coalesce(sum(number), 0) FROM claimcount WHERE {where.sql}"
    return int(select(connection, sql, *where.values)[0][0])


def facet(connection: Connection, where: Where, name: str) -> list[tuple[str, int]]:
    """The counters of one facet's values under a condition of `counted`, most first."""
    value = "iif(truth = '', 'none', truth)" if name == "verdict" else name
    sql = (
        f"SELECT {value} AS value, sum(number) AS total FROM claimcount WHERE {where.sql}"
        " GROUP BY 1 ORDER BY total DESC, value"
    )
    return [(str(row[0]), int(row[1])) for row in select(connection, sql, *where.values)]


def totals(connection: Connection) -> dict[str, int]:
    """Counters of articles, sentences and settled sentences, by name."""
    return {str(name): int(number) for name, number in select(connection, "SELECT name, number FROM storecount")}


_FRESH = {
    "claimcount": f"SELECT {', '.join(_KEY.values())}, count(*) FROM claim WHERE NOT hidden"
    f" GROUP BY {', '.join(str(place + 1) for place in range(len(_KEY)))}",
    "storecount": """SELECT 'articles', count(*) FROM article WHERE NOT hidden
      UNION ALL SELECT 'sentences', count(*) FROM sentence JOIN article ON article.version_id = sentence.version_id
        WHERE NOT article.hidden
      UNION ALL SELECT 'settled sentences', count(*) FROM sentence
        JOIN article ON article.version_id = sentence.version_id WHERE NOT article.hidden AND sentence.settled""",
}
_STANDING = {"claimcount": f"SELECT {', '.join(_KEY)}, number FROM claimcount WHERE number <> 0"} | {
    "storecount": "SELECT name, number FROM storecount"
}


def wrong(connection: Connection) -> dict[str, int]:
    """Table of counters -> how many of them do not hold what the rows give; reads every claim."""
    found = {}
    for table, fresh in _FRESH.items():
        standing = _STANDING[table]
        sql = f"SELECT count(*) FROM (SELECT * FROM ({fresh}) EXCEPT {standing})"
        sql += f" UNION ALL SELECT count(*) FROM (SELECT * FROM ({standing}) EXCEPT SELECT * FROM ({fresh}))"
        off = max(int(row[0]) for row in select(connection, sql))
        if off:
            found[table] = off
    return found


def recount(connection: Connection) -> dict[str, int]:
    """Set every counter anew from the rows, inside the caller's transaction; what `wrong` found before."""
    found = wrong(connection)
    for table in found:
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} {_FRESH[table]}")
    return found
