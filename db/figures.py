"""Figures over many claims, for the statistics and the audit; on the driver alone.

`where` is a condition over `claim` as `pages.claims_where` makes it.
"""

from __future__ import annotations

from typing import Any

from db.driver import Connection
from db.pages import CLAIM, Where, claims_where, select

_OPEN = claims_where({"marks": {"open"}}).sql
_TRUTH_WORD = "(SELECT word FROM scalelabel WHERE scale_id = verdict.scale_id AND id = verdict.label)"


def progress(connection: Connection, where: Where) -> Any:
    """One row: claims, open, stale, lost, articles."""
    sql = (
        f"SELECT count(*) AS claims, coalesce(sum({_OPEN}), 0) AS open, coalesce(sum(stale), 0) AS stale,"
        " coalesce(sum(anchor_state = 'lost'), 0) AS lost, count(DISTINCT article_id) AS articles"
        f" FROM claim WHERE {where.sql}"
    )
    return select(connection, sql, *where.values)[0]


def statuses(connection: Connection, where: Where) -> list[Any]:
    """Rows status, number."""
    sql = f"SELECT status, count(*) AS number FROM claim WHERE {where.sql} GROUP BY 1"
    return select(connection, sql, *where.values)


def verdicts(connection: Connection, where: Where) -> list[Any]:
    """Rows judgement, scale_id, label, number of the judgements that stand."""
    sql = (
        "SELECT judgement, scale_id, label, count(*) AS number FROM verdict JOIN claim ON claim.id = verdict.claim_id"
        f" WHERE {where.sql} GROUP BY 1, 2, 3"
    )
    return select(connection, sql, *where.values)


def sources(connection: Connection, where: Where, most: int) -> list[Any]:
    """The sources with the most claims: source_id, name, kind, claims, open, articles."""
    sql = (
        f"SELECT source_id, source_name AS name, source_kind AS kind, count(*) AS claims, sum({_OPEN}) AS open,"
        f" count(DISTINCT article_id) AS articles FROM claim WHERE {where.sql} AND source_id IS NOT NULL"
        " GROUP BY source_id ORDER BY claims DESC, name, source_id LIMIT ?"
    )
    return select(connection, sql, *where.values, most)


def truth_of_sources(connection: Connection, where: Where, source_ids: list[int]) -> list[Any]:
    """Rows source_id, word (the normalised word of the truth label), number."""
    marks = ", ".join("?" * len(source_ids))
    sql = (
        f"SELECT source_id, {_TRUTH_WORD} AS word, count(*) AS number FROM claim"
        f" JOIN verdict ON verdict.claim_id = claim.id AND judgement = 'truth'"
        f" WHERE {where.sql} AND source_id IN ({marks}) GROUP BY 1, 2"
    )
    return select(connection, sql, *where.values, *source_ids)


def outlets(connection: Connection, where: Where, most: int) -> list[Any]:
    """The outlets with the most claims: outlet, articles, claims, open, anonymous."""
    anonymous = claims_where({"marks": {"anonymous"}}).sql
    sql = (
        f"SELECT outlet, count(DISTINCT article_id) AS articles, count(*) AS claims, sum({_OPEN}) AS open,"
        f" sum({anonymous}) AS anonymous FROM claim WHERE {where.sql}"
        " GROUP BY outlet ORDER BY claims DESC, outlet LIMIT ?"
    )
    return select(connection, sql, *where.values, most)


def days(connection: Connection, where: Where) -> list[Any]:
    """Rows day (as text, UTC), reviewer, number of the judgements that stand, oldest first."""
    sql = (
        "SELECT substr(given_at, 1, 10) AS day, reviewer, count(*) AS number FROM verdict"
        f" JOIN claim ON claim.id = verdict.claim_id WHERE {where.sql} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return select(connection, sql, *where.values)


def gaps(connection: Connection, where: Where, longest: float) -> list[Any]:
    """Rows reviewer, seconds between two judgements of one reviewer, where they are at most `longest` apart."""
    sql = (
        "SELECT reviewer, seconds FROM (SELECT reviewer, 86400.0 * (julianday(given_at)"
        " - lag(julianday(given_at)) OVER (PARTITION BY reviewer ORDER BY given_at)) AS seconds"
        f" FROM verdict JOIN claim ON claim.id = verdict.claim_id WHERE {where.sql})"
        " WHERE seconds <= ? ORDER BY reviewer, seconds"
    )
    return select(connection, sql, *where.values, longest)


def repeated(connection: Connection, where: Where, most: int) -> list[Any]:
    """The largest families with a claim that matches: id, text, size, origins, alarm."""
    sql = (
        "SELECT id, text, size, origins, alarm FROM family WHERE NOT hidden AND size > 1"
        f" AND id IN (SELECT family_id FROM claim WHERE {where.sql}) ORDER BY size DESC, id LIMIT ?"
    )
    return select(connection, sql, *where.values, most)


# ---- the audit


def sentences(connection: Connection, article_ids: list[int] | None) -> list[Any]:
    """Rows id, title, outlet, sentences, settled, nothing_to_check, opinion, waived of each shown article."""
    sql = (
        "SELECT article.id, article.title, coalesce(outlet.name, agency.name) AS outlet,"
        " count(sentence.id) AS sentences, coalesce(sum(settled), 0) AS settled,"
        " coalesce(sum(mark = 'nothing to check'), 0) AS nothing_to_check,"
        " coalesce(sum(mark = 'opinion'), 0) AS opinion,"
        " coalesce(sum(mark = 'waived'), 0) AS waived FROM article"
        " LEFT JOIN outlet ON outlet.id = article.outlet_id LEFT JOIN agency ON agency.id = article.agency_id"
        " LEFT JOIN sentence ON sentence.version_id = article.version_id"
        f" WHERE NOT article.hidden{_among('article.id', article_ids)} GROUP BY article.id ORDER BY article.id"
    )
    return select(connection, sql)


def voices(connection: Connection, article_ids: list[int] | None) -> list[Any]:
    """Rows article_id, anonymity (A-J), number of attributed claims."""
    sql = (
        "SELECT article_id, anonymity, count(*) AS number FROM claim WHERE hidden = 0 AND anonymity IS NOT NULL"
        f" AND status <> 'not a claim'{_among('article_id', article_ids)} GROUP BY 1, 2"
    )
    return select(connection, sql)


def cues(connection: Connection, article_ids: list[int] | None) -> list[Any]:
    """Rows cue_class, word (of the truth verdict, None while there is none), number of claims."""
    sql = (
        f"SELECT cue_class, {_TRUTH_WORD} AS word, count(*) AS number FROM claim LEFT JOIN verdict"
        " ON verdict.claim_id = claim.id AND judgement = 'truth' WHERE hidden = 0 AND cue_class IS NOT NULL"
        f" AND status <> 'not a claim'{_among('article_id', article_ids)} GROUP BY 1, 2"
    )
    return select(connection, sql)


def judged_against_their_cue(connection: Connection, article_ids: list[int] | None) -> list[Any]:
    """Claims whose cue presupposes that they are true and that are false, or the other way round."""
    sql = (
        f"SELECT {CLAIM}, {_TRUTH_WORD} AS word FROM claim JOIN verdict ON verdict.claim_id = claim.id"
        " AND judgement = 'truth' WHERE hidden = 0 AND status <> 'not a claim'"
        f" AND (cue_class = 'factive' AND {_TRUTH_WORD} IN ('false', 'mostly false')"
        f" OR cue_class = 'distancing' AND {_TRUTH_WORD} IN ('true', 'mostly true'))"
        f"{_among('article_id', article_ids)} ORDER BY article_id, start, claim.id"
    )
    return select(connection, sql)


def cues_of_sources(connection: Connection, article_ids: list[int] | None, least: int) -> list[Any]:
    """Rows source_id, name, claims, distancing of sources that are quoted `least` times or more."""
    sql = (
        "SELECT source_id, source_name AS name, count(*) AS claims, sum(cue_class = 'distancing') AS distancing"
        " FROM claim WHERE hidden = 0 AND status <> 'not a claim' AND cue_class IS NOT NULL AND source_id IS NOT NULL"
        f"{_among('article_id', article_ids)} GROUP BY source_id HAVING claims >= ? ORDER BY claims DESC, source_id"
    )
    return select(connection, sql, least)


def resting_on_one_source(connection: Connection, article_ids: list[int] | None, most: int) -> list[Any]:
    """Attributed claims that no other source of the store repeats and no independent evidence supports.

    Most worth a check first.
    """
    sql = (
        f"SELECT {CLAIM} FROM claim WHERE hidden = 0 AND kind <> 'statement' AND status <> 'not a claim'"
        " AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.claim_id = claim.id AND NOT evidence.hidden"
        " AND evidence.independent AND stance = 'supports')"
        " AND NOT EXISTS (SELECT 1 FROM claim AS other WHERE other.family_id = claim.family_id"
        " AND other.hidden = 0 AND other.source_id <> claim.source_id)"
        f"{_among('article_id', article_ids)} ORDER BY check_worthiness DESC, claim.id LIMIT ?"
    )
    return select(connection, sql, most)


def _among(column: str, numbers: list[int] | None) -> str:
    return "" if numbers is None else f" AND {column} IN ({', '.join(str(int(each)) for each in numbers)})"
