"""Bytes -> documents: one reader a format, chosen by content. No store, no network, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.errors import UsageError
from workbench.ingest.decode import Decoded, binary_kind, decode, is_binary
from workbench.ingest.formats import declared_charset, sniff
from workbench.ingest.options import FORMATS, BadInput, ReadOptions, refuse
from workbench.records import Document

__all__ = ["FORMATS", "BadInput", "ReadOptions", "read"]

_DEFAULTS = ReadOptions()


def read(data: bytes, *, name: str, options: ReadOptions = _DEFAULTS) -> Iterator[Document | BadInput]:
    """The articles in `data`, in their order; `name` is the file's name without its ending.

    Raises InputError (when iterated) for an input that holds no article, UsageError for options that cannot be. Each
    bad line of JSONL is a `BadInput` between the documents. For plain text, `text` is the decoded file character for
    character. What `options` state overrides what the input says.
    """
    options.check()
    format_name = options.format or sniff(data)
    if options.id and format_name == "jsonl":
        raise UsageError(f"--id names one article, and {name} may hold many", "give each line an id of its own")
    for document in _documents(data, name, format_name):
        yield _overridden(document, options) if isinstance(document, Document) else document


def _documents(data: bytes, name: str, format_name: str) -> Iterator[Document | BadInput]:
    _require_text(data, name)
    if format_name == "jsonl":
        from workbench.ingest.jsonl import read_jsonl

        yield from read_jsonl(data, name=name)
    elif format_name == "html":
        from workbench.ingest.page import read_page

        yield read_page(_decoded(data, name, declared_charset(data)), name=name, data=data)
    else:
        from workbench.ingest.plain import read_plain

        yield read_plain(_decoded(data, name, None), name=name, data=data)


def _require_text(data: bytes, name: str) -> None:
    kind = binary_kind(data)
    if kind:
        raise refuse(name, f"this is {kind}, which cannot be read yet", "save it as plain text or HTML")
    if not data.strip():
        raise refuse(name, "it is empty", "give a file that holds the article's text")


def _decoded(data: bytes, name: str, declared: str | None) -> Decoded:
    decoded = decode(data, declared=declared)
    if is_binary(decoded):
        raise refuse(name, "binary file", "save it as plain text or HTML")
    if not decoded.text.strip():
        raise refuse(name, "it is empty", "give a file that holds the article's text")
    return decoded


def _overridden(document: Document, options: ReadOptions) -> Document:
    """`document` with what the person stated in place of what was read or guessed."""
    stated: dict[str, Any] = {
        "title": options.title,
        "outlet": options.outlet,
        "agency": options.agency,
        "published": options.published,
        "url": options.url,
        "name": options.id,
    }
    given = {field: value for field, value in stated.items() if value is not None}
    return replace(document, **given, guessed=frozenset(document.guessed - given.keys()))
