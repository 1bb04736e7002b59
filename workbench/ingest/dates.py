"""Dates as articles state them -> ISO 8601. Nothing is ever filled in."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST = 64  # no written date is longer


def iso(written: str) -> str | None:
    """The date or date-time that `written` states (ISO 8601 or RFC 2822), as ISO 8601; None when it states none."""
    written = written.strip()
    if len(written) > _LONGEST:
        return None
    try:
        if _DAY.fullmatch(written):
            return date.fromisoformat(written).isoformat()
        if _DAY.match(written):
            return datetime.fromisoformat(written).isoformat()
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
