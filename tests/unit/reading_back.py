"""Reports in files of several parts as one text, for searching in them."""

from __future__ import annotations

import html
import io
import re
from zipfile import ZipFile

TEXTS = ("md", "html", "json", "jsonl", "csv")
_OURS = re.compile(
    r"(word/(document|comments|header\d*|footer\d*)|xl/(sharedStrings|workbook|worksheets/.*)|docProps/\w+)\.xml"
)


def readable(data: bytes, format: str) -> str:
    """Everything that a person or a program can read out of the file."""
    if format in TEXTS:
        return data.decode()
    with ZipFile(io.BytesIO(data)) as parts:
        ours = [parts.read(name).decode() for name in parts.namelist() if _OURS.match(name)]
    assert ours
    return html.unescape(" ".join(re.sub(r"</?(?:w:t|t)\b[^>]*>", " ", part) for part in ours))
