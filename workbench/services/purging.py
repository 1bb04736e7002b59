"""Purging: the words of an article are overwritten for good, and the history says that they were."""

from __future__ import annotations

from dataclasses import dataclass

from db.errors import StoreFault
from workbench.errors import NotFoundError
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services.journal import act, now, to_action_row
from workbench.services.store import Store, say


@dataclass(frozen=True, slots=True)
class Purged:
    """What was overwritten. `twins` are other articles that hold one of the same texts: they were left alone.

    `swept` is False when another program held the store open, so that old pages may still lie in its files.
    """

    action: ActionRow
    texts: int
    copies: int
    entries: int
    twins: tuple[int, ...]
    swept: bool


def purge(store: Store, article_id: int) -> Purged:
    """Overwrite an article: its texts, names, claims, notes, kept copies and the history's words about them.

    What stays is a tombstone: digests, numbers, dates, who did what when. The chain of the history still verifies.
    It cannot be undone. Raises NotFoundError for an article that is not there or was purged.
    """
    from db import purging
    from db.models import Article
    from workbench.services import conflicts, families

    with store.writing() as session:
        article = session.get(Article, article_id)
        if article is None or article.purged_at is not None:
            gone = f"was purged on {(article.purged_at or '')[:10]}" if article else "is not there"
            raise NotFoundError(f"a{article_id} {gone}", "workbench articles lists what there is")
        at = now()
        going = purging.found(session, article_id)
        purging.hide(session, article_id)
        families.update(session, article_id)
        conflicts.update(session, article_id)
        purging.blank(session, article_id, at, going)
        record = {name: going[name] for name in ("texts", "copies", "entries", "labels")} | {"at": at}
        change = Change("article", article_id, article.uid, "purged", None, record, None, article_id)
        label = f"a{article_id} purged: {len(going['texts'])} texts, {len(going['copies'])} copies"
        done = to_action_row(act(session, store.reviewer, "purge", label, [change]))
    return Purged(
        done, len(going["texts"]), len(going["copies"]), len(going["entries"]), tuple(going["twins"]), sweep(store)
    )


def is_purged(store: Store, article_id: int) -> bool:
    """Whether there was such an article and it was purged."""
    from db import pages

    sql = "SELECT 1 FROM article WHERE id = ? AND purged_at IS NOT NULL"
    with store.reading() as reader:
        return bool(pages.select(reader, sql, article_id))


def sweep(store: Store) -> bool:
    """Rewrite the store's file without what was overwritten; False when another program holds old pages open."""
    from db import purging

    try:
        return purging.sweep(store.path)
    except StoreFault as fault:
        raise say(fault, store.path) from fault
