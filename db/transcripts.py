"""Transcripts and what quotes are verified against, on the driver alone."""

from __future__ import annotations

from typing import Any

from db.driver import Connection
from db.pages import select

_ROW = "id, name, title, held_at, url, digest, words, speakers, added_by, added_at"


def transcripts(connection: Connection, search: str = "", limit: int | None = None) -> list[Any]:
    """Transcripts whose title, name or speakers hold `search`, the newest event first."""
    pattern = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = (
        f"SELECT {_ROW} FROM transcript WHERE NOT hidden AND (title LIKE ?1 ESCAPE '\\' OR name LIKE ?1 ESCAPE '\\'"
        " OR speakers LIKE ?1 ESCAPE '\\') ORDER BY coalesce(held_at, '') DESC, id DESC LIMIT ?2"
    )
    return select(connection, sql, pattern, -1 if limit is None else limit)


def transcript(connection: Connection, transcript_id: int) -> Any | None:
    """One transcript with its text; None when there is none or it is hidden."""
    found = select(connection, f"SELECT {_ROW}, text FROM transcript WHERE id = ? AND NOT hidden", transcript_id)
    return found[0] if found else None


def copies(connection: Connection, claim_id: int) -> list[Any]:
    """The kept copies of a claim's evidence: number, file's name or address, digest and bytes."""
    sql = (
        "SELECT evidence.id, coalesce(evidence.file_name, evidence.url) AS name, blob.digest, blob.data FROM evidence"
        " JOIN blob ON blob.digest = evidence.blob_digest WHERE evidence.claim_id = ? AND NOT evidence.hidden"
        " AND blob.purged_at IS NULL ORDER BY evidence.id"
    )
    return select(connection, sql, claim_id)


def pieces(connection: Connection, claim_id: int) -> list[str]:
    """The words between quotation marks of a claim, piece by piece, in the order of the text."""
    sql = (
        "SELECT anchor.exact FROM claim JOIN anchor ON anchor.claim_id = claim.id"
        " AND anchor.version_id = claim.version_id WHERE claim.id = ? AND anchor.role = 'quote' ORDER BY anchor.start"
    )
    return [row[0] for row in select(connection, sql, claim_id)]
