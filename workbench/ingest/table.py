"""CSV: a head line, then one article a row; columns are mapped as the keys of JSON Lines are, whatever their case."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO

from workbench.ingest.decode import Decoded
from workbench.ingest.formats import DELIMITERS, csv_delimiter
from workbench.ingest.jsonl import KEYS, read_record
from workbench.ingest.options import BadInput, refuse
from workbench.records import Document

_LONGEST_CELL = 64 << 20


def read_table(decoded: Decoded, *, name: str) -> Iterator[Document | BadInput]:
    """Each article of a table, a `BadInput` for a row that holds none. Raises InputError without a column of texts."""
    delimiter = csv_delimiter(decoded.text) or _only_text(decoded.text)
    if delimiter is None:
        raise refuse(name, f"the table has no column {' or '.join(KEYS['text'])}", "name the columns in its first line")
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(StringIO(decoded.text, newline=""), delimiter=delimiter)
    known = {key.lower(): key for keys in KEYS.values() for key in keys}
    head = [known.get(cell.strip().strip("\ufeff").lower(), cell) for cell in next(rows, [])]
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadInput(f"row {number}", f"not CSV ({error})")
            continue
        if any(cell.strip() for cell in cells):
            record = {key: cell for key, cell in zip(head, cells, strict=False) if cell.strip()}
            raw = json.dumps(record, ensure_ascii=True).encode("ascii")
            yield read_record(record, decoded, raw, name, f"row {number}", number - 1, format="csv")


def _only_text(text: str) -> str | None:
    """A comma for a table that a person called CSV and whose only known column is the text."""
    head = text.lstrip("\ufeff").partition("\n")[0].lower()
    for mark in DELIMITERS:
        if set(KEYS["text"]) & {cell.strip().strip('"') for cell in head.split(mark)}:
            return mark
    return None
