"""Which format an input has, by its content and never by its name."""

from __future__ import annotations

import re

from workbench.ingest.decode import decode

_HEAD = 1 << 14
_PAGE = re.compile(
    r"(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]*-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|main|article|"
    r"section|header|div|p|h[1-6]|table|ul|ol|blockquote|span|a|b|i|em|strong|br|img|nav)\b",
    re.IGNORECASE,
)
_RECORD = re.compile(r"\{\s*(?:\"|\}|$)")
_LIST = re.compile(r"\[\s*\{\s*\"")
_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)


def sniff(data: bytes) -> str:
    """The format of `data`: "html", "jsonl" or "text" (a seed's dump header is text too)."""
    head = decode(data[:_HEAD]).text.lstrip()
    if _PAGE.match(head):
        return "html"
    return "jsonl" if _RECORD.match(head) or _LIST.match(head) else "text"


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML page names for itself, in a meta element or the XML declaration."""
    found = _CHARSET.search(data[:_HEAD]) or _XML_CHARSET.match(data[:_HEAD])
    return found.group(1).decode("ascii", "replace") if found else None
