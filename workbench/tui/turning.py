"""Undo and redo as the desk does them. Every function here is called in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.records import ActionRow
    from workbench.services.store import Store

Watch = Callable[[int, int], None]
LARGE = 5_000  # events of an action from which on turning it is long work


def turn(store: Store, forward: bool, watch: Watch | None = None) -> tuple[ActionRow, int | None]:
    """Undo or redo; the action that did it and the first claim that it touched. Raises ConflictError."""
    from workbench.services import history

    action = history.redo(store, watch) if forward else history.undo(store, watch)
    touched = [event.subject for event in history.log(store, limit=20) if event.action_id == action.id]
    claims = [int(subject[1:]) for subject in touched if subject[:1] == "c"]
    return action, claims[0] if claims else None


def taken_away(store: Store) -> tuple[str, int, int] | None:
    """What the next undo would hide, where it hides articles: the action's label, articles and claims."""
    from workbench.services import history

    action = history.last_action(store)
    articles, claims = history.brought(store, action.id) if action else (0, 0)
    return (action.label, articles, claims) if action and articles else None


def is_large(store: Store, forward: bool) -> bool:
    """Whether it takes long."""
    from workbench.services import history

    return history.size_of_next(store, redo=forward) > LARGE
