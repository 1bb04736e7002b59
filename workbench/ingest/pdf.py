"""PDF, by PDFium: characters with their places; `pdf_layout` puts them in reading order. Runs in a child process."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from workbench.ingest.compose import document, line
from workbench.ingest.options import refuse
from workbench.ingest.pdf_layout import Fragment, Line, lay_out
from workbench.records import Document

PAGES = 2_000
CHARACTERS = 20_000_000  # of all pages
_GAP = 0.9  # of the font's size: a wider blank separates columns or cells, as justified words never do
_DAY = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def read_pdf(data: bytes, *, name: str) -> Document:
    """The one article of a PDF file. Raises InputError for one that is damaged, locked, a scan, or too large."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "it is locked with a password" if locked else "the PDF file is damaged"
        raise refuse(name, reason, "unlock it and ingest it again" if locked else "fetch or export it anew") from None
    try:
        return _document(pdf, data, name)
    finally:
        pdf.close()


def _document(pdf: Any, data: bytes, name: str) -> Document:
    count = len(pdf)
    if count > PAGES:
        raise refuse(name, f"it has more than {PAGES:,} pages", "split it into several files")
    pages, broken = [], 0
    left = CHARACTERS
    for number in range(count):
        fragments = _fragments(pdf, number)
        broken += fragments is None
        left -= sum(len(each.text) for each in fragments or ())
        if left < 0:
            raise refuse(name, f"it holds more than {CHARACTERS // 1_000_000} million characters", "split it")
        pages.append(fragments or [])
    if not any(pages):
        scan = "a scan without text: pictures of pages cannot be read" if count else "it has no pages"
        raise refuse(name, scan, "run text recognition over it and ingest the result")
    text, heading = lay_out(pages)
    empty = sum(not each for each in pages)
    about = _metadata(pdf)
    stated = about.pop("title", "")
    title = stated if stated and line(stated).lower() in line(text[:2000]).lower() else heading or stated
    notes = [f"{empty} of {count} pages hold no text"] if empty else []
    notes += [f"{broken} of {count} pages could not be read"] if broken else []
    return document(
        text, name=name, data=data, format="pdf", title=title, author=about.pop("author", None),
        metadata={"pages": count} | about, notes=notes, guessed=("title", "author"),
    )  # fmt: skip


def _metadata(pdf: Any) -> dict[str, str]:
    """What the file states about itself; its dates say when the file was made, not when the article appeared."""
    try:
        stated = pdf.get_metadata_dict(skip_empty=True)
    except Exception:  # a broken dictionary says nothing
        return {}
    found = {key.lower(): line(stated[key]) for key in ("Title", "Author", "Creator", "Producer") if stated.get(key)}
    made = _DAY.match(stated.get("CreationDate", ""))
    if made:
        found["created"] = "-".join(part for part in made.groups() if part)
    return found


def _fragments(pdf: Any, number: int) -> list[Fragment] | None:
    """The runs of text of a page with their boxes; None for a page that PDFium cannot load."""
    import pypdfium2 as pdfium

    try:
        page = pdf[number]
    except pdfium.PdfiumError:
        return None
    try:
        words = page.get_textpage()
        return list(_runs(words, page.get_height()))
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


def _runs(page: Any, height: float) -> Iterator[Fragment]:
    """Characters joined to runs: one run ends with its line, or at a gap that is wider than a blank between words."""
    run: Line | None = None
    for char, box, size in _characters(page):
        if char in "\r\n":
            if run:
                yield run.fragment(height)
            run = None
            continue
        if run and box and run.breaks(box, size, _GAP):
            yield run.fragment(height)
            run = None
        if run is None:
            if char.isspace() or not box:
                continue
            run = Line(size)
        run.add(char, box)
    if run:
        yield run.fragment(height)


def _characters(page: Any) -> Iterator[tuple[str, tuple[float, float, float, float] | None, float]]:
    """Each character in PDFium's order with its box (left, bottom, right, top; None for a made-up blank) and size."""
    import pypdfium2.raw as raw

    rect = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in (0x02, 0xFFFE):  # PDFium's mark for a hyphen at a line's end
            char = "\u00ad"
        elif code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        else:
            char = chr(code)
        made_up = raw.FPDFText_IsGenerated(page, index) == 1
        if made_up and char != "\u00ad":
            yield char, None, 0.0
        elif raw.FPDFText_GetLooseCharBox(page, index, ctypes.byref(rect)):
            size = raw.FPDFText_GetFontSize(page, index)
            box = (rect.left, rect.bottom, rect.right, rect.top)
            yield char, box, size if size > 1 else max(rect.top - rect.bottom, 1.0)
