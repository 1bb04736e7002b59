"""All words of a page, tags aside: for pages on which the reader finds no body or which it cannot hold whole.

One pass over the tags with no stack, so depth and unbalanced tags cost nothing.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][\w:-]*)[^<>]*>|[!?][^<>]*>)")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|d[dlt]|div|fig(caption|ure)|footer|form|h[1-6]|header|hr|li|main|"
    "nav|[ou]l|option|p|pre|section|table|t(body|d|foot|h|head|r)|title"
)
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe", "textarea", "select", "nav"})
_CLOSING = re.compile(rf"</({'|'.join(sorted(_SILENT))})\b", re.IGNORECASE)


def visible_text(page: str) -> str:
    """The text of an HTML page, one line a block, without scripts, styles and navigation. Linear in its length."""
    pieces: list[str] = []
    last_closing = {found.group(1).lower(): found.start() for found in _CLOSING.finditer(page)}
    silent = ""
    at = 0
    while found := _TAG.search(page, at):
        if not silent:
            pieces.append(page[at : found.start()])
        closing, tag = found.group(1), (found.group(2) or "").lower()
        at = found.end()
        if found.group() == "<!--":
            close = page.find("-->", at)
            at = len(page) if close < 0 else close + 3
        elif silent:
            silent = "" if closing and tag == silent else silent
        elif not closing and last_closing.get(tag, -1) >= at:
            silent = tag
        if _BLOCKS.fullmatch(tag):
            pieces.append("\n")
        elif tag == "q" and not silent:
            pieces.append("”" if closing else "“")
    if not silent:
        pieces.append(page[at:])
    return _tidy(html.unescape("".join(_one_line(piece) for piece in pieces)))


def _one_line(piece: str) -> str:
    """White space of the source is no line end of the page."""
    return piece if piece == "\n" else re.sub(r"\s+", " ", piece)


def _tidy(text: str) -> str:
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)
