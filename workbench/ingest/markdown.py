"""Markdown (CommonMark with tables), by markdown-it-py: the words as a reader of the page sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.ingest.compose import document, line
from workbench.ingest.dates import iso
from workbench.ingest.decode import Decoded
from workbench.ingest.markup import visible_text
from workbench.records import Document

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE | re.DOTALL)
_PAIR = re.compile(r"^([\w-]{1,40}):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FIELDS = {
    "title": ("title", "headline"), "author": ("author", "authors", "byline"), "published": ("published", "date"),
    "outlet": ("outlet", "publisher", "source"), "url": ("url", "link", "canonical"), "language": ("language", "lang"),
}  # fmt: skip
_NESTED = 15  # levels: markdown-it drops what is nested deeper than twenty
_DEEP = re.compile(
    rf"^(?:[ \t]{{0,3}}[>*+-][ \t]?){{{_NESTED},}}|^[ \t]{{{2 * _NESTED},}}[>*+-][ \t]|[\[*_!]{{{4 * _NESTED},}}",
    re.MULTILINE,
)
_LONGEST = 2_000_000  # code points; the library's time grows faster than its input beyond


def read_markdown(decoded: Decoded, *, name: str, data: bytes) -> Document:
    """The one article of a Markdown text. Raises InputError when it holds no words.

    What is too long or nested too deeply for the library is taken as the plain text it is, with a note.
    """
    front = _FRONT_MATTER.match(decoded.text)
    stated: dict[str, Any] = _stated(front.group(1)) if front else {}
    source = decoded.text[front.end() :] if front else decoded.text
    notes = decoded.notes
    if len(source) > _LONGEST or _DEEP.search(source):
        text, heading = source.strip(), None
        notes = (*notes, "too long or nested too deeply for Markdown: taken as plain text")
    else:
        text, heading = _shown(source)
    named = set(stated)
    title = stated.pop("title", None) or heading
    guessed = [*(["encoding"] if decoded.guessed else []), *(["title"] if heading and "title" not in named else [])]
    return document(
        text, name=name, data=data, format="markdown", encoding=decoded.encoding, title=title, notes=notes,
        guessed=guessed, **stated,
    )  # fmt: skip


def _stated(front: str) -> dict[str, str]:
    """What the front matter states, as far as it is one line a field."""
    found = {key.lower(): value.strip("\"'") for key, value in _PAIR.findall(front)}
    stated = {}
    for field, keys in _FIELDS.items():
        value = next((found[key] for key in keys if found.get(key)), None)
        value = iso(value) if field == "published" and value else value
        if value and (field != "url" or value.startswith(("https://", "http://"))):
            stated[field] = value.strip("[]")
    return stated


def _shown(source: str) -> tuple[str, str | None]:
    """The text, one line a paragraph, and its first heading."""
    from markdown_it import MarkdownIt

    lines: list[str] = []
    heading: str | None = None
    cells: list[str] | None = None
    prefix, in_heading = "", False
    for token in MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").parse(source):
        if token.type in ("list_item_open", "paragraph_open", "heading_open"):
            prefix = "- " if token.type == "list_item_open" else prefix
            in_heading = token.type == "heading_open"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append(" | ".join(cells or []))
            cells = None
        elif token.type == "inline":
            words = line(_words(token.children or []))
            if cells is not None:
                cells.append(words)
            elif words:
                lines.append(prefix + words)
                heading = heading or (words if in_heading and len(lines) == 1 else None)
                prefix = ""
        elif token.type in ("fence", "code_block"):
            lines += [line(each) for each in token.content.split("\n") if each.strip()]
        elif token.type == "html_block":
            lines += [each for each in visible_text(token.content).split("\n") if each]
    return "\n".join(each for each in lines if each.strip(" |")), heading


def _words(children: Sequence[Token]) -> str:
    pieces = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif child.type not in ("html_inline", "image"):
            pieces.append(child.content)
    return "".join(pieces)
