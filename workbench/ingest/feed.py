"""RSS and Atom feeds: one article an item, with the words that the feed itself carries. Links are not followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.errors import InputError
from workbench.ingest.compose import document, line
from workbench.ingest.dates import iso
from workbench.ingest.markup import visible_text
from workbench.ingest.options import BadInput, refuse
from workbench.ingest.xml import attribute, local, parse_xml
from workbench.records import Document

_FULL, _SUMMARY = ("encoded", "content"), ("description", "summary")
_DATE = ("pubDate", "published", "date", "issued", "updated")
_PLAIN_TYPE = re.compile(rb"<!DOCTYPE\s+rss\b[^\[<>]*>")  # names a document type and declares nothing


def read_feed(data: bytes, *, name: str) -> Iterator[Document | BadInput]:
    """Each item of a feed. Raises InputError for what is no feed; an item without text is a `BadInput`."""
    root = parse_xml(_PLAIN_TYPE.sub(b"", data, count=1), name)
    items = [each for each in root.iter() if local(each) in ("item", "entry")]
    if not items:
        raise refuse(name, "the feed holds no items", "give a feed with articles in it")
    channel = next((each for each in root.iter() if local(each) in ("channel", "feed")), root)
    outlet, language = _first(channel, ("title",)), _first(channel, ("language",)) or _language(root)
    for number, item in enumerate(items, 1):
        try:
            yield replace(_item(item, name, number, outlet, language), where=f" item {number}")
        except InputError as error:
            yield BadInput(f"item {number}", error.what.partition(": ")[2] or error.what)


def _item(item: Any, name: str, number: int, outlet: str | None, language: str | None) -> Document:
    from lxml import etree

    full = _body(item, _FULL)
    text = full or _body(item, _SUMMARY)
    published = next((day for day in (iso(_first(item, (key,)) or "") for key in _DATE) if day), None)
    return document(
        text, name=_first(item, ("guid", "id")) or f"{name}:{number}", data=etree.tostring(item, encoding="utf-8"),
        format="feed", title=_title(item), url=_link(item), published=published, author=_author(item), outlet=outlet,
        language=(language or "").split("-")[0].lower() or None, guessed=("outlet",) if outlet else (),
        notes=() if full else ("only the summary that the feed carries",),
    )  # fmt: skip


def _body(item: Any, names: tuple[str, ...]) -> str:
    """The words of the longest of the named elements, markup aside."""
    found = [_shown(each) for each in item if local(each) in names and not attribute(each, "url")]
    return max(found, key=len, default="")


def _shown(element: Any) -> str:
    from lxml import etree

    if len(element):  # XHTML inside
        return visible_text(str(etree.tostring(element, encoding="unicode")))
    words = element.text or ""
    return visible_text(words) if "<" in words or "&" in words else words.strip()


def _title(item: Any) -> str | None:
    found = next((each for each in item if local(each) == "title"), None)
    return line(_shown(found)) or None if found is not None else None


def _first(element: Any, names: tuple[str, ...]) -> str | None:
    for each in element:
        if local(each) in names:
            words = line("".join(each.itertext()))
            if words:
                return words
    return None


def _link(item: Any) -> str | None:
    """The item's address: the text of its link, or the reference of the alternate one."""
    for each in item:
        if local(each) == "link" and (attribute(each, "rel") or "alternate") == "alternate":
            address = line(each.text or "") or attribute(each, "href") or ""
            if address.startswith(("https://", "http://")):
                return address
    return None


def _author(item: Any) -> str | None:
    for each in item:
        if local(each) in ("creator", "author"):
            named = _first(each, ("name",)) or line("".join(each.itertext()))
            if named:
                return re.sub(r"^\S+@\S+ \((.+)\)$", r"\1", named)
    return None


def _language(root: Any) -> str | None:
    return attribute(root, "lang")
