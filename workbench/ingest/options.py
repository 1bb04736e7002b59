"""What a reader is told, and what it says about a part that it cannot read."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import InputError, UsageError
from workbench.ingest.dates import iso
from workbench.ingest.decode import canonical

FORMATS = (
    "text", "html", "markdown", "pdf", "docx", "eml", "jsonl", "csv", "feed", "zip", "odt", "rtf", "mbox", "warc",
)  # fmt: skip


Fields = tuple[tuple[str, str], ...]  # of tables and JSON: (field, the column or key that holds it)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person states about an input; it overrides what the input says. `format` is one of `FORMATS`."""

    format: str | None = None
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    url: str | None = None
    id: str | None = None
    encoding: str | None = None  # of formats that are a text; it goes before what the bytes look like
    fields: Fields = ()
    charset: str | None = None  # what the host of a page declares; it goes before what the page says

    def check(self) -> None:
        """Raise UsageError for an unknown format, encoding or field, or a date that is none."""
        if self.format is not None and self.format not in FORMATS:
            raise UsageError(f"unknown format {self.format!r}", f"choose one of {', '.join(FORMATS)}")
        from workbench.ingest.jsonl import KEYS

        if unknown := [field for field, _ in self.fields if field not in KEYS]:
            raise UsageError(f"unknown field {unknown[0]!r}", f"choose one of {', '.join(KEYS)}")
        if self.encoding is not None and canonical(self.encoding) is None:
            raise UsageError(f"unknown encoding {self.encoding!r}", "name it as utf-8, cp1252, mac_roman or koi8-r")
        if self.published is not None and iso(self.published) is None:
            raise UsageError(f"{self.published!r} is not a date", "write it as 2025-07-06")


@dataclass(frozen=True, slots=True)
class BadInput:
    """One part of an input that cannot be read, such as a line of JSONL; the other parts go on."""

    where: str
    reason: str


def refuse(name: str, reason: str, todo: str) -> InputError:
    """The error for an input that cannot be read, in one line."""
    return InputError(f"{name}: {reason}", todo)


def missing(name: str, format: str) -> InputError:
    """The error for a format whose library is not installed."""
    return refuse(name, f"reading {format} needs a library that is not installed", "pip install 'workbench[formats]'")
