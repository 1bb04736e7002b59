"""The index of figures, and the conflicts that were found. In the session's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from db.engine import driven

_PER_KEY = 120  # claims of one key that are looked at, the newest first

_OWN = "(SELECT id FROM claim WHERE article_id = ?)"
_STATED = "SELECT id, text, source_name AS source, sort_date AS date FROM claim WHERE NOT hidden"


def forget(session: Session, article_id: int) -> None:
    """Take the claims of an article out of the index and out of all conflicts."""
    run = driven(session).execute
    run(f"DELETE FROM conflict WHERE first_id IN {_OWN} OR second_id IN {_OWN}", (article_id, article_id))
    run(f"DELETE FROM figurekey WHERE claim_id IN {_OWN}", (article_id,))


def stated(session: Session, article_id: int) -> list[Any]:
    """The shown claims of an article that may hold figures: number, words, source, date."""
    return list(session.connection().exec_driver_sql(f"{_STATED} AND article_id = ? ORDER BY id", (article_id,)))


def stated_by(session: Session, claim_ids: Iterable[int]) -> list[Any]:
    """Claims by their numbers, those that are shown, as `stated` gives them."""
    sql = f"{_STATED} AND id IN (SELECT value FROM json_each(?))"
    return list(session.connection().exec_driver_sql(sql, (json.dumps(sorted(claim_ids)),)))


def put_keys(session: Session, rows: Iterable[tuple[int, int]]) -> None:
    """Index claims under their keys: (key, claim)."""
    if found := sorted(set(rows)):
        driven(session).executemany("INSERT INTO figurekey (key, claim_id) VALUES (?, ?)", found)


_SHARING = """
SELECT wanted.value, (SELECT group_concat(claim_id) FROM (
  SELECT claim_id FROM figurekey WHERE "key" = wanted.value ORDER BY claim_id DESC LIMIT ?))
FROM json_each(?) AS wanted
"""


def sharing(session: Session, keys: Iterable[int]) -> dict[int, list[int]]:
    """Key -> the claims that have it, the newest first."""
    values = (_PER_KEY, json.dumps(sorted(set(keys))))
    found = driven(session).execute(_SHARING, values)
    return {key: list(map(int, claims.split(","))) for key, claims in found if claims}


def put(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    """Store conflicts (first, second, one, other, unit, score, why); one that is there already is replaced."""
    if rows:
        sql = (
            "INSERT OR REPLACE INTO conflict (first_id, second_id, one, other, unit, score, why)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        driven(session).executemany(sql, rows)
