"""The gram index of quotes: which forms may be alike, and where the quotes of those stand. On the driver alone.

A gram is kept in four bytes with two bits below it: whether its form is short, and whether it is heavy there. Which
keys a form is kept under and sought by, `workbench.match.grams` says; here are rows only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db.driver import Connection

_PUT_FORM = "INSERT INTO quoteform (key, text, words, grams, heavy) VALUES (?, ?, ?, ?, ?)"


class Candidate(NamedTuple):
    """A form that may be alike: its number, words, how many these are, and how many grams it shares."""

    form_id: int
    text: str
    words: int
    shared: int


class Place(NamedTuple):
    """Who said a form, when, and the part in which that stands; `free` where nobody put the part out of a family."""

    speaker: str
    date: str
    part_id: int
    free: bool


def form(connection: Connection, key: int) -> int | None:
    """The number of the form that a key stands for."""
    found = connection.execute("SELECT id FROM quoteform WHERE key = ?", (key,)).fetchone()
    return int(found[0]) if found else None


def put_form(connection: Connection, key: int, text: str, words: int, grams: int, heavy: int) -> int:
    """The number of a new form, with how many words and grams it has and how many of the grams are heavy."""
    return connection.execute(_PUT_FORM, (key, text, words, grams, heavy)).lastrowid or 0


def put_grams(connection: Connection, form_id: int, keys: Iterable[int]) -> None:
    """Put a form into the index."""
    rows = [(key, form_id) for key in keys]
    connection.executemany("INSERT OR IGNORE INTO quotegram (gram, form_id) VALUES (?, ?)", rows)


def holders(connection: Connection, keys: Sequence[int]) -> dict[int, list[int]]:
    """key -> the forms that the index keeps under it."""
    found: dict[int, list[int]] = {}
    sql = "SELECT gram, form_id FROM quotegram WHERE gram IN (SELECT value FROM json_each(?))"
    for key, form_id in connection.execute(sql, (json.dumps(keys),)):
        if key in found:
            found[key].append(form_id)
        else:
            found[key] = [form_id]
    return found


def holding(connection: Connection, keys: Sequence[int], form_ids: Iterable[int]) -> list[int]:
    """Those of the forms that the index keeps under any of the keys, once for each."""
    sql = "SELECT form_id FROM quotegram WHERE gram = ? AND form_id IN (SELECT value FROM json_each(?))"
    chosen = json.dumps(list(form_ids))
    return [row[0] for key in keys for row in connection.execute(sql, (key, chosen))]


def forms(connection: Connection, form_ids: Iterable[int]) -> list[tuple[int, str, int, int, int]]:
    """The forms of these numbers: (number, words, how many words, grams, heavy grams)."""
    sql = "SELECT id, text, words, grams, heavy FROM quoteform WHERE id IN (SELECT value FROM json_each(?))"
    return connection.execute(sql, (json.dumps(list(form_ids)),)).fetchall()


_PLACES = """
SELECT DISTINCT form_id, speaker, date, part_id, 1 FROM quote WHERE form_id IN (SELECT value FROM json_each(?))
"""
_PLACES_DECIDED = """
SELECT DISTINCT form_id, quote.speaker, quote.date, part_id, free FROM quote JOIN quotepart ON quotepart.id = part_id
WHERE form_id IN (SELECT value FROM json_each(?))
"""


def places(connection: Connection, form_ids: Sequence[int], *, decided: bool) -> dict[int, list[Place]]:
    """form -> where its quotes stand. All are free where nobody `decided` anything."""
    found: dict[int, list[Place]] = {}
    sql = _PLACES_DECIDED if decided else _PLACES
    for form_id, speaker, date, part_id, free in connection.execute(sql, (json.dumps(form_ids),)):
        found.setdefault(form_id, []).append(Place(speaker, date, part_id, bool(free)))
    return found


def outside(connection: Connection, form_ids: Sequence[int], parts: Iterable[int]) -> list[int]:
    """Those of the forms that a quote outside these parts has."""
    sql = (
        "SELECT DISTINCT form_id FROM quote WHERE form_id IN (SELECT value FROM json_each(?))"
        " AND part_id NOT IN (SELECT value FROM json_each(?))"
    )
    return [row[0] for row in connection.execute(sql, (json.dumps(form_ids), json.dumps(list(parts))))]


def texts(connection: Connection, form_ids: Iterable[int]) -> dict[int, str]:
    """form -> its words."""
    sql = "SELECT id, text FROM quoteform WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (json.dumps(list(form_ids)),)))


def unused(connection: Connection, form_ids: Sequence[int]) -> dict[int, str]:
    """Those of the forms that no quote has any more, with their words."""
    sql = (
        "SELECT id, text FROM quoteform WHERE id IN (SELECT value FROM json_each(?))"
        " AND id NOT IN (SELECT form_id FROM quote)"
    )
    return dict(connection.execute(sql, (json.dumps(form_ids),)))


def drop(connection: Connection, keys: Mapping[int, Iterable[int]]) -> None:
    """Take forms (with the keys that they are kept under) out of the store and the index."""
    for form_id, own in keys.items():
        rows = [(key, form_id) for key in own]
        connection.executemany("DELETE FROM quotegram WHERE gram = ? AND form_id = ?", rows)
        connection.execute("DELETE FROM quoteform WHERE id = ?", (form_id,))


def empty(connection: Connection) -> None:
    """Take out everything that is derived, so that it can be formed anew."""
    for table in ("quote", "parthang", "quotepart", "quotegram", "quoteform"):
        connection.execute(f"DELETE FROM {table}")
