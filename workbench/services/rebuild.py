"""Folding the columns anew: state is base rows and events, and this is the proof, or the repair."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.errors import ConflictError
from workbench.records import Progress
from workbench.services import history
from workbench.services.store import Store


@dataclass(frozen=True, slots=True)
class Differing:
    """A column that did not hold what the events give: in how many rows, and some of them by their keys."""

    column: str
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild read and what it put right; `differing` is empty where the columns were true."""

    events: int
    differing: tuple[Differing, ...]


def rebuild(store: Store, progress: Callable[[Progress], None] | None = None) -> Rebuilt:
    """Recompute every folded column from base rows and events, in one transaction, and form the families anew.

    Nothing is written where nothing differs. It cannot be undone: there is nothing to undo, as no decision changes.
    Raises ConflictError where the history itself does not verify.
    """
    from db import counting, folding, rebuilding
    from workbench.services import families

    chain = history.verify(store)
    if not chain.ok:
        raise ConflictError(f"the history was changed at entry {chain.broken_at}", "restore a backup; nothing was done")
    done = 0
    with store.writing() as session:
        rebuilding.remember(session)
        rebuilding.reset(session)
        for batch in rebuilding.events(session):
            for event in batch:
                folding.apply(session, event.subject, event.subject_id, event.field, json.loads(event.after))
            session.flush()
            session.expunge_all()
            done += len(batch)
            if progress:
                progress(Progress(done, None, "folding entries"))
        families.rebuild(session)
        found = rebuilding.differences(session)
        connection: Any = session.connection().connection.driver_connection
        off = counting.recount(connection)
        if not found and not off:
            session.rollback()
    folded = (Differing(f"{one.table} {one.column}", one.rows, _typed(one.table, one.examples)) for one in found)
    return Rebuilt(done, (*folded, *(Differing(f"{table} number", rows, ()) for table, rows in off.items())))


def _typed(table: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    letter = {"claim": "c", "verdict": "c", "article": "a", "source": "s", "evidence": "e"}.get(table, f"{table} ")
    return tuple(letter + key for key in keys)
