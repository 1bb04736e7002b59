"""What hangs on many claims or articles, each kind of thing in one query. On the driver alone.

Numbers go in as one JSON array, so that their count has no limit and the statement stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from db.cards import KINSHIPS, MEMBERS
from db.driver import Connection
from db.pages import CLAIM, select

_CHOSEN = "IN (SELECT value FROM json_each(?))"


def _chosen(connection: Connection, sql: str, numbers: Iterable[int]) -> list[Any]:
    return select(connection, sql, json.dumps(list(numbers)))


def claims(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """Rows of claims, each with `version_number` and `machine`, the name of its reading; hidden ones too."""
    sql = f"""
    SELECT {CLAIM}, version.number AS version_number, reading.machine AS machine FROM claim
      JOIN version ON version.id = claim.version_id LEFT JOIN reading ON reading.id = claim.reading_id
    WHERE claim.id {_CHOSEN}
    """
    return _chosen(connection, sql, claim_ids)


def anchors(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The anchors of claims in the version each stands in, in the order of the text."""
    sql = f"""
    SELECT anchor.* FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.version_id = claim.version_id
    WHERE claim.id {_CHOSEN} ORDER BY anchor.start, anchor.end DESC, anchor.id
    """
    return _chosen(connection, sql, claim_ids)


def verdicts(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The judgements that stand on claims, with label, letter, word and rating."""
    sql = f"""
    SELECT verdict.*, scalelabel.label AS label_text, scalelabel.letter, scalelabel.word, scalelabel.rating,
      version.number AS version
    FROM verdict JOIN scalelabel ON scalelabel.scale_id = verdict.scale_id AND scalelabel.id = verdict.label
      JOIN version ON version.id = verdict.version_id
    WHERE verdict.claim_id {_CHOSEN}
    """
    return _chosen(connection, sql, claim_ids)


def conflicts(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The conflicts of figures of claims (`claim_id`), each with the other claim, the clearest first."""
    side = """
    SELECT {own} AS claim_id, conflict.{mine} AS figure, conflict.{theirs} AS against, conflict.score, conflict.why,
      claim.id AS other_id, claim.article_id, claim.outlet, claim.sort_date, claim.source_name, claim.text
    FROM conflict JOIN claim ON claim.id = {other} AND NOT claim.hidden WHERE {own} IN (SELECT value FROM json_each(?1))
    """
    one = side.format(own="first_id", other="second_id", mine="one", theirs="other")
    two = side.format(own="second_id", other="first_id", mine="other", theirs="one")
    return _chosen(connection, f"{one} UNION ALL {two} ORDER BY score DESC, other_id", claim_ids)


def verifications(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The kept verifications of claims, the newest first."""
    sql = f"SELECT * FROM verification WHERE NOT hidden AND claim_id {_CHOSEN} ORDER BY id DESC"
    return _chosen(connection, sql, claim_ids)


def evidence(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The evidence of claims, in the order it was added."""
    return _chosen(connection, f"SELECT * FROM evidence WHERE NOT hidden AND claim_id {_CHOSEN} ORDER BY id", claim_ids)


def notes(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The notes on claims, in the order they were written."""
    return _chosen(connection, f"SELECT * FROM note WHERE NOT hidden AND claim_id {_CHOSEN} ORDER BY id", claim_ids)


def families(connection: Connection, family_ids: Iterable[int]) -> list[Any]:
    """Families that are shown."""
    return _chosen(connection, f"SELECT * FROM family WHERE NOT hidden AND id {_CHOSEN} ORDER BY id", family_ids)


def members(connection: Connection, family_ids: Iterable[int]) -> list[Any]:
    """The members of families as `cards.members` has them, the earliest of each first."""
    return _chosen(connection, MEMBERS.format(which=_CHOSEN), family_ids)


def kinships(connection: Connection, family_ids: Iterable[int]) -> list[Any]:
    """What people decided between the claims of one family, as `cards.kinships` has it."""
    return _chosen(connection, KINSHIPS.format(which=_CHOSEN), family_ids)


def history(connection: Connection, claim_ids: Iterable[int]) -> list[Any]:
    """The entries about claims and what hangs on them, with their actions, oldest first."""
    sql = f"""
    SELECT event.*, action.reviewer, action.at, action.verb FROM event JOIN action ON action.id = event.action_id
    WHERE event.claim_id {_CHOSEN} ORDER BY event.seq
    """
    return _chosen(connection, sql, claim_ids)


def with_versions(connection: Connection, article_ids: Iterable[int]) -> list[int]:
    """Those of the articles that have more than one version, by number."""
    sql = f"""
    SELECT article_id FROM version WHERE NOT hidden AND article_id {_CHOSEN}
    GROUP BY article_id HAVING count(*) > 1 ORDER BY article_id
    """
    return [row["article_id"] for row in _chosen(connection, sql, article_ids)]
