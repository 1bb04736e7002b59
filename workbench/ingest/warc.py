"""Web archives (WARC), by warcio (in the extra `formats`): one article a page that was answered with success."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from workbench.errors import InputError
from workbench.ingest.decode import decode
from workbench.ingest.formats import declared_charset
from workbench.ingest.options import BadInput, missing, refuse
from workbench.ingest.page import read_page
from workbench.ingest.sources import LIMIT
from workbench.records import Document

TOTAL = 1 << 30  # bytes of all pages, unpacked


def read_warc(data: bytes, *, name: str) -> Iterator[Document | BadInput]:
    """Each page of an archive, named by its address. Raises InputError for an archive that is damaged or holds none."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise missing(name, "WARC") from None
    total, found = 0, 0
    records = iter(ArchiveIterator(BytesIO(data)))
    while True:
        try:
            record = next(records)
            page = _page(record)
        except StopIteration:
            break
        except Exception:  # whatever a hostile archive does to the library, one line says that it cannot be read
            raise refuse(name, "the archive is damaged", "make it anew") from None
        if page is None:
            continue
        found, total = found + 1, total + len(page)
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        if len(page) > LIMIT or total > TOTAL:
            raise refuse(name, f"it unpacks to more than {TOTAL >> 20} MiB", "split it into several files")
        yield _read(record, page, address.strip("<>"), name, found)
    if not found:
        raise refuse(name, "the archive holds no web pages", "give one with pages in it")


def _page(record: Any) -> bytes | None:
    """The unpacked bytes of a page; None for a record that is none."""
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    http = record.http_headers
    if http is not None and http.get_statuscode() != "200":
        return None
    kind = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    if not kind.lower().startswith(("text/html", "application/xhtml")):
        return None
    content: bytes = record.content_stream().read(LIMIT + 1)
    return content


def _read(record: Any, page: bytes, address: str, name: str, number: int) -> Document | BadInput:
    http = record.http_headers
    kind = (http.get_header("Content-Type") if http else "") or ""
    declared = kind.lower().partition("charset=")[2].strip(" \"'") or declared_charset(page)
    try:
        document = read_page(decode(page, declared=declared), name=address or f"{name}:{number}", data=page)
    except InputError as error:
        return BadInput(f"page {number}", error.what.rpartition(": ")[2])
    web = address if address.startswith(("https://", "http://")) else None
    fetched = record.rec_headers.get_header("WARC-Date")
    return replace(
        document, format="warc", url=document.url or web, metadata={**document.metadata, "fetched": fetched or ""},
        where=f" page {number}",
    )  # fmt: skip
