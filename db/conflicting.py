"""The index of figures, and the conflicts that were found. In the session's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

_PER_KEY = 120  # claims of one key that are looked at, the newest first
_BEST = 24  # candidates that are compared

_OWN = "(SELECT id FROM claim WHERE article_id = :article)"
_FORGET = (
    f"DELETE FROM conflict WHERE first_id IN {_OWN} OR second_id IN {_OWN}",
    f"DELETE FROM figurekey WHERE claim_id IN {_OWN}",
)
_STATED = "SELECT id, text, source_name AS source, sort_date AS date FROM claim WHERE NOT hidden"


def forget(session: Session, article_id: int) -> None:
    """Take the claims of an article out of the index and out of all conflicts."""
    for statement in _FORGET:
        session.connection().execute(text(statement), {"article": article_id})


def stated(session: Session, article_id: int) -> list[Any]:
    """The shown claims of an article that may hold figures: number, words, source, date."""
    return list(session.connection().execute(text(f"{_STATED} AND article_id = :article"), {"article": article_id}))


def put_keys(session: Session, claim_id: int, keys: Iterable[int]) -> None:
    """Index a claim under its keys."""
    rows = [{"key": key, "claim": claim_id} for key in set(keys)]
    if rows:
        session.connection().execute(text("INSERT INTO figurekey (key, claim_id) VALUES (:key, :claim)"), rows)


def candidates(session: Session, claim_id: int, keys: Sequence[int]) -> list[Any]:
    """Claims that share keys with a claim, those that share most first, as `stated` gives them."""
    shared: dict[int, int] = {}
    sql = text(
        "SELECT claim_id FROM figurekey WHERE key = :key AND claim_id <> :claim ORDER BY claim_id DESC LIMIT :most"
    )
    for key in set(keys):
        for row in session.connection().execute(sql, {"key": key, "claim": claim_id, "most": _PER_KEY}):
            shared[row[0]] = shared.get(row[0], 0) + 1
    best = sorted(shared, key=lambda number: (-shared[number], -number))[:_BEST]
    if not best:
        return []
    found = text(f"{_STATED} AND id IN (SELECT value FROM json_each(:ids))")
    return list(session.connection().execute(found, {"ids": json.dumps(best)}))


def put(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store conflicts; one that is there already is replaced."""
    if rows:
        sql = (
            "INSERT OR REPLACE INTO conflict (first_id, second_id, one, other, unit, score, why)"
            " VALUES (:first, :second, :one, :other, :unit, :score, :why)"
        )
        session.connection().execute(text(sql), rows)
