"""What `db.folding` does for one claim, for thousands at once: the same columns, in a few statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from db import naming
from db.folding import SETTLED_BY_CLAIMS, STALE
from db.models import Source

FIELDS = ("truth", "attribution", "status", "waived_because", "flags", "wording", "source")
Change = tuple[int, str, Any]  # claim, field, value


def takes(subject: str, field: str) -> bool:
    """Whether changes of that field can be folded in batches."""
    return subject == "claim" and field in FIELDS


def apply(session: Session, changes: Sequence[Change]) -> None:
    """Set the columns of these fields of claims to their values; a later change of a field wins.

    Gives the columns that `folding.apply` would give one by one.
    """
    session.flush()
    run = session.connection().execute
    for field in FIELDS:
        values = {claim: value for claim, name, value in changes if name == field}
        if values:
            for sql, rows in _STATEMENTS[field](session, values):
                if rows:
                    run(text(sql), rows)
    counted: dict[int, int] = {}
    for claim, _, _ in changes:
        counted[claim] = counted.get(claim, 0) + 1
    run(text("UPDATE claim SET revision = revision + :by WHERE id = :claim"), _rows(counted, "by"))
    ids = json.dumps(list(counted))
    if any(field in ("truth", "attribution") for _, field, _ in changes):
        run(text(STALE.format(which="id IN (SELECT value FROM json_each(:ids))")), {"ids": ids})
    if any(field in ("truth", "attribution", "status") for _, field, _ in changes):
        _settle(session, ids)
    session.expire_all()


def _rows(values: dict[int, Any], name: str = "value") -> list[dict[str, Any]]:
    return [{"claim": claim, name: value} for claim, value in values.items()]


Statements = Iterable[tuple[str, list[dict[str, Any]]]]


def _plain(field: str) -> Any:
    def statements(session: Session, values: dict[int, Any]) -> Statements:
        return [(f"UPDATE claim SET {field} = :value WHERE id = :claim", _rows(values))]

    return statements


def _flags(session: Session, values: dict[int, Any]) -> Statements:
    written = {claim: json.dumps(value, ensure_ascii=False) for claim, value in values.items()}
    return [("UPDATE claim SET flags = :value WHERE id = :claim", _rows(written))]


_NAMED = """
UPDATE claim SET source_id = :id, source_confirmed = :confirmed, source_name = :name, source_kind = :kind,
  sort_source = :key WHERE id = :claim
"""


def _source(session: Session, values: dict[int, Any]) -> Statements:
    uids = {value["uid"] for value in values.values() if value}
    named = {uid: naming.root(session, session.exec(select(Source).where(Source.uid == uid)).one()) for uid in uids}
    rows = []
    for claim, value in values.items():
        source = named[value["uid"]] if value else None
        number, name, kind = (source.id, source.name, source.kind) if source else (None, None, None)
        rows.append(
            {
                "claim": claim, "id": number, "name": name, "kind": kind,
                "confirmed": bool(value and value["confirmed"]), "key": name.casefold() if name else "\uffff",
            }
        )  # fmt: skip
    return [(_NAMED, rows)]


_GIVEN = """
INSERT OR REPLACE INTO verdict
  (claim_id, judgement, scale_id, label, explanation, rationale, reviewer, given_at, version_id)
SELECT :claim, :judgement, :scale, :label, :explanation, :rationale, :reviewer, :at, version.id
FROM claim JOIN version ON version.article_id = claim.article_id AND version.number = :version WHERE claim.id = :claim
"""


def _verdict(judgement: str) -> Any:
    texts = ("scale", "label", "explanation", "rationale", "reviewer", "at", "version")

    def statements(session: Session, values: dict[int, Any]) -> Statements:
        labels = {claim: value["label"] if value else None for claim, value in values.items()}
        given = [
            {"claim": claim, "judgement": judgement} | {name: value.get(name) for name in texts}
            for claim, value in values.items()
            if value
        ]
        gone = [{"claim": claim, "judgement": judgement} for claim, value in values.items() if not value]
        return [
            (f"UPDATE claim SET {judgement} = :value WHERE id = :claim", _rows(labels)),
            (_GIVEN, given),
            ("DELETE FROM verdict WHERE claim_id = :claim AND judgement = :judgement", gone),
        ]

    return statements


_STATEMENTS: dict[str, Any] = {
    "truth": _verdict("truth"),
    "attribution": _verdict("attribution"),
    "status": _plain("status"),
    "waived_because": _plain("waived_because"),
    "wording": _plain("wording"),
    "flags": _flags,
    "source": _source,
}

# As folding settles by the claim's hull: each version once, between the first and the last of its claims.
_TOUCHED = """
SELECT version_id, min(start), max(end) FROM claim WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY version_id
"""


def _settle(session: Session, ids: str) -> None:
    connection = session.connection()
    touched = connection.execute(text(_TOUCHED), {"ids": ids}).all()
    rows = [{"version": version, "since": since, "until": until} for version, since, until in touched]
    connection.execute(text(SETTLED_BY_CLAIMS), rows)
