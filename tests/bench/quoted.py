"""Quotes of a labelled file as the matcher takes them: rows of `text`, `source`, `date`, labels left unread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.match import Quotation


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, in order."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def quotation(row: Mapping[str, Any]) -> Quotation:
    """The words, who is said to have said them, and the day; `source` and `date` may be missing or null."""
    return Quotation(row["text"], row.get("source") or None, row.get("date") or None, row.get("agency") or None)
