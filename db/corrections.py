"""What each version of an article changed against the one before, on the driver alone."""

from __future__ import annotations

from typing import Any

from db.driver import Connection
from db.pages import select

# A version's own reading is the first it got; the reading before is the last that the version before it got.
_PAIRS = """
WITH shown AS (
  SELECT version.*, lag(version.id) OVER (PARTITION BY article_id ORDER BY number) AS before_id
  FROM version WHERE NOT hidden)
SELECT article.id AS article_id, shown.title, coalesce(outlet.name, agency.name) AS outlet, shown.number AS version,
  older.number AS version_before, shown.retrieved_at AS at, shown.published,
  (SELECT min(id) FROM reading WHERE version_id = shown.id AND NOT reading.hidden) AS reading_id,
  (SELECT max(id) FROM reading WHERE version_id = older.id AND NOT reading.hidden) AS reading_before
FROM shown JOIN version AS older ON older.id = shown.before_id JOIN article ON article.id = shown.article_id
  LEFT JOIN outlet ON outlet.id = article.outlet_id LEFT JOIN agency ON agency.id = article.agency_id
WHERE NOT article.hidden AND (? IS NULL OR article.id = ?)
ORDER BY shown.retrieved_at, shown.id
"""


def pairs(connection: Connection, article_id: int | None) -> list[Any]:
    """Each shown version that has one before it, with the readings to compare; oldest first."""
    return select(connection, _PAIRS, article_id, article_id)


_CLAIMS = """
SELECT claim.id, older.state AS state_before, newer.state AS state, older.text AS before, newer.text AS now,
  source_before.name AS source_before, source_now.name AS source_now, claim.removed,
  EXISTS (SELECT 1 FROM verdict WHERE verdict.claim_id = claim.id) AS judged
FROM claim LEFT JOIN claimreading AS older ON older.claim_id = claim.id AND older.reading_id = :before
  LEFT JOIN claimreading AS newer ON newer.claim_id = claim.id AND newer.reading_id = :after
  LEFT JOIN source AS source_before ON source_before.id = older.source_id
  LEFT JOIN source AS source_now ON source_now.id = newer.source_id
WHERE claim.article_id = :article AND (older.claim_id IS NOT NULL OR newer.claim_id IS NOT NULL)
ORDER BY coalesce(newer.start, older.start), claim.id
"""


def claims(connection: Connection, article_id: int, reading_before: int, reading_id: int) -> list[Any]:
    """Each claim of either reading, as both have it."""
    values = {"article": article_id, "before": reading_before, "after": reading_id}
    return select(connection, _CLAIMS, **values)
