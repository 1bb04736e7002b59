"""What the desk restores at the next start: filter, order, claim and theme, in a small JSON file of the user's."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from workbench import config


@dataclass(frozen=True, slots=True)
class DeskState:
    """Where the reviewer left off in one store."""

    store: str = ""
    filter: str = ""
    sort: str = "check"
    descending: bool = False
    claim: int | None = None
    theme: str = ""
    screen: str = "queue"


def load(path: Path | None = None) -> DeskState:
    """The state of the last session; the defaults when there is none or it cannot be read."""
    try:
        held = json.loads((path or config.state_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return DeskState()
    return _checked(held) if isinstance(held, dict) else DeskState()


def _checked(held: dict[str, Any]) -> DeskState:
    kinds: dict[str, tuple[type, ...]] = {"claim": (int, type(None)), "descending": (bool,)}
    good = {
        field.name: held[field.name]
        for field in fields(DeskState)
        if field.name in held and isinstance(held[field.name], kinds.get(field.name, (str,)))
    }
    state = DeskState(**good)
    if state.sort != "check":
        from workbench.records import SORTS  # not before the first frame where it can be helped

        return state if state.sort in SORTS else DeskState(store=state.store, theme=state.theme)
    return state


def save(state: DeskState, path: Path | None = None) -> None:
    """Keep the state; a folder that cannot be written is no reason to disturb anybody."""
    path = path or config.state_file()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".desk-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(state), file)
        os.replace(name, path)


class Places:
    """Where the reviewer is as time goes on: what is kept is the newest place, whichever thread writes last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: DeskState | None = None
        self._newest: DeskState | None = None

    def rests(self, place: DeskState) -> bool:
        """Whether this place was here at the last look too and is still to be kept, which it then counts as."""
        rests, self._seen = place == self._seen and place != self._newest, place
        if rests:
            self._newest = place
        return rests

    def keep(self, place: DeskState) -> None:
        """Write down a place that rested, unless a newer one came meanwhile."""
        with self._lock:
            if place is self._newest:
                save(place)

    def leave(self, place: DeskState) -> None:
        """Write down the last place."""
        self._newest = place
        self.keep(place)
