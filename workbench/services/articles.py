"""Writing one article: whose it is, its versions, and what each ingest brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from db import storing
from db.models import Article, Claim, Version
from workbench.errors import NotFoundError
from workbench.history import Change
from workbench.records import Document, Extraction, IngestOutcome
from workbench.services import annotated, drafts, new_articles, readings, sentences
from workbench.services.copies import keep
from workbench.services.drafts import Columns, Draft
from workbench.services.journal import act, now
from workbench.services.stored_texts import identity_of

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Action


def put(
    session: Session,
    reviewer: str,
    action: Action,
    document: Document,
    reading: Extraction,
    replaces: int | None = None,
    draft: Draft | None = None,
) -> IngestOutcome:
    """Store `document` with its reading as part of `action`; the session's transaction makes it all or nothing.

    With `replaces` it is a new version of that article, whatever its own identity. `draft` is theirs, where it was
    made already. Raises NotFoundError.
    """
    draft = draft or drafts.draft(document, reading)
    if replaces is None and not storing.is_known(session, identity_of(document)):
        number = new_articles.put(session, action, document, reading, draft)
        return IngestOutcome("", "stored", number, len(reading.claims))
    article = _article_of(session, document, replaces)
    newest = _newest(session, article)
    if newest and newest.digest == draft.version["digest"]:
        if not article.hidden:
            return IngestOutcome("", "unchanged", article.id)
        _restore(session, reviewer, action, article, newest)
        return IngestOutcome("", "stored", article.id, _count(session, article))
    return _put_version(session, reviewer, action, article, newest, document, reading, draft.version)


def _put_version(
    session: Session, reviewer: str, action: Action, article: Article, newest: Version | None, document: Document,
    reading: Extraction, columns: Columns,
) -> IngestOutcome:  # fmt: skip
    """Store a new text of an article; one that was hidden is shown again."""
    was_hidden, shown = article.hidden, not article.hidden
    version = _new_version(session, article, document, columns)
    difference = readings.write_first(session, article, version, reading, shown=shown)
    value = {"number": version.number, "digest": version.digest}
    changes = [_brought("version", version, article, value | ({} if was_hidden else difference.counts()))]
    if shown and newest is not None:
        changes += sentences.carried(session, article, newest, version)
    if was_hidden:
        changes.insert(0, _brought("article", article, article, {"name": article.name, "title": version.title}))
    changes += annotated.propose(session, article.id or 0, version.id or 0, document, reading)
    act(session, reviewer, "ingest", action.label, changes, into=action)
    _compare_quotes(session, article)
    if was_hidden:
        return IngestOutcome("", "stored", article.id, _count(session, article))
    return IngestOutcome("", "new version", article.id, _count(session, article), changes=difference)


def _article_of(session: Session, document: Document, replaces: int | None) -> Article:
    """The stored article that a document is a text of."""
    if replaces is None:
        return session.exec(select(Article).where(Article.identity == identity_of(document))).one()
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


def _new_version(session: Session, article: Article, document: Document, columns: Columns) -> Version:
    if document.data:
        keep(session, document.data, document.url or document.name)
    numbers = session.exec(select(Version.number).where(Version.article_id == article.id))
    version = Version(
        **columns, article_id=article.id or 0, number=max(numbers, default=0) + 1, retrieved_at=now(), hidden=True
    )
    session.add(version)
    session.flush()
    return version


def _compare_quotes(session: Session, article: Article) -> None:
    from workbench.services import conflicts, families

    families.update(session, article.id or 0)
    conflicts.update(session, article.id or 0)
