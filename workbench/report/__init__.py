"""Records to bytes: verdict reports in every format, and our own JSON back to records. Pure."""

from __future__ import annotations

from importlib import import_module

from workbench.errors import UsageError
from workbench.records import Report
from workbench.report.jsonread import read_json
from workbench.report.public import withhold

__all__ = ["FORMATS", "read_json", "render"]

# Each format is imported when it is asked for: neither Jinja nor Word is needed to write a table.
_ROOMS = {
    "md": "markdown",
    "html": "page",
    "json": "jsonfile",
    "jsonl": "jsonlines",
    "csv": "csvfile",
    "xlsx": "workbook",
    "docx": "annotated",
}
FORMATS: tuple[str, ...] = tuple(_ROOMS)


def render(report: Report, format: str) -> bytes:
    """`report` as a file of that format, texts in UTF-8, the same bytes for the same report.

    A public report is stripped of whatever may not be published before any format sees it.
    Raises UsageError for a format that is not in FORMATS.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown report format “{format}”", f"choose one of {', '.join(FORMATS)}")
    room = import_module(f"workbench.report.{_ROOMS[format]}")
    data: bytes = room.render(withhold(report))
    return data
