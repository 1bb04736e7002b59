"""A report as CSV (RFC 4180): one claim a row, UTF-8 without a byte order mark, the same columns whatever it holds.

A cell that a spreadsheet would read as a formula gets a leading apostrophe (OWASP, CSV injection); plain numbers stay.
"""

from __future__ import annotations

import csv
import io
import re

from workbench.records import Report
from workbench.report.table import COLUMNS, rows
from workbench.text import clean

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def render(report: Report) -> bytes:
    """`report` as a table with a header line; lists inside a cell are parted by ` | `."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows(report))
    return out.getvalue().encode("utf-8", "replace")


def _safe(value: object) -> str:
    """A cell as text: cleaned, and with an apostrophe when it would be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    text = clean(str(value).replace("\r\n", "\n"))
    if text.lstrip(" ").startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text
