"""Sentences that need no claim checked: nothing to check, opinion, or waived. Each call is one action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import SENTENCE_MARKS, ActionRow
from workbench.services.given import line_given, one_of
from workbench.services.journal import act, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Article, Sentence, Version


def mark(store: Store, sentence_ids: Sequence[int], as_what: str | None, *, why: str | None = None) -> ActionRow:
    """Settle sentences of one article by a mark, or take their marks away (None). Their open claims stay open.

    Raises UsageError for an unknown mark, NotFoundError for sentences that are not those of a version in use,
    ConflictError when nothing would change.
    """
    one_of(as_what, SENTENCE_MARKS, "mark")
    reason = line_given(why, "reason") or None
    if not sentence_ids:
        raise UsageError("no sentence is named", "name one, such as a3:12")
    with store.writing() as session:
        found = [_sentence(session, each) for each in dict.fromkeys(sentence_ids)]
        changes = [
            _change(sentence, version, as_what, reason) for sentence, version in found if sentence.mark != as_what
        ]
        if not changes:
            raise ConflictError(f"nothing to change: {as_what or 'no mark'} stands there", "choose other sentences")
        article_id = found[0][1].article_id
        return to_action_row(act(session, store.reviewer, "sentence mark", _label(article_id, found, as_what), changes))


def _label(article_id: int, found: Sequence[tuple[Sentence, Version]], as_what: str | None) -> str:
    what = "1 sentence" if len(found) == 1 else f"{len(found)} sentences"
    return f"{what} of a{article_id}: {as_what or 'mark taken away'}"


def _sentence(session: Session, sentence_id: int) -> tuple[Sentence, Version]:
    from db.models import Article, Sentence, Version

    sentence = session.get(Sentence, sentence_id) if abs(sentence_id) < 2**63 else None
    version = session.get(Version, sentence.version_id) if sentence else None
    article = session.get(Article, version.article_id) if version else None
    if sentence is None or version is None or article is None or article.hidden or article.version_id != version.id:
        raise NotFoundError("there is no such sentence in the newest version", "workbench sentence list ARTICLE")
    return sentence, version


def _change(sentence: Sentence, version: Version, after: str | None, why: str | None) -> Change:
    uid = f"{version.uid}:{sentence.start}"
    return Change("sentence", sentence.id or 0, uid, "mark", sentence.mark, after, None, version.article_id, why)


def carried(session: Session, article: Article, before: Version, version: Version) -> list[Change]:
    """The marks of the version before on the sentences of the new one that say the same, as changes to record."""
    from sqlmodel import col, select

    from db.models import Sentence
    from workbench.alignment import Alignment
    from workbench.spans import Span

    marked = select(Sentence).where(Sentence.version_id == before.id, col(Sentence.mark).is_not(None))
    old = list(session.exec(marked.order_by(col(Sentence.start))))
    if not old:
        return []
    alignment = Alignment(before.text, version.text)
    fresh = {
        Span(one.start, one.end): one for one in session.exec(select(Sentence).where(Sentence.version_id == version.id))
    }
    changes = []
    for sentence in old:
        place = alignment.place(Span(sentence.start, sentence.end))
        there = fresh.pop(place.span, None) if place is not None and place.state != "changed" else None
        if there is not None:
            changes.append(_change(there, version, sentence.mark, f"as in version {before.number}"))
    return changes
