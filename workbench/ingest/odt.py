"""OpenDocument texts: paragraphs, lists, tables, notes and annotations."""

from __future__ import annotations

from typing import Any

from workbench.ingest.compose import document, line, row
from workbench.ingest.office import Note, Package, Writer
from workbench.ingest.xml import local
from workbench.records import Document

_SILENT = frozenset(
    {"tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "frame-properties"}
)


def read_odt(data: bytes, *, name: str) -> Document:
    """The one article of an OpenDocument text. Raises InputError for one that is damaged or holds no text."""
    package = Package(data, name)
    reader = _Reader()
    for element in package.need("content.xml"):
        if local(element) == "body":
            reader.block(element)
    for number, note in enumerate([each for each in reader.out.notes if each.kind == "footnote"], 1):
        reader.out.write(f"[{number}] {line(note.text)}")
        reader.out.paragraph()
    stated = _meta(package)
    title = stated.get("title") or reader.title
    return document(
        reader.out.text(), name=name, data=data, format="odt", title=title,
        author=stated.get("initial-creator") or stated.get("creator"),
        language=(stated.get("language") or "").split("-")[0].lower() or None,
        metadata={key: stated[key] for key in ("creation-date",) if key in stated},
        guessed=() if stated.get("title") else ("title",), remarks=reader.out.remarks(),
    )  # fmt: skip


class _Reader:
    def __init__(self) -> None:
        self.out = Writer()
        self.title: str | None = None

    def block(self, element: Any, prefix: str = "") -> None:
        """Write the blocks of an element, in their order."""
        kind = local(element)
        if kind in ("p", "h"):
            self._inline(element)
            self.out.paragraph(prefix)
            if kind == "h" and self.title is None and len(self.out.lines) == 1:
                self.title = self.out.lines[0]
        elif kind == "table-row":
            self.out.write(row(_words(cell) for cell in element if local(cell) == "table-cell"))
            self.out.paragraph()
        elif kind not in _SILENT:
            for each in element:
                self.block(each, "- " if kind == "list-item" else prefix if kind == "list" else "")

    def _inline(self, element: Any) -> None:
        self.out.write(element.text or "")
        for each in element:
            kind = local(each)
            if kind in ("s", "tab", "line-break"):
                self.out.write(" ")
            elif kind == "note":
                self._note(each, "footnote", "note-body", None)
            elif kind == "annotation":
                author = next((line(part.text or "") for part in each if local(part) == "creator"), None)
                self._note(each, "comment", "p", author)
            elif kind and kind not in _SILENT:
                self._inline(each)
            self.out.write(each.tail or "")

    def _note(self, element: Any, kind: str, part: str, author: str | None) -> None:
        text = " ".join(_words(each) for each in element if local(each) == part)
        note = Note(kind, text, author)
        self.out.notes.append(note)
        self.out.finish(note)


def _words(element: Any) -> str:
    """All words below an element, a blank between paragraphs."""
    pieces = []
    for each in element.iter():
        if local(each) in ("p", "h", "s", "tab", "line-break"):
            pieces.append(" ")
        pieces.append((each.text or "") if local(each) else "")
        if each is not element:
            pieces.append(each.tail or "")
    return line("".join(pieces))


def _meta(package: Package) -> dict[str, str]:
    root = package.xml("meta.xml")
    if root is None:
        return {}
    return {local(each): line(each.text or "") for each in root.iter() if local(each) and line(each.text or "")}
