"""Sources: finding or making one by name, renaming, merging, their kind. Each call of the verbs is one action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import SOURCE_KINDS, ActionRow
from workbench.services.given import line_given, one_of
from workbench.services.journal import act, new_uid, to_action_row
from workbench.services.store import Store
from workbench.services.wanted import short

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Source


def find_or_add(session: Session, name: str, kind: str = "unknown") -> Source:
    """The source of that name or alias, whatever its case, or `s5`; else a new one of that kind."""
    from sqlmodel import col, func, select

    from db.models import Source

    shown = select(Source).where(col(Source.hidden).is_(False), col(Source.merged_into_id).is_(None))
    if name[:1] == "s" and name[1:].isascii() and name[1:].isdigit():
        found = session.exec(shown.where(Source.id == int(name[1:18]))).first()
        if found is None:
            raise NotFoundError(f"there is no source {name}", "workbench sources lists them")
        return found
    found = session.exec(
        shown.where(func.lower(Source.name) == name.lower()).order_by(col(Source.article_id), col(Source.id)).limit(1)
    ).first()
    found = found or _by_alias(session, name)
    if found is None:
        found = Source(uid=new_uid(), name=name, kind=kind)
        session.add(found)
        session.flush()
    return found


def _by_alias(session: Session, name: str) -> Source | None:
    """The source that has this name as another form of its own, and stands for itself."""
    from sqlmodel import col, func, select

    from db import naming
    from db.models import Source, SourceAlias

    found = session.exec(
        select(Source)
        .join(SourceAlias, col(SourceAlias.source_id) == col(Source.id))
        .where(func.lower(SourceAlias.name) == name.lower(), col(Source.hidden).is_(False))
        .order_by(col(Source.article_id), col(Source.id))
        .limit(1)
    ).first()
    return naming.root(session, found) if found else None


def rename(store: Store, source_id: int, name: str) -> ActionRow:
    """Give a source another name; the old one stays as another form of it, so that it is found by either.

    Raises UsageError without a name, ConflictError when it has that name or another source has it: merge them then.
    """
    wanted = line_given(name, "name")
    if not wanted:
        raise UsageError("a source needs a name", "name it as it is to be printed")
    with store.writing() as session:
        source = _named(session, source_id)
        if wanted == source.name:
            raise ConflictError(f"nothing to change: s{source_id} has that name", "workbench show tells what stands")
        _refuse_taken(session, source, wanted)
        known = _aliases(session, source)
        after = sorted({*known, source.name} - {wanted})
        changes = [_change(source, "name", source.name, wanted)]
        changes += [_change(source, "aliases", known, after)] if after != known else []
        label = f"s{source_id} renamed: {short(source.name)} is now {short(wanted)}"
        return to_action_row(act(session, store.reviewer, "source rename", label, changes))


def _refuse_taken(session: Session, source: Source, name: str) -> None:
    from sqlmodel import col, select

    from db.models import Source as Row

    same = select(Row.id).where(
        Row.name == name, Row.kind == source.kind, Row.id != source.id, col(Row.hidden).is_(False),
        col(Row.merged_into_id).is_(None), col(Row.article_id).is_(None),
    )  # fmt: skip
    other = session.exec(same.limit(1)).first() if source.article_id is None else None
    if other is not None:
        raise ConflictError(f"s{other} has that name already", f"workbench source merge s{source.id} s{other}")


def merge(store: Store, source_ids: int | Sequence[int], into_id: int) -> ActionRow:
    """Say that a source, or each of several, is another: its claims and names become the other's. One action.

    Raises ConflictError when it is merged already, UsageError for a source merged with itself.
    """
    from db import naming

    wanted = list(dict.fromkeys([source_ids] if isinstance(source_ids, int) else source_ids))
    with store.writing() as session:
        into = _named(session, into_id)
        named = [_named(session, source_id) for source_id in wanted]
        if into in named or not named:
            raise UsageError("a source cannot be merged with itself", "name another one")
        known = naming.aliases(session, into.id or 0)
        names = {name for source in named for name in (source.name, *naming.aliases(session, source.id or 0))}
        after = sorted({*known, *names} - {into.name})
        target = {"uid": into.uid, "name": into.name}
        changes = [_change(source, "merged", None, target) for source in named]
        changes += [_change(into, "aliases", known, after)] if after != known else []
        what = f"s{named[0].id} {short(named[0].name)}" if len(named) == 1 else f"{len(named)} sources"
        label = f"{what} merged into s{into_id} {short(into.name)}"
        return to_action_row(act(session, store.reviewer, "source merge", label, changes))


def set_kind(store: Store, source_id: int, kind: str) -> ActionRow:
    """Say what a source is: person, body, document, anonymous voice or unknown."""
    one_of(kind, SOURCE_KINDS, "kind")
    with store.writing() as session:
        source = _named(session, source_id)
        if source.kind == kind:
            raise ConflictError(f"nothing to change: s{source_id} is of that kind", "workbench show tells what stands")
        label = f"s{source_id} {short(source.name)}: {kind}"
        changes = [_change(source, "kind", source.kind, kind)]
        return to_action_row(act(session, store.reviewer, "source kind", label, changes))


def _named(session: Session, source_id: int) -> Source:
    from db.models import Source as Row

    source = session.get(Row, source_id) if abs(source_id) < 2**63 else None
    if source is None or source.hidden:
        raise NotFoundError(f"there is no source s{source_id}", "workbench sources lists them")
    if source.merged_into_id is not None:
        raise ConflictError(f"s{source_id} was merged into s{source.merged_into_id}", "name that one")
    return source


def _aliases(session: Session, source: Source) -> list[str]:
    from db import naming

    return naming.aliases(session, source.id or 0)


def _change(source: Source, field: str, before: Any, after: Any) -> Change:
    """A change of a source; one that only one article knows belongs to its history."""
    return Change("source", source.id or 0, source.uid, field, before, after, None, source.article_id)


def attribute(store: Store, claim_id: int, name: str, kind: str, *, revision: int | None = None) -> ActionRow:
    """Say whose words a claim is, making the source of that kind where no one has the name.

    Raises as `review.mark` does. `mark --source` does the same for a source of unknown kind.
    """
    from workbench.services import review

    one_of(kind, SOURCE_KINDS, "kind")
    wanted = line_given(name, "source")
    if not wanted:
        raise UsageError("a source needs a name", "name whose words these are")
    with store.writing() as session:
        claim = review.named_claim(session, claim_id)
        if revision is not None and claim.revision != revision:
            raise review.changed_meanwhile(session, claim)
        review.refuse_speaker(claim_id, claim.kind)
        source = find_or_add(session, wanted, kind)
        held = session.get(type(source), claim.source_id) if claim.source_id else None
        standing = {"uid": held.uid, "name": held.name, "confirmed": claim.source_confirmed} if held else None
        after = {"uid": source.uid, "name": source.name, "confirmed": True}
        if standing == after:
            raise ConflictError(f"nothing to change: c{claim_id} has that source", "workbench show tells what stands")
        change = Change("claim", claim_id, claim.uid, "source", standing, after, claim_id, claim.article_id)
        label = f"c{claim_id} source: {short(source.name)}"
        return to_action_row(act(session, store.reviewer, "mark", label, [change]))
