"""The index of quotes by their grams: which stored quotes may hold the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, insert

from db.models import Link, QuoteGram

MOST = 60  # candidates that are compared (reference/matching.md)
COMMON = 2_000  # a gram that so many quotes hold says nothing


def add(session: Session, claim_id: int, grams: Sequence[int]) -> None:
    """Put a quote into the index; one that is there already stays as it is."""
    if grams:
        rows = [{"gram": gram, "claim_id": claim_id} for gram in grams]
        session.connection().execute(insert(QuoteGram).prefix_with("OR IGNORE"), rows)


def find(session: Session, claim_id: int, grams: Sequence[int]) -> list[int]:
    """Other quotes that share grams with this one, those that share most first; at most `MOST`."""
    shared: dict[int, int] = {}
    run = session.connection().execute
    for gram in grams:
        holders = [row[0] for row in run(_HOLDERS, {"gram": gram, "most": COMMON})]
        if len(holders) < COMMON:
            for holder in holders:
                shared[holder] = shared.get(holder, 0) + 1
    shared.pop(claim_id, None)
    return sorted(shared, key=lambda holder: (-shared[holder], holder))[:MOST]


_HOLDERS = text("SELECT claim_id FROM quotegram WHERE gram = :gram LIMIT :most")


def put_links(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Store suggested links; a link that a person decided on stays as it is."""
    for row in rows:
        session.connection().execute(_PUT_LINK, row)


_PUT_LINK = text(
    "INSERT INTO link (first_id, second_id, relation, score, alarms, why, state)"
    " VALUES (:first_id, :second_id, :relation, :score, :alarms, :why, 'suggested')"
    " ON CONFLICT (first_id, second_id) DO NOTHING"
)

_CONNECTED = text(
    """
WITH RECURSIVE reached (id) AS (
  SELECT value FROM json_each(:starts)
  UNION
  SELECT CASE WHEN link.first_id = reached.id THEN link.second_id ELSE link.first_id END
  FROM reached JOIN link ON (link.first_id = reached.id OR link.second_id = reached.id) AND link.state <> 'rejected'
)
SELECT reached.id FROM reached JOIN claim ON claim.id = reached.id WHERE NOT claim.hidden ORDER BY reached.id
"""
)


def connected(session: Session, starts: str) -> list[int]:
    """The shown claims that links lead to from `starts` (a JSON list of claim ids), those themselves included."""
    return [int(row[0]) for row in session.connection().execute(_CONNECTED, {"starts": starts})]


def links_among(session: Session, members: str) -> list[Link]:
    """The links whose both ends are in `members` (a JSON list), rejected ones aside."""
    found = session.connection().execute(_AMONG, {"members": members})
    return [Link(**row._mapping) for row in found]


_AMONG = text(
    "SELECT * FROM link WHERE state <> 'rejected' AND first_id IN (SELECT value FROM json_each(:members))"
    " AND second_id IN (SELECT value FROM json_each(:members)) ORDER BY first_id, second_id"
)
