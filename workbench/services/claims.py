"""Editing claims: adding, re-spanning, splitting, merging, another kind. Each call is one action, durable on return.

Offsets are code points of the newest version of the article. A claim keeps its number and what was decided on it; one
that was judged on other words goes back into review.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import ANONYMITY, CLAIM_KINDS, ActionRow
from workbench.services import checkdecisions, shapes, sources
from workbench.services.given import line_given, one_of
from workbench.services.journal import act, to_action_row
from workbench.services.review import changed_meanwhile, named_claim
from workbench.services.shapes import change
from workbench.services.store import Store
from workbench.services.wanted import short
from workbench.spans import Span

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Article, Claim, Version


def add(
    store: Store,
    article_id: int,
    start: int,
    end: int,
    *,
    kind: str | None = None,
    source: str | None = None,
) -> tuple[int, ActionRow]:
    """Make `text[start:end]` of an article a claim; returns its number.

    Without a kind it is what its quotation marks make of it when a source is given, else a statement. Raises
    NotFoundError for an unknown article, UsageError for places without a word or an unknown kind, ConflictError when
    there is such a claim already.
    """
    one_of(kind, CLAIM_KINDS, "kind")
    name = line_given(source, "source") or ""
    with store.writing() as session:
        article, version = _article(session, article_id)
        content = shapes.sound(version.text, [Span(start, end)])
        wanted = kind or (None if name else "statement")
        claim, changes = _new_claim(session, article, version, content, wanted, None, None)
        if name:
            if claim.kind == "statement":
                raise UsageError("a statement is the article's own and has no source", "leave the source out")
            found = sources.find_or_add(session, name)
            changes.append(change(claim, "source", None, {"uid": found.uid, "name": found.name, "confirmed": True}))
        done = _done(session, store, "claim add", f"c{claim.id} added: {short(claim.text)}", article_id, changes)
        return claim.id or 0, done


def respan(
    store: Store, claim_id: int, start: int | None = None, end: int | None = None, *, revision: int | None = None
) -> ActionRow:
    """Move the edges of a claim; one that is None stays. White space at an edge is left out.

    Raises UsageError when no word is left, ConflictError when nothing would change or the claim did meanwhile.
    """
    with store.writing() as session:
        claim = _seen(session, claim_id, revision)
        text = shapes.text_in_use(session, claim)
        first, last = claim.start if start is None else start, claim.end if end is None else end
        if not 0 <= first < last <= len(text):
            raise UsageError(f"{first} to {last} is no place in a text of {len(text)} characters", "start before end")
        from db import shaping

        content = shapes.clipped(text, shapes.content_of(shaping.standing(session, claim)), first, last)
        changes = shapes.spans_changed(session, claim, text, content)
        if not changes:
            raise ConflictError(f"nothing to change: c{claim_id} stands there", "workbench show CLAIM tells where")
        words = short(changes[0].after["text"])
        return _done(session, store, "claim respan", f"c{claim_id} is now: {words}", claim.article_id, changes)


def split(store: Store, claim_id: int, at: int, *, revision: int | None = None) -> tuple[int, ActionRow]:
    """Cut a claim at a place inside it; returns the number of the claim that begins there.

    A statement, or a part that a person made, becomes two. An attribution stays whole, as one act of saying it, and
    gets two parts as children. Raises UsageError when either side has no word.
    """
    with store.writing() as session:
        claim = _seen(session, claim_id, revision)
        text = shapes.text_in_use(session, claim)
        if not claim.start < at < claim.end:
            raise UsageError(
                f"{at} is not inside c{claim_id}", f"it stands from {claim.start} to {claim.end} of its article"
            )
        from db import shaping

        content = shapes.content_of(shaping.standing(session, claim))
        left, right = _halves(text, content, at)
        article, version = _article(session, claim.article_id)
        siblings = claim.kind == "statement" or (claim.reading_id is None and claim.parent_id is not None)
        changes: list[Change] = []
        if siblings:
            changes += shapes.spans_changed(session, claim, text, left)
            parent = session.get(type(claim), claim.parent_id) if claim.parent_id else None
            made = [_new_claim(session, article, version, right, _kind_of_part(claim), parent, claim)]
        else:
            made = [_new_claim(session, article, version, half, None, claim, claim) for half in (left, right)]
        changes += [each for _, more in made for each in more]
        numbers = " and ".join(f"c{one.id}" for one in ([claim] if siblings else []) + [one for one, _ in made])
        said = f"c{claim_id} split into {numbers}" if siblings else f"c{claim_id} split into the parts {numbers}"
        return made[-1][0].id or 0, _done(session, store, "claim split", said, claim.article_id, changes)


def _kind_of_part(claim: Claim) -> str | None:
    return "statement" if claim.kind == "statement" else None


def _halves(text: str, content: Sequence[Span], at: int) -> tuple[list[Span], list[Span]]:
    left = [Span(piece.start, min(piece.end, at)) for piece in content if piece.start < at]
    right = [Span(max(piece.start, at), piece.end) for piece in content if piece.end > at]
    left[-1], right[0] = shapes.cut_edges(text, left[-1]), shapes.cut_edges(text, right[0])
    return shapes.sound(text, left), shapes.sound(text, right)


def merge(store: Store, claim_id: int, other_id: int | None = None, *, revision: int | None = None) -> ActionRow:
    """Take another claim (the next one of its kind in the article, by default) into this one, which keeps its number.

    Evidence, notes and parts of the other come along, and what was decided on fact-checks for it; its verdicts stay in
    its history. Raises ConflictError when there is no such claim or the two do not belong together.
    """
    with store.writing() as session:
        claim = _seen(session, claim_id, revision)
        text = shapes.text_in_use(session, claim)
        other = named_claim(session, other_id) if other_id is not None else _following(session, claim)
        _refuse_strangers(claim, other)
        shapes.text_in_use(session, other)
        from db import shaping

        pieces = [
            piece for one in (claim, other) for piece in shapes.content_of(shaping.standing(session, one))
        ]  # fmt: skip
        content = _joined(session, text, claim, sorted(pieces))
        changes = shapes.spans_changed(session, claim, text, content)
        changes += [*_brought_along(session, other, claim), *checkdecisions.taken_over(session, other, claim)]
        changes.append(change(other, "record", {"text": other.text}, None))
        label = f"c{other.id} merged into c{claim_id}"
        return _done(session, store, "claim merge", label, claim.article_id, changes)


def _following(session: Session, claim: Claim) -> Claim:
    """The next claim of the same sort in the order of the text."""
    from sqlmodel import col, select

    from db.models import Claim as Row

    own = select(Row).where(
        Row.article_id == claim.article_id, col(Row.hidden).is_(False), Row.id != claim.id, Row.start >= claim.start
    )
    for found in session.exec(own.order_by(col(Row.start), col(Row.end), col(Row.id))):
        alike = (found.kind == "statement") == (claim.kind == "statement") and found.parent_id == claim.parent_id
        if alike and (found.start > claim.start or found.end > claim.end):
            return found
    raise ConflictError(f"no claim of the same sort follows c{claim.id}", "name the one to take in")


def _refuse_strangers(claim: Claim, other: Claim) -> None:
    if claim.id == other.id:
        raise UsageError("a claim cannot be merged with itself", "name another one")
    if claim.article_id != other.article_id:
        raise ConflictError(f"c{claim.id} and c{other.id} stand in different articles", "families join those")
    if (claim.kind == "statement") != (other.kind == "statement"):
        raise ConflictError(f"c{other.id} is {other.kind} and c{claim.id} {claim.kind}", "change one's kind first")
    if claim.parent_id == other.id or other.parent_id == claim.id:
        raise ConflictError(f"c{claim.id} and c{other.id} are a whole and its part", "remove the part instead")
    if claim.kind != "statement" and claim.source_id != other.source_id:
        raise ConflictError(f"c{claim.id} and c{other.id} are attributed to different sources", "set the source first")


def _joined(session: Session, text: str, claim: Claim, pieces: Sequence[Span]) -> list[Span]:
    """Pieces in order; those that touch, or between which only the rest of the same sentence stands, are one."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and _belong(session, text, claim, joined[-1], piece):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return joined


def _belong(session: Session, text: str, claim: Claim, left: Span, right: Span) -> bool:
    gap = text[left.end : right.start]
    if not any(letter.isalnum() for letter in gap):
        return True
    if claim.kind != "statement":
        return False
    from sqlmodel import select

    from db.models import Sentence

    holding = select(Sentence.id).where(
        Sentence.version_id == claim.version_id, Sentence.start <= left.start, Sentence.end >= right.end
    )
    return session.exec(holding).first() is not None


def _brought_along(session: Session, other: Claim, claim: Claim) -> list[Change]:
    """Evidence, notes and parts of the other claim come to this one."""
    from sqlmodel import col, select

    from db.models import Claim as Row
    from db.models import Evidence, Note

    now, then = {"uid": claim.uid, "claim": f"c{claim.id}"}, {"uid": other.uid, "claim": f"c{other.id}"}
    models: tuple[tuple[str, Any], ...] = (("evidence", Evidence), ("note", Note))
    moved = [
        Change(subject, row.id or 0, row.uid, "claim", then, now, claim.id, claim.article_id)
        for subject, model in models
        for row in session.exec(select(model).where(model.claim_id == other.id, col(model.hidden).is_(False)))
    ]
    parts = session.exec(select(Row).where(Row.parent_id == other.id, col(Row.hidden).is_(False)))
    return moved + [change(part, "parent", then, now) for part in parts]


def set_kind(store: Store, claim_ids: Sequence[int], kind: str, *, revision: int | None = None) -> ActionRow:
    """Say what kind claims are. A statement has no speaker: its source goes, an attribution verdict is refused.

    Raises UsageError for an unknown kind, ConflictError when nothing would change.
    """
    one_of(kind, CLAIM_KINDS, "kind")

    def refuse(claim: Claim) -> None:
        if kind == "statement" and claim.attribution:
            raise ConflictError(f"c{claim.id} has an attribution verdict, and a statement none", "clear that verdict")

    def unsaid(session: Session, claim: Claim) -> list[Change]:
        return [_no_source(session, claim)] if kind == "statement" and claim.source_id else []

    return _set(store, claim_ids, "kind", kind, f"kind: {kind}", revision, refuse, unsaid)


def _no_source(session: Session, claim: Claim) -> Change:
    from db.models import Source

    held = session.get_one(Source, claim.source_id)
    return change(claim, "source", {"uid": held.uid, "name": held.name, "confirmed": claim.source_confirmed}, None)


def set_voice(store: Store, claim_ids: Sequence[int], level: str, *, revision: int | None = None) -> ActionRow:
    """Say how near readers are to whoever speaks, A to J (taxonomies 4.3); an empty level takes it away."""
    wanted = level.strip().upper() or None
    if wanted is not None and wanted not in ANONYMITY:
        raise UsageError(f"unknown level {level!r}", "known are A (named, on record) to J (another medium)")
    said = f"voice: {wanted}" if wanted else "voice: none"
    return _set(store, claim_ids, "anonymity", wanted, said, revision, lambda claim: None)


def _set(
    store: Store,
    claim_ids: Sequence[int],
    field: str,
    value: Any,
    said: str,
    revision: int | None,
    refuse: Callable[[Claim], None],
    more: Callable[[Session, Claim], list[Change]] = lambda session, claim: [],
) -> ActionRow:
    """`more` is what else changes on a claim whose field changes."""
    if not claim_ids:
        raise UsageError("no claim is named", "name one, such as c12")
    with store.writing() as session:
        only = len(set(claim_ids)) == 1
        claims = [_seen(session, each, revision if only else None) for each in dict.fromkeys(claim_ids)]
        for claim in claims:
            refuse(claim)
        due = [claim for claim in claims if getattr(claim, field) != value]
        if not due:
            raise ConflictError(f"nothing to change: {said} stands already", "workbench show CLAIM tells what stands")
        changes = [change(claim, field, getattr(claim, field), value) for claim in due]
        changes += [each for claim in due for each in more(session, claim)]
        names = f"c{due[0].id}" if len(due) == 1 else f"{len(due)} claims"
        return to_action_row(act(session, store.reviewer, f"claim {field}", f"{names} {said}", changes))


def _seen(session: Session, claim_id: int, revision: int | None) -> Claim:
    claim = named_claim(session, claim_id)
    if revision is not None and claim.revision != revision:
        raise changed_meanwhile(session, claim)
    return claim


def _article(session: Session, article_id: int) -> tuple[Article, Version]:
    from db.models import Article, Version

    article = session.get(Article, article_id) if abs(article_id) < 2**63 else None
    if article is None or article.hidden or article.version_id is None:
        raise NotFoundError(f"there is no article a{article_id}", "workbench articles lists them")
    return article, session.get_one(Version, article.version_id)


def _new_claim(
    session: Session,
    article: Article,
    version: Version,
    content: Sequence[Span],
    kind: str | None,
    parent: Claim | None,
    like: Claim | None,
) -> tuple[Claim, list[Change]]:
    """A claim that a person makes, hidden until its change is folded in; `like` lends source, cue and voice."""
    from workbench.services import making

    claim = making.claim(session, article, version, content, kind, parent, like)
    record = {"text": claim.text, "kind": claim.kind, "start": claim.start, "end": claim.end}
    return claim, [change(claim, "record", None, record)]


def _done(
    session: Session, store: Store, verb: str, label: str, article_id: int, changes: Sequence[Change]
) -> ActionRow:
    """Record the action; quotes on other words are compared anew."""
    from workbench.services import conflicts, families

    done = to_action_row(act(session, store.reviewer, verb, label, changes))
    families.update(session, article_id)
    conflicts.update(session, article_id)
    return done
