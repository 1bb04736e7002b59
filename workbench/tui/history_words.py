"""An event of the history in words for people: no names of columns, no identifiers that only the store knows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.records import EventRow

LONGEST = 300  # code points of one value on a card
VERDICTS = ("truth", "attribution")
FIELDS: Mapping[str, str] = {
    "waived_because": "waived", "attribution": "said so", "spans": "words", "anonymity": "voice", "parent": "part of",
    "claim": "moved", "meaning": "the meaning", "aliases": "other names", "merged": "merged into",
}  # fmt: skip
HANGING: Mapping[str, str] = {"n": "note", "e": "evidence", "c": "claim", "s": "source", "v": "verified"}
LISTED = ("url", "file_name", "stance", "excerpt", "text", "name", "label", "claim", "class", "answer")


def change_in_words(event: EventRow, labels: Mapping[str, str]) -> str:
    """What changed from what to what, and why; `labels` gives the label of a scale by its id."""
    name = HANGING.get(event.subject[:1], event.subject) if event.field == "record" else ""
    name = name or FIELDS.get(event.field, event.field.replace("_", " "))
    before, after = (_value(event.field, value, labels) for value in (event.before, event.after))
    if before == after:
        said = f"{name}: {after or 'nothing'}"
    elif not before:
        said = f"{name}: {after}"
    else:
        said = f"{name}: {before} → {after or 'taken away'}"
    return f"{said} ({event.why})" if event.why else said


def _value(field: str, value: Any, labels: Mapping[str, str]) -> str:
    """A value of an event in words, short enough for a card; "" for none."""
    text = _verdict(value, labels) if field in VERDICTS and isinstance(value, dict) else _words(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _verdict(value: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    label = str(value.get("label") or "")
    said = [labels.get(label, label).lower()]
    said += [f"{name} {value[name]}" for name in ("explanation", "rationale") if value.get(name)]
    return " · ".join(said)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        secret = ["confidential"] if value.get("confidential") else []
        return " · ".join([*(_words(value[name]) for name in LISTED if value.get(name)), *secret])
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_words, value))
    return str(value)
