"""What a web page states about itself: title, outlet, author, date, language, address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.ingest.dates import iso

_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title")
_OUTLET = ("og:site_name", "application-name", "dc.publisher")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_DATE = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dc.date", "date",
         "pubdate", "publish-date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime")  # fmt: skip
_RECORD_BYTES = 1 << 20  # of one JSON-LD block


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Stated values; `guessed` names those that were inferred from something not meant to say them."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    guessed: frozenset[str] = frozenset()


def page_metadata(tree: Any) -> PageMetadata:
    """The metadata that the parsed page (an lxml element) states in meta elements, JSON-LD and a few others."""
    named = _named(tree)
    article = _linked_data(tree)
    guessed: set[str] = set()
    title = _first(named, _TITLE) or _line(article.get("headline"))
    if title is None:
        title = _only_heading(tree) or _line(tree.findtext(".//title"))
        guessed |= {"title"} if title else set()
    published = _published(named, article)
    if published is None:
        published = _marked_time(tree)
        guessed |= {"published"} if published else set()
    return PageMetadata(
        title,
        _first(named, _OUTLET) or _name(article.get("publisher")),
        _author(named, article),
        published,
        _language(tree, named, article),
        _address(tree, named),
        frozenset(guessed),
    )


def _named(tree: Any) -> dict[str, str]:
    """Content of the meta elements by their name or property in lower case; the first one counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = _line(element.get("content"))
        if key and content:
            found.setdefault(key.strip().lower(), content)
    return found


def _linked_data(tree: Any) -> dict[str, Any]:
    """The first article among the page's JSON-LD objects, empty when there is none."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        source = script.text or ""
        if len(source) > _RECORD_BYTES:
            continue
        try:
            value = json.loads(source)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            if any(str(kind).endswith(("Article", "Posting")) for kind in _listed(node.get("@type"))):
                return node
    return {}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block: itself, its list, its @graph."""
    for item in _listed(value):
        if isinstance(item, dict):
            yield item
            yield from (node for node in _listed(item.get("@graph")) if isinstance(node, dict))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _line(value: Any) -> str | None:
    """Text on one line; None for anything else and for nothing."""
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    names = [_line(item.get("name") if isinstance(item, dict) else item) for item in _listed(value)]
    return ", ".join(name for name in names if name) or None


def _first(named: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((named[key] for key in keys if key in named), None)


def _author(named: dict[str, str], article: dict[str, Any]) -> str | None:
    stated = [named[key] for key in _AUTHOR if key in named and not named[key].startswith(("http:", "https:"))]
    return stated[0] if stated else _name(article.get("author"))


def _published(named: dict[str, str], article: dict[str, Any]) -> str | None:
    written = [named[key] for key in _DATE if key in named] + [_line(article.get("datePublished")) or ""]
    return next((date for date in map(iso, written) if date), None)


def _marked_time(tree: Any) -> str | None:
    """The date of the only marked time, or of the one marked as the publication's."""
    times = [element for element in tree.iter("time") if iso(element.get("datetime") or "")]
    marked = [
        one for one in times if one.get("pubdate") is not None or "published" in (one.get("itemprop") or "").lower()
    ]
    dates = {iso(element.get("datetime")) for element in marked or times}
    return dates.pop() if len(dates) == 1 else None


def _only_heading(tree: Any) -> str | None:
    headings = [_line("".join(element.itertext())) for element in tree.iter("h1")]
    return headings[0] if len(headings) == 1 else None


def _language(tree: Any, named: dict[str, str], article: dict[str, Any]) -> str | None:
    root = tree.getroottree().getroot()
    stated = root.get("lang") or root.get("xml:lang") or named.get("og:locale") or _line(article.get("inLanguage"))
    code = (stated or "").replace("_", "-").split("-")[0].strip().lower()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def _address(tree: Any, named: dict[str, str]) -> str | None:
    links = [
        one.get("href") or "" for one in tree.iter("link") if (one.get("rel") or "").strip().lower() == "canonical"
    ]
    stated = [address.strip() for address in (*links, named.get("og:url", ""))]
    return next((address for address in stated if address.startswith(("https://", "http://"))), None)
