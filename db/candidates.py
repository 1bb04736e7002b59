"""The gram index of quotes: which forms may be alike, and what those that are have in common.

A gram is kept in four bytes with two bits below it: whether its form is short, and whether it is heavy there. Which
keys a form is kept under and sought by, `workbench.match.grams` says; here are rows only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from db.models import FormLink, QuoteForm, QuoteGram  # noqa: F401 (the tables that the statements below write)

_PUT_FORM = "INSERT INTO quoteform (key, text, grams, heavy) VALUES (?, ?, ?, ?) RETURNING id"


def form(session: Session, key: int) -> int | None:
    """The number of the form that a key stands for."""
    found = session.connection().exec_driver_sql("SELECT id FROM quoteform WHERE key = ?", (key,)).first()
    return int(found[0]) if found else None


def put_form(session: Session, key: int, text: str, grams: int, heavy: int) -> int:
    """The number of a new form, with how many grams it has and how many of them are heavy."""
    return int(session.connection().exec_driver_sql(_PUT_FORM, (key, text, grams, heavy)).scalar_one())


def put_grams(session: Session, form_id: int, keys: Iterable[int]) -> None:
    """Put a form into the index."""
    rows = [(key, form_id) for key in keys]
    if rows:
        session.connection().exec_driver_sql("INSERT OR IGNORE INTO quotegram (gram, form_id) VALUES (?, ?)", rows)


# The filter is match.grams.least: the two must be the same.
_SHARING = """
SELECT quoteform.id, quoteform.text, shared FROM (SELECT form_id, count(*) AS shared FROM quotegram
  WHERE gram IN (SELECT value FROM json_each(?1)) GROUP BY form_id) JOIN quoteform ON quoteform.id = form_id
WHERE shared >= CASE WHEN min({size}, ?2) <= 4 THEN 1 WHEN min({size}, ?2) <= 9 THEN 2
  ELSE (min({size}, ?2) + 4) / 5 END
"""


def sharing(session: Session, keys: Sequence[int], own: int, *, heavy: bool) -> list[tuple[int, str]]:
    """The forms (number, words) that share enough of these keys, where `own` grams are compared with all of theirs, or
    with their heavy ones alone."""
    if not keys:
        return []
    sql = _SHARING.format(size="quoteform.heavy" if heavy else "quoteform.grams")
    rows = session.connection().exec_driver_sql(sql, (json.dumps(list(keys)), own))
    return [(int(row[0]), str(row[1])) for row in rows]


def text_of(session: Session, form_id: int) -> str:
    """The words of a form."""
    sql = "SELECT text FROM quoteform WHERE id = ?"
    return str(session.connection().exec_driver_sql(sql, (form_id,)).scalar_one())


def itself(session: Session, form_id: int) -> Any | None:
    """What a form has in common with itself (likeness 7 columns), None where no occasion links equal quotes of it."""
    sql = (
        "SELECT relation, telling, of_shorter, of_longer, unbroken, shorter, longer FROM formlink"
        " WHERE first_id = ?1 AND second_id = ?1"
    )
    return session.connection().exec_driver_sql(sql, (form_id,)).first()


_PUT_LINK = "INSERT OR REPLACE INTO formlink VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def put_links(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    """Store what forms have in common: (first, hangs, second, relation, telling, of_shorter, of_longer, unbroken,
    shorter, longer, alarms), each pair in both orders."""
    if rows:
        session.connection().exec_driver_sql(_PUT_LINK, list(rows))


_UNUSED = "id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT form_id FROM quote)"


def drop_unused(session: Session, form_ids: Sequence[int]) -> None:
    """Take forms that no quote has any more, with their words and links, out of the store."""
    run, given = session.connection().exec_driver_sql, json.dumps(list(form_ids))
    unused = [int(row[0]) for row in run(f"SELECT id FROM quoteform WHERE {_UNUSED}", (given,))]
    for form_id in unused:
        others = [row[0] for row in run("SELECT second_id FROM formlink WHERE first_id = ?", (form_id,))]
        run("DELETE FROM formlink WHERE first_id = ?", (form_id,))
        for other in others:
            run("DELETE FROM formlink WHERE first_id = ? AND second_id = ?", (other, form_id))
        run("DELETE FROM quotegram WHERE form_id = ?", (form_id,))
        run("DELETE FROM quoteform WHERE id = ?", (form_id,))


def empty(session: Session) -> None:
    """Take out everything that is derived, so that it can be formed anew."""
    for table in ("quote", "parthang", "quotepart", "formlink", "quotegram", "quoteform"):
        session.connection().exec_driver_sql(f"DELETE FROM {table}")
