"""The history of a claim: its own events and those of its evidence and notes, in their order and in words."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.records import ClaimCard, EventRow
from workbench.report import phrases

_HANGING = {"e": "evidence", "n": "note"}
# What stands beside the event or with the evidence itself, and what names things for programs only.
_NOT_SAID = frozenset({"at", "reviewer", "uid", "digest", "blob_digest"})
_FIELDS = {"waived_because": "waived"}
_LONGEST = 200
_VERDICTS = ("truth", "attribution")

Events = dict[str, list[EventRow]]


def by_subject(history: Iterable[EventRow]) -> Events:
    """Events by the typed identifier of what they are about."""
    events: Events = {}
    for event in history:
        events.setdefault(event.subject, []).append(event)
    return events


def of_claim(card: ClaimCard, events: Events) -> tuple[EventRow, ...]:
    """The events of a claim, oldest first."""
    subjects = [f"c{card.row.id}", *(f"e{piece.id}" for piece in card.evidence), *(f"n{n.id}" for n in card.notes)]
    found = {event.seq: event for subject in subjects for event in events.get(subject, ())}
    return tuple(found[seq] for seq in sorted(found))


def in_short(events: tuple[EventRow, ...]) -> str:
    """How many entries by whom and when, and how often a verdict was changed; empty where there is none."""
    if not events:
        return ""
    people = sorted({event.reviewer for event in events})
    given = sum(event.field in _VERDICTS and event.before is not None for event in events)
    turned = f", a verdict changed {'once' if given == 1 else f'{given} times'}" if given else ""
    first, last = phrases.day(events[0].at), phrases.day(events[-1].at)
    days = first if first == last else f"{first} to {last}"
    return f"{phrases.count(len(events), 'entry', 'entries')} by {', '.join(people)}, {days}{turned}"


def in_words(event: EventRow) -> str:
    """What was done, to what, from what to what, and why; at most some 200 characters for each value."""
    changed = _change(_done(event), event.before, event.after)
    return f"{changed} (because: {event.why})" if event.why else changed


def _done(event: EventRow) -> str:
    named = _FIELDS.get(event.field, event.field).replace("_", " ")
    if named == "record":
        return _HANGING.get(event.subject[:1], event.subject)
    return named if event.verb in ("mark", "set") and named else f"{event.verb} {named}".strip()


def _change(done: str, before: object, after: object) -> str:
    if before in (None, [], ()):
        return done if after is None else f"{done}: {_value(after)}"
    return f"{done}: from {_value(before)} to {_value(after)}"


def _value(stored: object) -> str:
    text = _said(stored)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _said(stored: object) -> str:
    if stored is None:
        return "nothing"
    if isinstance(stored, bool):
        return "yes" if stored else "no"
    if isinstance(stored, dict):
        return _fields(stored)
    if isinstance(stored, (list, tuple)):
        return ", ".join(map(_value, stored)) or "nothing"
    return str(stored)


def _fields(stored: dict[object, object]) -> str:
    """A verdict by its label and what explains it, a source by its name; anything else by what is set in it."""
    if "label" in stored:
        label = str(stored["label"]).replace("-", " ")
        return "; ".join([label, *(_value(stored[name]) for name in ("explanation", "rationale") if stored.get(name))])
    if "confirmed" in stored:
        return f"{_value(stored.get('name'))}{'' if stored['confirmed'] else ' ~'}"
    named = {name: part for name, part in stored.items() if name not in _NOT_SAID and part not in (None, False, "")}
    if list(named) == ["text"]:
        return _value(named["text"])
    return ", ".join(f"{str(name).replace('_', ' ')} {_value(part)}" for name, part in named.items())
