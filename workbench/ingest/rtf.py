"""Rich Text Format, by striprtf (in the extra `formats`)."""

from __future__ import annotations

from workbench.ingest.compose import document, line
from workbench.ingest.options import missing, refuse
from workbench.records import Document


def read_rtf(data: bytes, *, name: str) -> Document:
    """The one article of an RTF file. Raises InputError for one that is damaged or holds no text."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise missing(name, "RTF") from None
    try:
        text: str = rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except Exception:  # whatever a hostile file does to the library, one line says that it cannot be read
        raise refuse(name, "the RTF file is damaged", "open it in its program and save it anew") from None
    lines = [line(each.replace("|", " | ") if each.count("|") > 1 else each) for each in text.split("\n")]
    return document("\n".join(each for each in lines if each), name=name, data=data, format="rtf", encoding="cp1252")
