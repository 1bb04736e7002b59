"""Entries of the history in words: when, what, and what changed."""

from __future__ import annotations

import json
from typing import Any

from workbench.records import EventRow


def when(stamp: str) -> str:
    """A time of the store to the minute."""
    return stamp[:16].replace("T", " ")


def what(row: EventRow) -> str:
    """What was done, in one or two words."""
    return row.verb if row.field in ("", "record", row.verb) else f"{row.verb} {row.field}"


def change(row: EventRow) -> str:
    """What it was and what it became, in words."""
    return value(row.after) if row.before is None else f"{value(row.before)} → {value(row.after)}"


def value(given: Any) -> str:
    """What a field held, in words: who and when stand in other columns already."""
    if given is None:
        return "–"
    if isinstance(given, dict):
        told = {name: each for name, each in given.items() if each is not None and name not in ("at", "reviewer")}
        return ", ".join(f"{name} {value(each)}" for name, each in told.items()) or "–"
    if isinstance(given, list):
        return ", ".join(value(each) for each in given) or "–"
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
