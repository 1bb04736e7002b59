"""Writing one article: whose it is, its versions, and what each ingest brought."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import col, select

from db.models import Agency, Article, Claim, Outlet, Version
from workbench.errors import NotFoundError
from workbench.history import Change
from workbench.records import Document, Extraction, IngestOutcome
from workbench.services import annotated, readings, sentences
from workbench.services.copies import keep
from workbench.services.journal import act, new_uid, now
from workbench.services.readings import LONGEST_NAME
from workbench.services.stored_texts import identity_of

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Action

Named = TypeVar("Named", Outlet, Agency)


def put(
    session: Session,
    reviewer: str,
    action: Action,
    document: Document,
    reading: Extraction,
    replaces: int | None = None,
) -> IngestOutcome:
    """Store `document` with its reading as part of `action`; the session's transaction makes it all or nothing.

    With `replaces` it is a new version of that article, whatever its own identity. Raises NotFoundError.
    """
    digest = sha256(document.text.encode("utf-8")).hexdigest()
    article = _article_of(session, document, replaces)
    newest = _newest(session, article) if article else None
    if article and newest and newest.digest == digest:
        if not article.hidden:
            return IngestOutcome("", "unchanged", article.id)
        _restore(session, reviewer, action, article, newest)
        return IngestOutcome("", "stored", article.id, _count(session, article))
    is_new, shown = article is None or article.hidden, article is not None and not article.hidden
    if article is None:
        article = _new_article(session, document, digest)
    version = _new_version(session, article, document, digest)
    difference = readings.write_first(session, article, version, reading, shown=shown)
    record = {"number": version.number, "digest": digest}
    changes = [_brought("version", version, article, record | ({} if is_new else difference.counts()))]
    if shown and newest is not None:
        changes += sentences.carried(session, article, newest, version)
    if is_new:
        changes.insert(0, _brought("article", article, article, {"name": article.name, "title": version.title}))
    changes += annotated.propose(session, article, version, document, reading)
    act(session, reviewer, "ingest", action.label, changes, into=action)
    _compare_quotes(session, article)
    if is_new:
        return IngestOutcome("", "stored", article.id, _count(session, article))
    return IngestOutcome("", "new version", article.id, _count(session, article), changes=difference)


def _article_of(session: Session, document: Document, replaces: int | None) -> Article | None:
    """The stored article that a document is a text of."""
    if replaces is None:
        return session.exec(select(Article).where(Article.identity == identity_of(document))).first()
    article = session.get(Article, replaces)
    if article is None or article.hidden:
        raise NotFoundError(f"there is no article a{replaces} to replace", "workbench articles lists them")
    return article


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
            {"metadata": dict(document.metadata), "notes": list(document.notes), "guessed": sorted(document.guessed),
             "agency_span": list(document.agency_span) if document.agency_span else None},
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
    return keep(session, document.data, document.url or document.name)


def _compare_quotes(session: Session, article: Article) -> None:
    from workbench.services import conflicts, families

    families.update(session, article.id or 0)
    conflicts.update(session, article.id or 0)
