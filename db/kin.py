"""Quotes, the parts that likeness joins them to, and the families that parts make: rows in, rows out, no judgement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

_SHOWN = """
SELECT id, coalesce(speaker, '') AS speaker, coalesce(date, '') AS date, coalesce(origin, '') AS origin,
  group_concat(exact, ' … ') AS words FROM (
  SELECT claim.id, claim.source_name AS speaker, claim.sort_date AS date, agency.name AS origin, anchor.exact
  FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = claim.version_id AND role = 'quote'
    JOIN article ON article.id = claim.article_id LEFT JOIN agency ON agency.id = article.agency_id
  WHERE claim.id IN (SELECT value FROM json_each(?)) AND NOT claim.hidden ORDER BY claim.id, piece)
GROUP BY id ORDER BY id
"""


def shown(session: Session, claim_ids: Sequence[int]) -> list[Any]:
    """The quoted words of shown claims (id, speaker, date, origin, words); claims without marks are left out."""
    return _all(session, _SHOWN, claim_ids)


def stored(session: Session, claim_ids: Sequence[int]) -> list[Any]:
    """The quotes as they were placed last: claim_id, form_id, speaker, date, origin, part_id, and the form's key."""
    sql = (
        "SELECT quote.*, quoteform.key FROM quote JOIN quoteform ON quoteform.id = form_id"
        " WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id"
    )
    return _all(session, sql, claim_ids)


def misnamed(session: Session, claim_ids: Sequence[int] | None) -> list[int]:
    """The claims, of these or of all, that were placed under another speaker than they have now."""
    sql = (
        "SELECT claim_id FROM quote JOIN claim ON claim.id = claim_id WHERE coalesce(source_name, '') <> quote.speaker"
    )
    if claim_ids is None:
        return [int(row[0]) for row in session.connection().exec_driver_sql(sql)]
    return [int(row[0]) for row in _all(session, f"{sql} AND claim_id IN (SELECT value FROM json_each(?))", claim_ids)]


def claims_of_article(session: Session, article_id: int) -> list[int]:
    """Every claim of an article, hidden ones too."""
    run = session.connection().exec_driver_sql
    return [int(row[0]) for row in run("SELECT id FROM claim WHERE article_id = ? ORDER BY id", (article_id,))]


def quoting(session: Session) -> list[int]:
    """Every shown claim that quotes."""
    sql = (
        "SELECT DISTINCT claim_id FROM anchor JOIN claim ON claim.id = claim_id"
        " AND anchor.version_id = claim.version_id WHERE role = 'quote' AND NOT hidden ORDER BY claim_id"
    )
    return [int(row[0]) for row in session.connection().exec_driver_sql(sql)]


_ATOM = "form_id, speaker, date, origin"
_PARTNERS = """
SELECT DISTINCT link.relation, link.telling, link.of_shorter, link.of_longer, link.unbroken, link.shorter, link.longer,
  quote.speaker, quote.date, quote.part_id, quotepart.free
FROM formlink AS link JOIN quote ON quote.form_id = link.second_id JOIN quotepart ON quotepart.id = quote.part_id
WHERE link.first_id = ?
"""


def partners(session: Session, form_id: int) -> list[Any]:
    """Who said what is linked to a form, and when, with the part that it is in: (likeness 7 columns, speaker, date,
    part_id, free)."""
    return list(session.connection().exec_driver_sql(_PARTNERS, (form_id,)))


def equal_part(session: Session, form_id: int, speaker: str, date: str) -> int | None:
    """A part that nobody set apart and that holds these words of this speaker on this day."""
    sql = (
        "SELECT part_id FROM quote JOIN quotepart ON quotepart.id = part_id"
        " WHERE form_id = ? AND quote.speaker = ? AND quote.date = ? AND free LIMIT 1"
    )
    found = session.connection().exec_driver_sql(sql, (form_id, speaker, date)).first()
    return int(found[0]) if found else None


def neighbours(session: Session, part_id: int) -> list[tuple[int, float]]:
    """The parts that may hang by a part, or it by them, with the best score of a link between them."""
    sql = "SELECT other_id, score FROM parthang WHERE part_id = ?"
    return [(int(row[0]), float(row[1])) for row in session.connection().exec_driver_sql(sql, (part_id,))]


_HANG = "INSERT INTO parthang VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET score = max(score, excluded.score)"


def put_hangs(session: Session, part_id: int, others: Iterable[tuple[int, float]]) -> None:
    """Store by which parts a part may hang, or they by it; of two links the better one counts."""
    rows = [row for other, score in others for row in ((part_id, other, score), (other, part_id, score))]
    if rows:
        session.connection().exec_driver_sql(_HANG, rows)


def _drop_hangs(session: Session, part_id: int) -> None:
    run = session.connection().exec_driver_sql
    run("DELETE FROM parthang WHERE other_id = ?1 AND part_id IN (SELECT other_id FROM parthang WHERE part_id = ?1)",
        (part_id,))  # fmt: skip
    run("DELETE FROM parthang WHERE part_id = ?", (part_id,))


def put_part(session: Session, rank: tuple[Any, ...]) -> int:
    """A new part, its own root, with its rank (free, words, key, date, speaker, origin)."""
    run = session.connection().exec_driver_sql
    sql = "INSERT INTO quotepart (root_id, free, words, key, date, speaker, origin) VALUES (0, ?, ?, ?, ?, ?, ?)"
    made = run(f"{sql} RETURNING id", rank).scalar_one()
    run("UPDATE quotepart SET root_id = id WHERE id = ?", (made,))
    return int(made)


def part(session: Session, part_id: int) -> Any | None:
    """One part with its rank and root, None where it is no more."""
    sql = "SELECT id, root_id, free, words, key, date, speaker, origin FROM quotepart WHERE id = ?"
    return session.connection().exec_driver_sql(sql, (part_id,)).first()


def set_rank(session: Session, part_id: int, rank: tuple[Any, ...]) -> None:
    """Write the rank of a part."""
    sql = "UPDATE quotepart SET free = ?, words = ?, key = ?, date = ?, speaker = ?, origin = ? WHERE id = ?"
    session.connection().exec_driver_sql(sql, (*rank, part_id))


def set_root(session: Session, part_id: int, root_id: int) -> None:
    """Write which part is at the root of a part's family."""
    session.connection().exec_driver_sql("UPDATE quotepart SET root_id = ? WHERE id = ?", (root_id, part_id))


def rooted(session: Session, root_id: int) -> list[int]:
    """The parts of a family."""
    run = session.connection().exec_driver_sql
    return [int(row[0]) for row in run("SELECT id FROM quotepart WHERE root_id = ? ORDER BY id", (root_id,))]


def put_quote(session: Session, row: tuple[Any, ...]) -> None:
    """Store where a quote is: (claim_id, form_id, speaker, date, origin, part_id)."""
    session.connection().exec_driver_sql("INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?)", row)


def take_quote(session: Session, claim_id: int) -> None:
    """Take a quote out of its part."""
    session.connection().exec_driver_sql("DELETE FROM quote WHERE claim_id = ?", (claim_id,))


def merge_part(session: Session, part_id: int, into: int) -> None:
    """Move the quotes of a part into another one; the part is no more."""
    run = session.connection().exec_driver_sql
    hung = [(other, score) for other, score in neighbours(session, part_id) if other != into]
    _drop_hangs(session, part_id)
    put_hangs(session, into, hung)
    run("UPDATE quote SET part_id = ? WHERE part_id = ?", (into, part_id))
    run("DELETE FROM quotepart WHERE id = ?", (part_id,))


def dissolve(session: Session, part_id: int) -> list[Any]:
    """Take a part apart; returns the quotes that it held."""
    run = session.connection().exec_driver_sql
    found = list(run("SELECT quote.* FROM quote WHERE part_id = ? ORDER BY claim_id", (part_id,)))
    _drop_hangs(session, part_id)
    run("DELETE FROM quote WHERE part_id = ?", (part_id,))
    run("DELETE FROM quotepart WHERE id = ?", (part_id,))
    return found


def has_twin(session: Session, part_id: int, form_id: int, speaker: str, date: str, origin: str) -> bool:
    """Whether a part holds a quote with just these words, speaker, day and wire."""
    sql = "SELECT 1 FROM quote WHERE part_id = ? AND form_id = ? AND speaker = ? AND date = ? AND origin = ? LIMIT 1"
    return session.connection().exec_driver_sql(sql, (part_id, form_id, speaker, date, origin)).first() is not None


_DECIDED = """
SELECT claim_id, other_id, state FROM kinship WHERE claim_id IN (SELECT value FROM json_each(?1))
UNION SELECT claim_id, other_id, state FROM kinship WHERE other_id IN (SELECT value FROM json_each(?1))
"""


def decided(session: Session, claim_ids: Sequence[int]) -> list[Any]:
    """What people decided of these claims: (claim_id, other_id, state)."""
    return _all(session, _DECIDED, claim_ids)


def any_decided(session: Session) -> bool:
    """Whether anybody decided anything about families."""
    return session.connection().exec_driver_sql("SELECT 1 FROM kinship LIMIT 1").first() is not None


def claims_of_family(session: Session, family_id: int) -> list[int]:
    """The shown claims of a family, the earliest first."""
    sql = (
        "SELECT claim.id FROM claim JOIN quote ON quote.claim_id = claim.id"
        " JOIN quoteform ON quoteform.id = quote.form_id WHERE family_id = ? AND NOT claim.hidden"
        " ORDER BY quote.date = '', quote.date, length(quoteform.text) DESC, quoteform.text, quote.speaker,"
        " quote.origin, claim.id"
    )
    return [int(row[0]) for row in session.connection().exec_driver_sql(sql, (family_id,))]


def parts_of(session: Session, claim_ids: Iterable[int]) -> dict[int, int]:
    """claim -> the part that it is in; claims that are in none are left out."""
    sql = "SELECT claim_id, part_id FROM quote WHERE claim_id IN (SELECT value FROM json_each(?))"
    return {int(row[0]): int(row[1]) for row in _all(session, sql, list(claim_ids))}


def claims_of_part(session: Session, part_id: int) -> list[int]:
    """The claims of a part."""
    run = session.connection().exec_driver_sql
    return [int(row[0]) for row in run("SELECT claim_id FROM quote WHERE part_id = ? ORDER BY claim_id", (part_id,))]


_STRANGERS = """
SELECT DISTINCT theirs.part_id FROM quote AS own JOIN kinship ON kinship.claim_id = own.claim_id
  JOIN quote AS theirs ON theirs.claim_id = kinship.other_id WHERE own.part_id = ?1 AND kinship.state = 'rejected'
UNION SELECT DISTINCT theirs.part_id FROM quote AS own JOIN kinship ON kinship.other_id = own.claim_id
  JOIN quote AS theirs ON theirs.claim_id = kinship.claim_id WHERE own.part_id = ?1 AND kinship.state = 'rejected'
"""


def strangers(session: Session, part_id: int) -> list[int]:
    """The parts that a person said are not of one family with this one."""
    found = session.connection().exec_driver_sql(_STRANGERS, (part_id,))
    return [int(row[0]) for row in found if row[0] != part_id]


def set_kinship(session: Session, claim_id: int, other_id: int, state: str | None) -> None:
    """Fold what a person decided of two claims; None takes it back."""
    run = session.connection().exec_driver_sql
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
_ALARMED = """
SELECT 1 FROM quotepart JOIN quote ON quote.part_id = quotepart.id
  JOIN formlink AS link ON link.first_id = quote.form_id AND instr(link.alarms, ?2)
  JOIN quote AS other ON other.form_id = link.second_id JOIN quotepart AS there ON there.id = other.part_id
WHERE quotepart.root_id = ?1 AND there.root_id = ?1 LIMIT 1
"""


def summary(session: Session, root_id: int, alarms: Sequence[str]) -> dict[str, Any]:
    """What a family is shown with: size, origins, earliest date, first claim, and which of `alarms` it holds."""
    run = session.connection().exec_driver_sql
    row = run(_SUMMARY, (root_id,)).one()
    held = [alarm for alarm in alarms if run(_ALARMED, (root_id, alarm)).first()]
    first = run(_FIRST, (root_id,)).first()
    return {"size": row[0], "origins": row[1], "earliest": row[2], "first": first[0] if first else None,
            "alarms": held}  # fmt: skip


_NUMBERS = """
SELECT DISTINCT claim.family_id FROM quotepart JOIN quote ON quote.part_id = quotepart.id
  JOIN claim ON claim.id = quote.claim_id WHERE quotepart.root_id = ? AND claim.family_id IS NOT NULL ORDER BY 1
"""


def numbers(session: Session, root_id: int) -> list[int]:
    """The families that the quotes of a root were last shown in, lowest first."""
    return [int(row[0]) for row in session.connection().exec_driver_sql(_NUMBERS, (root_id,))]


_HELD_BY = """
SELECT quotepart.root_id FROM claim JOIN quote ON quote.claim_id = claim.id
  JOIN quotepart ON quotepart.id = quote.part_id WHERE claim.family_id = ?
GROUP BY quotepart.root_id ORDER BY count(*) DESC, min(claim.id) LIMIT 1
"""


def keeper(session: Session, number: int) -> int | None:
    """The root that most quotes shown in a family belong to now: it keeps the number."""
    found = session.connection().exec_driver_sql(_HELD_BY, (number,)).first()
    return int(found[0]) if found else None


def put_family(session: Session, number: int | None, uid: str, values: dict[str, Any]) -> int:
    """Write a family under its number, or a new one; returns the number."""
    run = session.connection().exec_driver_sql
    columns = (values["size"], values["origins"], values["alarm"], values["earliest"], values["text"])
    if number is None:
        sql = (
            "INSERT INTO family (uid, size, origins, alarm, earliest, text, hidden) VALUES (?, ?, ?, ?, ?, ?, 0)"
            " RETURNING id"
        )
        return int(run(sql, (uid, *columns)).scalar_one())
    set_ = "UPDATE family SET size = ?, origins = ?, alarm = ?, earliest = ?, text = ?, hidden = 0 WHERE id = ?"
    run(set_, (*columns, number))
    return number


_SHOW = """
UPDATE claim SET family_id = ?1, family_size = ?2, family_alarm = ?3
WHERE id IN (SELECT claim_id FROM quote JOIN quotepart ON quotepart.id = part_id WHERE root_id = ?4)
  AND (family_id IS NOT ?1 OR family_size <> ?2 OR family_alarm IS NOT ?3)
"""


def show_family(session: Session, root_id: int, number: int | None, size: int, alarm: str | None) -> None:
    """Write on the claims of a root which family they are in; only where that is another than before."""
    session.connection().exec_driver_sql(_SHOW, (number, size, alarm, root_id))


def unplaced(session: Session, claim_ids: Sequence[int]) -> None:
    """Take claims that no longer quote out of their family; a hidden claim remembers its own."""
    sql = (
        "UPDATE claim SET family_id = NULL, family_size = 0, family_alarm = NULL WHERE NOT hidden"
        " AND id IN (SELECT value FROM json_each(?)) AND family_id IS NOT NULL"
        " AND id NOT IN (SELECT claim_id FROM quote)"
    )
    session.connection().exec_driver_sql(sql, (json.dumps(list(claim_ids)),))


def hide_empty(session: Session, numbers_: Iterable[int]) -> None:
    """Hide the families among these that no shown claim is in."""
    sql = (
        "UPDATE family SET hidden = 1 WHERE id IN (SELECT value FROM json_each(?)) AND NOT hidden"
        " AND NOT EXISTS (SELECT 1 FROM claim JOIN quote ON quote.claim_id = claim.id WHERE family_id = family.id)"
    )
    session.connection().exec_driver_sql(sql, (json.dumps(sorted(set(numbers_))),))


def first_words(session: Session, claim_id: int) -> str:
    """The quoted words of one shown claim."""
    rows = shown(session, [claim_id])
    return str(rows[0].words) if rows else ""


def _all(session: Session, sql: str, claim_ids: Sequence[int]) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, (json.dumps(list(claim_ids)),)))
