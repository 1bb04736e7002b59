"""Filters that were given a name. They lie in the store, so that everybody at the desk has them."""

from __future__ import annotations

import json

from db import pages
from workbench.errors import NotFoundError, UsageError
from workbench.services.filters import parse_filter
from workbench.services.store import Store
from workbench.text import clean_line

_NAME = "saved filters"  # of the setting that holds them
LONGEST = 60  # characters of a name


def filters(store: Store) -> dict[str, str]:
    """Name -> filter line, by name."""
    with store.reading() as reader:
        found = pages.select(reader, "SELECT value FROM setting WHERE name = ?", _NAME)
    return dict(sorted(json.loads(found[0][0]).items())) if found else {}


def find(store: Store, name: str) -> str:
    """The filter line of that name. Raises NotFoundError with the names that there are."""
    held = filters(store)
    if name not in held:
        known = ", ".join(held) or "none yet"
        raise NotFoundError(f"there is no saved filter “{clean_line(name)}”", f"known are {known}")
    return held[name]


def save(store: Store, name: str, line: str) -> None:
    """Keep a filter line under a name, in place of what had that name. Raises UsageError."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or clean_line(name) != name:
        raise UsageError("that is no name for a filter", f"give a name of 1 to {LONGEST} plain characters")
    if not line.strip():
        raise UsageError("there is no filter to save", "type one first")
    parse_filter(line)
    _put(store, filters(store) | {name: line.strip()})


def forget(store: Store, name: str) -> None:
    """Take a saved filter away. Raises NotFoundError."""
    find(store, name)
    _put(store, {held: line for held, line in filters(store).items() if held != name})


def _put(store: Store, held: dict[str, str]) -> None:
    from db.models import Setting

    with store.writing() as session:
        session.merge(Setting(name=_NAME, value=json.dumps(held, ensure_ascii=False, sort_keys=True)))
