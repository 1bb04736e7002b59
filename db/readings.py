"""What the readings of one article say of its claims, for carrying claims from one reading into the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from db.models import Anchor, Claim, ClaimReading

VALUES = (
    "kind", "text", "parent_id", "cue_text", "cue_class", "source_text", "source_reason", "source_confidence",
    "anonymity", "hedges", "negated", "numbers", "check_worthiness", "confidence",
)  # fmt: skip

_COLUMNS = ", ".join(VALUES)

_SAVE = f"""
INSERT INTO claimreading
  (claim_id, reading_id, read_in_id, version_id, start, end, state, words, source_id, {_COLUMNS})
SELECT id, coalesce(reading_id, :reading), reading_id, version_id, start, end, anchor_state, 0, born_source_id,
  {_COLUMNS}
FROM claim WHERE article_id = :article AND NOT EXISTS (SELECT 1 FROM claimreading WHERE claim_id = claim.id)
"""


def save(session: Session, article_id: int, reading_id: int) -> None:
    """Keep what the claims of an article that was read once say, before a second reading changes their columns."""
    session.flush()
    session.connection().execute(text(_SAVE), {"article": article_id, "reading": reading_id})


def standing(session: Session, reading_id: int) -> list[Claim]:
    """The claims that belong to a reading, those that a person removed too, in the order of their text."""
    found = (
        select(Claim)
        .join(ClaimReading, col(ClaimReading.claim_id) == col(Claim.id))
        .where(ClaimReading.reading_id == reading_id)
    )
    return list(session.exec(found.order_by(col(Claim.start), col(Claim.id))))


def decided(session: Session, article_id: int) -> set[int]:
    """The claims of an article about which a person decided anything, even if it was taken back."""
    sql = "SELECT DISTINCT claim_id FROM event WHERE claim_id IN (SELECT id FROM claim WHERE article_id = :article)"
    return {int(row[0]) for row in session.connection().execute(text(sql), {"article": article_id})}


def shaped(session: Session, article_id: int) -> set[int]:
    """The claims of an article that a person made, or whose places, kind, voice or whole a person chose."""
    sql = (
        "SELECT id FROM claim WHERE article_id = :article AND reading_id IS NULL UNION"
        " SELECT claim_id FROM event WHERE subject = 'claim' AND field IN ('spans', 'kind', 'anonymity', 'parent')"
        " AND claim_id IN (SELECT id FROM claim WHERE article_id = :article)"
    )
    return {int(row[0]) for row in session.connection().execute(text(sql), {"article": article_id})}


def anchors(session: Session, article_id: int) -> dict[tuple[int, int], list[Anchor]]:
    """(claim, version) -> its anchors, by role and piece."""
    own = (
        select(Anchor)
        .join(Claim, col(Claim.id) == col(Anchor.claim_id))
        .where(Claim.article_id == article_id)
        .order_by(col(Anchor.claim_id), col(Anchor.version_id), col(Anchor.role), col(Anchor.piece))
    )
    grouped: dict[tuple[int, int], list[Anchor]] = {}
    for row in session.exec(own):
        grouped.setdefault((row.claim_id, row.version_id), []).append(row)
    return grouped


def earlier(session: Session, article_id: int) -> dict[int, list[Any]]:
    """claim -> (reading, words, text, source) of each reading that it was in, oldest first."""
    sql = (
        "SELECT claim_id, claimreading.reading_id, words, claimreading.text, claimreading.source_id FROM claimreading"
        " JOIN claim ON claim.id = claim_id WHERE article_id = :article ORDER BY claim_id, claimreading.reading_id"
    )
    grouped: dict[int, list[Any]] = {}
    for row in session.connection().execute(text(sql), {"article": article_id}):
        grouped.setdefault(int(row.claim_id), []).append(row)
    return grouped


def reworded(session: Session, article_id: int) -> list[int]:
    """The claims of an article whose words were not the same in all its readings."""
    sql = (
        "SELECT claim_id FROM claimreading JOIN claim ON claim.id = claim_id WHERE article_id = :article"
        " GROUP BY claim_id HAVING count(DISTINCT words) > 1 ORDER BY claim_id"
    )
    return [int(row[0]) for row in session.connection().execute(text(sql), {"article": article_id})]


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Say what a reading holds."""
    from sqlmodel import insert

    if rows:
        session.connection().execute(insert(ClaimReading), list(rows))
