"""Plain text, with or without the dump header of the seeds. The text stays character for character."""

from __future__ import annotations

import re

from workbench.ingest.dateline import find_agency
from workbench.ingest.dates import iso
from workbench.ingest.decode import Decoded
from workbench.ingest.options import refuse
from workbench.records import Document
from workbench.spans import Span, trim

_HEADER = re.compile(r"[ \t]*date[ \t]+(\d{4}-\d{2}-\d{2})(?:[ \t]+(\d{1,18}))?[ \t]*", re.ASCII)
_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…:;,。！？][\"'”’»」』)\]]*$")
_QUOTED = re.compile(r"[\"“”„«»‘]")
_TITLE_LENGTH, _TITLE_WORDS = 160, 24
_PARAGRAPH = 120  # a longer line is a paragraph, not a line of hard-wrapped text


def read_plain(decoded: Decoded, *, name: str, data: bytes) -> Document:
    """The one article of a plain text. Raises InputError when it holds no body."""
    text = decoded.text
    header, published, number = _header(text)
    title = _title(text, header)
    body = title.end if title else header.end if header else 0
    _require_body(text, body, header, title, name)
    agency = find_agency(text, body)
    return Document(
        name=name,
        text=text,
        data=data,
        format="text",
        encoding=decoded.encoding,
        title=title.of(text) if title else None,
        published=published,
        agency=agency[0] if agency else None,
        header=header,
        title_span=title,
        agency_span=agency[1] if agency else None,
        metadata={} if number is None else {"number": number},
        notes=decoded.notes,
        guessed=frozenset(_guesses(decoded, header, title)),
    )


def _guesses(decoded: Decoded, header: Span | None, title: Span | None) -> list[str]:
    guessed = ["encoding"] if decoded.guessed else []
    return [*guessed, "title"] if title and not header else guessed


def _header(text: str) -> tuple[Span | None, str | None, int | None]:
    """The dump header on the first line: its span (the whole line), the date and the number."""
    line = _LINE.match(text)
    found = _HEADER.fullmatch(line.group()) if line else None
    published = iso(found.group(1)) if found else None
    if not found or not published:
        return None, None, None
    return Span(0, found.end()), published, int(found.group(2)) if found.group(2) else None


def _lines(text: str, start: int) -> list[Span]:
    """The first two lines from `start` on that hold more than white space."""
    found: list[Span] = []
    for line in _LINE.finditer(text, start):
        span = trim(text, Span(line.start(), line.end()))
        if span.start < span.end:
            found.append(span)
        if len(found) == 2:
            break
    return found


def _title(text: str, header: Span | None) -> Span | None:
    """The line after a dump header, or a first line that looks like a title before a body."""
    lines = _lines(text, header.end if header else 0)
    if not lines:
        return None
    if header:
        return lines[0] if len(lines) > 1 or _looks_like_title(lines[0].of(text)) else None
    if len(lines) < 2 or not _looks_like_title(lines[0].of(text)) or find_agency(text, lines[0].start):
        return None
    return lines[0] if _starts_body(text, lines[0], lines[1]) else None


def _looks_like_title(line: str) -> bool:
    short = len(line) <= _TITLE_LENGTH and len(line.split()) <= _TITLE_WORDS
    return short and not _SENTENCE_END.search(line) and any(map(str.isalpha, line))


def _starts_body(text: str, title: Span, following: Span) -> bool:
    """Whether the second line begins a body: after a blank line, or as a whole paragraph (no wrapped text)."""
    between = text[title.end : following.start].replace("\r\n", "\n").replace("\r", "\n")
    line = following.of(text)
    if line[0].islower():
        return False
    return between.count("\n") > 1 or len(line) > _PARAGRAPH or bool(_SENTENCE_END.search(line))


def _require_body(text: str, body: int, header: Span | None, title: Span | None, name: str) -> None:
    rest = text[body:].strip()
    todo = "give a file that holds the article's text"
    if not rest:
        raise refuse(name, "it holds a title and no text" if title else "it holds a header and no text", todo)
    words = len(rest.split())
    alone = not title and "\n" not in rest and "\r" not in rest and words <= 12
    if alone and not _SENTENCE_END.search(rest) and not _QUOTED.search(rest):
        raise refuse(name, "it holds a title and no text", todo)
