"""Single things, whole, on the driver alone: a claim's card, a version's text and what is marked in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db.driver import Connection
from db.pages import CLAIM, select


def claim(connection: Connection, claim_id: int) -> Any | None:
    """The claim's row, hidden or not."""
    found = select(connection, "SELECT * FROM claim WHERE id = ?", claim_id)
    return found[0] if found else None


def anchors(connection: Connection, claim_ids: list[int]) -> list[Any]:
    """The anchors of claims in the version each stands in, in the order of the text."""
    marks = ",".join("?" * len(claim_ids))
    sql = (
        "SELECT anchor.* FROM anchor JOIN claim ON claim.id = anchor.claim_id"
        f" AND claim.version_id = anchor.version_id WHERE claim.id IN ({marks})"
        " ORDER BY anchor.start, anchor.end DESC, anchor.id"
    )
    return select(connection, sql, *claim_ids)


def article_anchors(connection: Connection, article_id: int, version_id: int) -> list[Any]:
    """The anchors of an article's claims in one version, in the order of the text."""
    sql = (
        "SELECT anchor.* FROM anchor JOIN claim ON claim.id = anchor.claim_id"
        " WHERE anchor.version_id = ? AND claim.article_id = ? AND NOT claim.hidden"
        " ORDER BY anchor.start, anchor.end DESC, anchor.id"
    )
    return select(connection, sql, version_id, article_id)


def verdicts(connection: Connection, claim_id: int) -> list[Any]:
    """The judgements that stand on a claim, with label, letter, word and rating."""
    sql = """
    SELECT verdict.*, scalelabel.label AS label_text, scalelabel.letter, scalelabel.word, scalelabel.rating,
      version.number AS version
    FROM verdict JOIN scalelabel ON scalelabel.scale_id = verdict.scale_id AND scalelabel.id = verdict.label
      JOIN version ON version.id = verdict.version_id
    WHERE verdict.claim_id = ?
    """
    return select(connection, sql, claim_id)


def words_before(connection: Connection, claim_id: int, *, judged: bool) -> Any | None:
    """What an earlier reading says of a claim: the one its first standing verdict was given on, else the last."""
    sql = """
    SELECT claimreading.text, claimreading.source_id, source.name AS source FROM claimreading
      JOIN reading ON reading.id = claimreading.reading_id JOIN claim ON claim.id = claimreading.claim_id
      JOIN article ON article.id = claim.article_id LEFT JOIN source ON source.id = claimreading.source_id
    WHERE claimreading.claim_id = ? AND reading.id < article.reading_id AND NOT reading.hidden
      AND (NOT ? OR reading.version_id = (SELECT min(version_id) FROM verdict WHERE verdict.claim_id = claim.id))
    ORDER BY reading.id DESC LIMIT 1
    """
    found = select(connection, sql, claim_id, judged)
    return found[0] if found else None


def evidence(connection: Connection, column: str, value: int) -> list[Any]:
    """Evidence by "claim_id" or "id", in the order it was added."""
    return select(connection, f"SELECT * FROM evidence WHERE NOT hidden AND {column} = ? ORDER BY id", value)


def notes(connection: Connection, claim_id: int) -> list[Any]:
    """Notes on a claim, in the order they were written."""
    return select(connection, "SELECT * FROM note WHERE NOT hidden AND claim_id = ? ORDER BY id", claim_id)


def reading(connection: Connection, reading_id: int | None) -> str | None:
    """The machine's name of a reading."""
    found = select(connection, "SELECT machine FROM reading WHERE id = ?", reading_id)
    return found[0][0] if found else None


def version(connection: Connection, article_id: int, number: int | None) -> Any | None:
    """A version by its number, or the newest that is not hidden."""
    sql = (
        "SELECT version.*, reading.language AS read_as, reading.analysed FROM version"
        " LEFT JOIN reading ON reading.version_id = version.id"
        " WHERE version.article_id = ? AND NOT version.hidden AND (? IS NULL OR version.number = ?)"
        " ORDER BY version.number DESC, reading.id DESC LIMIT 1"
    )
    found = select(connection, sql, article_id, number, number)
    return found[0] if found else None


def sentences(connection: Connection, version_id: int) -> list[Any]:
    """The sentences of a version, in the order of the text."""
    return select(connection, "SELECT * FROM sentence WHERE version_id = ? ORDER BY start", version_id)


def article_claims(connection: Connection, article_id: int) -> list[Any]:
    """The claims of an article, in the order of the text."""
    sql = f"SELECT {CLAIM} FROM claim WHERE article_id = ? AND NOT hidden ORDER BY start, end DESC, id"
    return select(connection, sql, article_id)


def neighbour_article(connection: Connection, article_id: int, step: int) -> int | None:
    """The article after (`step` 1) or before (-1) in the order of their numbers."""
    way, order = (">", "ASC") if step > 0 else ("<", "DESC")
    sql = f"SELECT id FROM article WHERE NOT hidden AND id {way} ? ORDER BY id {order} LIMIT 1"
    found = select(connection, sql, article_id)
    return int(found[0][0]) if found else None


def members(connection: Connection, family_id: int) -> list[Any]:
    """The members of a family with their claims, quoted words and origins, the earliest first.

    `headline` says whether the quote stands in the title; `source` is the article, or the one that it copies.
    """
    return select(connection, MEMBERS.format(which="= ?"), family_id)


# What a claim has between quotation marks, its pieces joined.
_WORDS = """(SELECT group_concat(exact, ' … ') FROM (SELECT exact FROM anchor WHERE anchor.claim_id = claim.id
  AND anchor.version_id = claim.version_id AND role = 'quote' ORDER BY piece)) AS words"""

MEMBERS = f"""
SELECT claim.family_id, claim.id AS claim_id, claim.article_id, claim.outlet, claim.sort_date, claim.text,
  claim.source_name, claim.title, agency.name AS agency,
  coalesce(article.copy_of_id, article.id) AS source,
  {_WORDS},
  claim."start" < coalesce(version.title_end, 0) AND claim."end" > coalesce(version.title_start, 0) AS headline
FROM claim JOIN quote ON quote.claim_id = claim.id JOIN quoteform ON quoteform.id = quote.form_id
  JOIN article ON article.id = claim.article_id JOIN version ON version.id = claim.version_id
  LEFT JOIN agency ON agency.id = article.agency_id
WHERE claim.family_id {{which}} AND NOT claim.hidden
ORDER BY claim.family_id, claim.sort_date = '', claim.sort_date, length(quoteform.text) DESC, quoteform.text,
  quote.speaker, quote.origin, claim.id
"""


def kinships(connection: Connection, family_id: int) -> list[Any]:
    """What people decided between the claims of a family (claim_id, other_id, state), with who said so last,
    and when."""
    return select(connection, KINSHIPS.format(which="= ?"), family_id)


KINSHIPS = """
SELECT kinship.*, one.family_id, action.reviewer, action.at
FROM kinship JOIN claim AS one ON one.id = kinship.claim_id JOIN claim AS other ON other.id = kinship.other_id
  LEFT JOIN action ON action.id = (SELECT action_id FROM event
    WHERE event.claim_id = kinship.claim_id AND event.subject = 'kinship' AND event.field = 'c' || kinship.other_id
    ORDER BY event.seq DESC LIMIT 1)
WHERE one.family_id {which} AND other.family_id = one.family_id
"""


_ALSO = f"""
SELECT DISTINCT claim.id AS claim_id, claim.article_id, claim.outlet, claim.sort_date, claim.text,
  claim.source_name, claim.family_id, {_WORDS}
FROM quote AS own JOIN quotepart AS here ON here.id = own.part_id
  JOIN quote AS other ON other.claim_id <> own.claim_id AND other.form_id IN (SELECT value FROM json_each(?2))
  JOIN quotepart AS there ON there.id = other.part_id JOIN claim ON claim.id = other.claim_id
WHERE own.claim_id = ?1 AND here.root_id <> there.root_id
ORDER BY claim.sort_date = '', claim.sort_date, claim.id LIMIT ?3
"""


def also_found(connection: Connection, claim_id: int, form_ids: Sequence[int], most: int = 200) -> list[Any]:
    """Claims outside the family of a claim whose quotes are of one of these forms, the earliest first."""
    return select(connection, _ALSO, claim_id, json.dumps(form_ids), most)


def quoted_words(connection: Connection, claim_id: int) -> Any | None:
    """The quoted words, speaker and date of a shown claim."""
    sql = f"""
    SELECT claim.source_name, claim.sort_date, {_WORDS}
    FROM claim WHERE id = ? AND NOT hidden
    """
    found = select(connection, sql, claim_id)
    return found[0] if found else None


def scales(connection: Connection, *, every: bool = False) -> list[Any]:
    """The labels of the scales in use, or of every one, in their order, each with its scale."""
    sql = (
        "SELECT scale.judgement, scale.name AS scale_name, scalelabel.* FROM scale"
        " JOIN scalelabel ON scalelabel.scale_id = scale.id WHERE scale.in_use OR ? ORDER BY scale.id, position"
    )
    return select(connection, sql, every)


def flags(connection: Connection) -> list[Any]:
    """The flags that a claim may carry, in their order."""
    return select(connection, "SELECT * FROM flag ORDER BY position")
