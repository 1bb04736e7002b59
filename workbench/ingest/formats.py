"""Which format an input has, by its content and never by its name."""

from __future__ import annotations

import re
from io import BytesIO

from workbench.ingest.decode import decode
from workbench.ingest.jsonl import KEYS

_HEAD = 1 << 14
_PAGE = re.compile(
    r"(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]*-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|main|article|"
    r"section|header|div|p|h[1-6]|table|ul|ol|blockquote|span|a|b|i|em|strong|br|img|nav)\b",
    re.IGNORECASE,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_RECORD = re.compile(r"\{\s*(?:\"|\}|$)")
_LIST = re.compile(r"\[\s*\{\s*\"")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(?=[ \t\r\n]|$)")
_MAILBOX = re.compile(rb"From [^\r\n]{1,200}\d{4}[^\r\n]{0,20}\r?\n[A-Za-z][A-Za-z0-9-]{0,60}:")
_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:[\w-]{1,40}:[^\r\n]{0,1000}\r?\n|[ \t-][^\r\n]{0,1000}\r?\n){1,60}?---[ \t]*(?:\r?\n|$)"
)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_FIRST_HEADING = re.compile(r"#{1,6}[ \t]+\S[^\n]*\n[ \t\r]*\n")
_MARKED = re.compile(r"^(?:[-*+][ \t]+\S|```|>[ \t]*\S)|\*\*[^\s*]|\]\((?:https?:|/|#)|^!\[", re.MULTILINE)
DELIMITERS = ",;\t|"


def sniff(data: bytes) -> str:
    """The format of `data`, one of `FORMATS` (a dump header is text too), or "gzip" for what must be unpacked."""
    magic = _by_magic(data)
    if magic:
        return magic
    head = decode(data[:_HEAD]).text.lstrip("\ufeff \t\r\n")
    if head.startswith(("<?xml", "<!DOCTYPE", "<rss", "<feed", "<rdf:RDF")) and _FEED.search(head[:4096]):
        return "feed"
    if _PAGE.match(head) or head.startswith("<?xml"):
        return "html"
    if _RECORD.match(head) or _LIST.match(head):
        return "jsonl"
    if _is_mail(head):
        return "eml"
    if csv_delimiter(head):
        return "csv"
    return "markdown" if _is_markdown(head) else "text"


def _by_magic(data: bytes) -> str | None:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"WARC/"):
        return "warc"
    return "mbox" if _MAILBOX.match(data) else None


def _packed(data: bytes) -> str:
    """What a ZIP file is: a Word or OpenDocument text by the parts inside, else an archive."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    return "zip"


def _is_mail(head: str) -> bool:
    """Whether a block of header fields begins the text, with a sender and what else only a mail has."""
    names: set[str] = set()
    for line in head.split("\n", 60)[:60]:
        if line[:1] in (" ", "\t") and names:
            continue
        found = _FIELD.match(line)
        if not found:
            break
        names.add(found.group(1).lower())
    return "from" in names and len(names & {"subject", "date", "message-id", "mime-version", "received", "to"}) >= 2


def csv_delimiter(head: str) -> str | None:
    """What separates the cells when the first line is the head of a table of articles; None for anything else."""
    line = head.lstrip("\ufeff").partition("\n")[0].strip()
    known = {name.lower() for names in KEYS.values() for name in names}
    for mark in DELIMITERS:
        cells = [cell.strip().strip('"').strip().lower() for cell in line[:2000].split(mark)]
        named = known.intersection(cells)
        if len(cells) > 1 and named.intersection(KEYS["text"]) and len(named) >= 2:
            return mark
    return None


def _is_markdown(head: str) -> bool:
    if _FRONT_MATTER.match(head):
        return True
    return bool(_FIRST_HEADING.match(head) or (_HEADING.search(head) and _MARKED.search(head)))


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML page names for itself, in a meta element or the XML declaration."""
    found = _CHARSET.search(data[:_HEAD]) or _XML_CHARSET.match(data[:_HEAD])
    return found.group(1).decode("ascii", "replace") if found else None
