"""What readers of documents share: lines put together to a text, and the document made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.ingest.dateline import find_agency
from workbench.ingest.decode import storable
from workbench.ingest.options import refuse
from workbench.records import Document, Remark
from workbench.spans import Span

_BLANKS = re.compile(r"[ \t\u00a0]+")


def line(text: str) -> str:
    """`text` on one line, runs of blanks as one."""
    return _BLANKS.sub(" ", " ".join(text.split()))


def row(cells: Iterable[str]) -> str:
    """A table's row as a readable line: `Year | Price`; empty when all cells are."""
    shown = [line(cell) for cell in cells]
    return " | ".join(shown) if any(shown) else ""


def document(
    text: str, *, name: str, data: bytes, format: str, title: str | None = None, remarks: Sequence[Remark] = (),
    metadata: Mapping[str, Any] | None = None, notes: Sequence[str] = (), guessed: Iterable[str] = (), **stated: Any,
) -> Document:  # fmt: skip
    """A document of the reader's output. A title that the text begins with is a place in it, else it stands beside it.

    Raises InputError when there are no words but the title.
    """
    text, note = storable(text)
    title = storable(line(title))[0] if title and line(title) else None
    if not text.strip() or text.strip() == title:
        raise refuse(name, "it holds a title and no text" if title else "it holds no text", _TODO)
    heads = bool(title) and text.startswith(title or "") and text[len(title or "") :][:1] in ("\n", "")
    span = Span(0, len(title or "")) if heads else None
    agency = find_agency(text, span.end if span else 0)
    stated = _clean(stated) | ({"title": title} if title else {})
    empty = {field for field in ("title", "author", "outlet", "published", "url") if not stated.get(field)}
    return Document(
        name=name, text=text, data=data, format=format, title_span=span,
        agency=agency[0] if agency else None, agency_span=agency[1] if agency else None,
        metadata=metadata or {}, notes=(*notes, note) if note else tuple(notes), remarks=tuple(remarks),
        guessed=frozenset(guessed) - empty, **stated,
    )  # fmt: skip


_TODO = "give a file that holds the article's text"


def _clean(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Foreign values that can be stored, on one line; empty ones are not there."""
    return {key: storable(line(value))[0] or None for key, value in stated.items() if isinstance(value, str)}
