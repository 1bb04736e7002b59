"""Entries of the history in words: when, what, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.records import EventRow

_FIELDS = {"waived_because": "waived"}
_RECORDS = {"a": "article", "c": "claim", "e": "evidence", "n": "note", "s": "source", "v": "version"}
_NOT_SAID = frozenset({"at", "reviewer", "uid", "scale", "version", "digest", "blob_digest"})  # elsewhere, or for JSON


def when(stamp: str) -> str:
    """A time of the store to the minute."""
    return stamp[:16].replace("T", " ")


def day(stamp: str | None) -> str:
    """The date of a time as people read it; other text as it stands, nothing as nothing."""
    if not stamp:
        return ""
    return stamp[:10] if stamp[10:11] in ("T", " ") else stamp


def what(row: EventRow) -> str:
    """What was done, in one or two words: the field alone where a person marked it."""
    field = _FIELDS.get(row.field, row.field)
    if field == "record":
        field = _RECORDS.get(row.subject[:1], "") if row.verb in ("mark", "undo", "redo") else ""
    if row.verb == "mark" and field:
        return field
    return row.verb if field in ("", row.verb) else f"{row.verb} {field}"


def change(row: EventRow) -> str:
    """What it was and what it became, in words."""
    return value(row.after) if row.before in (None, []) else f"{value(row.before)} → {value(row.after)}"


def value(given: Any) -> str:
    """What a field held, in words: who and when stand in other columns already."""
    if given is None:
        return "–"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, Mapping):
        return _record(given) or "–"
    if isinstance(given, list):
        return ", ".join(value(each) for each in given) or "–"
    return str(given)


def _record(given: Mapping[str, Any]) -> str:
    """A verdict by its label, a source by its name, a note by its text; anything else by what is set in it."""
    if "label" in given:
        told = {name: given.get(name) for name in ("explanation", "rationale")}
        reasons = "; ".join(f"{name}: {text}" for name, text in told.items() if text)
        label = str(given["label"]).replace("-", " ")
        return f"{label} ({reasons})" if reasons else label
    if "confirmed" in given:
        return f"{given.get('name')}{'' if given['confirmed'] else ' ~'}"
    if "number" in given:
        return f"version {given['number']}"
    set_ = {name: each for name, each in given.items() if name not in _NOT_SAID and each not in (None, "", False, [])}
    if list(set_) == ["text"]:
        return value(set_["text"])
    return ", ".join(_set(name, each) for name, each in set_.items())


def _set(name: str, each: Any) -> str:
    shown = name.replace("_", " ")
    return shown if each is True else f"{shown} {value(each)}"
