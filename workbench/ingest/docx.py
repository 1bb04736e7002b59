"""Word documents (OOXML): paragraphs, lists, tables, footnotes and comments. What was deleted in review stays out."""

from __future__ import annotations

from typing import Any

from workbench.ingest.compose import document, line, row
from workbench.ingest.dates import iso
from workbench.ingest.office import Note, Package, Writer
from workbench.ingest.xml import attribute, local
from workbench.records import Document

# Deleted and moved text, field codes, and the second copy of a drawing for older programs.
_SILENT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "Fallback", "rPr", "pPr", "sdtPr", "tblPr", "trPr", "tcPr"}
)


def read_docx(data: bytes, *, name: str) -> Document:
    """The one article of a Word document. Raises InputError for one that is damaged or holds no text."""
    package = Package(data, name)
    reader = _Reader(package)
    reader.body(package.need("word/document.xml"))
    reader.footnotes()
    core = _core(package)
    title = reader.title or core.get("title") or reader.heading
    guessed = ["title"] if title and not reader.title and not core.get("title") else []
    dates = {key: value for key, value in core.items() if key in ("created", "modified")}
    return document(
        reader.out.text(), name=name, data=data, format="docx", title=title, author=core.get("creator"),
        language=(core.get("language") or "").split("-")[0].lower() or None, metadata=dates, guessed=guessed,
        notes=reader.remarks_on_reading(), remarks=reader.out.remarks(),
    )  # fmt: skip


class _Reader:
    """One pass over the body in its order."""

    def __init__(self, package: Package) -> None:
        self.out = Writer()
        self.title: str | None = None
        self.heading: str | None = None
        self._changed = False
        self._package = package
        self._comments = self._notes_of("word/comments.xml", "comment", "comment")
        self._footnotes = {
            kind: self._notes_of(f"word/{kind}notes.xml", f"{kind}note", "footnote") for kind in ("foot", "end")
        }
        self._listed: list[Note] = []

    def _notes_of(self, part: str, tag: str, kind: str) -> dict[str, Note]:
        root = self._package.xml(part)
        found: dict[str, Note] = {}
        for element in root if root is not None else ():
            if local(element) == tag and attribute(element, "type") in (None, "normal"):
                note = Note(kind, _words(element), attribute(element, "author"))
                found[attribute(element, "id") or ""] = note
        return found

    def body(self, root: Any) -> None:
        """Write what stands in the document, in its order."""
        for element in root:
            self._block(element)
        self.out.paragraph()

    def _block(self, element: Any) -> None:
        kind = local(element)
        if kind == "p":
            self._paragraph(element)
        elif kind == "tbl":
            for each in element:
                if local(each) == "tr":
                    self._row(each)
        elif kind not in _SILENT:
            for each in element:
                self._block(each)

    def _row(self, element: Any) -> None:
        """A row as one line; notes that hang in it hang on the line's end."""
        cells = [each for each in element if local(each) == "tc"]
        self.out.write(row(_words(cell) for cell in cells))
        for each in element.iter():
            if local(each) in ("footnoteReference", "endnoteReference", "commentReference"):
                self._reference(each)
        self.out.paragraph()

    def _paragraph(self, element: Any) -> None:
        style, listed = _style(element)
        before = len(self.out.lines)
        for each in element:
            self._inline(each)
        self.out.paragraph("- " if listed else "")
        if len(self.out.lines) > before:
            self._remember(style.lower(), self.out.lines[-1])

    def _remember(self, style: str, words: str) -> None:
        if style == "title" and self.title is None:
            self.title = words
        elif style.startswith(("heading1", "heading 1")) and self.heading is None and len(self.out.lines) == 1:
            self.heading = words

    def _inline(self, element: Any) -> None:
        kind = local(element)
        if kind == "t":
            self.out.write(element.text or "")
        elif kind in ("tab", "br", "cr"):
            self.out.write(" ")
        elif kind == "noBreakHyphen":
            self.out.write("-")
        elif kind in _SILENT:
            self._changed = self._changed or kind in ("del", "moveFrom")
        elif kind in (
            "footnoteReference",
            "endnoteReference",
            "commentReference",
            "commentRangeStart",
            "commentRangeEnd",
        ):
            self._reference(element)
        elif kind == "p" and len(element):  # a paragraph in a text box
            self.out.write(" " + _words(element) + " ")
        else:
            for each in element:
                self._inline(each)

    def _reference(self, element: Any) -> None:
        kind, number = local(element), attribute(element, "id") or ""
        if kind.startswith("comment"):
            note = self._comments.get(number)
        else:
            note = self._footnotes[kind.removesuffix("noteReference")].get(number)
        if note is None:
            return
        if not note.referred:
            note.referred = True
            self.out.notes.append(note)
            if note.kind == "footnote":
                self._listed.append(note)
        if kind == "commentRangeStart":
            self.out.begin(note)
        elif kind != "commentReference" or note.end is None:
            self.out.finish(note)

    def footnotes(self) -> None:
        """Write the footnotes below the text, numbered in the order of their marks."""
        for number, note in enumerate(self._listed, 1):
            self.out.write(f"[{number}] {line(note.text)}")
            self.out.paragraph()

    def remarks_on_reading(self) -> tuple[str, ...]:
        """What a person should know of how the document was read."""
        return ("tracked changes: read as if all were accepted",) if self._changed else ()


def _style(paragraph: Any) -> tuple[str, bool]:
    """The name of a paragraph's style, and whether it is an item of a list."""
    style, listed = "", False
    for properties in paragraph:
        if local(properties) == "pPr":
            for each in properties:
                if local(each) == "pStyle":
                    style = attribute(each, "val") or ""
                listed = listed or local(each) == "numPr"
    return style, listed or style.lower().startswith("list")


def _words(element: Any) -> str:
    """All words below an element, deleted ones aside; a blank between paragraphs."""
    pieces: list[str] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        kind = local(each)
        if kind == "t":
            pieces.append(each.text or "")
        elif kind in ("p", "tab", "br", "cr", "tc"):
            pieces.append(" ")
        elif kind == "noBreakHyphen":
            pieces.append("-")
        if kind not in _SILENT:
            waiting.extend(reversed(each))
    return "".join(pieces).strip()


def _core(package: Package) -> dict[str, str]:
    """What the document's properties state."""
    root = package.xml("docProps/core.xml")
    found = {local(each): line(each.text or "") for each in root} if root is not None else {}
    for key in ("created", "modified"):
        if key in found:
            found[key] = iso(found[key].replace("Z", "+00:00")) or ""
    return {key: value for key, value in found.items() if value}
