"""The index of quotes by their grams: which stored quotes may hold the same words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, insert

from db.models import Family, FamilyMember, QuoteGram

MOST = 60  # candidates that are compared (reference/matching.md)


def add(session: Session, claim_id: int, grams: Sequence[int]) -> None:
    """Put a quote into the index; one that is there already stays as it is."""
    if grams:
        rows = [{"gram": gram, "claim_id": claim_id} for gram in grams]
        session.connection().execute(insert(QuoteGram).prefix_with("OR IGNORE"), rows)


def find(session: Session, claim_id: int, grams: Sequence[int]) -> list[int]:
    """Other quotes that share grams with this one, those that share most first; at most `MOST`."""
    values = {"grams": json.dumps(list(grams)), "own": claim_id, "most": MOST}
    return [int(row[0]) for row in session.connection().execute(_SHARING, values)]


_SHARING = text(
    "SELECT claim_id FROM quotegram WHERE gram IN (SELECT value FROM json_each(:grams)) AND claim_id <> :own"
    " GROUP BY claim_id ORDER BY count(*) DESC, claim_id LIMIT :most"
)


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


def connected(session: Session, starts: Sequence[int]) -> list[int]:
    """The shown claims that links lead to from `starts`, those themselves included."""
    return [int(row[0]) for row in session.connection().execute(_CONNECTED, {"starts": _json(starts)})]


def links_among(session: Session, members: Sequence[int]) -> list[Any]:
    """The links whose both ends are in `members`, rejected ones aside."""
    found = session.connection().execute(_AMONG, {"members": _json(members)})
    return list(found)


_AMONG = text(
    "SELECT * FROM link WHERE state <> 'rejected' AND first_id IN (SELECT value FROM json_each(:members))"
    " AND second_id IN (SELECT value FROM json_each(:members)) ORDER BY first_id, second_id"
)


def placed(session: Session, claim_ids: Sequence[int]) -> set[int]:
    """Those of `claim_ids` that were compared already: the index holds them, or a link does."""
    return {int(row[0]) for row in session.connection().execute(_PLACED, {"ids": _json(claim_ids)})}


_PLACED = text(
    "SELECT value FROM json_each(:ids) WHERE EXISTS (SELECT 1 FROM link WHERE first_id = value)"
    " OR EXISTS (SELECT 1 FROM link WHERE second_id = value)"
    " OR value IN (SELECT claim_id FROM quotegram WHERE claim_id IN (SELECT value FROM json_each(:ids)))"
)


def forget(session: Session, claim_ids: Sequence[int]) -> None:
    """Take claims that are no longer shown out of the index, with their links that nobody decided on."""
    among, values = "(SELECT value FROM json_each(:ids))", {"ids": _json(claim_ids)}
    for statement in (
        f"DELETE FROM quotegram WHERE claim_id IN {among}",
        f"DELETE FROM link WHERE state = 'suggested' AND first_id IN {among}",
        f"DELETE FROM link WHERE state = 'suggested' AND second_id IN {among}",
    ):
        session.connection().execute(text(statement), values)


_QUOTES = text(
    """
SELECT id, speaker, date, origin, group_concat(exact, ' … ') AS words FROM (
  SELECT claim.id, claim.source_name AS speaker, claim.sort_date AS date, agency.name AS origin, anchor.exact
  FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = claim.version_id AND role = 'quote'
    JOIN article ON article.id = claim.article_id LEFT JOIN agency ON agency.id = article.agency_id
  WHERE claim.id IN (SELECT value FROM json_each(:ids)) AND NOT claim.hidden ORDER BY claim.id, piece)
GROUP BY id ORDER BY id
"""
)


def quotes(session: Session, claim_ids: Sequence[int]) -> list[Any]:
    """The quoted words of shown claims (id, words, speaker, date, origin); claims without marks are left out."""
    return list(session.connection().execute(_QUOTES, {"ids": _json(claim_ids)}))


def claims_of_article(session: Session, article_id: int) -> list[int]:
    """Every claim of an article, hidden ones too."""
    found = session.connection().execute(text("SELECT id FROM claim WHERE article_id = :id"), {"id": article_id})
    return [int(row[0]) for row in found]


def relatives(session: Session, claim_ids: Sequence[int]) -> list[int]:
    """The claims that share a family with one of these."""
    sql = text(
        "SELECT claim_id FROM familymember WHERE family_id IN"
        " (SELECT family_id FROM familymember WHERE claim_id IN (SELECT value FROM json_each(:ids)))"
    )
    return [int(row[0]) for row in session.connection().execute(sql, {"ids": _json(claim_ids)})]


def _json(claim_ids: Sequence[int]) -> str:
    return json.dumps(list(claim_ids))


def family_numbers(session: Session, claim_ids: Sequence[int]) -> dict[int, int]:
    """claim -> the family it is in, or was in before it was hidden."""
    sql = text(
        "SELECT id, family_id FROM claim WHERE id IN (SELECT value FROM json_each(:ids)) AND family_id IS NOT NULL"
    )
    return {int(row[0]): int(row[1]) for row in session.connection().execute(sql, {"ids": _json(claim_ids)})}


def clear_families(session: Session, claim_ids: Sequence[int]) -> None:
    """Take these claims out of their families; a family without members is hidden. A hidden claim remembers its own."""
    run, values = session.connection().execute, {"ids": _json(claim_ids)}
    among = "claim_id IN (SELECT value FROM json_each(:ids))"
    run(text(f"UPDATE family SET hidden = 1 WHERE id IN (SELECT family_id FROM familymember WHERE {among})"), values)
    run(text(f"DELETE FROM familymember WHERE {among}"), values)
    run(
        text(
            "UPDATE claim SET family_id = NULL, family_size = 0, family_alarm = NULL"
            " WHERE id IN (SELECT value FROM json_each(:ids)) AND family_id IS NOT NULL AND NOT hidden"
        ),
        values,
    )
    session.expire_all()


def put_family(session: Session, number: int | None, uid: str, columns: dict[str, Any]) -> int:
    """Write a family under its number, or a new one; returns the number."""
    family = session.get(Family, number) if number is not None else None
    family = family or Family(uid=uid)
    family.sqlmodel_update(columns)
    session.add(family)
    session.flush()
    return family.id or 0


def put_members(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write the members of one family, and what their claims show of it."""
    run = session.connection().execute
    run(insert(FamilyMember), rows)
    run(
        text(
            "UPDATE claim SET family_id = :family, (family_size, family_alarm) ="
            " (SELECT size, alarm FROM family WHERE id = :family)"
            " WHERE id IN (SELECT claim_id FROM familymember WHERE family_id = :family)"
        ),
        {"family": rows[0]["family_id"]},
    )
    session.expire_all()
