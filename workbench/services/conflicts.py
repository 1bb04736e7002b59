"""Conflicts of figures: found as articles come in, change or go away. Suggestions, each with its reason."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from db import conflicting

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.match.conflicts import Stated


def update(session: Session, article_id: int) -> None:
    """Compare the figures of an article's claims with those of the store, and forget what it no longer says."""
    from workbench.match.conflicts import conflict, keys

    conflicting.forget(session, article_id)
    rows = [(row, [_number(key) for key in keys(row.text)]) for row in conflicting.stated(session, article_id)]
    for row, own in rows:
        conflicting.put_keys(session, row.id, own)
    for row, own in rows:
        found = []
        for other in conflicting.candidates(session, row.id, own) if own else ():
            first, second = (row, other) if row.id < other.id else (other, row)
            seen = conflict(_stated(first), _stated(second))
            if seen is not None:
                found.append(
                    {"first": first.id, "second": second.id, "one": seen.one, "other": seen.other,
                     "unit": seen.unit, "score": seen.score, "why": seen.why}
                )  # fmt: skip
        conflicting.put(session, found)


def _stated(row: Any) -> Stated:
    from workbench.match.conflicts import Stated

    return Stated(row.text, row.source, row.date or None)


def _number(key: str) -> int:
    """A key as a number below 2**63 that is the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1
