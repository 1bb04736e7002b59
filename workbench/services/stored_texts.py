"""Whether a text is stored already, asked on the driver alone: cheap enough to ask before reading, in any process."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from db import driver, pages
from db.errors import StoreFault

if TYPE_CHECKING:
    from workbench.ingest import ReadOptions
    from workbench.records import Document
    from workbench.services.store import Store

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


def is_known(store: Store, document: Document) -> bool:
    """Whether the store has an article of the document's identity, a hidden one too."""
    with store.reading() as reader:
        return bool(pages.select(reader, "SELECT 1 FROM article WHERE identity = ?", identity_of(document)))


class Known:
    """What a store holds, asked over one connection of this process; a store that cannot be asked knows nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: driver.Connection | None = None

    def by_text(self, document: Document) -> int | None:
        """The article whose newest text this is, under the same identity."""
        return self._ask(_SAME_TEXT, identity_of(document), sha256(document.text.encode("utf-8")).hexdigest())

    def by_bytes(self, data: bytes, name: str, options: ReadOptions) -> int | None:
        """The article that was read from these very bytes under that name, where nothing else is stated of it now."""
        wanted = options.id or name
        outlet = options.outlet.strip() if options.outlet else None
        return self._ask(_SAME_BYTES, sha256(data).hexdigest(), wanted, options.url, options.url, outlet, outlet)

    def close(self) -> None:
        """Close the connection; another question opens one again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, sql: str, *values: str | None) -> int | None:
        try:
            if self._connection is None:
                self._connection = driver.connect(self._path)  # a read-only one would leave its log behind
                self._connection.execute("PRAGMA query_only = ON")
            found = self._connection.execute(sql, values).fetchone()
        except (StoreFault, driver.sqlite.Error):  # the writer will say why
            return None
        return int(found[0]) if found else None
