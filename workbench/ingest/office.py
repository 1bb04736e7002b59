"""What DOCX and ODT share: guarded parts of the package, and paragraphs with the notes that hang on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.ingest.compose import line
from workbench.ingest.options import refuse
from workbench.ingest.unpack import Budget, open_zip, unpack
from workbench.ingest.xml import parse_xml
from workbench.records import Remark

UNPACKED = 256 << 20  # bytes of all parts that are read


class Package:
    """The parts of an office document by name, unpacked within limits."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._budget = Budget(UNPACKED)
        self._archive = open_zip(data, name, self._budget)
        self._parts = {member.filename: member for member in self._archive.infolist()}

    def xml(self, part: str) -> Any | None:
        """The root of an XML part, None when the package has no such part. Raises InputError."""
        if part not in self._parts:
            return None
        return parse_xml(unpack(self._archive, self._parts[part], self._name, self._budget), self._name)

    def need(self, part: str) -> Any:
        """The root of a part that must be there. Raises InputError."""
        root = self.xml(part)
        if root is None:
            raise refuse(self._name, f"the document has no part {part}", "open it in its program and save it anew")
        return root


@dataclass
class Note:
    """A comment or footnote with the places of the text it hangs on."""

    kind: Any
    text: str = ""
    author: str | None = None
    start: int | None = None
    end: int | None = None
    referred: bool = False  # whether a mark in the text leads to it


@dataclass
class Writer:
    """The text as it grows: one line a paragraph, and where notes hang on it."""

    lines: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    at: int = 0  # where the next line begins
    _open: list[str] = field(default_factory=list)
    _marks: list[tuple[Note, str]] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add to the paragraph in hand; white space of the source is a blank."""
        self._open.append(" ".join(text.split("\n")) if "\n" in text else text)

    def begin(self, note: Note) -> None:
        """The words of `note` begin here."""
        self._marks.append((note, "start"))
        self._open.append(_MARK)

    def finish(self, note: Note) -> None:
        """The words of `note` end here; a footnote stands here alone."""
        self._marks.append((note, "end"))
        self._open.append(_MARK)

    def paragraph(self, prefix: str = "") -> None:
        """End the paragraph in hand; one without words leaves no line."""
        words = line("".join(self._open))
        self._open.clear()
        pieces = words.split(_MARK)
        plain = line("".join(pieces))
        place = self.at + len(prefix)
        for (note, edge), before in zip(self._marks, _lengths(pieces), strict=True):
            setattr(note, edge, place + min(before, len(plain)))
        self._marks.clear()
        if plain:
            self.lines.append(prefix + plain)
            self.at += len(prefix) + len(plain) + 1

    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    def remarks(self) -> tuple[Remark, ...]:
        """The notes that hang on a place and say something."""
        found = []
        for note in self.notes:
            start = note.start if note.start is not None else note.end
            end = note.end if note.end is not None else note.start
            if start is not None and end is not None and note.text.strip():
                found.append(Remark(min(start, end), max(start, end), line(note.text), note.kind, note.author))
        return tuple(found)


_MARK = "\x00"


def _lengths(pieces: list[str]) -> Iterator[int]:
    """The length of the text before each mark."""
    total = 0
    for piece in pieces[:-1]:
        total += len(piece)
        yield total
