"""Comments and footnotes of an annotated copy -> proposed evidence at the claims that they hang on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlmodel import col, select

from db.models import Anchor, Evidence
from workbench.history import Change
from workbench.records import Document, Extraction, Remark
from workbench.services.journal import new_uid, now
from workbench.spans import Span

if TYPE_CHECKING:
    from sqlmodel import Session

MOST = 1_000  # remarks of one document
_ADDRESS = re.compile(r"https?://[^\s<>\"'”’)\]]{4,2000}")


def propose(
    session: Session, article_id: int, version_id: int, document: Document, reading: Extraction
) -> list[Change]:
    """Evidence rows for the document's remarks, hidden until the changes that are returned are acted upon.

    A remark belongs to the claim that shares most words with it, a note after a word to the claim before it in its
    sentence. One that stands at no claim stays in the text alone.
    """
    if not document.remarks:
        return []
    rows = select(Anchor.claim_id, Anchor.start, Anchor.end).where(
        Anchor.version_id == version_id, Anchor.role == "content"
    )
    places = [(claim_id, Span(start, end)) for claim_id, start, end in session.exec(rows)]
    found = []
    for remark in document.remarks[:MOST]:
        claim_id = _claim_at(remark, places, reading)
        if claim_id is not None and not _is_known(session, claim_id, remark):
            found.append(_row(session, article_id, claim_id, remark, document.name))
    return found


def _claim_at(remark: Remark, places: list[tuple[int, Span]], reading: Extraction) -> int | None:
    span = Span(remark.start, remark.end)
    shared = [(min(span.end, place.end) - max(span.start, place.start), claim) for claim, place in places]
    best = max(shared, default=(0, 0), key=lambda each: each[0])
    if best[0] > 0:
        return best[1]
    sentence = next((each for each in reading.sentences if each.start < max(remark.end, 1) <= each.end), None)
    if sentence is None:
        return None
    inside = [(place.end <= remark.end, place.end, claim) for claim, place in places if place.overlaps(sentence)]
    return max(inside)[2] if inside else None


def _is_known(session: Session, claim_id: int, remark: Remark) -> bool:
    """Whether the claim has this remark already, from an earlier version of the copy."""
    same = select(Evidence.id).where(Evidence.claim_id == claim_id, col(Evidence.excerpt) == remark.text)
    return session.exec(same.limit(1)).first() is not None


def _row(session: Session, article_id: int, claim_id: int, remark: Remark, name: str) -> Change:
    address = _ADDRESS.search(remark.text)
    row = Evidence(
        uid=new_uid(), claim_id=claim_id, url=address.group().rstrip(".,;:") if address else None,
        file_name=None if address else name[:300], excerpt=remark.text[:20_000], stance="context", proposed=True,
        added_by=f"{remark.kind} by {remark.author}" if remark.author else remark.kind, added_at=now(), hidden=True,
    )  # fmt: skip
    session.add(row)
    session.flush()
    kept = {"url", "file_name", "excerpt", "stance", "confidential", "blob_digest", "proposed"}
    return Change("evidence", row.id or 0, row.uid, "record", None, row.model_dump(include=kept), claim_id, article_id)
