"""CSV: a head line, then one article a row; columns are mapped as the keys of JSON Lines are, whatever their case."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO

from workbench.errors import InputError
from workbench.ingest.decode import Decoded
from workbench.ingest.formats import DELIMITERS, csv_delimiter
from workbench.ingest.jsonl import KEYS, Keys, read_record
from workbench.ingest.options import BadInput, refuse
from workbench.records import Document

_LONGEST_CELL = 64 << 20


def read_table(decoded: Decoded, *, name: str, keys: Keys = KEYS) -> Iterator[Document | BadInput]:
    """Each article of a table, a `BadInput` for a row that holds none. Raises InputError without a column of texts."""
    delimiter = csv_delimiter(decoded.text) or _only_text(decoded.text, keys["text"])
    if delimiter is None:
        raise _without_text(name, decoded.text, keys["text"])
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(StringIO(decoded.text, newline=""), delimiter=delimiter)
    known = {key.lower(): key for sought in keys.values() for key in sought}
    head = [known.get(_heading(cell), cell) for cell in next(rows, [])]
    if not set(keys["text"]) & set(head):
        raise _without_text(name, decoded.text, keys["text"])
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
            record = {key: cell for key, cell in zip(head, cells, strict=False) if cell.strip() or key in keys["text"]}
            raw = json.dumps(record, ensure_ascii=True).encode("ascii")
            where = f"row {number}"
            yield read_record(record, decoded, raw, name, where, number - 1, format="csv", keys=keys)


def _heading(cell: str) -> str:
    return cell.strip().strip("\ufeff").lower()


def _without_text(name: str, text: str, wanted: Sequence[str]) -> InputError:
    """The error for a table whose head names no column of texts: which columns there are, and what to say."""
    line = text.lstrip("\ufeff \r\n").partition("\n")[0][:2000].rstrip("\r")
    mark = max(DELIMITERS, key=line.count)
    columns = [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])]
    named = ", ".join(cell[:40] for cell in columns[:12] if cell) + (" …" if len(columns) > 12 else "")
    what = f"no column of the table holds the text (one of {', '.join(wanted)}); it has {named}"
    return refuse(name, what, "--map text=COLUMN says which holds it")


def _only_text(text: str, wanted: Sequence[str]) -> str | None:
    """A comma for a table that a person called CSV and whose only known column is the text."""
    head = text.lstrip("\ufeff").partition("\n")[0].lower()
    for mark in DELIMITERS:
        if {key.lower() for key in wanted} & {cell.strip().strip('"').strip() for cell in head.split(mark)}:
            return mark
    return None
