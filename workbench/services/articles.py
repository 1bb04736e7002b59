"""Writing one article: identity, version, the machine's reading, and carrying claims over to a new text."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import SQLModel, col, insert, select

from db.models import Agency, Anchor, Article, Blob, Claim, Mention, Outlet, Reading, Sentence, Source, Version
from workbench.history import Change
from workbench.records import Document, ExtractedClaim, Extraction, IngestOutcome, SourceMention
from workbench.services.journal import act, new_uid, now
from workbench.spans import Anchor as TextAnchor
from workbench.spans import Span, anchor, reanchor
from workbench.text import clean_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Action

LONGEST_NAME = 300  # code points of a title, outlet or source name
Named = TypeVar("Named", Outlet, Agency)


def put(session: Session, reviewer: str, action: Action, document: Document, reading: Extraction) -> IngestOutcome:
    """Store `document` with its reading as part of `action`; the session's transaction makes it all or nothing."""
    digest = sha256(document.text.encode("utf-8")).hexdigest()
    article = session.exec(select(Article).where(Article.identity == identity_of(document))).first()
    newest = _newest(session, article) if article else None
    if article and newest and newest.digest == digest:
        if not article.hidden:
            return IngestOutcome("", "unchanged", article.id)
        _restore(session, reviewer, action, article, newest)
        return IngestOutcome("", "stored", article.id, _count(session, article))
    is_new = article is None or article.hidden
    if article is None:
        article = _new_article(session, document, digest)
    version = _new_version(session, article, document, digest)
    _write_reading(session, article, version, document, reading)
    changes = [_brought("version", version, article, {"number": version.number, "digest": digest})]
    if is_new:
        changes.insert(0, _brought("article", article, article, {"name": article.name, "title": version.title}))
    act(session, reviewer, "ingest", action.label, changes, into=action)
    _compare_quotes(session, article)
    return IngestOutcome("", "stored" if is_new else "new version", article.id, _count(session, article))


def identity_of(document: Document) -> str:
    """What makes two texts the same article: the URL, else the name within the outlet."""
    if document.url:
        return f"url:{document.url}"
    return f"name:{document.outlet or ''}\x1f{document.name}"


def _newest(session: Session, article: Article) -> Version | None:
    shown = select(Version).where(Version.article_id == article.id)
    if not article.hidden:
        shown = shown.where(col(Version.hidden).is_(False))
    return session.exec(shown.order_by(col(Version.number).desc()).limit(1)).first()


def _brought(subject: str, row: Article | Version, article: Article, value: dict[str, Any]) -> Change:
    return Change(subject, row.id or 0, row.uid, "record", None, value, None, article.id)


def _restore(session: Session, reviewer: str, action: Action, article: Article, version: Version) -> None:
    """Show again an article whose ingest was undone, when the same text comes in again."""
    changes = [_brought("article", article, article, {"name": article.name, "title": version.title})]
    if version.hidden:
        changes.append(_brought("version", version, article, {"number": version.number, "digest": version.digest}))
    act(session, reviewer, "ingest", action.label, changes, into=action)
    _compare_quotes(session, article)


def _count(session: Session, article: Article) -> int:
    shown = select(Claim.id).where(Claim.article_id == article.id, col(Claim.hidden).is_(False))
    return len(list(session.exec(shown)))


def _named(session: Session, model: type[Named], name: str | None) -> Named | None:
    if not name or not name.strip():
        return None
    short = name.strip()[:LONGEST_NAME]
    found = session.exec(select(model).where(model.name == short)).first()
    if found is None:
        found = model(uid=new_uid(), name=short)
        session.add(found)
        session.flush()
    return found


def _new_article(session: Session, document: Document, digest: str) -> Article:
    outlet, agency = _named(session, Outlet, document.outlet), _named(session, Agency, document.agency)
    copied = session.exec(select(Version.article_id).where(Version.digest == digest).limit(1)).first()
    article = Article(
        uid=new_uid(), identity=identity_of(document), name=document.name[:LONGEST_NAME], url=document.url,
        outlet_id=outlet.id if outlet else None, agency_id=agency.id if agency else None, copy_of_id=copied,
        hidden=True,
    )  # fmt: skip
    session.add(article)
    session.flush()
    return article


def _new_version(session: Session, article: Article, document: Document, digest: str) -> Version:
    numbers = session.exec(select(Version.number).where(Version.article_id == article.id))
    version = Version(
        uid=new_uid(), article_id=article.id or 0, number=max(numbers, default=0) + 1, text=document.text,
        digest=digest, blob_digest=_keep(session, document), retrieved_at=now(), title=_title(document),
        published=document.published, author=document.author, language=document.language or "und",
        format=document.format, encoding=document.encoding,
        header_end=document.header.end if document.header else None,
        title_start=document.title_span.start if document.title_span else None,
        title_end=document.title_span.end if document.title_span else None,
        details=json.dumps(
            {"metadata": dict(document.metadata), "notes": list(document.notes), "guessed": sorted(document.guessed)},
            ensure_ascii=False, default=str,
        ),
        hidden=True,
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version


def _title(document: Document) -> str:
    """The title, else the first words of the text."""
    words = (document.title or "").strip() or " ".join(document.text[:400].split())[:80] or document.name
    return words[:LONGEST_NAME]


def _keep(session: Session, document: Document) -> str | None:
    if not document.data:
        return None
    digest = sha256(document.data).hexdigest()
    if session.get(Blob, digest) is None:
        kept = Blob(
            digest=digest,
            size=len(document.data),
            origin=document.url or document.name,
            kept_at=now(),
            data=document.data,
        )
        session.add(kept)
        session.flush()
    return digest


def _write_reading(
    session: Session, article: Article, version: Version, document: Document, reading: Extraction
) -> None:
    row = Reading(
        uid=new_uid(), version_id=version.id or 0, machine=reading.reading, language=reading.language,
        analysed=reading.analysed, read_at=now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _insert(session, Sentence, _sentence_rows(version, reading))
    carried = _carry_over(session, article, version)
    fresh = [claim for claim in reading.claims if claim.content not in carried]
    _write_claims(session, article, version, row, document, reading, fresh)


def _insert(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Core insert in bulk: 7 microseconds a row instead of 83 by objects (reference/matching.md)."""
    if rows:
        session.connection().execute(insert(model), rows)


def _sentence_rows(version: Version, reading: Extraction) -> list[dict[str, Any]]:
    rows, paragraph = [], 0
    for sentence in reading.sentences:
        while paragraph < len(reading.paragraphs) - 1 and sentence.start >= reading.paragraphs[paragraph].end:
            paragraph += 1
        rows.append(
            {"version_id": version.id, "paragraph": paragraph, "start": sentence.start, "end": sentence.end,
             "mark": None, "settled": False}
        )  # fmt: skip
    return rows


def _write_claims(
    session: Session,
    article: Article,
    version: Version,
    reading_row: Reading,
    document: Document,
    reading: Extraction,
    fresh: list[ExtractedClaim],
) -> None:
    """Insert claims with their anchors, mentions and sources; parents are set once ids are known."""
    sources: dict[tuple[str, str], Source] = {}
    linked = [_source(session, article, claim.source, sources) if claim.source else None for claim in fresh]
    common = _common_columns(session, article, version, reading_row, document)
    rows = [common | _claim_columns(reading.text, claim, source) for claim, source in zip(fresh, linked, strict=True)]
    if not rows:
        return
    statement = insert(Claim).returning(col(Claim.id), sort_by_parameter_order=True)
    ids = [int(row[0] or 0) for row in session.connection().execute(statement, rows)]
    index = {id(claim): number for claim, number in zip(fresh, ids, strict=True)}
    anchors: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    for claim, claim_id, source in zip(fresh, ids, linked, strict=True):
        anchors += _anchor_rows(reading.text, claim, claim_id, version)
        parent = reading.claims[claim.parent] if claim.parent is not None else None
        if parent is not None and id(parent) in index:
            session.get_one(Claim, claim_id).parent_id = index[id(parent)]
        if claim.source and source and claim.source.end > claim.source.start:
            mentions.append(_mention_row(claim.source, source, reading_row))
    _insert(session, Anchor, anchors)
    _insert(session, Mention, mentions)
    session.flush()


def _common_columns(
    session: Session, article: Article, version: Version, reading: Reading, document: Document
) -> dict[str, Any]:
    outlet = session.get(Outlet, article.outlet_id) if article.outlet_id else None
    agency = session.get(Agency, article.agency_id) if article.agency_id else None
    shown = outlet or agency
    return {
        "article_id": article.id, "born_version_id": version.id, "version_id": version.id, "reading_id": reading.id,
        "parent_id": None, "anchor_state": "as was", "wording": None, "source_confirmed": False, "status": "open",
        "waived_because": None, "truth": None, "attribution": None, "flags": "[]", "stale": False, "hidden": True,
        "family_id": None, "family_size": 0, "family_alarm": None, "evidence_count": 0, "revision": 0,
        "title": version.title, "outlet": shown.name if shown else None, "sort_date": version.published or "",
    }  # fmt: skip


def _claim_columns(text: str, claim: ExtractedClaim, source: Source | None) -> dict[str, Any]:
    return {
        "uid": new_uid(), "kind": claim.kind, "text": " … ".join(piece.of(text) for piece in claim.content),
        "start": claim.start, "end": claim.end,
        "cue_text": claim.cue.text if claim.cue else None, "cue_class": claim.cue.cue_class if claim.cue else None,
        "source_text": claim.source.text if claim.source else None,
        "source_reason": claim.source.reason if claim.source else None,
        "source_confidence": claim.source.confidence if claim.source else None,
        "anonymity": claim.anonymity,
        "hedges": json.dumps([span.of(text) for span in claim.hedges], ensure_ascii=False), "negated": claim.negated,
        "numbers": json.dumps([number.text for number in claim.numbers], ensure_ascii=False),
        "check_worthiness": claim.check_worthiness, "confidence": claim.confidence,
        "born_source_id": source.id if source else None, "source_id": source.id if source else None,
        "source_name": source.name if source else None,
        "source_kind": source.kind if source else None,
        "sort_source": source.name.casefold() if source else "\uffff",
    }  # fmt: skip


def _anchor_rows(text: str, claim: ExtractedClaim, claim_id: int, version: Version) -> list[dict[str, Any]]:
    roles = {
        "content": claim.content, "source": claim.source_spans, "cue": claim.cue_spans, "quote": claim.quotes,
    }  # fmt: skip
    return [
        _anchor_row(claim_id, version, role, piece, anchor(text, span), "as was")
        for role, spans in roles.items()
        for piece, span in enumerate(spans)
    ]


def _anchor_row(
    claim_id: int, version: Version, role: str, piece: int, place: TextAnchor, state: str
) -> dict[str, Any]:
    return {
        "claim_id": claim_id, "version_id": version.id, "role": role, "piece": piece, "start": place.start,
        "end": place.end, "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix, "state": state,
    }  # fmt: skip


def _mention_row(mention: SourceMention, source: Source, reading: Reading) -> dict[str, Any]:
    return {
        "reading_id": reading.id, "source_id": source.id, "start": mention.start, "end": mention.end,
        "reason": mention.reason, "confidence": mention.confidence,
    }  # fmt: skip


def _source(
    session: Session, article: Article, mention: SourceMention, known: dict[tuple[str, str], Source]
) -> Source | None:
    """The stored source of a mention.

    Across articles only an equal full name of the same kind is joined: two words or more of a person, any name of a
    body or document. A single name, a description and an anonymous voice belong to their article.
    """
    name = clean_line(mention.name).strip()[:LONGEST_NAME]
    if not name:
        return None
    key = (name, mention.kind)
    if key not in known:
        joins = mention.kind in ("body", "document") or (mention.kind == "person" and " " in name)
        place = None if joins else article.id
        same = select(Source).where(Source.name == name, Source.kind == mention.kind, Source.article_id == place)
        found = session.exec(same.limit(1)).first()
        if found is None:
            found = Source(uid=new_uid(), name=name, kind=mention.kind, article_id=place)
            session.add(found)
            session.flush()
        known[key] = found
    return known[key]


def _carry_over(session: Session, article: Article, version: Version) -> set[tuple[Span, ...]]:
    """Anchor the article's claims in the new text where their very words still stand.

    Returns the contents that are thereby taken, so that the new reading does not claim them twice.
    """
    taken: set[tuple[Span, ...]] = set()
    if article.version_id is None or version.number == 1:
        return taken
    old = (
        select(Anchor)
        .join(Claim, col(Claim.id) == col(Anchor.claim_id))
        .where(Claim.article_id == article.id, Anchor.version_id == Claim.version_id, col(Claim.hidden).is_(False))
    )
    by_claim: dict[int, list[Anchor]] = {}
    for row in session.exec(old.order_by(col(Anchor.claim_id), col(Anchor.role), col(Anchor.piece))):
        by_claim.setdefault(row.claim_id, []).append(row)
    rows: list[dict[str, Any]] = []
    for claim_id, anchors in by_claim.items():
        content, moved = _carried(version, claim_id, anchors)
        if content and content not in taken:
            taken.add(content)
            rows += moved
    _insert(session, Anchor, rows)
    return taken


def _carried(version: Version, claim_id: int, anchors: list[Anchor]) -> tuple[tuple[Span, ...], list[dict[str, Any]]]:
    """The content spans and anchor rows of one claim in the new version; no content when a piece of it is gone."""
    content: list[Span] = []
    rows = []
    for row in anchors:
        place, state = reanchor(TextAnchor(row.start, row.end, row.exact, row.prefix, row.suffix), version.text)
        if place is None:
            if row.role == "content":
                return (), []
            continue
        if row.role == "content":
            content.append(place.span)
        rows.append(_anchor_row(claim_id, version, row.role, row.piece, place, state))
    in_order = all(left.end <= right.start for left, right in pairwise(content))
    return (tuple(content), rows) if in_order else ((), [])


def _compare_quotes(session: Session, article: Article) -> None:
    from workbench.services import families

    families.update(session, article.id or 0)
