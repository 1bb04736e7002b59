"""ClaimReview in a web page: scripts of JSON-LD and microdata.

Scripts are found by a scan of the text, so that no depth of tags hides one; microdata by lxml's forgiving parser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from workbench.claimreview import repair, values

_SCRIPT = re.compile(r"<script\b([^<>]*)>", re.IGNORECASE)
_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_CLOSE = re.compile(r"</script\b", re.IGNORECASE)
_CANONICAL = re.compile(r"<link\b([^<>]*)>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_OG_URL = re.compile(r"<meta\b[^<>]*og:url[^<>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_DEEPEST = 200  # levels of microdata


@dataclass(frozen=True, slots=True)
class Found:
    """A JSON-LD value or a microdata item of a page; `line` is where it begins, from 1. `broken` says what ails it."""

    value: Any
    line: int
    raw: str = ""
    broken: str | None = None


def is_page(head: str) -> bool:
    """Whether a text begins like HTML or XML."""
    return head.lstrip("\ufeff \t\r\n")[:1] == "<"


def page_address(page: str) -> str | None:
    """The page's own address: its canonical link, else og:url."""
    for link in _CANONICAL.finditer(page):
        if re.search(r"\bcanonical\b", link.group(1), re.IGNORECASE) and (found := _HREF.search(link.group(1))):
            return values.address(html.unescape(found.group(1)))
    meta = _OG_URL.search(page)
    found = _CONTENT.search(meta.group()) if meta else None
    return values.address(html.unescape(found.group(1))) if found else None


def scripts(page: str) -> Iterator[Found]:
    """Every script of JSON-LD, read; a broken one is told and the rest goes on."""
    at = 0
    while opening := _SCRIPT.search(page, at):
        closing = _CLOSE.search(page, opening.end())
        if closing is None:
            return
        at = closing.end()
        if not _LD.search(opening.group(1)):
            continue
        raw = page[opening.end() : closing.start()]
        line = page.count("\n", 0, opening.end()) + 1
        try:
            yield Found(repair.loads(raw), line, raw)
        except repair.Broken as error:
            yield Found(None, line + error.line - 1, raw, error.reason)


class _Marks(NamedTuple):
    """The attributes that say: here an item begins, of this type; this is a property of that name."""

    scope: str
    kind: str
    name: str


_WAYS = (_Marks("itemscope", "itemtype", "itemprop"), _Marks("typeof", "typeof", "property"))  # microdata, RDFa


def microdata(page: str) -> Iterator[Found]:
    """Every item of the type ClaimReview in the page's own tags (microdata, RDFa Lite), as JSON-LD would say it."""
    lowered = page.lower()
    ways = [marks for marks in _WAYS if marks.kind in lowered]
    if "claimreview" not in lowered or not ways:
        return
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        tree = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return
    for element in tree.iter("*"):
        for marks in ways:
            kind = element.get(marks.kind) or ""
            if element.get(marks.scope) is not None and kind.rstrip("/").endswith("ClaimReview"):
                yield Found(_item(element, marks, 0), element.sourceline or 1)


def _item(element: Any, marks: _Marks, depth: int) -> dict[str, Any]:
    """One item and what it holds."""
    node: dict[str, Any] = {"@type": (element.get(marks.kind) or "").split()[:1] or ["Thing"]}
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        inner = child.get(marks.scope) is not None
        for name in map(_bare, (child.get(marks.name) or "").split()):
            value: Any = _item(child, marks, depth + 1) if inner and depth < _DEEPEST else _value(child)
            node[name] = [*values.listed(node.get(name)), value] if name in node else value
        if not inner:
            waiting += reversed(child)
    return node


def _bare(name: str) -> str:
    """A property's name without the vocabulary that it may carry: "schema:url", "http://schema.org/url"."""
    return re.split(r"[/#:]", name)[-1]


def _value(element: Any) -> str:
    """The value of a property by the rules of microdata."""
    for attribute in ("content", "datetime", "href", "src", "resource"):
        if (given := element.get(attribute)) is not None:
            return str(given)
    return " ".join("".join(element.itertext()).split())
