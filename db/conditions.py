"""Conditions over claims: from the criteria of a filter to SQL that an index of each order can answer alone.

The indexes `claim_by_*` (migration 0005) hold, after the columns of their order, what most criteria ask for: the traits
as bits of one number, labels, outlet and source. A page is then read from one index until it is full.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from db.search import match_query

VOICE = (
    "CASE WHEN source_kind = 'anonymous' OR anonymity BETWEEN 'C' AND 'H' THEN 'anonymous'"
    " WHEN source_name IS NULL THEN 'none' ELSE 'named' END"
)

# Word for word the expression in the indexes of migration 0005: SQLite knows it again by its words.
TRAITS = (
    "CASE kind WHEN 'direct' THEN 1 WHEN 'mixed' THEN 2 WHEN 'indirect' THEN 4 ELSE 8 END"
    " + CASE WHEN source_kind = 'anonymous' OR anonymity BETWEEN 'C' AND 'H' THEN 16"
    " WHEN source_name IS NULL THEN 32 ELSE 64 END"
    " + CASE status WHEN 'open' THEN 128 WHEN 'in review' THEN 256 WHEN 'checked' THEN 512"
    " WHEN 'approved' THEN 1024 WHEN 'waived' THEN 2048 ELSE 4096 END"
    " + 8192 * (stale <> 0) + 16384 * (anchor_state = 'lost') + 32768 * (negated <> 0) + 65536 * (family_size > 1)"
    " + 131072 * (family_alarm IS NOT NULL) + 262144 * (evidence_count > 0) + 524288 * (numbers <> '[]')"
    " + 1048576 * (flags <> '[]')"
    # coarsely: check-worthiness in 1023rds, and the month
    " + 2097152 * CAST(check_worthiness * 1023 AS INTEGER)"
    " + 2147483648 * (12 * CAST(substr(sort_date, 1, 4) AS INTEGER) + CAST(substr(sort_date, 6, 2) AS INTEGER))"
)
_KINDS = {"direct": 1, "mixed": 2, "indirect": 4, "statement": 8}
_STATUSES = {"open": 128, "in review": 256, "checked": 512, "approved": 1024, "waived": 2048, "not a claim": 4096}
_OPEN = 128 | 256 | 8192
_BITS = {
    "anonymous": 16, "named": 64, "stale": 8192, "lost": 16384, "negated": 32768, "family": 65536, "alarm": 131072,
    "evidence": 262144, "number": 524288, "flag": 1048576, "open": _OPEN,
}  # fmt: skip

# Rare traits have an index of their own, `claim_rare_*`, with the columns of every order: the claims that an order's
# index would have to be searched long for.
RARE = {
    "stale": "stale",
    "lost": "anchor_state = 'lost'",
    "alarm": "family_alarm IS NOT NULL",
    "evidence": "evidence_count > 0",
    "flag": "flags <> '[]'",
}
# Those of one order where they may stand behind a very long run of others.
OWN = {"anonymous": ("source", "claim_rare_anonymous", f"hidden = 0 AND {VOICE} = 'anonymous'")}
# Statements have no source, but for those that a person gave one: all that an order by source has to look at.
SOURCED = "claim INDEXED BY claim_rare_statement WHERE kind = 'statement' AND source_id IS NOT NULL"
_NARROW = {
    "family": "hidden = 0 AND family_size > 1",
    "settled": "hidden = 0 AND status IN ('checked', 'approved', 'waived', 'not a claim')",
}

_CONFLICTING = "SELECT first_id AS id FROM conflict UNION SELECT second_id FROM conflict"
_OUTLETS = "SELECT id FROM outlet WHERE instr(lower(name), lower(?)) > 0"
_AGENCIES = _OUTLETS.replace("FROM outlet", "FROM agency")
_NAMED = "instr(lower(coalesce(source_name, '')), lower(?)) > 0"
# The same by the source's own row: for a walk along an index, which holds the number of the source and not its name.
_LOOKED_UP = "(SELECT instr(lower(name), lower(?)) FROM source WHERE source.id = claim.source_id) > 0"


@dataclass(frozen=True, slots=True)
class Where:
    """A condition over `claim` and its parameters, and by what indexes the claims that fit can be found.

    `few`: queries of ids, each of which holds every claim that fits; `rare`: names of `RARE` that it asks for.
    """

    sql: str
    values: list[Any] = field(default_factory=list)
    few: tuple[tuple[str, list[Any]], ...] = ()
    search: str | None = None  # the full-text query in it; it stands last
    rare: tuple[str, ...] = ()
    source: str | None = None  # what the name of the source must hold
    own: dict[str, str] = field(default_factory=dict)  # of an order: "claim INDEXED BY … WHERE …" of its own
    statements: bool = False  # narrowed to those
    # of an order: a condition that follows from this one and that the index of the order can seek
    hints: dict[str, tuple[str, list[Any]]] = field(default_factory=dict)

    @property
    def unsearched(self) -> Where:
        """The condition without its search."""
        if self.search is None:
            return self
        return replace(self, sql=self.sql.removesuffix(f" AND {_FOUND}"), values=self.values[:-1], search=None)

    def hint(self, sort: str) -> tuple[str, list[Any]]:
        """What the index of an order can seek, and its parameters."""
        found = [self.hints[name] for name in (sort, "") if name in self.hints]
        return " AND ".join(sql for sql, _ in found) or "1", [value for _, values in found for value in values]

    def among(self, sources: Sequence[tuple[int, str]]) -> Where:
        """The same where these (number, name) are all the sources whose name fits."""
        ids = json.dumps([number for number, _ in sources])
        keys = json.dumps(sorted({name.casefold() for _, name in sources}))
        listed = "IN (SELECT value FROM json_each(?))"
        few = (f"SELECT id FROM claim WHERE source_id {listed}", [ids])
        hints = {"": (f"source_id {listed}", [ids]), "source": (f"sort_source {listed}", [keys])}
        return replace(self, few=(few, *self.few), hints=self.hints | hints)

    def unsourced(self) -> Where:
        """The same where few statements have a source."""
        keys = f"sort_source IN (SELECT sort_source FROM {SOURCED} UNION ALL SELECT char(65535))"
        return replace(self, hints=self.hints | {"source": (keys, [])})

    def looked_up(self) -> Where:
        """The same where the names of very many sources fit."""
        return replace(self, sql=self.sql.replace(_NAMED, _LOOKED_UP))


_FOUND = "claim.id IN (SELECT rowid FROM claim_search WHERE claim_search MATCH ?)"


@dataclass
class _Parts:
    """A condition in the making."""

    sql: list[str] = field(default_factory=lambda: ["claim.hidden = 0"])  # an equality: the indexes begin with it
    values: list[Any] = field(default_factory=list)
    few: list[tuple[str, list[Any]]] = field(default_factory=list)
    rare: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    hints: dict[str, tuple[str, list[Any]]] = field(default_factory=dict)

    def add(self, sql: str, value: Any) -> None:
        self.sql.append(sql)
        self.values.extend([value] * sql.count("?"))

    def among(self, condition: str, value: Any = None) -> None:
        """Every claim that fits is among those of `condition`, which an index answers."""
        self.few.append((f"SELECT id FROM claim WHERE {condition}", [value] * condition.count("?")))

    def bits(self, wanted: int) -> None:
        self.sql.append(f"({TRAITS}) & {wanted}")


def claims_where(criteria: Mapping[str, Any]) -> Where:
    """The condition for `criteria`, whose names are the fields of the filter; None and "" narrow nothing.

    A mark that is not known narrows to nothing rather than to everything.
    """
    parts = _Parts()
    for name, add in _CRITERIA.items():
        value = criteria.get(name)
        if value not in (None, ""):
            add(parts, value)
    for mark in sorted(criteria.get("marks") or ()):
        _mark(parts, mark)
    search = match_query(str(criteria.get("search") or ""))
    if search:
        parts.add(_FOUND, search)
    return Where(
        " AND ".join(parts.sql),
        parts.values,
        tuple(parts.few),
        search,
        tuple(parts.rare),
        criteria.get("source") or None,
        parts.own,
        criteria.get("kind") == "statement",
        parts.hints,
    )


def _mark(parts: _Parts, mark: str) -> None:
    if mark.startswith("flag:"):
        parts.bits(_BITS["flag"])
        parts.add("EXISTS (SELECT 1 FROM json_each(claim.flags) WHERE value = ?)", mark.removeprefix("flag:"))
        mark = "flag"
    elif mark == "conflict":
        parts.sql.append(f"claim.id IN ({_CONFLICTING})")
        parts.few.append((_CONFLICTING, []))
    elif mark == "settled":
        parts.sql.append(f"({TRAITS}) & {_OPEN} = 0")
    else:
        parts.bits(_BITS.get(mark, 0))
    if mark in ("family", "alarm"):
        parts.hints["family"] = ("family_size > 1", [])  # where the order by family begins
    if mark in OWN:
        sort, index, condition = OWN[mark]
        parts.own[sort] = f"claim INDEXED BY {index} WHERE {condition}"
    if mark in RARE:
        parts.rare.append(mark)
    if mark in _NARROW:
        parts.among(_NARROW[mark])


def _status(parts: _Parts, value: str) -> None:
    parts.bits(_STATUSES.get(value, 0))
    parts.among("hidden = 0 AND status = ?", value)


def _verdict(parts: _Parts, value: str) -> None:
    if value == "none":
        parts.sql.append("truth IS NULL AND attribution IS NULL")
        return
    parts.add("? IN (truth, attribution)", value)
    parts.among("truth = ? UNION SELECT id FROM claim WHERE attribution = ?", value)


def _source(parts: _Parts, value: str) -> None:
    parts.add(_NAMED, value)


def _outlet(parts: _Parts, value: str) -> None:
    parts.add("instr(lower(coalesce(outlet, '')), lower(?)) > 0", value)
    articles = f"SELECT id FROM article WHERE outlet_id IN ({_OUTLETS}) OR agency_id IN ({_AGENCIES})"
    parts.among(f"article_id IN ({articles})", value)
    parts.hints["article"] = (f"article_id IN ({articles})", [value, value])


def _plain(condition: str) -> Any:
    """A criterion that a column's own index answers."""

    def add(parts: _Parts, value: Any) -> None:
        parts.add(condition, value)
        parts.among(condition, value)

    return add


def _min_check(parts: _Parts, value: float) -> None:
    parts.add(f"(({TRAITS}) >> 21) & 1023 >= CAST(? * 1023 AS INTEGER)", value)
    parts.add("check_worthiness >= ?", value)
    parts.among("hidden = 0 AND check_worthiness >= ?", value)


def _since(parts: _Parts, value: str) -> None:
    month = "12 * CAST(substr(?, 1, 4) AS INTEGER) + CAST(substr(?, 6, 2) AS INTEGER)"
    parts.add(f"({TRAITS}) >> 31 >= {month}", value)
    parts.add("sort_date >= ?", value)
    parts.among("hidden = 0 AND sort_date >= ?", value)


_CRITERIA: dict[str, Any] = {
    "article_id": _plain("article_id = ?"),
    "family_id": _plain("family_id = ?"),
    "status": _status,
    "verdict": _verdict,
    "min_check": _min_check,
    "since": _since,
    "source": _source,
    "outlet": _outlet,
    "kind": lambda parts, value: parts.bits(_KINDS.get(value, 0)),
}
