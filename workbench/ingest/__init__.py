"""Bytes -> documents: one reader a format, chosen by content. No store, no network, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from workbench.errors import InputError, UsageError
from workbench.ingest.decode import binary_kind, decode
from workbench.ingest.formats import DELIMITERS, sniff
from workbench.ingest.hidden import hidden_note
from workbench.ingest.options import FORMATS, BadInput, ReadOptions, refuse
from workbench.records import Document

__all__ = ["FORMATS", "BadInput", "ReadOptions", "read"]

_DEFAULTS = ReadOptions()
_MANY = frozenset({"jsonl", "csv", "feed", "zip", "mbox", "warc"})  # formats that may hold many articles
_NESTED = 3  # archives within archives


def read(
    data: bytes, *, name: str, options: ReadOptions = _DEFAULTS, ending: str = ""
) -> Iterator[Document | BadInput]:
    """The articles in `data`, in their order; `name` is the file's name without its ending.

    The content tells the format; of the `ending` (".csv") counts only that somebody calls a text a table.

    Raises InputError (when iterated) for an input that holds no article, UsageError for options that cannot be. Each
    bad part (a line of JSONL, a file of an archive) is a `BadInput` between the documents. For plain text, `text` is
    the decoded file character for character. What `options` state overrides what the input says.
    """
    options.check()
    data, format_name = _unpacked(data, name, options, ending)
    if options.id and format_name in _MANY:
        raise UsageError(f"--id names one article, and {name} may hold many", "give each its own id in the file")
    for document in _documents(data, name, format_name, options):
        yield _finished(document, options) if isinstance(document, Document) else document


def _unpacked(data: bytes, name: str, options: ReadOptions, ending: str) -> tuple[bytes, str]:
    """The bytes to read and their format; what gzip packed is unpacked first."""
    found = sniff(data)
    if found == "gzip":
        from workbench.ingest.unpack import gunzip

        data = gunzip(data, name)
        found = sniff(data)
        if found == "gzip":
            raise refuse(name, "it is packed twice", "unpack it yourself")
    return data, options.format or _table_or_text(data, found, options, ending)


def _table_or_text(data: bytes, found: str, options: ReadOptions, ending: str) -> str:
    """A text is a table where its file is called one, or its first line has a column that a person mapped."""
    if found not in ("text", "markdown"):
        return found
    head = decode(data[:4096]).text.lstrip("\ufeff \t\r\n").partition("\n")[0].lower()
    several = any(mark in head for mark in DELIMITERS)
    mapped = any(column.lower() in head for field, column in options.fields if field == "text")
    return "csv" if several and (mapped or ending.lower() in (".csv", ".tsv")) else found


def _documents(
    data: bytes, name: str, format_name: str, options: ReadOptions, level: int = 0, budget: Any = None
) -> Iterator[Document | BadInput]:
    from workbench.ingest import readers

    _require_content(data, name, format_name)
    if format_name == "zip":
        yield from _archive(data, name, options, level, budget)
    elif format_name in readers.APART:
        from workbench.ingest.isolation import read_apart

        yield from read_apart(format_name, data, name=name)
    else:
        yield from readers.read_as(format_name, data, name=name, options=options)


def _archive(data: bytes, name: str, options: ReadOptions, level: int, budget: Any) -> Iterator[Document | BadInput]:
    """The articles of an archive's files, each by its own reader; a file that fails leaves the others alone."""
    from workbench.ingest.unpack import Budget, members

    if level >= _NESTED:
        raise refuse(name, "archives within archives are nested too deeply", "unpack it yourself")
    budget = budget or Budget()
    options = replace(options, format=None, charset=None)  # these are said of the archive
    for member in members(data, name, budget):
        if isinstance(member, BadInput):
            yield member
            continue
        path, inner = member
        stem = PurePosixPath(path).stem
        try:
            inner, format_name = _unpacked(inner, stem, options, PurePosixPath(path).suffix)
            for found in _documents(inner, stem, format_name, options, level + 1, budget):
                yield _within(path, found)
        except InputError as error:
            if budget.total < 0 or budget.members < 0:
                raise
            yield BadInput(path, str(error).removeprefix(f"{stem}: "))


def _within(path: str, found: Document | BadInput) -> Document | BadInput:
    """What was found in a file of an archive, its place told with the file's."""
    if isinstance(found, BadInput):
        return BadInput(f"{path} {found.where}", found.reason)
    return replace(found, where=f": {path}{found.where}")


def _require_content(data: bytes, name: str, format_name: str) -> None:
    if not data.strip():
        raise refuse(name, "it is empty", "give a file that holds the article's text")
    kind = binary_kind(data)
    if kind and format_name not in ("pdf", "docx", "odt", "rtf", "zip"):
        raise refuse(name, f"this is {kind}, which cannot be read", "save it as plain text, HTML or DOCX")


def _finished(document: Document, options: ReadOptions) -> Document:
    """`document` with what the person stated in place of what was read or guessed, and a warning where text hides."""
    stated: dict[str, Any] = {
        "title": options.title,
        "outlet": options.outlet,
        "agency": options.agency,
        "published": options.published,
        "url": options.url,
        "name": options.id,
    }
    given = {field: value for field, value in stated.items() if value is not None}
    warning = hidden_note(document.text)
    notes = (*document.notes, warning) if warning else document.notes
    return replace(document, **given, notes=notes, guessed=frozenset(document.guessed - given.keys()))
