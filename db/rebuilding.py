"""Taking the folded columns back to the base rows, and what they differ in after the events were folded in anew.

Works inside the transaction of the session that it is given; what stood before waits in temporary tables, on disk
where it is large. Families follow from the quotes and from decisions, and are formed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

# Table -> its key and its folded columns.
FOLDED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "article": (("id",), ("hidden", "version_id", "reading_id", "title", "published")),
    "version": (("id",), ("hidden",)),
    "reading": (("id",), ("hidden",)),
    "sentence": (("id",), ("mark", "settled")),
    "source": (("id",), ("hidden", "name", "kind", "merged_into_id")),
    "sourcealias": (("source_id", "name"), ()),
    "sourceapart": (("source_id", "other_id"), ()),
    "claim": (
        ("id",),
        ("version_id", "start", "end", "anchor_state", "wording", "source_id", "source_confirmed", "source_name",
         "source_kind", "sort_source", "status", "waived_because", "truth", "attribution", "flags", "stale", "hidden",
         "evidence_count", "revision", "title", "sort_date", "removed", "reading_id", "kind", "text", "parent_id",
         "cue_text", "cue_class", "born_source_id", "source_text", "source_reason", "source_confidence", "anonymity",
         "hedges", "negated", "numbers", "check_worthiness", "confidence", "family_id", "family_size", "family_alarm"),
    ),
    "verdict": (
        ("claim_id", "judgement"),
        ("scale_id", "label", "explanation", "rationale", "reviewer", "given_at", "version_id"),
    ),
    "evidence": (
        ("id",),
        ("hidden", "claim_id", "url", "excerpt", "stance", "independent", "confidential", "proposed"),
    ),
    "note": (("id",), ("hidden", "claim_id", "text")),
    "checkimport": (("id",), ("hidden",)),
    "factcheck": (("id",), ("copy_id", "withdrawn", "hidden")),
    "factcheckmatch": (("id",), ("copy_id", "state", "decided_by", "decided_at")),
    "setting": (("name",), ("value",)),
    "scale": (("id",), ("in_use",)),
    "transcript": (("id",), ("hidden",)),
    "verification": (("id",), ("hidden", "meaning", "answered_by", "answered_at")),
    "family": (("id",), ("size", "origins", "alarm", "earliest", "text", "hidden")),
    "kinship": (("claim_id", "other_id"), ("state",)),
    "action": (("id",), ("undone",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that did not hold what the events give: in how many rows, and the keys of the first few."""

    table: str
    column: str
    rows: int
    examples: tuple[str, ...]


def remember(session: Session) -> None:
    """Set the folded columns as they stand aside."""
    for table, (keys, columns) in FOLDED.items():
        session.connection().execute(text(f"DROP TABLE IF EXISTS temp.before_{table}"))
        listed = ", ".join(f'"{name}"' for name in (*keys, *columns))
        session.connection().execute(text(f"CREATE TEMP TABLE before_{table} AS SELECT {listed} FROM main.{table}"))
        index = f"CREATE UNIQUE INDEX temp.before_{table}_key ON before_{table} ({', '.join(keys)})"
        session.connection().execute(text(index))


# The entry that brought a record holds it as it came in.
_FIRST = """FROM (SELECT event."after" AS value FROM event WHERE event.subject = '{table}'
  AND event.subject_id = {table}.id AND event.field = 'record' AND NOT event.purged ORDER BY event.seq LIMIT 1)"""


# What a value was before the first decision on it; what hangs on a claim began on the claim of its first entry.
_ONCE = """coalesce((SELECT json_extract(event."before", '$') FROM event WHERE event.subject = 'source'
  AND event.subject_id = source.id AND event.field = '{field}' ORDER BY event.seq LIMIT 1), {field})"""
_OWNER = """UPDATE {table} SET claim_id = coalesce((SELECT event.claim_id FROM event WHERE event.subject = '{table}'
  AND event.subject_id = {table}.id AND event.field = 'record' ORDER BY event.seq LIMIT 1), claim_id)"""


def _held(*names: str) -> str:
    return ", ".join(f"json_extract(value, '$.{name}')" for name in names)


_RESET = (
    "UPDATE article SET hidden = 1, version_id = NULL, title = '', published = NULL, reading_id = NULL",
    "UPDATE version SET hidden = 1",
    # A version's first reading came with it; those that came later were acted upon.
    "UPDATE reading SET hidden = EXISTS"
    " (SELECT 1 FROM event WHERE event.subject = 'reading' AND event.subject_id = reading.id)",
    "UPDATE sentence SET mark = NULL, settled = 0",
    f"UPDATE source SET hidden = 0, merged_into_id = NULL, name = {_ONCE.format(field='name')},"
    f" kind = {_ONCE.format(field='kind')} WHERE id IN (SELECT subject_id FROM event WHERE subject = 'source')",
    "DELETE FROM sourcealias",
    "DELETE FROM sourceapart",
    _OWNER.format(table="evidence"),
    _OWNER.format(table="note"),
    "DELETE FROM verdict",
    "UPDATE evidence SET hidden = 1",
    f"""UPDATE evidence SET (url, excerpt, stance, confidential, proposed) = (SELECT {
        _held("url", "excerpt", "stance", "confidential")
    }, coalesce(json_extract(value, '$.proposed'), 0) {_FIRST}) WHERE EXISTS (SELECT 1 {_FIRST})""".replace(
        "{table}", "evidence"
    ),
    "UPDATE checkimport SET hidden = 1",
    "UPDATE factcheck SET copy_id = NULL, withdrawn = 0, hidden = 1",
    "UPDATE factcheckmatch SET state = 'suggested', decided_by = NULL, decided_at = NULL",
    "DELETE FROM setting",
    "UPDATE scale SET in_use = id IN ('truth-5', 'attribution-7')",
    "UPDATE note SET hidden = 1",
    "DELETE FROM kinship",
    "UPDATE transcript SET hidden = 1",
    "UPDATE verification SET hidden = 1, meaning = NULL, answered_by = NULL, answered_at = NULL",
    f"UPDATE note SET text = (SELECT {_held('text')} {_FIRST}) WHERE EXISTS (SELECT 1 {_FIRST})".replace(
        "{table}", "note"
    ),
    """UPDATE action SET undone = coalesce((SELECT later.verb = 'undo' FROM action AS later
      WHERE later.target_id = action.id ORDER BY later.id DESC LIMIT 1), 0)""",
    """UPDATE claim SET version_id = born_version_id, anchor_state = 'as was', source_id = born_source_id,
      source_confirmed = 0, status = 'open', waived_because = NULL, truth = NULL, attribution = NULL, flags = '[]',
      stale = 0, hidden = 1, removed = 0, evidence_count = 0, revision = 0, sort_date = ''""",
    """UPDATE claim SET ("start", "end") = (SELECT min(anchor."start"), max(anchor."end") FROM anchor
      WHERE anchor.claim_id = claim.id AND anchor.version_id = claim.born_version_id AND anchor.role = 'content')
      WHERE EXISTS (SELECT 1 FROM anchor WHERE anchor.claim_id = claim.id
        AND anchor.version_id = claim.born_version_id AND anchor.role = 'content')""",
    # The full-text index follows these columns row by row, so they are written only where they differ.
    "UPDATE claim SET wording = NULL WHERE wording IS NOT NULL",
    "UPDATE claim SET title = '' WHERE title <> ''",
    """UPDATE claim SET source_name = source.name FROM source
      WHERE source.id = claim.source_id AND claim.source_name IS NOT source.name""",
    "UPDATE claim SET source_name = NULL WHERE source_id IS NULL AND source_name IS NOT NULL",
    "UPDATE claim SET source_kind = (SELECT kind FROM source WHERE source.id = claim.source_id),"
    " sort_source = coalesce(casefold(source_name), char(65535))",
)


def reset(session: Session) -> None:
    """Put every folded column back to what the base rows alone say."""
    connection: Any = session.connection().connection.driver_connection
    connection.create_function("casefold", 1, lambda name: None if name is None else name.casefold())
    for statement in _RESET:
        session.connection().execute(text(statement))
    session.expire_all()


def events(session: Session, batch: int = 500) -> Iterator[list[Any]]:
    """Every event, oldest first, in batches that fit into memory."""
    last = 0
    sql = text(
        'SELECT seq, subject, subject_id, field, "after" FROM event'
        " WHERE seq > :last AND NOT purged ORDER BY seq LIMIT :most"
    )
    while rows := session.connection().execute(sql, {"last": last, "most": batch}).all():
        yield list(rows)
        last = rows[-1].seq


def differences(session: Session) -> list[Difference]:
    """What stands now against what was remembered; forgets it afterwards."""
    found: list[Difference] = []
    for table, (keys, columns) in FOLDED.items():
        on = " AND ".join(f"now.{key} = old.{key}" for key in keys)
        key = " || ' ' || ".join(f"{{}}.{name}" for name in keys)
        joined = f"FROM main.{table} AS now JOIN temp.before_{table} AS old ON {on}"
        for column in columns:
            found += _difference(
                session, table, column, f'{joined} WHERE now."{column}" IS NOT old."{column}"', key.format(*["now"] * 9)
            )
        for there, absent in (("main." + table, f"temp.before_{table}"), (f"temp.before_{table}", "main." + table)):
            missing = f"FROM {there} AS now WHERE NOT EXISTS (SELECT 1 FROM {absent} AS old WHERE {on})"
            what = "row that was missing" if there.startswith("main") else "row too many"
            found += _difference(session, table, what, missing, key.format(*["now"] * 9))
        session.connection().execute(text(f"DROP TABLE temp.before_{table}"))
    return found


def _difference(session: Session, table: str, column: str, where: str, key: str) -> list[Difference]:
    rows = int(session.connection().execute(text(f"SELECT count(*) {where}")).scalar_one())
    if not rows:
        return []
    examples = session.connection().execute(text(f"SELECT {key} {where} ORDER BY 1 LIMIT 3"))
    return [Difference(table, column, rows, tuple(str(row[0]) for row in examples))]
