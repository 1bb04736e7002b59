"""Filters that were given a name. They lie in the store, so that everybody at the desk has them.

Each is a setting of the store, changed by an action: the history shows it and undo takes it back.
"""

from __future__ import annotations

import json

from db import pages
from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services.filters import parse_filter
from workbench.services.journal import act, to_action_row
from workbench.services.store import Store
from workbench.text import clean_line

_PREFIX = "filter "  # of the names of the settings that hold them
_TOGETHER = "saved filters"  # the setting that held all of them, without a history, before schema 5
LONGEST = 60  # characters of a name


def filters(store: Store) -> dict[str, str]:
    """Name -> filter line, by name."""
    with store.reading() as reader:
        found = pages.select(reader, "SELECT name, value FROM setting WHERE name GLOB ? ORDER BY name", f"{_PREFIX}*")
    return {row["name"].removeprefix(_PREFIX): json.loads(row["value"]) for row in found}


def find(store: Store, name: str) -> str:
    """The filter line of that name. Raises NotFoundError with the names that there are."""
    held = filters(store)
    if name not in held:
        known = ", ".join(held) or "none yet"
        raise NotFoundError(f"there is no saved filter “{clean_line(name)}”", f"known are {known}")
    return held[name]


def save(store: Store, name: str, line: str) -> ActionRow:
    """Keep a filter line under a name, in place of what had that name.

    Raises UsageError for what cannot be, ConflictError when nothing changes.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or clean_line(name) != name:
        raise UsageError("that is no name for a filter", f"give a name of 1 to {LONGEST} plain characters")
    if not line.strip():
        raise UsageError("there is no filter to save", "type one first")
    parse_filter(line)
    before = filters(store).get(name)
    if before == line.strip():
        raise ConflictError(f"“{name}” is saved so already", "nothing was changed")
    return _put(store, f"filter “{name}” saved", name, before, line.strip())


def forget(store: Store, name: str) -> ActionRow:
    """Take a saved filter away. Raises NotFoundError."""
    return _put(store, f"filter “{name}” taken away", name, find(store, name), None)


def _put(store: Store, label: str, name: str, before: str | None, after: str | None) -> ActionRow:
    with store.writing() as session:
        change = Change("setting", 0, "settings", _PREFIX + name, before, after)
        return to_action_row(act(session, store.reviewer, "setting", label, [change]))


def adopt(store: Store) -> None:
    """Give filters that were saved before schema 5 the history that they lack; what the fold does not know, it ends."""
    with store.reading() as reader:
        found = pages.select(reader, "SELECT value FROM setting WHERE name = ?", _TOGETHER)
    known = filters(store)
    for name, line in json.loads(found[0][0]).items() if found else ():
        if name not in known:
            _put(store, f"filter “{name}” saved", name, None, line)
