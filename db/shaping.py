"""The shape of a claim that people changed: its places in the text, its kind, its voice, what it is a part of.

A shape holds for one version of the article. Where the article was read more than once, what its readings say of the
claim (`ClaimReading`) changes with it.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, delete, insert, select

from db.models import Anchor, Claim, ClaimReading, Reading, Version

_CONTEXT = 32  # code points of prefix and suffix: that of workbench.spans (a test compares)
FIELDS = ("spans", "kind", "anonymity", "parent")
_MACHINE = ("text", "start", "end", "negated", "check_worthiness")
_LISTS = ("hedges", "numbers")


def standing(session: Session, claim: Claim) -> dict[str, Any]:
    """The spans of a claim in the version it stands in, as an event holds them."""
    own = (Anchor.claim_id == claim.id, Anchor.version_id == claim.version_id)
    found = session.exec(select(Anchor).where(*own).order_by(col(Anchor.role), col(Anchor.piece)))
    row = session.exec(_rows(claim.id or 0, claim.version_id)).first()
    return {
        "version": session.get_one(Version, claim.version_id).number,
        "anchors": [[one.role, one.piece, one.start, one.end, one.state] for one in found],
        "state": claim.anchor_state,
        "words": row.words if row else None,
        **{name: getattr(claim, name) for name in _MACHINE},
        **{name: json.loads(getattr(claim, name)) for name in _LISTS},
    }


def _rows(claim_id: int, version_id: int) -> Any:
    """What the readings of a version say of a claim; a later one, in which it is lost, says where it stood once."""
    readings = select(Reading.id).where(Reading.version_id == version_id)
    return select(ClaimReading).where(ClaimReading.claim_id == claim_id, col(ClaimReading.reading_id).in_(readings))


def next_words(session: Session, claim_id: int) -> int | None:
    """A number that no wording of the claim had yet; None where the article was read once."""
    numbers = list(session.exec(select(ClaimReading.words).where(ClaimReading.claim_id == claim_id)))
    return max(numbers) + 1 if numbers else None


def was_read_again(session: Session, article_id: int) -> bool:
    """Whether the article has more than one reading, so that its claims need a row for each."""
    sql = "SELECT 1 FROM claimreading JOIN claim ON claim.id = claim_id WHERE article_id = :article LIMIT 1"
    return session.connection().execute(text(sql), {"article": article_id}).first() is not None


def apply(session: Session, claim: Claim, field: str, value: Any) -> tuple[int, int] | None:
    """Fold a change of shape into the claim; returns the places of the text whose sentences it touches."""
    if field == "spans":
        return _spans(session, claim, value)
    if field == "parent":
        found = session.exec(select(Claim.id).where(Claim.uid == value["uid"])).one() if value else None
        _put(session, claim, claim.version_id, {"parent_id": found})
    else:
        _put(session, claim, claim.version_id, {field: value})
    return None


def _spans(session: Session, claim: Claim, value: dict[str, Any]) -> tuple[int, int] | None:
    version = session.exec(
        select(Version).where(Version.article_id == claim.article_id, Version.number == value["version"])
    ).one()
    put_anchors(session, claim.id or 0, version, value["anchors"])
    columns = {name: value[name] for name in _MACHINE}
    columns |= {name: json.dumps(value[name], ensure_ascii=False) for name in _LISTS}
    before = (claim.start, claim.end)
    _put(session, claim, version.id or 0, columns)
    for row in session.exec(_rows(claim.id or 0, version.id or 0)):
        row.state = value["state"]
        row.words = value["words"] if value["words"] is not None else row.words
        session.add(row)
    if claim.version_id != version.id:
        return None
    claim.anchor_state = value["state"]
    return min(before[0], claim.start), max(before[1], claim.end)


def put_anchors(session: Session, claim_id: int, version: Version, anchors: list[list[Any]]) -> None:
    """Tie a claim to these places of a version ([role, piece, start, end, state] each) and to no others of it."""
    session.connection().execute(
        delete(Anchor).where(col(Anchor.claim_id) == claim_id, col(Anchor.version_id) == version.id)
    )
    rows = []
    for role, piece, start, end, state in anchors:
        rows.append(
            {"claim_id": claim_id, "version_id": version.id, "role": role, "piece": piece, "start": start, "end": end,
             "exact": version.text[start:end], "prefix": version.text[max(start - _CONTEXT, 0):start],
             "suffix": version.text[end:end + _CONTEXT], "state": state}
        )  # fmt: skip
    if rows:
        session.connection().execute(insert(Anchor), rows)


def _put(session: Session, claim: Claim, version_id: int, columns: dict[str, Any]) -> None:
    """Set columns of the claim and of what the readings of a version say of it."""
    for row in session.exec(_rows(claim.id or 0, version_id)):
        row.sqlmodel_update(columns)
        session.add(row)
    if claim.version_id == version_id:
        claim.sqlmodel_update(columns)
    session.add(claim)
    session.flush()
