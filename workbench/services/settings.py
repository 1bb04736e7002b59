"""What belongs to the store rather than to a user: the desk's name and addresses, its scales, whose checks it takes.

A setting is changed by an action like any other: the history shows it and undo takes it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from db import pages
from workbench.claimreview import values
from workbench.errors import ConflictError, UsageError
from workbench.history import Change
from workbench.records import ActionRow
from workbench.services.journal import act, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

LONGEST = 1_000  # code points of a setting
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\Z")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, what it is for, its value in words ("" when unset) and what holds then."""

    name: str
    help: str
    value: str
    default: str


def _text(given: str) -> str:
    return " ".join(given.split())


def _address(given: str) -> str:
    if not values.is_address(given):
        raise UsageError(f"“{given}” is no address", "write it whole, such as https://desk.example/")
    return given


def _pattern(given: str) -> str:
    _address(re.sub(r"\{(?:claim|article)\}", "1", given))
    if "{claim}" not in given:
        raise UsageError("the pattern has no {claim}", "write it such as https://desk.example/checks/{article}#{claim}")
    return given


def _language(given: str) -> str:
    if not _LANGUAGE.match(given):
        raise UsageError(f"“{given}” is no language", "write its code, such as en or pt-BR")
    return given


def _hosts(given: str) -> list[str]:
    found = [one.lower().removeprefix("www.") for one in re.split(r"[\s,]+", given) if one]
    for one in found:
        if not _HOST.match(one):
            raise UsageError(f"“{one}” is no site", "write hosts such as snopes.com, parted by commas")
    return sorted(set(found))


def _scale(judgement: str) -> Callable[[str], str]:
    def checked(given: str) -> str:
        known = [scale["id"] for scale in shipped_scales() if scale["judgement"] == judgement]
        if given not in known:
            near = get_close_matches(given, known, 1)
            raise UsageError(
                f"unknown scale “{given}”", f"{f'did you mean {near[0]}? ' if near else ''}known are {', '.join(known)}"
            )
        return given

    return checked


# Name -> (what it is for, what holds where it is unset, what checks a value)
KNOWN: Mapping[str, tuple[str, str, Callable[[str], Any]]] = {
    "desk-name": ("Who publishes the checks, for ClaimReview.", "", _text),
    "home-page": ("The desk's home page, for ClaimReview.", "", _address),
    "check-url": ("Where a check is published; {claim} and {article} stand for their numbers.", "", _pattern),
    "licence": ("The licence of published checks, an address.", "none stated", _address),
    "language": ("The language that checks are written in.", "en", _language),
    "publishers": ("Sites whose fact-checks are imported, parted by commas.", "all", _hosts),
    "truth-scale": ("The scale of truth verdicts.", "truth-5", _scale("truth")),
    "attribution-scale": ("The scale of attribution verdicts.", "attribution-7", _scale("attribution")),
}


def settings(store: Store) -> tuple[Setting, ...]:
    """Every setting as it stands, in the order of KNOWN."""
    stored = _stored(store)
    return tuple(Setting(name, told, _shown(stored.get(name)), default) for name, (told, default, _) in KNOWN.items())


def value(store: Store, name: str) -> Any:
    """The value of a setting, None where it is unset."""
    return _stored(store).get(name)


def _stored(store: Store) -> dict[str, Any]:
    with store.reading() as reader:
        return {row["name"]: json.loads(row["value"]) for row in pages.select(reader, "SELECT * FROM setting")}


def _shown(stored: Any) -> str:
    return ", ".join(stored) if isinstance(stored, list) else str(stored or "")


def change(store: Store, name: str, given: str) -> ActionRow:
    """Set a setting; empty takes it away. Raises UsageError for what cannot be, ConflictError when nothing changes."""
    if name not in KNOWN:
        near = get_close_matches(name, KNOWN, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"unknown setting “{name}”", f"{hint}known are {', '.join(KNOWN)}")
    if len(given) > LONGEST:
        raise UsageError(f"the {name} is longer than {LONGEST} characters", "shorten it")
    after = (KNOWN[name][2](values.sound(given.strip())) if given.strip() else None) or None
    before = value(store, name)
    if before == after:
        raise ConflictError(f"{name} is so already", "nothing was changed")
    with store.writing() as session:
        if name.endswith("-scale") and after:
            _add_scale(session, after)
        label = f"{name} set to {_shown(after)}" if after else f"{name} taken away"
        done = act(session, store.reviewer, "setting", label, [Change("setting", 0, "settings", name, before, after)])
        return to_action_row(done)


@cache
def shipped_scales() -> tuple[dict[str, Any], ...]:
    """The scales of `seeds/scales.json`, those that a store begins with and those to choose from."""
    given = json.loads(files("seeds").joinpath("scales.json").read_text(encoding="utf-8"))
    return (*given["scales"], *given["more_scales"])


def _add_scale(session: Session, scale_id: str) -> None:
    """Put a shipped scale into a store that does not have it yet; it is not in use by that."""
    from db.models import Scale, ScaleLabel

    if session.get(Scale, scale_id) is not None:
        return
    given = next(scale for scale in shipped_scales() if scale["id"] == scale_id)
    session.add(Scale(id=scale_id, judgement=given["judgement"], name=given["name"], in_use=False))
    session.flush()
    session.add_all(
        ScaleLabel(scale_id=scale_id, position=place, **label) for place, label in enumerate(given["labels"])
    )
    session.flush()
