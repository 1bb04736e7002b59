"""Writing a folded value into the columns that hold it: the one place that knows which column a field lives in."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select, update

from db.models import Article, Claim, Evidence, Note, Source, Verdict, Version

_PLAIN = ("wording", "status", "waived_because")


def apply(session: Session, subject: str, subject_id: int, field: str, value: Any) -> None:
    """Set the columns of one field of one subject to `value`. Raises KeyError for a field that nobody knows."""
    _SUBJECTS[subject](session, subject_id, field, value)


def _claim(session: Session, claim_id: int, field: str, value: Any) -> None:
    claim = session.get_one(Claim, claim_id)
    claim.revision += 1
    if field in _PLAIN:
        setattr(claim, field, value)
    elif field == "flags":
        claim.flags = json.dumps(value, ensure_ascii=False)
    elif field == "source":
        set_source(session, claim, value)
    elif field in ("truth", "attribution"):
        _verdict(session, claim, field, value)
    else:
        raise KeyError(field)
    session.add(claim)
    session.flush()
    if field == "status":
        settle(session, claim.version_id, claim.start, claim.end)


def set_source(session: Session, claim: Claim, value: Any) -> None:
    """Point a claim at the source {"uid", "confirmed"}, or at none."""
    source = session.exec(select(Source).where(Source.uid == value["uid"])).one() if value else None
    claim.source_id = source.id if source else None
    claim.source_confirmed = bool(value and value["confirmed"])
    claim.source_name = source.name if source else None
    claim.source_kind = source.kind if source else None
    claim.sort_source = source.name.casefold() if source else "\uffff"


def _verdict(session: Session, claim: Claim, judgement: str, value: Any) -> None:
    standing = session.get(Verdict, (claim.id, judgement))
    setattr(claim, judgement, value["label"] if value else None)
    if value is None:
        if standing is not None:
            session.delete(standing)
    else:
        version = session.exec(
            select(Version.id).where(Version.article_id == claim.article_id, Version.number == value["version"])
        ).one()
        columns = {name: value.get(name) for name in ("label", "explanation", "rationale", "reviewer")}
        standing = standing or Verdict(claim_id=claim.id or 0, judgement=judgement, **_EMPTY)
        standing.sqlmodel_update(columns | {"scale_id": value["scale"], "given_at": value["at"], "version_id": version})
        session.add(standing)
    session.flush()
    refresh_stale(session, claim)


_EMPTY: dict[str, Any] = {"scale_id": "", "label": "", "reviewer": "", "given_at": "", "version_id": 0}


def refresh_stale(session: Session, claim: Claim) -> None:
    """A claim is stale when a verdict stands that was given on other words than the newest version has."""
    judged = session.exec(select(Verdict).where(Verdict.claim_id == claim.id)).first() is not None
    claim.stale = judged and claim.anchor_state in ("changed", "lost")


def _attached(model: type[Evidence] | type[Note]) -> Any:
    def set_record(session: Session, record_id: int, field: str, value: Any) -> None:
        if field != "record":
            raise KeyError(field)
        record: Any = session.get_one(model, record_id)
        record.hidden = value is None
        session.add(record)
        session.flush()
        claim = session.get_one(Claim, record.claim_id)
        claim.revision += 1
        if isinstance(record, Evidence):
            shown = session.exec(
                select(Evidence.id).where(Evidence.claim_id == claim.id, col(Evidence.hidden).is_(False))
            )
            claim.evidence_count = len(list(shown))
        session.add(claim)
        session.flush()

    return set_record


def _source(session: Session, source_id: int, field: str, value: Any) -> None:
    if field != "record":
        raise KeyError(field)
    source = session.get_one(Source, source_id)
    source.hidden = value is None
    session.add(source)
    session.flush()


def _article(session: Session, article_id: int, field: str, value: Any) -> None:
    if field != "record":
        raise KeyError(field)
    article = session.get_one(Article, article_id)
    article.hidden = value is None
    session.add(article)
    session.flush()
    refresh_article(session, article)


def _version(session: Session, version_id: int, field: str, value: Any) -> None:
    if field != "record":
        raise KeyError(field)
    version = session.get_one(Version, version_id)
    version.hidden = value is None
    session.add(version)
    session.flush()
    refresh_article(session, session.get_one(Article, version.article_id))


_PLACE = """
UPDATE claim SET (version_id, start, end, anchor_state) = (
  SELECT anchor.version_id, min(anchor.start), max(anchor.end), max(anchor.state) FROM anchor
  JOIN version ON version.id = anchor.version_id
  WHERE anchor.claim_id = claim.id AND anchor.role = 'content' AND NOT version.hidden
  GROUP BY anchor.version_id ORDER BY version.number DESC LIMIT 1)
WHERE article_id = :article AND EXISTS (
  SELECT 1 FROM anchor JOIN version ON version.id = anchor.version_id
  WHERE anchor.claim_id = claim.id AND anchor.role = 'content' AND NOT version.hidden)
"""

_LOST = "UPDATE claim SET anchor_state = 'lost' WHERE article_id = :article AND version_id <> :version"

# Hidden: the article is, or the version that brought the claim is, or the words are gone and nobody had decided.
_HIDE = """
UPDATE claim SET hidden = :gone OR (SELECT hidden FROM version WHERE version.id = claim.born_version_id)
  OR (anchor_state = 'lost' AND NOT (revision > 0 AND EXISTS (SELECT 1 FROM event WHERE event.claim_id = claim.id))),
  stale = anchor_state IN ('changed', 'lost') AND EXISTS (SELECT 1 FROM verdict WHERE verdict.claim_id = claim.id),
  title = :title, sort_date = :date
WHERE article_id = :article
"""


def refresh_article(session: Session, article: Article) -> None:
    """Recompute what follows from which versions are shown: the current version, where claims stand, what is hidden."""
    newest = session.exec(
        select(Version)
        .where(Version.article_id == article.id, col(Version.hidden).is_(False))
        .order_by(col(Version.number).desc())
        .limit(1)
    ).first()
    if newest is not None:
        article.version_id, article.title, article.published = newest.id, newest.title, newest.published
    session.add(article)
    session.flush()
    run = session.connection().execute
    run(text(_PLACE), {"article": article.id})
    run(text(_LOST), {"article": article.id, "version": article.version_id})
    gone = article.hidden or newest is None
    values = {"article": article.id, "gone": gone, "title": article.title, "date": article.published or ""}
    run(text(_HIDE), values)
    session.expire_all()
    if article.version_id is not None:
        settle(session, article.version_id)


# A sentence is settled when it is marked, or when claims touch it and all of them are settled.
_SETTLE = """
UPDATE sentence SET settled = mark IS NOT NULL OR (
  EXISTS (SELECT 1 FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = :version
    WHERE NOT claim.hidden AND anchor.role = 'content' AND anchor.start < sentence.end AND anchor.end > sentence.start)
  AND NOT EXISTS (SELECT 1 FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = :version
    WHERE NOT claim.hidden AND claim.status IN ('open', 'in review') AND anchor.role = 'content'
    AND anchor.start < sentence.end AND anchor.end > sentence.start))
WHERE version_id = :version AND start < :until AND end > :since
"""

_WHOLE_TEXT = 2**62


def settle(session: Session, version_id: int, since: int = 0, until: int = _WHOLE_TEXT) -> None:
    """Recompute which sentences of a version are settled, of those that touch code points `since` to `until`."""
    session.connection().execute(text(_SETTLE), {"version": version_id, "since": since, "until": until})


def mark_undone(session: Session, action_id: int, undone: bool) -> None:
    """Fold whether an action stands."""
    from db.models import Action

    session.exec(update(Action).where(col(Action.id) == action_id).values(undone=undone))


_SUBJECTS: dict[str, Any] = {
    "claim": _claim,
    "evidence": _attached(Evidence),
    "note": _attached(Note),
    "source": _source,
    "article": _article,
    "version": _version,
}
