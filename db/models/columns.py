"""Columns that every room's tables share."""

from __future__ import annotations

from sqlmodel import Field


def key() -> int | None:
    """A primary key that SQLite numbers."""
    return Field(default=None, primary_key=True)  # type: ignore[no-any-return]
