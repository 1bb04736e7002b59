"""Writing a folded value into the columns that hold it: the one place that knows which column a field lives in."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select, update

from db import folding_checks, kin, naming, shaping
from db.engine import driven
from db.models import (
    Article,
    Claim,
    Evidence,
    Note,
    Reading,
    Sentence,
    Source,
    Transcript,
    Verdict,
    Verification,
    Version,
)

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
    elif field == "record":
        claim.removed = claim.hidden = value is None
    elif field in shaping.FIELDS:
        touched = shaping.apply(session, claim, field, value)
        if touched is not None:
            settle(session, claim.version_id, *touched)
        return
    else:
        raise KeyError(field)
    session.add(claim)
    session.flush()
    if field == "record" and value is not None:
        refresh_article(session, session.get_one(Article, claim.article_id))
    elif field in ("status", "truth", "attribution", "record"):
        settle(session, claim.version_id, claim.start, claim.end)


def set_source(session: Session, claim: Claim, value: Any) -> None:
    """Point a claim at the source {"uid", "confirmed"}, or at none."""
    named = session.exec(select(Source).where(Source.uid == value["uid"])).one() if value else None
    source = naming.root(session, named) if named else None
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


# A verdict is stale when the words that it was given on are not those that stand now (ClaimReading numbers them).
STALE = """
UPDATE claim SET stale = EXISTS (SELECT 1 FROM verdict WHERE verdict.claim_id = claim.id AND coalesce((
    SELECT then_read.words FROM claimreading AS then_read JOIN reading ON reading.id = then_read.reading_id
    WHERE then_read.claim_id = claim.id AND reading.version_id = verdict.version_id
    ORDER BY reading.id DESC LIMIT 1), 0) <> coalesce((
    SELECT words FROM claimreading JOIN article ON article.reading_id = claimreading.reading_id
    WHERE claimreading.claim_id = claim.id AND article.id = claim.article_id), 0))
WHERE {which} AND (stale OR truth IS NOT NULL OR attribution IS NOT NULL)
"""


def refresh_stale(session: Session, claim: Claim) -> None:
    """Recompute whether a standing verdict was given on other words than stand now."""
    session.connection().execute(text(STALE.format(which="id = :claim")), {"claim": claim.id})
    session.refresh(claim)


# What of evidence and of a note a person may change.
_EDITED: dict[Any, tuple[str, ...]] = {
    Evidence: ("url", "excerpt", "stance", "independent", "confidential", "proposed"),
    Note: ("text",),
}


def _attached(model: type[Evidence] | type[Note]) -> Any:
    def set_record(session: Session, record_id: int, field: str, value: Any) -> None:
        record: Any = session.get_one(model, record_id)
        before = record.claim_id
        if field == "record":
            record.hidden = value is None
        elif field == "claim":
            record.claim_id = session.exec(select(Claim.id).where(Claim.uid == value["uid"])).one()
        elif field in _EDITED[model]:
            setattr(record, field, value)
        else:
            raise KeyError(field)
        session.add(record)
        session.flush()
        for claim_id in dict.fromkeys((before, record.claim_id)):
            _count(session, claim_id)

    return set_record


def _count(session: Session, claim_id: int) -> None:
    """Count a decision on what hangs on a claim, and its evidence anew."""
    claim = session.get_one(Claim, claim_id)
    claim.revision += 1
    shown = session.exec(select(Evidence.id).where(Evidence.claim_id == claim.id, col(Evidence.hidden).is_(False)))
    claim.evidence_count = len(list(shown))
    session.add(claim)
    session.flush()


def _source(session: Session, source_id: int, field: str, value: Any) -> None:
    source = session.get_one(Source, source_id)
    if field in naming.FIELDS:
        naming.apply(session, source, field, value)
        return
    if field != "record":
        raise KeyError(field)
    source.hidden = value is None
    session.add(source)
    session.flush()


def _sentence(session: Session, sentence_id: int, field: str, value: Any) -> None:
    if field != "mark":
        raise KeyError(field)
    sentence = session.get_one(Sentence, sentence_id)
    sentence.mark = value
    session.add(sentence)
    session.flush()
    settle(session, sentence.version_id, sentence.start, sentence.end)


def _article(session: Session, article_id: int, field: str, value: Any) -> None:
    if field not in ("record", "purged"):
        raise KeyError(field)
    article = session.get_one(Article, article_id)
    article.hidden = value is None or field == "purged"
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


def _reading(session: Session, reading_id: int, field: str, value: Any) -> None:
    if field != "record":
        raise KeyError(field)
    reading = session.get_one(Reading, reading_id)
    reading.hidden = value is None
    session.add(reading)
    session.flush()
    version = session.get_one(Version, reading.version_id)
    refresh_article(session, session.get_one(Article, version.article_id))


_READ = (
    "version_id, start, end, anchor_state, reading_id, kind, text, parent_id, cue_text, cue_class, born_source_id,"
    " source_text, source_reason, source_confidence, anonymity, hedges, negated, numbers, check_worthiness, confidence"
)
_AS_READ = _READ.replace("anchor_state, reading_id", "state, read_in_id").replace("born_source_id", "source_id")

# Claims of an article that was read again are as the reading in use has them; its row says which those are.
_TAKE = f"""
UPDATE claim SET ({_READ}) = (
  SELECT {_AS_READ} FROM claimreading WHERE claim_id = claim.id AND claimreading.reading_id = :reading)
WHERE article_id = :article
  AND EXISTS (SELECT 1 FROM claimreading WHERE claim_id = claim.id AND claimreading.reading_id = :reading)
"""

# The source that the machine read stands until a person says otherwise.
_NAME = """
UPDATE claim SET source_id = {root}, source_confirmed = 0,
  source_name = (SELECT name FROM source WHERE source.id = {root}),
  source_kind = (SELECT kind FROM source WHERE source.id = {root})
WHERE article_id = :article AND source_id IS NOT {root}
  AND NOT EXISTS (SELECT 1 FROM event WHERE subject = 'claim' AND subject_id = claim.id AND field = 'source')
RETURNING id, source_name
""".replace("{root}", naming.ROOT.format(source="born_source_id"))

# Hidden: the article is, a person removed the claim, or the reading in use does not have it.
_HIDE = """
UPDATE claim SET title = :title, sort_date = :date, hidden = :gone OR removed OR (
  EXISTS (SELECT 1 FROM claimreading JOIN claim AS own ON own.id = claimreading.claim_id
    WHERE own.article_id = :article)
  AND NOT EXISTS (SELECT 1 FROM claimreading WHERE claim_id = claim.id AND claimreading.reading_id = :reading))
WHERE article_id = :article
"""


def refresh_article(session: Session, article: Article) -> None:
    """Recompute what follows from which versions and readings are shown: what is in use, and each claim in it."""
    newest = session.exec(
        select(Version)
        .where(Version.article_id == article.id, col(Version.hidden).is_(False))
        .order_by(col(Version.number).desc())
        .limit(1)
    ).first()
    if newest is not None:
        article.version_id, article.title, article.published = newest.id, newest.title, newest.published
        read = select(Reading.id).where(Reading.version_id == newest.id, col(Reading.hidden).is_(False))
        article.reading_id = session.exec(read.order_by(col(Reading.id).desc()).limit(1)).first()
    session.add(article)
    session.flush()
    run = session.connection().execute
    run(text(_TAKE), {"article": article.id, "reading": article.reading_id})
    for claim_id, name in list(run(text(_NAME), {"article": article.id})):
        key = {"claim": claim_id, "key": name.casefold() if name else "\uffff"}
        run(text("UPDATE claim SET sort_source = :key WHERE id = :claim"), key)
    gone = article.hidden or newest is None
    values = {"article": article.id, "gone": gone, "title": article.title, "date": article.published or ""}
    run(text(_HIDE), values | {"reading": article.reading_id})
    run(text(STALE.format(which="article_id = :article")), {"article": article.id})
    session.expire_all()
    if article.version_id is not None:
        settle(session, article.version_id)


# A sentence is settled when it is marked, or when claims touch it and all of them are settled.
SETTLED_BY_CLAIMS = """
UPDATE sentence SET settled = mark IS NOT NULL OR (
  EXISTS (SELECT 1 FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = :version
    WHERE NOT claim.hidden AND anchor.role = 'content' AND anchor.start < sentence.end AND anchor.end > sentence.start)
  AND NOT EXISTS (SELECT 1 FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = :version
    WHERE NOT claim.hidden AND (claim.status IN ('open', 'in review') OR claim.stale) AND anchor.role = 'content'
    AND anchor.start < sentence.end AND anchor.end > sentence.start))
WHERE version_id = :version AND start < :until AND end > :since
"""

_WHOLE_TEXT = 2**62


def settle(session: Session, version_id: int, since: int = 0, until: int = _WHOLE_TEXT) -> None:
    """Recompute which sentences of a version are settled, of those that touch code points `since` to `until`."""
    session.connection().execute(text(SETTLED_BY_CLAIMS), {"version": version_id, "since": since, "until": until})


def mark_undone(session: Session, action_id: int, undone: bool) -> None:
    """Fold whether an action stands."""
    from db.models import Action

    session.exec(update(Action).where(col(Action.id) == action_id).values(undone=undone))


def _kinship(session: Session, claim_id: int, field: str, value: Any) -> None:
    kin.set_kinship(driven(session), claim_id, int(field[1:]), value)


def _transcript(session: Session, transcript_id: int, field: str, value: Any) -> None:
    if field != "record":
        raise KeyError(field)
    transcript = session.get_one(Transcript, transcript_id)
    transcript.hidden = value is None
    session.add(transcript)
    session.flush()


def _verification(session: Session, verification_id: int, field: str, value: Any) -> None:
    verification = session.get_one(Verification, verification_id)
    if field == "record":
        verification.hidden = value is None
    elif field == "meaning":
        answer = value or {"answer": None, "reviewer": None, "at": None}
        verification.meaning = answer["answer"]
        verification.answered_by, verification.answered_at = answer["reviewer"], answer["at"]
    else:
        raise KeyError(field)
    session.add(verification)
    claim = session.get_one(Claim, verification.claim_id)
    claim.revision += 1
    session.add(claim)
    session.flush()


def _quoted(session: Session, claim_id: int, field: str, value: Any) -> None:
    """What an imported file told of its own history: kept and shown, and folded into nothing."""
    if field != "quoted":
        raise KeyError(field)


_SUBJECTS: dict[str, Any] = {
    "kinship": _kinship,
    "import": _quoted,
    "claim": _claim,
    "evidence": _attached(Evidence),
    "note": _attached(Note),
    "source": _source,
    "sentence": _sentence,
    "article": _article,
    "version": _version,
    "reading": _reading,
    "checkimport": folding_checks.check_import,
    "match": folding_checks.match,
    "setting": folding_checks.setting,
    "transcript": _transcript,
    "verification": _verification,
}
