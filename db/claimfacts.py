"""What stands on claims, for deciding about them: many in one query, as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

_FACTS = """
SELECT claim.id, claim.uid, claim.article_id, claim.kind, claim.hidden, claim.revision, claim.status,
  claim.waived_because, claim.flags, claim.wording, claim.truth, claim.attribution, source.uid, source.name,
  claim.source_confirmed,
  (SELECT number FROM version WHERE version.id = coalesce(article.version_id, claim.version_id)),
  t.scale_id, t.label, t.explanation, t.rationale, t.reviewer, t.given_at,
  (SELECT number FROM version WHERE version.id = t.version_id),
  s.scale_id, s.label, s.explanation, s.rationale, s.reviewer, s.given_at,
  (SELECT number FROM version WHERE version.id = s.version_id)
FROM json_each(:ids) AS wanted JOIN claim ON claim.id = wanted.value JOIN article ON article.id = claim.article_id
  LEFT JOIN source ON source.id = claim.source_id
  LEFT JOIN verdict AS t ON t.claim_id = claim.id AND t.judgement = 'truth'
  LEFT JOIN verdict AS s ON s.claim_id = claim.id AND s.judgement = 'attribution'
ORDER BY wanted.key
"""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim as it stands; `standing` are its verdicts as events hold them, None where there is none."""

    id: int
    uid: str
    article_id: int
    kind: str
    hidden: bool
    revision: int
    status: str
    waived_because: str | None
    flags: str
    wording: str | None
    truth: str | None
    attribution: str | None
    source: dict[str, Any] | None
    newest_version: int  # its article's, also for a claim whose words are lost in it
    standing: dict[str, dict[str, Any] | None]


def facts(session: Session, claim_ids: Sequence[int]) -> Iterator[ClaimFacts]:
    """The claims of these ids in their order; one that does not exist is left out."""
    ids = json.dumps([claim_id for claim_id in claim_ids if abs(claim_id) < 2**63])
    for row in session.connection().execute(text(_FACTS), {"ids": ids}):
        source = {"uid": row[12], "name": row[13], "confirmed": bool(row[14])} if row[12] else None
        standing = {"truth": _verdict(row[16:23]), "attribution": _verdict(row[23:30])}
        values: list[Any] = [*row[:4], bool(row[4]), *row[5:12], source, row[15], standing]
        yield ClaimFacts(*values)


def _verdict(row: Sequence[Any]) -> dict[str, Any] | None:
    if row[0] is None:
        return None
    names = ("scale", "label", "explanation", "rationale", "reviewer", "at", "version")
    return dict(zip(names, row, strict=True))
