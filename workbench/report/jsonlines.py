"""A report as JSON Lines: a line that says what the file is, then one for each family, article and entry of history.

The same objects as in JSON, each with its `kind`, so that a large report can be read and written in pieces.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from workbench.records import Report
from workbench.report.jsonfile import escaped, to_json

LISTS = {"families": "family", "articles": "article", "history": "entry"}  # name in JSON -> kind of a line


def render(report: Report) -> bytes:
    """`report` as one JSON object a line, UTF-8."""
    return "".join(f"{_line(entry)}\n" for entry in _entries(to_json(report))).encode()


def _line(entry: dict[str, Any]) -> str:
    return escaped(json.dumps(entry, ensure_ascii=False, allow_nan=False))


def _entries(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    head = {name: value for name, value in whole.items() if name not in LISTS}
    counts = {name: len(whole[name]) for name in LISTS}
    yield {"format": head.pop("format"), "program": head.pop("program"), "kind": "report", **head, "lines": counts}
    for name, kind in LISTS.items():
        for entry in whole[name]:
            yield {"kind": kind, **entry}
