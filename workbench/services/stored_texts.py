"""Whether a text is stored already, asked on the driver alone: cheap enough to ask before reading, in any process."""

from __future__ import annotations

from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from db import driver
from db.errors import StoreFault

if TYPE_CHECKING:
    from workbench.ingest import ReadOptions
    from workbench.records import Document

_SAME_BYTES = """
SELECT article.id FROM version JOIN article ON article.version_id = version.id
  LEFT JOIN outlet ON outlet.id = article.outlet_id
WHERE version.blob_digest = ? AND NOT article.hidden AND article.name = ?
  AND (? IS NULL OR article.url = ?) AND (? IS NULL OR outlet.name = ?) LIMIT 1
"""
_SAME_TEXT = """
SELECT article.id FROM article JOIN version ON version.id = article.version_id
WHERE article.identity = ? AND NOT article.hidden AND version.digest = ? LIMIT 1
"""


def identity_of(document: Document) -> str:
    """What makes two texts the same article: the URL, else the name within the outlet."""
    if document.url:
        return f"url:{document.url}"
    return f"name:{document.outlet or ''}\x1f{document.name}"


def by_text(path: Path, document: Document) -> int | None:
    """The article whose newest text this is, under the same identity."""
    return _ask(path, _SAME_TEXT, identity_of(document), sha256(document.text.encode("utf-8")).hexdigest())


def by_bytes(path: Path, data: bytes, name: str, options: ReadOptions) -> int | None:
    """The article that was read from these very bytes under that name, where nothing else is stated of it now."""
    wanted = options.id or name
    outlet = options.outlet.strip() if options.outlet else None
    return _ask(path, _SAME_BYTES, sha256(data).hexdigest(), wanted, options.url, options.url, outlet, outlet)


def _ask(path: Path, sql: str, *values: str | None) -> int | None:
    """One number, or None; a store that cannot be asked knows nothing, and the writer will say why."""
    try:
        with closing(driver.connect(path)) as connection:  # a read-only one would leave its log behind
            connection.execute("PRAGMA query_only = ON")
            found = connection.execute(sql, values).fetchone()
    except (StoreFault, driver.sqlite.Error):
        return None
    return int(found[0]) if found else None
