"""Overwriting what a store holds of one article. Digests, numbers and dates stay; words, names and copies go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from db import driver

_CLAIMS = "(SELECT id FROM claim WHERE article_id = :article)"
_VERSIONS = "(SELECT id FROM version WHERE article_id = :article)"

# Sources that no claim of another article names: their names go with the article.
_LONELY = """(SELECT source_id FROM claim WHERE article_id = :article AND source_id IS NOT NULL
  UNION SELECT born_source_id FROM claim WHERE article_id = :article AND born_source_id IS NOT NULL
  EXCEPT SELECT source_id FROM claim WHERE article_id <> :article AND source_id IS NOT NULL
  EXCEPT SELECT born_source_id FROM claim WHERE article_id <> :article AND born_source_id IS NOT NULL
  EXCEPT SELECT source_id FROM claimreading WHERE source_id IS NOT NULL AND claim_id NOT IN
    (SELECT id FROM claim WHERE article_id = :article))"""
_ABOUT = f"(iif(subject = 'source', subject_id IN {_LONELY}, article_id = :article OR claim_id IN {_CLAIMS}))"
_ENTRIES = f"SELECT seq FROM event WHERE NOT purged AND {_ABOUT} ORDER BY seq"
_LABELS = (
    "SELECT DISTINCT action.id, action.uid FROM action JOIN event ON event.action_id = action.id"
    f" WHERE NOT action.purged AND {_ABOUT} ORDER BY action.id"
)
_TEXTS = "SELECT digest FROM version WHERE article_id = :article ORDER BY number"
_COPIES = f"""
SELECT blob.digest FROM blob WHERE purged_at IS NULL
  AND (digest IN (SELECT blob_digest FROM version WHERE article_id = :article)
    OR digest IN (SELECT blob_digest FROM evidence WHERE claim_id IN {_CLAIMS}))
  AND digest NOT IN (SELECT blob_digest FROM version WHERE article_id <> :article AND blob_digest IS NOT NULL)
  AND digest NOT IN (SELECT blob_digest FROM evidence WHERE claim_id NOT IN {_CLAIMS} AND blob_digest IS NOT NULL)
  AND digest NOT IN (SELECT blob_digest FROM transcript WHERE blob_digest IS NOT NULL)
ORDER BY digest
"""
_TWINS = """
SELECT DISTINCT article.id FROM version JOIN article ON article.id = version.article_id
WHERE version.digest IN (SELECT digest FROM version WHERE article_id = :article) AND article.id <> :article
  AND article.purged_at IS NULL ORDER BY article.id
"""


def found(session: Session, article_id: int) -> dict[str, list[Any]]:
    """What a purge of the article touches: entries, labels (of actions), digests of texts and of copies, and twins.

    Twins are other articles that hold one of its texts; copies that something else rests on are left out.
    """
    run, values = session.connection().execute, {"article": article_id}
    return {
        "entries": [row[0] for row in run(text(_ENTRIES), values)],
        "labels": [row[1] for row in run(text(_LABELS), values)],
        "texts": [row[0] for row in run(text(_TEXTS), values)],
        "copies": [row[0] for row in run(text(_COPIES), values)],
        "twins": [row[0] for row in run(text(_TWINS), values)],
    }


def hide(session: Session, article_id: int) -> None:
    """Take the article's claims out of sight, so that families can be formed without them."""
    session.connection().execute(
        text("UPDATE claim SET hidden = 1 WHERE article_id = :article"), {"article": article_id}
    )
    session.expire_all()


_BLANK = (
    f"""CREATE TEMP TABLE purged_source AS
      SELECT source_id AS id FROM claim WHERE article_id = :article AND source_id IS NOT NULL
      UNION SELECT born_source_id FROM claim WHERE article_id = :article AND born_source_id IS NOT NULL
      UNION SELECT source_id FROM claimreading WHERE claim_id IN {_CLAIMS} AND source_id IS NOT NULL
      UNION SELECT id FROM source WHERE article_id = :article""",
    f"DELETE FROM mention WHERE reading_id IN (SELECT id FROM reading WHERE version_id IN {_VERSIONS})",
    f"DELETE FROM anchor WHERE claim_id IN {_CLAIMS}",
    f"DELETE FROM claimreading WHERE claim_id IN {_CLAIMS}",
    f"DELETE FROM kinship WHERE claim_id IN {_CLAIMS} OR other_id IN {_CLAIMS}",
    f"DELETE FROM conflict WHERE first_id IN {_CLAIMS} OR second_id IN {_CLAIMS}",
    f"DELETE FROM figurekey WHERE claim_id IN {_CLAIMS}",
    f"DELETE FROM factcheckmatch WHERE claim_id IN {_CLAIMS}",
    f"DELETE FROM verdict WHERE claim_id IN {_CLAIMS}",
    f"DELETE FROM sentence WHERE version_id IN {_VERSIONS}",
    f"UPDATE evidence SET url = NULL, file_name = NULL, excerpt = NULL, hidden = 1 WHERE claim_id IN {_CLAIMS}",
    f"UPDATE note SET text = '', hidden = 1 WHERE claim_id IN {_CLAIMS}",
    f"UPDATE verification SET result = '{{}}', hidden = 1, meaning = NULL WHERE claim_id IN {_CLAIMS}",
    """UPDATE claim SET text = '', cue_text = NULL, cue_class = NULL, source_text = NULL, source_reason = NULL,
      source_confidence = NULL, anonymity = NULL, hedges = '[]', numbers = '[]', wording = NULL, source_id = NULL,
      born_source_id = NULL, source_name = NULL, source_kind = NULL, source_confirmed = 0, sort_source = char(65535),
      status = 'open', waived_because = NULL, truth = NULL, attribution = NULL, flags = '[]', stale = 0, hidden = 1,
      removed = 0, family_id = NULL, family_size = 0, family_alarm = NULL, evidence_count = 0, revision = 0,
      title = '', outlet = NULL, sort_date = '', anchor_state = 'as was', version_id = born_version_id
      WHERE article_id = :article""",
    "UPDATE family SET text = '', alarm = NULL, earliest = NULL WHERE hidden",
    """UPDATE version SET text = '', title = '', author = NULL, published = NULL, details = '{}', header_end = NULL,
      title_start = NULL, title_end = NULL, hidden = 1 WHERE article_id = :article""",
    """UPDATE article SET identity = 'purged:' || uid, name = '', url = NULL, title = '', published = NULL,
      version_id = NULL, reading_id = NULL, hidden = 1, purged_at = :at WHERE id = :article""",
    """UPDATE source SET name = '', merged_into_id = NULL WHERE id IN (SELECT id FROM temp.purged_source)
      AND id NOT IN (SELECT source_id FROM claim WHERE source_id IS NOT NULL)
      AND id NOT IN (SELECT born_source_id FROM claim WHERE born_source_id IS NOT NULL)
      AND id NOT IN (SELECT source_id FROM claimreading WHERE source_id IS NOT NULL)""",
    "DELETE FROM sourceapart WHERE source_id IN (SELECT id FROM source WHERE name = '')",
    "DELETE FROM sourcealias WHERE source_id IN (SELECT id FROM source WHERE name = '')",
    "DROP TABLE temp.purged_source",
    "INSERT INTO claim_search (claim_search) VALUES ('rebuild')",
)

# A merge whose entries are empty is told by nothing any more.
_UNMERGED = """
UPDATE source SET merged_into_id = NULL WHERE merged_into_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event
  WHERE event.subject = 'source' AND event.subject_id = source.id AND event.field = 'merged' AND NOT event.purged)
"""


def blank(session: Session, article_id: int, at: str, going: dict[str, list[Any]]) -> None:
    """Overwrite the article, its claims and what hangs on them, the copies and the history's words about it."""
    session.flush()
    run = session.connection().execute
    for statement in _BLANK:
        values = {"article": article_id, "at": at}
        run(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})
    for digest in going["copies"]:
        empty = "UPDATE blob SET data = x'', origin = NULL, media_type = NULL, purged_at = :at WHERE digest = :digest"
        run(text(empty), {"digest": digest, "at": at})
    for seq in going["entries"]:
        emptied = "UPDATE event SET \"before\" = 'null', \"after\" = 'null', why = NULL, salt = '', purged = 1"
        run(text(f"{emptied} WHERE seq = :seq"), {"seq": seq})
    run(text(_UNMERGED))
    for uid in going["labels"]:
        run(
            text("UPDATE action SET label = verb || ', words purged', salt = '', purged = 1 WHERE uid = :uid"),
            {"uid": uid},
        )
    session.expire_all()


def sweep(path: Path) -> bool:
    """Rewrite the file so that no freed page keeps what was overwritten; False when others hold old pages open."""
    connection = driver.connect(path)
    try:
        connection.execute("PRAGMA temp_store = MEMORY")  # what is swept out must not lie in a temporary file
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except driver.sqlite.Error as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise driver.fault_of(error) from error
    finally:
        connection.close()
    return row is None or row[0] == 0
