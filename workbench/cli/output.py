"""The one module that writes to stdout: tables, JSON Lines, CSV and blocks of text.

What goes out is plain unless stdout is a terminal: no colour, nothing cut. Foreign text passes the cleaner; JSON
keeps it whole and escapes what may steer a terminal, so that it reads back exactly.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.cli.messages import OutputClosed, clear_progress
from workbench.text import clean, clean_line, has_hidden

if TYPE_CHECKING:
    from workbench.cli.tables import Column

_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$", re.ASCII)


def on_terminal() -> bool:
    """Whether a person reads stdout as it comes."""
    return sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal."""
    from shutil import get_terminal_size

    return get_terminal_size().columns


def strong(text: str) -> str:
    """`text` standing out, where a terminal can and the user wants it."""
    plain = not on_terminal() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return text if plain else f"\x1b[1m{text}\x1b[22m"


def line(text: str = "") -> None:
    """Write one line; `text` is cleaned, a newline in it becomes a blank."""
    _write(clean_line(text) + "\n")


def block(text: str) -> None:
    """Write a text of several lines, cleaned; on a terminal its lines are folded at words."""
    for each in clean(text).split("\n"):
        _write("\n".join(_folded(each)) + "\n")


def heading(text: str) -> None:
    """Write one cleaned line that stands out on a terminal."""
    _write(strong(clean_line(text)) + "\n")


def _folded(text: str) -> list[str]:
    if not on_terminal() or len(text) < width():
        return [text]
    from textwrap import wrap

    indent = text[: len(text) - len(text.lstrip(" "))]
    return wrap(text, width() - 1, subsequent_indent=indent, drop_whitespace=True, tabsize=4) or [""]


def fields(pairs: Iterable[tuple[str, str]]) -> None:
    """Write name and value pairs, one a line, the values aligned; pairs without a value are left out."""
    shown = [(name, value) for name, value in pairs if value]
    room = max((len(name) for name, _ in shown), default=0) + 2
    for name, value in shown:
        head, *rest = _folded(" " * room + clean_line(value))
        _write(f"{name:<{room}}{head[room:]}\n" + "".join(each + "\n" for each in rest))


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write a table: fitted to a terminal, whole elsewhere. Only its head when there are no rows."""
    from workbench.cli.tables import lay_out  # not on the way to the desk

    lines = lay_out(columns, rows, width() if on_terminal() else None)
    _write(strong(next(lines)) + "\n")
    for each in lines:
        _write(each + "\n")


# ---- records -------------------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """`value` in the types of JSON: records become objects, sets sorted lists, spans pairs."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(each) for each in value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return len(value)
    return value


def json_line(record: Mapping[str, Any]) -> None:
    """Write one JSON object on one line and flush it. Raises ValueError for NaN and infinities."""
    text = json.dumps(record, ensure_ascii=_ascii_only(), allow_nan=False)
    if has_hidden(text):
        text = "".join(_escaped(char) if clean(char) != char else char for char in text)
    _write(text + "\n")
    _flush()


def _ascii_only() -> bool:
    return (sys.stdout.encoding or "ascii").lower().replace("_", "-") not in ("utf-8", "utf8")


def _escaped(char: str) -> str:
    return json.dumps(char, ensure_ascii=True)[1:-1] if ord(char) > 0x7F else f"\\u{ord(char):04x}"


class CsvWriter:
    """CSV on stdout: quoted as RFC 4180 has it, one record a line, no cell that a spreadsheet would run."""

    def __init__(self, columns: Sequence[str]) -> None:
        import csv

        self._writer = csv.writer(_Stdout(), lineterminator="\n")
        self._columns = columns
        self._writer.writerow(columns)

    def write(self, record: Mapping[str, Any]) -> None:
        """Write the columns of one record; lists are joined by a blank, None is empty."""
        self._writer.writerow([csv_cell(record.get(column)) for column in self._columns])


def csv_cell(value: Any) -> str:
    """`value` as the text of a cell; text that starts like a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = [f"{key}={each}" for key, each in value.items()]
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(each) for each in value)
    text = clean_line(str(value))
    dangerous = _FORMULA.match(text) and not _NUMBER.match(text)
    return f"'{text}" if dangerous else text


class _Stdout:
    """A file for the csv module that writes through this module."""

    def write(self, text: str) -> int:
        _write(text)
        return len(text)


# ---- the last step -------------------------------------------------------------------------------------------------


def raw(data: bytes) -> None:
    """Write an export as it is; on a terminal it is cleaned like everything else."""
    if on_terminal():
        _write(clean(data.decode("utf-8", "replace")))
        return
    _guarded(lambda: (sys.stdout.flush(), sys.stdout.buffer.write(data), sys.stdout.buffer.flush()))


def finish() -> None:
    """Flush stdout, so that a full disk or a closed pipe is noticed while it can still be told."""
    _flush()


def _write(text: str) -> None:
    clear_progress()
    encoding = sys.stdout.encoding or "utf-8"
    if _ascii_only():
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    _guarded(lambda: sys.stdout.write(text))


def _flush() -> None:
    _guarded(lambda: sys.stdout.flush())


def _guarded(act: Any) -> None:
    try:
        act()
    except OSError as error:
        _divert()
        if isinstance(error, BrokenPipeError):
            raise OutputClosed from None
        raise OSError(error.errno, f"cannot write the output: {error.strerror}") from error


def _divert() -> None:
    """Point stdout at nowhere, so that the interpreter's last flush does not fail once more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it lives as long as the process
