"""Pages and counts for lists, on the driver alone: importing this imports neither sqlmodel nor sqlalchemy.

Rows come back as `sqlite3.Row`; the services make records of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from db import driver
from db.conditions import RARE, SOURCED, VOICE
from db.conditions import Where as Where
from db.conditions import claims_where as claims_where
from db.driver import Connection

# Each order: its columns, and their one direction, so that an index serves them either way. The last is unique.
CLAIM_ORDER: dict[str, tuple[tuple[str, ...], str]] = {
    "check": (("check_worthiness", "claim.id"), "DESC"),
    "date": (("sort_date", "claim.id"), "DESC"),
    "source": (("sort_source", "claim.id"), "ASC"),
    "family": (("family_size", "ifnull(family_id, 0)", "claim.id"), "DESC"),
    "article": (("article_id", "start", "claim.id"), "ASC"),
}

# A claim's own `family_size` moves in steps where the family is large (see kin.step); this is the size itself.
CLAIM = "claim.*, (SELECT size FROM family WHERE family.id = claim.family_id) AS copies"

_FACETS = {
    "kind": "kind",
    "voice": VOICE,
    "status": "status",
    "verdict": "coalesce(truth, 'none')",
    "outlet": "coalesce(outlet, '')",
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


FEW = 800  # claims that are read one by one and sorted rather than looked for in an order
RARE_FEW = 8_000  # claims of a rare trait that are sorted out of its own index
SOURCES_FEW = 2_000  # sources that are looked up by number; of more, each claim's source is asked
MANY = 150_000  # claims that a search finds: beyond it, rows are asked whether they match rather than matches listed
RELEVANCE = "relevance"  # the order of a search's best matches; that of "check" where there is no search


def _plan(connection: Connection, where: Where, sort: str, *, far: bool = False) -> tuple[str, list[Any]]:
    """FROM and WHERE of the matching claims, by whichever way looks at fewer rows; `far`: beyond a page or two."""
    where = _with_sources(connection, where)
    bare = where.unsearched
    ways = bare.few if where.search is None else ((_SEARCHED, [where.search]), *bare.few)
    for query, values in ways:
        ids = [row[0] for row in _rows(connection, f"{query} LIMIT {FEW + 1}", values)]
        if len(ids) <= FEW:
            rest = bare if query == _SEARCHED else where
            listed = "claim NOT INDEXED WHERE claim.id IN (SELECT value FROM json_each(?))"
            return f"{listed} AND {rest.sql}", [json.dumps(ids), *rest.values]
    for name in where.rare:
        rare = f"claim INDEXED BY claim_rare_{name} WHERE {RARE[name]}"
        if _are_few(connection, rare):
            return f"{rare} AND {where.sql}", where.values
    if where.statements and sort == "source" and _are_few(connection, SOURCED):
        where = where.unsourced()
    hint, hinted = where.hint(sort)
    index = f"{where.own.get(sort) or f'claim INDEXED BY claim_by_{sort} WHERE 1'} AND {hint} AND"
    quick = where.search is not None and not _LONG_BEGINNING.search(where.search)
    if where.search is not None and quick and not far and _matches(connection, where.search) > MANY:
        return f"{index} {bare.sql} AND {_ASKED}", [*hinted, *bare.values, where.search]
    return f"{index} {where.sql}", [*hinted, *where.values]


def _are_few(connection: Connection, source: str) -> bool:
    """Whether an index of rare claims (FROM and WHERE) holds so few that all of them can be looked at."""
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT {RARE_FEW + 1})"
    return int(_rows(connection, counted)[0][0]) <= RARE_FEW


def _with_sources(connection: Connection, where: Where) -> Where:
    """The condition by the numbers of the sources that it names."""
    if where.source is None:
        return where
    sql = "SELECT id, name FROM source NOT INDEXED WHERE instr(lower(name), lower(?)) > 0 LIMIT ?"
    found = _rows(connection, sql, [where.source, SOURCES_FEW + 1])
    return where.among([tuple(row) for row in found]) if len(found) <= SOURCES_FEW else where.looked_up()


# FTS5 gathers the matches of an unfinished word anew each time it is asked, but those of 2 to 8 letters are indexed.
_LONG_BEGINNING = re.compile(r'[^"]{9,}"\*')
_ASKED = "EXISTS (SELECT 1 FROM claim_search WHERE claim_search MATCH ? AND claim_search.rowid = claim.id)"
_SEARCHED = "SELECT rowid AS id FROM claim_search WHERE claim_search MATCH ?"


def _matches(connection: Connection, search: str) -> int:
    """About how many claims a search finds, from how densely the first of them lie."""
    sql = f"SELECT max(id), count(*), (SELECT max(id) FROM claim) FROM ({_SEARCHED} LIMIT {FEW})"
    last, found, every = _rows(connection, sql, [search])[0]
    return int(found * every / last) if last else 0


def _countable(connection: Connection, where: Where) -> tuple[str, list[Any]]:
    """FROM and WHERE of the matching claims in any order: those of a search alone come one by one, not all at first."""
    if where.search is None or where.unsearched.values or where.unsearched.sql != "claim.hidden = 0":
        return _plan(connection, where, "check")
    found = "(SELECT rowid AS found FROM claim_search WHERE claim_search MATCH ?)"
    return f"{found} CROSS JOIN claim ON claim.id = found WHERE {where.unsearched.sql}", [where.search]


def count_claims(connection: Connection, where: Where, limit: int = -1) -> int:
    """How many claims match; counts no further than `limit` where that is not negative."""
    source, values = _countable(connection, where)
    return int(_rows(connection, f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT ?)", [*values, limit])[0][0])


def claim_page(
    connection: Connection,
    where: Where,
    sort: str,
    descending: bool,
    offset: int,
    limit: int,
    beyond: Sequence[Any] | None = None,
) -> list[Any]:
    """Rows `offset` to `offset + limit` of the matching claims in that order; a negative limit means all.

    The rows to pass over are counted in the index alone; only those of the page are read whole. They are counted
    from the beginning, or from the key `beyond` (`key_of`).
    """
    if sort == RELEVANCE and where.search is not None:
        return _relevant(connection, where, descending, CLAIM, limit, offset)
    sort = _plain(sort)
    order = _order(sort, descending)
    source, values = _plan(connection, where, sort, far=limit < 0 or offset + limit > FAR)
    if beyond is not None:
        after = _after(sort, descending, beyond)
        source, values = f"{source} AND {after.sql}", [*values, *after.values]
    ids = f"SELECT claim.id FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
    sql = f"SELECT {CLAIM} FROM claim NOT INDEXED WHERE claim.id IN ({ids}) ORDER BY {order}"
    return _rows(connection, sql, [*values, limit, offset])


FAR = 3_000  # rows from which on the matches of a search are listed rather than each row asked


def key_of(row: Mapping[str, Any], sort: str) -> tuple[Any, ...]:
    """Where a row of `claim_page` stands in an order."""
    names = (column.removeprefix("claim.") for column in CLAIM_ORDER[_plain(sort)][0])
    return tuple(row["family_id"] or 0 if name.startswith("ifnull") else row[name] for name in names)


def claim_keys(
    connection: Connection, where: Where, sort: str, descending: bool, step: int
) -> tuple[list[tuple[Any, ...]], int]:
    """The key of every `step`th of the matching claims in that order, and how many match. Reads all of them."""
    columns = ", ".join(CLAIM_ORDER[sort][0])
    source, values = _plan(connection, where, sort, far=True)
    matching = f"SELECT {columns} FROM {source} ORDER BY {_order(sort, descending)}"
    placed = f"SELECT *, row_number() OVER () AS place FROM ({matching})"
    rows = _rows(connection, f"SELECT * FROM ({placed}) WHERE place % ? = 0", [*values, step])
    keys = [tuple(row)[:-1] for row in rows]
    after = _after(sort, descending, keys[-1]) if keys else Where("1")
    rest = f"SELECT count(*) FROM {source} AND {after.sql}"
    return keys, len(keys) * step + int(_rows(connection, rest, [*values, *after.values])[0][0])


def _plain(sort: str) -> str:
    return "check" if sort == RELEVANCE else sort


def _relevant(
    connection: Connection, where: Where, descending: bool, columns: str, limit: int = -1, offset: int = 0
) -> list[Any]:
    """Matching claims, the best first (by FTS5's BM25), or the least with `descending`."""
    bare, way = where.unsearched, "DESC" if descending else "ASC"
    sql = (
        f"SELECT {columns} FROM (SELECT rowid AS found, rank AS how FROM claim_search WHERE claim_search MATCH ?)"
        f" JOIN claim ON claim.id = found WHERE {bare.sql} ORDER BY how {way}, claim.id {way} LIMIT ? OFFSET ?"
    )
    return _rows(connection, sql, [where.search, *bare.values, limit, offset])


def claim_ids(connection: Connection, where: Where) -> list[int]:
    """The numbers of all matching claims, smallest first."""
    sql = f"SELECT claim.id FROM claim WHERE {where.sql} ORDER BY claim.id"
    return [row[0] for row in _rows(connection, sql, where.values)]


_STANDING = """
SELECT count(*), count(*) FILTER (WHERE NOT stale AND status NOT IN ('open', 'in review')), count(truth),
  count(attribution), count(*) FILTER (WHERE kind = 'statement') FROM claim WHERE """


def standing(connection: Connection, where: Where) -> tuple[int, ...]:
    """Of the matching claims: all, settled ones, those with a truth and an attribution verdict, statements."""
    return tuple(_rows(connection, _STANDING + where.sql, where.values)[0])


def claim_position(
    connection: Connection, where: Where, sort: str, descending: bool, claim_id: int, within: int = -1
) -> int | None:
    """Index of a claim in that order; None when it does not match, or stands behind the first `within` rows."""
    if sort == RELEVANCE and where.search is not None:
        ids = [row[0] for row in _relevant(connection, where, descending, "claim.id")]
        return ids.index(claim_id) if claim_id in ids else None
    sort = _plain(sort)
    if not _matching(connection, where, claim_id):
        return None
    before = _beyond(connection, sort, not descending, claim_id)
    if before is None:
        return None
    source, values = _plan(connection, where, sort, far=not 0 <= within < FAR)
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {source} AND {before.sql} LIMIT ?)"
    found = int(_rows(connection, counted, [*values, *before.values, within + 1 if within >= 0 else -1])[0][0])
    return found if found <= within or within < 0 else None


def _matching(connection: Connection, where: Where, claim_id: int) -> bool:
    """Whether that claim is one of the matching ones."""
    bare, asked = where.unsearched, f" AND {_ASKED}" if where.search is not None else ""
    values = [claim_id, *bare.values, *([where.search] if where.search is not None else [])]
    return bool(_rows(connection, f"SELECT 1 FROM claim WHERE claim.id = ? AND {bare.sql}{asked}", values))


def claim_neighbour(connection: Connection, where: Where, sort: str, turned: bool, claim_id: int) -> int | None:
    """The first matching claim behind `claim_id` in that order, by keyset; that claim itself need not match."""
    if sort == RELEVANCE and where.search is not None:
        ids = [int(row[0]) for row in _relevant(connection, where, turned, "claim.id")]
        place = ids.index(claim_id) + 1 if claim_id in ids else 0
        return ids[place] if place < len(ids) else None
    sort = _plain(sort)
    behind = _beyond(connection, sort, turned, claim_id)
    if behind is None:
        return None
    source, values = _plan(connection, where, sort)
    sql = f"SELECT claim.id FROM {source} AND {behind.sql} ORDER BY {_order(sort, turned)} LIMIT 1"
    found = _rows(connection, sql, [*values, *behind.values])
    return int(found[0][0]) if found else None


def _beyond(connection: Connection, sort: str, turned: bool, claim_id: int) -> Where | None:
    """The condition "comes after this claim in that order", by keyset; None for a claim that does not exist."""
    columns = ", ".join(CLAIM_ORDER[sort][0])
    here = _rows(connection, f"SELECT {columns} FROM claim WHERE claim.id = ?", [claim_id])
    if not here:
        return None
    return _after(sort, turned, here[0])


def _after(sort: str, turned: bool, key: Sequence[Any]) -> Where:
    """The condition "comes after this key in that order"."""
    sign = ">" if _way(sort, turned) == "ASC" else "<"
    if sort == "family" and sign == "<" and not key[0]:  # the long run of those of no family: one range of the index
        return Where("family_size = 0 AND ifnull(family_id, 0) = 0 AND claim.id < ?", [key[2]])
    columns = ", ".join(CLAIM_ORDER[sort][0])
    return Where(f"({columns}) {sign} ({', '.join('?' * len(key))})", list(key))


def facet_values(connection: Connection, where: Where, limit: int = -1) -> list[Any]:
    """A row for each combination of facet values among up to `limit` matching claims, with its `number`."""
    listed = ", ".join(f"{sql} AS {name}" for name, sql in _FACETS.items())
    source, values = _countable(connection, where)
    places = ", ".join(str(place + 1) for place in range(len(_FACETS)))
    sql = f"SELECT *, count(*) AS number FROM (SELECT {listed} FROM {source} LIMIT ?) GROUP BY {places}"
    return _rows(connection, sql, [*values, limit])


_ARTICLES = """
SELECT article.*, outlet.name AS outlet, agency.name AS agency,
  (SELECT count(*) FROM version WHERE version.article_id = article.id AND NOT version.hidden) AS versions,
  (SELECT count(*) FROM claim WHERE claim.article_id = article.id AND NOT claim.hidden) AS claims,
  (SELECT count(*) FROM claim WHERE claim.article_id = article.id AND NOT claim.hidden
     AND (claim.stale OR claim.status IN ('open', 'in review'))) AS open_claims,
  (SELECT count(*) FROM sentence WHERE sentence.version_id = article.version_id) AS sentences,
  (SELECT count(*) FROM sentence WHERE sentence.version_id = article.version_id AND sentence.settled) AS settled,
  (SELECT other.id FROM article AS other JOIN version AS theirs ON theirs.id = other.version_id
     JOIN version AS own ON own.id = article.version_id AND own.digest = theirs.digest
   WHERE other.id = article.copy_of_id AND NOT other.hidden) AS same_text
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


_FAMILY_ORDERS = {
    "size": "size DESC, id", "origins": "origins DESC, size DESC, id", "date": "earliest DESC, id",
}  # fmt: skip


def families(connection: Connection, criteria: Mapping[str, Any], limit: int, sort: str = "size") -> list[Any]:
    """Families of at least `min_size` quotes: largest first, or of most origins, or the latest first."""
    parts, values = " AND size >= ?", [criteria.get("min_size") or 2]
    if criteria.get("search"):
        parts += " AND instr(lower(text), lower(?)) > 0"
        values.append(criteria["search"])
    if criteria.get("since"):
        parts += " AND earliest >= ?"
        values.append(criteria["since"])
    if criteria.get("id"):
        parts, values = " AND id = ?", [criteria["id"]]
    sql = f"SELECT * FROM family WHERE NOT hidden{parts} ORDER BY {_FAMILY_ORDERS[sort]} LIMIT ?"
    return _rows(connection, sql, [*values, limit])


def select(connection: Connection, sql: str, *values: Any, **named: Any) -> list[Any]:
    """Rows of a fixed query (`db.cards` and `db.events` keep theirs beside their readers)."""
    return _rows(connection, sql, named or values)
