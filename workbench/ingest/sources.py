"""What a person names on the command line -> files to read, one line for each that cannot be read.

A folder is searched with its folders, in the order of the names, for files that end in one of `ENDINGS`; hidden ones
are passed over, and so is .json, which seldom holds articles. A file that is named itself may end as it likes. Only
regular files are opened.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InputError

ENDINGS = frozenset(
    [
        ".txt",
        ".text",
        ".html",
        ".htm",
        ".xhtml",
        ".jsonl",
        ".ndjson",
        ".md",
        ".markdown",
        ".csv",
        ".tsv",
        ".pdf",
        ".docx",
        ".odt",
        ".rtf",
        ".eml",
        ".mbox",
        ".rss",
        ".atom",
        ".xml",
        ".zip",
        ".warc",
        ".gz",
    ]
)
LIMIT = 64 * 1024 * 1024  # bytes of one file
_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `path` is None for standard input, which the caller reads. `name` is its name without ending."""

    path: Path | None
    name: str


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the web to fetch."""

    name: str  # the address


@dataclass(frozen=True, slots=True)
class NotReadable:
    """A source that cannot be read: what it is, why, and what to do about it."""

    name: str
    reason: str
    todo: str


Place = Found | Address | NotReadable


def expand(sources: Sequence[str], *, limit: int = LIMIT) -> Iterator[Place]:
    """Each file or page that `sources` (files, folders, globs, addresses, "-") name, or why one cannot be read."""
    for source in sources:
        if source == "-":
            yield Found(None, "stdin")
        elif _ADDRESS.match(source):
            yield Address(source)
        else:
            yield from _named(source, limit)


def load(path: Path, *, limit: int = LIMIT) -> bytes:
    """The bytes of a regular file. Raises InputError, also when it changed into something else since `expand`."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            fault = _fault(shown(path), os.fstat(file.fileno()), limit)
            if fault:
                raise InputError(f"{fault.name}: {fault.reason}", fault.todo)
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{shown(path)}: {_words(error)}", "check the name and who may read it") from None
    if len(data) > limit:
        raise InputError(f"{shown(path)}: {_too_large(limit)}", "split it into several files")
    return data


def shown(path: Path | str) -> str:
    """A path as text that can be stored and printed, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _named(source: str, limit: int) -> Iterator[Found | NotReadable]:
    """One file, folder or glob; a glob only where no file has that very name."""
    try:
        exists = os.path.lexists(source)
    except ValueError:  # a NUL in the name
        exists = False
    if exists:
        yield from _one(Path(source), limit)
        return
    matches = sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) and "\0" not in source else []
    for match in matches:
        yield from _one(Path(match), limit)
    if not matches:
        reason = "no file matches" if glob.has_magic(source) else "no such file or folder"
        yield NotReadable(shown(source.replace("\0", "\ufffd")), reason, "check the name")


def _one(path: Path, limit: int) -> Iterator[Found | NotReadable]:
    try:
        status = path.stat()
    except OSError as error:
        yield NotReadable(shown(path), _words(error), "check the name and who may read it")
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, limit)
    else:
        yield _fault(shown(path), status, limit) or Found(path, shown(path.stem))


def _folder(folder: Path, limit: int) -> Iterator[Found | NotReadable]:
    empty = True
    faults: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS:
                empty = False
                yield from _one(Path(place, name), limit)
    for fault in faults:
        yield NotReadable(shown(fault.filename or folder), _words(fault), "check who may read it")
    if empty and not faults:
        yield NotReadable(shown(folder), "no articles in this folder", f"it takes files that end in {_endings()}")


def _fault(name: str, status: os.stat_result, limit: int) -> NotReadable | None:
    if not stat.S_ISREG(status.st_mode):
        return NotReadable(name, "not a regular file", "give a file, a folder or -")
    if status.st_size > limit:
        return NotReadable(name, _too_large(limit), "split it into several files")
    return None


def _too_large(limit: int) -> str:
    return f"larger than {limit // (1024 * 1024)} MiB" if limit >= 1 << 20 else f"larger than {limit} bytes"


def _endings() -> str:
    return " ".join(sorted(ENDINGS))


def _words(error: OSError) -> str:
    """The system's reason, in lower case and without the path."""
    reason = error.strerror or "cannot be read"
    return reason[0].lower() + reason[1:]
