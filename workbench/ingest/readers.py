"""The table of readers: which one reads which format, and which of them work in a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from workbench.ingest.decode import Decoded, canonical, decode, is_binary
from workbench.ingest.formats import declared_charset
from workbench.ingest.options import BadInput, ReadOptions, refuse
from workbench.records import Document

# Binary formats and those whose parsers take apart nested parts: read in a child process with limits.
APART = frozenset({"pdf", "docx", "odt", "rtf", "eml", "mbox", "warc"})
_DEFAULTS = ReadOptions()


def read_as(
    format_name: str, data: bytes, *, name: str, options: ReadOptions = _DEFAULTS
) -> Iterator[Document | BadInput]:
    """The articles that `data` holds, read as that format here in this process. Raises InputError."""
    reader = _WHOLE.get(format_name)
    if format_name in ("csv", "jsonl"):
        found: _Found = _read_records(format_name, data, name, options)
    else:
        found = reader(data, name) if reader else _read_text(format_name, data, name, options)
    yield from [found] if isinstance(found, Document) else found


def _pdf(data: bytes, name: str) -> Document:
    from workbench.ingest.pdf import read_pdf

    return read_pdf(data, name=name)


def _docx(data: bytes, name: str) -> Document:
    from workbench.ingest.docx import read_docx

    return read_docx(data, name=name)


def _odt(data: bytes, name: str) -> Document:
    from workbench.ingest.odt import read_odt

    return read_odt(data, name=name)


def _rtf(data: bytes, name: str) -> Document:
    from workbench.ingest.rtf import read_rtf

    return read_rtf(data, name=name)


def _eml(data: bytes, name: str) -> Iterator[Document | BadInput]:
    from workbench.ingest.mail import read_mail

    return read_mail(data, name=name)


def _mbox(data: bytes, name: str) -> Iterator[Document | BadInput]:
    from workbench.ingest.mail import read_mailbox

    return read_mailbox(data, name=name)


def _warc(data: bytes, name: str) -> Iterator[Document | BadInput]:
    from workbench.ingest.warc import read_warc

    return read_warc(data, name=name)


def _feed(data: bytes, name: str) -> Iterator[Document | BadInput]:
    from workbench.ingest.feed import read_feed

    return read_feed(data, name=name)


def _read_records(format_name: str, data: bytes, name: str, options: ReadOptions) -> Iterator[Document | BadInput]:
    from workbench.ingest.jsonl import keys_of, read_jsonl
    from workbench.ingest.table import read_table

    if format_name == "jsonl":
        return read_jsonl(data, name=name, keys=keys_of(options.fields))
    return read_table(_decoded(data, name, None, options.encoding), name=name, keys=keys_of(options.fields))


_Found = Document | Iterable[Document | BadInput]
_WHOLE: dict[str, Callable[[bytes, str], _Found]] = {
    "pdf": _pdf, "docx": _docx, "odt": _odt, "rtf": _rtf, "eml": _eml, "mbox": _mbox, "warc": _warc, "feed": _feed,
}  # fmt: skip


def _read_text(format_name: str, data: bytes, name: str, options: ReadOptions) -> _Found:
    """The formats that are a text: decoded first."""
    declared = options.charset or (declared_charset(data) if format_name == "html" else None)
    decoded = _decoded(data, name, declared, options.encoding)
    if format_name == "html":
        from workbench.ingest.page import read_page

        return read_page(decoded, name=name, data=data)
    if format_name == "markdown":
        from workbench.ingest.markdown import read_markdown

        return read_markdown(decoded, name=name, data=data)
    from workbench.ingest.plain import read_plain

    return read_plain(decoded, name=name, data=data)


def _decoded(data: bytes, name: str, declared: str | None, stated: str | None) -> Decoded:
    decoded = decode(data, declared=declared, stated=canonical(stated) if stated else None)
    if is_binary(decoded):
        raise refuse(name, "this is a binary file, which cannot be read", "save it as plain text, HTML or DOCX")
    if not decoded.text.strip():
        raise refuse(name, "it is empty", "give a file that holds the article's text")
    return decoded
