"""Web pages: the article's body by trafilatura, its metadata as the page states them. Nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from workbench.ingest.dateline import find_agency
from workbench.ingest.decode import Decoded, storable
from workbench.ingest.markup import visible_text
from workbench.ingest.options import refuse
from workbench.ingest.page_metadata import PageMetadata, page_metadata
from workbench.records import Document
from workbench.spans import Span

_THIN = 200  # a body shorter than this is compared with all visible text
_LARGE = 40_000  # elements of a page; beyond, the time that trafilatura takes grows with the square
_TOO_LARGE = "too large to find the article in it: text taken from all of it, navigation included"
_TOO_DEEP = "nested deeper than a page can be read: text taken from all of it, navigation included"
_NO_BODY = "no article body recognised: text taken from all of the page, navigation included"


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    note: str | None = None


def read_page(decoded: Decoded, *, name: str, data: bytes) -> Document:
    """The one article of an HTML page. Raises InputError when the page holds no text.

    `text` is the reader's output, one line a paragraph, in the order of the page.
    """
    tree, complete = _parse(decoded.text)
    stated = page_metadata(tree) if tree is not None else PageMetadata()
    body = _body(tree, complete, decoded.text)
    text, _ = storable(body.text)
    if not text.strip() or text.strip() == (stated.title or "").strip():
        raise refuse(name, "the page holds no text", "save the page as your browser shows it, or copy its text")
    title = stated.title if stated.title and text.startswith(f"{stated.title}\n") else None
    span = Span(0, len(title)) if title else None
    agency = find_agency(text, span.end if span else 0)
    return Document(
        name=name,
        text=text,
        data=data,
        format="html",
        encoding=decoded.encoding,
        title=_clean(stated.title),
        published=stated.published,
        outlet=_clean(stated.outlet),
        agency=agency[0] if agency else None,
        author=_clean(stated.author),
        url=stated.url,
        language=stated.language,
        title_span=span,
        agency_span=agency[1] if agency else None,
        notes=(*decoded.notes, body.note) if body.note else decoded.notes,
        guessed=stated.guessed | ({"encoding"} if decoded.guessed else frozenset()),
    )


def _clean(value: str | None) -> str | None:
    return storable(value)[0] if value else None


def _parse(page: str) -> tuple[Any | None, bool]:
    """The page as an lxml tree, and whether all of it is in there: libxml2 drops what is nested too deeply."""
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, no_network=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, False
    return tree, not any("Excessive depth" in entry.message for entry in parser.error_log)


def _body(tree: Any | None, complete: bool, page: str) -> _Body:
    if tree is None or not complete:
        return _Body(visible_text(page), _TOO_DEEP)
    if sum(1 for _ in islice(tree.iter(), _LARGE + 1)) > _LARGE:
        return _Body(visible_text(page), _TOO_LARGE)
    marked = list(islice(tree.iter("article", "main"), 1))
    shown = visible_text(_source(marked[0])) if marked else ""  # before trafilatura takes the tree apart
    for element in list(tree.iter("noscript")):  # says that a script is needed, and is no part of the article
        element.drop_tree()
    _spell_out_quotes(tree)
    text = _article(tree)
    if len(text) >= _THIN:
        return _Body(text)
    return _Body(shown) if shown else _thin(text, visible_text(page))


def _thin(text: str, shown: str) -> _Body:
    """The body of a short page: what the page shows where that is the same, for trafilatura breaks it at each tag."""
    if "".join(text.split()) != "".join(shown.split()) and 2 * len(text) >= len(shown):
        return _Body(text)
    return _Body(shown, _NO_BODY if 2 * len(text) < len(shown) else None)


def _source(element: Any) -> str:
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html"))


def _spell_out_quotes(tree: Any) -> None:
    """Turn each `q` element into its words in quotation marks, as a browser shows it."""
    for quote in list(tree.iter("q")):
        if len(quote):
            last = quote[-1]
            last.tail = f"{last.tail or ''}”"
            quote.text = f"“{quote.text or ''}"
        else:
            quote.text = f"“{quote.text or ''}”"
        quote.tag = "span"


def _article(tree: Any) -> str:
    """The body that trafilatura recognises, empty when it recognises none or stumbles over the page."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, favor_recall=True, include_comments=False, deduplicate=False, with_metadata=False)
    except Exception:  # whatever a hostile page does to the library, the page's visible text is still there
        return ""
    return (getattr(found, "text", None) or "").strip()
