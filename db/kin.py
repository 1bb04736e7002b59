"""Quotes, the parts that likeness joins them to, and the families that parts make: rows in, rows out, no judgement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from db.driver import Connection

_SHOWN = """
SELECT id, coalesce(speaker, ''), coalesce(date, ''), coalesce(origin, ''), group_concat(exact, ' … '), family_id FROM (
  SELECT claim.id, claim.source_name AS speaker, claim.sort_date AS date, agency.name AS origin, anchor.exact,
    claim.family_id
  FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = claim.version_id AND role = 'quote'
    JOIN article ON article.id = claim.article_id LEFT JOIN agency ON agency.id = article.agency_id
  WHERE claim.id IN (SELECT value FROM json_each(?)) AND NOT claim.hidden ORDER BY claim.id, piece)
GROUP BY id ORDER BY id
"""


class Shown(NamedTuple):
    """A shown claim that quotes: who said the words, when, by which wire, and the family that it was last shown in."""

    claim_id: int
    speaker: str
    date: str
    origin: str
    words: str
    family_id: int | None


class Placed(NamedTuple):
    """A quote as it was placed last."""

    claim_id: int
    form_id: int
    speaker: str
    date: str
    origin: str
    part_id: int
    key: int = 0  # of the form


class Part(NamedTuple):
    """Quotes that likeness or a person joined: the root of its family, its rank, and the form that has that rank."""

    id: int
    root_id: int
    free: bool
    words: int
    key: int
    date: str
    speaker: str
    origin: str
    head_id: int
    alarms: str
    strays: str

    @property
    def rank(self) -> tuple[Any, ...]:
        """The values of its rank."""
        return (bool(self.free), *self[3:8])


def shown(connection: Connection, claim_ids: Sequence[int]) -> list[Shown]:
    """The quoted words of shown claims; claims without marks are left out."""
    return list(map(Shown._make, _all(connection, _SHOWN, claim_ids)))


def stored(connection: Connection, claim_ids: Sequence[int]) -> list[Placed]:
    """The quotes as they were placed last."""
    sql = (
        "SELECT quote.*, quoteform.key FROM quote JOIN quoteform ON quoteform.id = form_id"
        " WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id"
    )
    return list(map(Placed._make, _all(connection, sql, claim_ids)))


def misnamed(connection: Connection, claim_ids: Sequence[int] | None) -> list[int]:
    """The claims, of these or of all, that were placed under another speaker than they have now."""
    sql = (
        "SELECT claim_id FROM quote JOIN claim ON claim.id = claim_id WHERE coalesce(source_name, '') <> quote.speaker"
    )
    if claim_ids is None:
        return [int(row[0]) for row in connection.execute(sql)]
    return [
        int(row[0]) for row in _all(connection, f"{sql} AND claim_id IN (SELECT value FROM json_each(?))", claim_ids)
    ]


def claims_of_article(connection: Connection, article_id: int) -> list[int]:
    """Every claim of an article, hidden ones too."""
    run = connection.execute
    return [int(row[0]) for row in run("SELECT id FROM claim WHERE article_id = ? ORDER BY id", (article_id,))]


def quoting(connection: Connection) -> list[int]:
    """Every shown claim that quotes."""
    sql = (
        "SELECT DISTINCT claim_id FROM anchor JOIN claim ON claim.id = claim_id"
        " AND anchor.version_id = claim.version_id WHERE role = 'quote' AND NOT hidden ORDER BY claim_id"
    )
    return [int(row[0]) for row in connection.execute(sql)]


def equal_part(connection: Connection, form_id: int, speaker: str, date: str) -> int | None:
    """A part that nobody set apart and that holds these words of this speaker on this day."""
    sql = (
        "SELECT part_id FROM quote JOIN quotepart ON quotepart.id = part_id"
        " WHERE form_id = ? AND quote.speaker = ? AND quote.date = ? AND free LIMIT 1"
    )
    found = connection.execute(sql, (form_id, speaker, date)).fetchone()
    return int(found[0]) if found else None


def neighbours(connection: Connection, part_id: int) -> list[tuple[int, float]]:
    """The parts that may hang by a part, or it by them, with the best score of a link between them."""
    sql = "SELECT other_id, score FROM parthang WHERE part_id = ?"
    return [(int(row[0]), float(row[1])) for row in connection.execute(sql, (part_id,))]


_HANG = "INSERT INTO parthang VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET score = max(score, excluded.score)"


def put_hangs(connection: Connection, part_id: int, others: Mapping[int, float]) -> list[int]:
    """Store by which parts a part may hang, or they by it; of two links the better one counts.

    Returns the parts for which that changed something.
    """
    if not others:
        return []
    known = dict(neighbours(connection, part_id))
    better = {other: score for other, score in others.items() if score > known.get(other, -1.0)}
    rows = [row for other, score in better.items() for row in ((part_id, other, score), (other, part_id, score))]
    connection.executemany(_HANG, rows)
    return sorted(better)


def _drop_hangs(connection: Connection, part_id: int) -> None:
    run = connection.execute
    run("DELETE FROM parthang WHERE other_id = ?1 AND part_id IN (SELECT other_id FROM parthang WHERE part_id = ?1)",
        (part_id,))  # fmt: skip
    run("DELETE FROM parthang WHERE part_id = ?", (part_id,))


_PUT_PART = """
INSERT INTO quotepart (root_id, free, words, key, date, speaker, origin, head_id, alarms, strays)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM quotepart), ?, ?, ?, ?, ?, ?, ?, '', '')
"""


def put_part(connection: Connection, rank: tuple[Any, ...], head_id: int) -> int:
    """A new part, its own root, with its rank (free, words, key, date, speaker, origin) and the form that has it."""
    return connection.execute(_PUT_PART, (*rank, head_id)).lastrowid or 0


def parts(connection: Connection, part_ids: Iterable[int]) -> dict[int, Part]:
    """The parts of these numbers; those that are no more are left out."""
    sql = "SELECT * FROM quotepart WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: Part._make(row) for row in _all(connection, sql, list(part_ids))}


def part(connection: Connection, part_id: int) -> Part | None:
    """One part, None where it is no more."""
    found = connection.execute("SELECT * FROM quotepart WHERE id = ?", (part_id,)).fetchone()
    return Part._make(found) if found else None


def set_rank(connection: Connection, part_id: int, rank: tuple[Any, ...], head_id: int) -> None:
    """Write the rank of a part and the form that has it."""
    sql = (
        "UPDATE quotepart SET free = ?, words = ?, key = ?, date = ?, speaker = ?, origin = ?, head_id = ? WHERE id = ?"
    )
    connection.execute(sql, (*rank, head_id, part_id))


def set_alarms(connection: Connection, part_id: int, alarms: str, strays: str) -> None:
    """Write what is in alarm between the quotes of a part and the longest of its family, and what is not like that."""
    connection.execute("UPDATE quotepart SET alarms = ?, strays = ? WHERE id = ?", (alarms, strays, part_id))


def forms_of(connection: Connection, part_id: int) -> list[int]:
    """The forms of the quotes of a part."""
    found = connection.execute("SELECT DISTINCT form_id FROM quote WHERE part_id = ? ORDER BY 1", (part_id,))
    return [int(row[0]) for row in found]


def set_root(connection: Connection, part_id: int, root_id: int) -> None:
    """Write which part is at the root of a part's family."""
    connection.execute("UPDATE quotepart SET root_id = ? WHERE id = ?", (root_id, part_id))


def rooted(connection: Connection, root_id: int) -> list[Part]:
    """The parts of a family."""
    found = connection.execute("SELECT * FROM quotepart WHERE root_id = ? ORDER BY id", (root_id,))
    return list(map(Part._make, found))


def put_quote(connection: Connection, row: tuple[Any, ...]) -> None:
    """Store where a quote is: (claim_id, form_id, speaker, date, origin, part_id)."""
    connection.execute("INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?)", row)


def take_quote(connection: Connection, claim_id: int) -> None:
    """Take a quote out of its part."""
    connection.execute("DELETE FROM quote WHERE claim_id = ?", (claim_id,))


def merge_part(connection: Connection, part_id: int, into: int) -> None:
    """Move the quotes of a part into another one; the part is no more."""
    run = connection.execute
    hung = {other: score for other, score in neighbours(connection, part_id) if other != into}
    _drop_hangs(connection, part_id)
    put_hangs(connection, into, hung)
    run("UPDATE quote SET part_id = ? WHERE part_id = ?", (into, part_id))
    run("DELETE FROM quotepart WHERE id = ?", (part_id,))


def dissolve(connection: Connection, part_id: int) -> list[Placed]:
    """Take a part apart; returns the quotes that it held."""
    run = connection.execute
    found = [Placed(*row) for row in run("SELECT * FROM quote WHERE part_id = ? ORDER BY claim_id", (part_id,))]
    _drop_hangs(connection, part_id)
    run("DELETE FROM quote WHERE part_id = ?", (part_id,))
    run("DELETE FROM quotepart WHERE id = ?", (part_id,))
    return found


def has_twin(connection: Connection, quote: Placed) -> bool:
    """Whether the part of a quote holds another with just its words, speaker, day and wire."""
    sql = (
        "SELECT 1 FROM quote WHERE form_id = ? AND speaker = ? AND date = ? AND origin = ? AND part_id = ?"
        " AND claim_id <> ? LIMIT 1"
    )
    return connection.execute(sql, (*quote[1:6], quote.claim_id)).fetchone() is not None


_DECIDED = """
SELECT claim_id, other_id, state FROM kinship WHERE claim_id IN (SELECT value FROM json_each(?1))
UNION SELECT claim_id, other_id, state FROM kinship WHERE other_id IN (SELECT value FROM json_each(?1))
"""


def decided(connection: Connection, claim_ids: Sequence[int]) -> list[Any]:
    """What people decided of these claims: (claim_id, other_id, state)."""
    return _all(connection, _DECIDED, claim_ids)


def any_decided(connection: Connection) -> bool:
    """Whether anybody decided anything about families."""
    return connection.execute("SELECT 1 FROM kinship LIMIT 1").fetchone() is not None


def claims_of_family(connection: Connection, family_id: int) -> list[int]:
    """The shown claims of a family, the earliest first."""
    sql = (
        "SELECT claim.id FROM claim JOIN quote ON quote.claim_id = claim.id"
        " JOIN quoteform ON quoteform.id = quote.form_id WHERE family_id = ? AND NOT claim.hidden"
        " ORDER BY quote.date = '', quote.date, length(quoteform.text) DESC, quoteform.text, quote.speaker,"
        " quote.origin, claim.id"
    )
    return [int(row[0]) for row in connection.execute(sql, (family_id,))]


def parts_of(connection: Connection, claim_ids: Iterable[int]) -> dict[int, int]:
    """claim -> the part that it is in; claims that are in none are left out."""
    sql = "SELECT claim_id, part_id FROM quote WHERE claim_id IN (SELECT value FROM json_each(?))"
    return {int(row[0]): int(row[1]) for row in _all(connection, sql, list(claim_ids))}


_STRANGERS = """
SELECT DISTINCT theirs.part_id FROM quote AS own JOIN kinship ON kinship.claim_id = own.claim_id
  JOIN quote AS theirs ON theirs.claim_id = kinship.other_id WHERE own.part_id = ?1 AND kinship.state = 'rejected'
UNION SELECT DISTINCT theirs.part_id FROM quote AS own JOIN kinship ON kinship.other_id = own.claim_id
  JOIN quote AS theirs ON theirs.claim_id = kinship.claim_id WHERE own.part_id = ?1 AND kinship.state = 'rejected'
"""


def strangers(connection: Connection, part_id: int) -> list[int]:
    """The parts that a person said are not of one family with this one."""
    found = connection.execute(_STRANGERS, (part_id,))
    return [int(row[0]) for row in found if row[0] != part_id]


def set_kinship(connection: Connection, claim_id: int, other_id: int, state: str | None) -> None:
    """Fold what a person decided of two claims; None takes it back."""
    run = connection.execute
    run("DELETE FROM kinship WHERE claim_id = ? AND other_id = ?", (claim_id, other_id))
    if state is not None:
        run("INSERT INTO kinship VALUES (?, ?, ?)", (claim_id, other_id, state))


# ---- the families as they are shown ---------------------------------------------------------------------------------

_SUMMARY = """
SELECT count(*) AS size, count(DISTINCT CASE WHEN quote.origin <> '' THEN 'wire ' || lower(quote.origin)
  ELSE coalesce(article.copy_of_id, article.id) END) AS origins, min(nullif(quote.date, '')) AS earliest
FROM quote JOIN quotepart ON quotepart.id = quote.part_id JOIN claim ON claim.id = quote.claim_id
  JOIN article ON article.id = claim.article_id WHERE quotepart.root_id = ?
"""
_FIRST = """
SELECT quote.claim_id FROM quote JOIN quotepart ON quotepart.id = quote.part_id
  JOIN quoteform ON quoteform.id = quote.form_id
WHERE quotepart.root_id = ? ORDER BY quote.date = '', quote.date, length(quoteform.text) DESC, quoteform.text,
  quote.speaker, quote.origin, quote.claim_id LIMIT 1
"""


def summary(connection: Connection, root_id: int) -> dict[str, Any]:
    """What a family is shown with: size, origins, earliest date and first claim."""
    row = connection.execute(_SUMMARY, (root_id,)).fetchone()
    first = connection.execute(_FIRST, (root_id,)).fetchone()
    return {"size": row[0], "origins": row[1], "earliest": row[2], "first": first[0] if first else None}


_NUMBERS = """
SELECT DISTINCT claim.family_id FROM quotepart JOIN quote ON quote.part_id = quotepart.id
  JOIN claim ON claim.id = quote.claim_id WHERE quotepart.root_id = ? AND claim.family_id IS NOT NULL ORDER BY 1
"""


def numbers(connection: Connection, root_id: int) -> list[int]:
    """The families that the quotes of a root were last shown in, lowest first."""
    return [int(row[0]) for row in connection.execute(_NUMBERS, (root_id,))]


_HELD_BY = """
SELECT quotepart.root_id FROM claim JOIN quote ON quote.claim_id = claim.id
  JOIN quotepart ON quotepart.id = quote.part_id WHERE claim.family_id = ?
GROUP BY quotepart.root_id ORDER BY count(*) DESC, min(claim.id) LIMIT 1
"""


def keeper(connection: Connection, number: int) -> int | None:
    """The root that most quotes shown in a family belong to now: it keeps the number."""
    found = connection.execute(_HELD_BY, (number,)).fetchone()
    return int(found[0]) if found else None


def families_of(connection: Connection, claim_ids: Iterable[int]) -> list[int]:
    """The families that claims are shown in."""
    sql = "SELECT DISTINCT family_id FROM claim WHERE id IN (SELECT value FROM json_each(?)) AND family_id IS NOT NULL"
    return [int(row[0]) for row in connection.execute(sql, (json.dumps(sorted(set(claim_ids))),))]


def family_like(
    connection: Connection, held: Sequence[int], size: int, earliest: str | None, text: str
) -> int | None:  # fmt: skip
    """A family, one of `held` or a hidden one, that was last shown with this size, date and words. Reads all."""
    sql = (
        "SELECT id FROM family WHERE (hidden OR id IN (SELECT value FROM json_each(?)))"
        " AND size = ? AND earliest IS ? AND text = ? ORDER BY hidden, id DESC LIMIT 1"
    )
    found = connection.execute(sql, (json.dumps(list(held)), size, earliest, text)).fetchone()
    return int(found[0]) if found else None


def put_family(connection: Connection, number: int | None, uid: str, values: dict[str, Any]) -> int:
    """Write a family under its number, or a new one; returns the number."""
    run = connection.execute
    columns = (values["size"], values["origins"], values["alarm"], values["earliest"], values["text"])
    if number is None:
        sql = (
            "INSERT INTO family (uid, size, origins, alarm, earliest, text, hidden) VALUES (?, ?, ?, ?, ?, ?, 0)"
            " RETURNING id"
        )
        return int(run(sql, (uid, *columns)).fetchone()[0])
    set_ = "UPDATE family SET size = ?, origins = ?, alarm = ?, earliest = ?, text = ?, hidden = 0 WHERE id = ?"
    run(set_, (*columns, number))
    return number


def step(size: int) -> int:
    """What a claim shows of the size of its family: sizes above 16 in steps of an eighth or less.

    A claim stands in many indexes, and one copy more must not write all the others anew.
    """
    return size if size <= 16 else size >> (size.bit_length() - 4) << (size.bit_length() - 4)


_SHOW = """
UPDATE claim SET family_id = ?1, family_size = ?2, family_alarm = ?3
WHERE id IN (SELECT claim_id FROM quote JOIN quotepart ON quotepart.id = part_id WHERE root_id = ?4)
  AND (family_id IS NOT ?1 OR family_size <> ?2 OR family_alarm IS NOT ?3)
"""


def show_family(connection: Connection, root_id: int, number: int | None, size: int, alarm: str | None) -> None:
    """Write on the claims of a root which family they are in; only where that is another than before."""
    connection.execute(_SHOW, (number, step(size), alarm, root_id))


def unplaced(connection: Connection, claim_ids: Sequence[int]) -> None:
    """Take claims that no longer quote out of their family; a hidden claim remembers its own."""
    sql = (
        "UPDATE claim SET family_id = NULL, family_size = 0, family_alarm = NULL WHERE NOT hidden"
        " AND id IN (SELECT value FROM json_each(?)) AND family_id IS NOT NULL"
        " AND id NOT IN (SELECT claim_id FROM quote)"
    )
    connection.execute(sql, (json.dumps(list(claim_ids)),))


def hide_empty(connection: Connection, numbers_: Iterable[int]) -> None:
    """Hide the families among these that no shown claim is in."""
    sql = (
        "UPDATE family SET hidden = 1 WHERE id IN (SELECT value FROM json_each(?)) AND NOT hidden"
        " AND NOT EXISTS (SELECT 1 FROM claim JOIN quote ON quote.claim_id = claim.id WHERE family_id = family.id)"
    )
    connection.execute(sql, (json.dumps(sorted(set(numbers_))),))


def first_words(connection: Connection, claim_id: int) -> str:
    """The quoted words of one shown claim."""
    rows = shown(connection, [claim_id])
    return rows[0].words if rows else ""


def _all(connection: Connection, sql: str, claim_ids: Sequence[int]) -> list[Any]:
    return list(connection.execute(sql, (json.dumps(list(claim_ids)),)))
