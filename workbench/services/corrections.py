"""The corrections log: what each new version of an article changed. On the driver alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from db import corrections
from workbench.errors import NotFoundError
from workbench.records import ClaimChange, VersionChanges
from workbench.services import lists
from workbench.services.store import Store


def changes(store: Store, article_id: int | None = None) -> list[VersionChanges]:
    """Every version that came after another one, oldest first; of one article or of all. Raises NotFoundError."""
    with store.reading() as reader:
        pairs = corrections.pairs(reader, article_id)
        if article_id is not None and not pairs and not lists.has_article(store, article_id):
            raise NotFoundError(f"there is no article a{article_id}", "workbench articles lists them")
        return [
            _version(pair, corrections.claims(reader, pair["article_id"], pair["reading_before"], pair["reading_id"]))
            for pair in pairs
        ]


def _version(pair: Any, rows: list[Any]) -> VersionChanges:
    told = [found for found in (_claim(row) for row in rows if not row["removed"]) if found is not None]
    kinds = Counter(each.what for each in told)
    states = Counter(row["state"] for row in rows if row["state_before"] not in (None, "lost"))
    return VersionChanges(
        pair["article_id"], pair["title"], pair["outlet"], pair["version"], pair["version_before"], pair["at"],
        pair["published"], states["as was"], states["moved"], kinds["changed"], kinds["lost"],
        kinds["new"] + kinds["back"], tuple(told),
    )  # fmt: skip


def _claim(row: Any) -> ClaimChange | None:
    """What is worth telling of one claim; None when its words stand as they did, or were gone before."""
    was_there = row["state_before"] not in (None, "lost")
    is_there = row["state"] not in (None, "lost")
    if not was_there and not is_there:
        return None
    if was_there and is_there and row["state"] != "changed":
        return None
    what = "changed" if was_there and is_there else "lost" if was_there else "back" if row["state_before"] else "new"
    return ClaimChange(
        row["id"], what, row["before"] if was_there else None,  # type: ignore[arg-type]  # one of the four words
        row["now"] if is_there else None, row["source_before"], row["source_now"], bool(row["judged"]),
    )  # fmt: skip
