"""Names, kinds and merges of sources: folding them, and which claims they reach."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, delete, insert, select

from db.models import Source, SourceAlias, SourceApart

FIELDS = ("name", "kind", "aliases", "merged", "apart")

# Who stands for a source: itself, or the one that it was merged into, as far as that leads.
ROOT = """(WITH RECURSIVE up (id, into_id) AS (
  SELECT id, merged_into_id FROM source WHERE id = {source}
  UNION SELECT source.id, source.merged_into_id FROM source JOIN up ON source.id = up.into_id)
SELECT id FROM up WHERE into_id IS NULL)"""

# The source of a claim is what the last decision on it says, else what the machine read; and who stands for that.
_GIVEN = """coalesce((SELECT (SELECT id FROM source WHERE uid = json_extract(event."after", '$.uid')) FROM event
  WHERE event.subject = 'claim' AND event.subject_id = claim.id AND event.field = 'source'
  ORDER BY event.seq DESC LIMIT 1), born_source_id)"""
_UNDER = """WITH RECURSIVE under (id) AS (
  SELECT value FROM json_each(:sources)
  UNION SELECT source.id FROM source JOIN under ON source.merged_into_id = under.id)
"""
_REACHED = f"""
UPDATE claim SET source_id = {ROOT.format(source=_GIVEN)}
WHERE source_id IS NOT NULL AND (source_id IN ({_UNDER} SELECT id FROM under)
  OR born_source_id IN ({_UNDER} SELECT id FROM under))
"""
_SHOWN = f"""
UPDATE claim SET source_name = source.name, source_kind = source.kind, sort_source = casefold(source.name)
FROM source WHERE source.id = claim.source_id
  AND (claim.source_id IN ({_UNDER} SELECT id FROM under) OR born_source_id IN ({_UNDER} SELECT id FROM under))
  AND (source_name IS NOT source.name OR source_kind IS NOT source.kind)
"""


def root(session: Session, source: Source) -> Source:
    """The source that stands for this one."""
    seen = {source.id}
    while source.merged_into_id is not None and source.merged_into_id not in seen:
        source = session.get_one(Source, source.merged_into_id)
        seen.add(source.id)
    return source


def aliases(session: Session, source_id: int) -> list[str]:
    """The other forms of a source's name, in alphabetical order."""
    found = select(SourceAlias.name).where(SourceAlias.source_id == source_id)
    return sorted(session.exec(found))


def apply(session: Session, source: Source, field: str, value: Any) -> None:
    """Fold a change of a source into its columns and those of the claims it reaches."""
    if field == "aliases":
        session.connection().execute(delete(SourceAlias).where(col(SourceAlias.source_id) == source.id))
        rows = [{"source_id": source.id, "name": name} for name in value or ()]
        if rows:
            session.connection().execute(insert(SourceAlias), rows)
        return
    if field == "apart":
        session.connection().execute(delete(SourceApart).where(col(SourceApart.source_id) == source.id))
        others = select(Source.id).where(col(Source.uid).in_(value or ()))
        for other in session.exec(others):
            session.add(SourceApart(source_id=source.id or 0, other_id=other or 0))
        session.flush()
        return
    before = root(session, source)
    if field == "merged":
        into = session.exec(select(Source.id).where(Source.uid == value["uid"])).one() if value else None
        source.merged_into_id = into
    else:
        setattr(source, field, value)
    session.add(source)
    session.flush()
    _reach(session, [source.id or 0, before.id or 0, root(session, source).id or 0])


def _reach(session: Session, sources: list[int]) -> None:
    """Bring the claims of sources, and of those merged into them, up to date with names, kinds and merges."""
    connection: Any = session.connection().connection.driver_connection
    connection.create_function("casefold", 1, lambda name: None if name is None else name.casefold())
    for statement in (_REACHED, _SHOWN):
        session.connection().execute(text(statement), {"sources": json.dumps(sources)})
    session.expire_all()
