"""Pages and counts for lists, on the driver alone: importing this imports neither sqlmodel nor sqlalchemy.

Rows come back as `sqlite3.Row`; the services make records of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db import driver
from db.driver import Connection
from db.search import match_query

# Each order: its columns, and their one direction, so that an index serves them either way. The last is unique.
CLAIM_ORDER: dict[str, tuple[tuple[str, ...], str]] = {
    "check": (("check_worthiness", "claim.id"), "DESC"),
    "date": (("sort_date", "claim.id"), "DESC"),
    "source": (("sort_source", "claim.id"), "ASC"),
    "family": (("family_size", "ifnull(family_id, 0)", "claim.id"), "DESC"),
    "article": (("article_id", "start", "claim.id"), "ASC"),
}

VOICE = (
    "CASE WHEN source_kind = 'anonymous' OR anonymity BETWEEN 'C' AND 'H' THEN 'anonymous'"
    " WHEN source_name IS NULL THEN 'none' ELSE 'named' END"
)

_MARKS = {
    "anonymous": f"{VOICE} = 'anonymous'",
    "named": f"{VOICE} = 'named'",
    "stale": "stale",
    "lost": "anchor_state = 'lost'",
    "negated": "negated",
    "family": "family_size > 1",
    "alarm": "family_alarm IS NOT NULL",
    "evidence": "evidence_count > 0",
    "number": "numbers <> '[]'",
    "flag": "flags <> '[]'",
    "open": "stale OR status IN ('open', 'in review')",
    "settled": "NOT stale AND status NOT IN ('open', 'in review')",
}

_FACETS = {
    "kind": "kind",
    "voice": VOICE,
    "status": "status",
    "verdict": "coalesce(truth, 'none')",
    "outlet": "coalesce(outlet, '')",
}


@dataclass(frozen=True, slots=True)
class Where:
    """A condition over `claim` and its parameters."""

    sql: str
    values: list[Any] = field(default_factory=list)


def claims_where(criteria: Mapping[str, Any]) -> Where:
    """The condition for `criteria`, whose names are the fields of the filter; None and "" narrow nothing.

    A mark that is not known narrows to nothing rather than to everything.
    """
    parts = ["claim.hidden = 0"]  # an equality, for the indexes that begin with it
    values: list[Any] = []
    for name, sql in _CRITERIA.items():
        value = criteria.get(name)
        if value not in (None, ""):
            parts.append(sql)
            values.extend([value] * sql.count("?"))
    for mark in sorted(criteria.get("marks") or ()):
        if mark.startswith("flag:"):
            parts.append("EXISTS (SELECT 1 FROM json_each(claim.flags) WHERE value = ?)")
            values.append(mark.removeprefix("flag:"))
        else:
            parts.append(f"({_MARKS.get(mark, '0')})")
    search = match_query(str(criteria.get("search") or ""))
    if search:
        parts.append("claim.id IN (SELECT rowid FROM claim_search WHERE claim_search MATCH ?)")
        values.append(search)
    return Where(" AND ".join(parts), values)


_CRITERIA = {
    "source": "instr(lower(coalesce(source_name, '')), lower(?)) > 0",
    "outlet": "instr(lower(coalesce(outlet, '')), lower(?)) > 0",
    "kind": "kind = ?",
    "status": "status = ?",
    "verdict": "CASE WHEN ? = 'none' THEN truth IS NULL AND attribution IS NULL ELSE ? IN (truth, attribution) END",
    "article_id": "article_id = ?",
    "family_id": "family_id = ?",
    "min_check": "check_worthiness >= ?",
    "since": "sort_date >= ?",
}


def _way(sort: str, turned: bool) -> str:
    """The direction of an order; `turned` reverses it."""
    natural = CLAIM_ORDER[sort][1]
    return natural if not turned else "DESC" if natural == "ASC" else "ASC"


def _order(sort: str, turned: bool) -> str:
    """The columns of ORDER BY."""
    return ", ".join(f"{column} {_way(sort, turned)}" for column in CLAIM_ORDER[sort][0])


def _rows(connection: Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
    try:
        cursor = connection.cursor()
        cursor.row_factory = driver.sqlite.Row
        return cursor.execute(sql, values).fetchall()
    except driver.sqlite.Error as error:
        raise driver.fault_of(error) from error


def count_claims(connection: Connection, where: Where, limit: int = -1) -> int:
    """How many claims match; counts no further than `limit` where that is not negative."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM claim WHERE {where.sql} LIMIT ?)"
    return int(_rows(connection, sql, [*where.values, limit])[0][0])


def claim_page(connection: Connection, where: Where, sort: str, descending: bool, offset: int, limit: int) -> list[Any]:
    """Rows `offset` to `offset + limit` of the matching claims in that order; a negative limit means all.

    The rows to pass over are counted in the index alone; only those of the page are read whole.
    """
    order = _order(sort, descending)
    ids = f"SELECT claim.id FROM claim WHERE {where.sql} ORDER BY {order} LIMIT ? OFFSET ?"
    sql = f"SELECT * FROM claim WHERE claim.id IN ({ids}) ORDER BY {order}"
    return _rows(connection, sql, [*where.values, limit, offset])


def claim_position(connection: Connection, where: Where, sort: str, descending: bool, claim_id: int) -> int | None:
    """Index of a claim in that order, or None when it does not match."""
    if not _rows(connection, f"SELECT 1 FROM claim WHERE {where.sql} AND claim.id = ?", [*where.values, claim_id]):
        return None
    before = _beyond(connection, sort, not descending, claim_id)
    if before is None:
        return None
    sql = f"SELECT count(*) FROM claim WHERE {where.sql} AND {before.sql}"
    return int(_rows(connection, sql, [*where.values, *before.values])[0][0])


def claim_neighbour(connection: Connection, where: Where, sort: str, turned: bool, claim_id: int) -> int | None:
    """The first matching claim behind `claim_id` in that order, by keyset; that claim itself need not match."""
    behind = _beyond(connection, sort, turned, claim_id)
    if behind is None:
        return None
    sql = f"SELECT claim.id FROM claim WHERE {where.sql} AND {behind.sql} ORDER BY {_order(sort, turned)} LIMIT 1"
    found = _rows(connection, sql, [*where.values, *behind.values])
    return int(found[0][0]) if found else None


def _beyond(connection: Connection, sort: str, turned: bool, claim_id: int) -> Where | None:
    """The condition "comes after this claim in that order", by keyset; None for a claim that does not exist."""
    columns = ", ".join(CLAIM_ORDER[sort][0])
    here = _rows(connection, f"SELECT {columns} FROM claim WHERE claim.id = ?", [claim_id])
    if not here:
        return None
    key = list(here[0])
    sign = ">" if _way(sort, turned) == "ASC" else "<"
    return Where(f"({columns}) {sign} ({', '.join('?' * len(key))})", key)


def facet_values(connection: Connection, where: Where, limit: int = -1) -> list[Any]:
    """A row for each combination of facet values among up to `limit` matching claims, with its `number`."""
    listed = ", ".join(f"{sql} AS {name}" for name, sql in _FACETS.items())
    sql = f"SELECT *, count(*) AS number FROM (SELECT {listed} FROM claim WHERE {where.sql} LIMIT ?) GROUP BY"
    places = ", ".join(str(place + 1) for place in range(len(_FACETS)))
    return _rows(connection, f"{sql} {places}", [*where.values, limit])


_ARTICLES = """
SELECT article.*, outlet.name AS outlet, agency.name AS agency,
  (SELECT count(*) FROM version WHERE version.article_id = article.id AND NOT version.hidden) AS versions,
  (SELECT count(*) FROM claim WHERE claim.article_id = article.id AND NOT claim.hidden) AS claims,
  (SELECT count(*) FROM claim WHERE claim.article_id = article.id AND NOT claim.hidden
     AND (claim.stale OR claim.status IN ('open', 'in review'))) AS open_claims,
  (SELECT count(*) FROM sentence WHERE sentence.version_id = article.version_id) AS sentences,
  (SELECT count(*) FROM sentence WHERE sentence.version_id = article.version_id AND sentence.settled) AS settled
FROM article LEFT JOIN outlet ON outlet.id = article.outlet_id LEFT JOIN agency ON agency.id = article.agency_id
WHERE NOT article.hidden
"""


def articles(connection: Connection, criteria: Mapping[str, Any], sort: str, limit: int) -> list[Any]:
    """Articles by "date" (newest first), "title", "outlet" or "check" (most open claims first)."""
    parts, values = "", []
    if criteria.get("search"):
        parts += " AND (instr(lower(article.title), lower(?)) > 0 OR instr(lower(article.name), lower(?)) > 0)"
        values += [criteria["search"]] * 2
    if criteria.get("outlet"):
        parts += " AND instr(lower(coalesce(outlet.name, agency.name, '')), lower(?)) > 0"
        values.append(criteria["outlet"])
    if criteria.get("since"):
        parts += " AND article.published >= ?"
        values.append(criteria["since"])
    if criteria.get("id"):
        parts += " AND article.id = ?"
        values.append(criteria["id"])
    order = {
        "date": "coalesce(article.published, '') DESC, article.id",
        "title": "article.title, article.id",
        "outlet": "outlet.name, article.id",
        "check": "open_claims DESC, article.id",
    }[sort]
    return _rows(connection, f"{_ARTICLES}{parts} ORDER BY {order} LIMIT ?", [*values, limit])


_SOURCES = """
SELECT source.*, count(claim.id) AS claims, count(DISTINCT claim.article_id) AS articles,
  json_group_array(claim.truth) FILTER (WHERE claim.truth IS NOT NULL) AS truths,
  (SELECT json_group_array(name) FROM sourcealias WHERE source_id = source.id) AS aliases
FROM source JOIN claim ON claim.source_id = source.id AND NOT claim.hidden
WHERE NOT source.hidden
"""


def sources(connection: Connection, criteria: Mapping[str, Any], sort: str, limit: int) -> list[Any]:
    """Sources that have claims, by "claims" (most first) or "name"."""
    parts, values = "", []
    if criteria.get("search"):
        parts += " AND instr(lower(source.name), lower(?)) > 0"
        values.append(criteria["search"])
    for name in ("kind", "id"):
        if criteria.get(name):
            parts += f" AND source.{name} = ?"
            values.append(criteria[name])
    order = {"claims": "claims DESC, source.name, source.id", "name": "source.name, source.id"}[sort]
    return _rows(connection, f"{_SOURCES}{parts} GROUP BY source.id ORDER BY {order} LIMIT ?", [*values, limit])


def families(connection: Connection, criteria: Mapping[str, Any], limit: int) -> list[Any]:
    """Families of at least `min_size` quotes, largest first."""
    parts, values = " AND size >= ?", [criteria.get("min_size") or 2]
    if criteria.get("search"):
        parts += " AND instr(lower(text), lower(?)) > 0"
        values.append(criteria["search"])
    if criteria.get("id"):
        parts, values = " AND id = ?", [criteria["id"]]
    sql = f"SELECT * FROM family WHERE NOT hidden{parts} ORDER BY size DESC, id LIMIT ?"
    return _rows(connection, sql, [*values, limit])


def select(connection: Connection, sql: str, *values: Any, **named: Any) -> list[Any]:
    """Rows of a fixed query (`db.cards` and `db.events` keep theirs beside their readers)."""
    return _rows(connection, sql, named or values)
