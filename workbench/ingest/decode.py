"""Bytes -> text, with the encoding that was chosen and what had to be replaced.

The order: what a person states, byte order mark, UTF-16 without a mark by its zero bytes, strict UTF-8, the charset
that the document declares, UTF-8 with damaged places, then a guess (windows-1252 or Mac Roman where their quotation
marks and letters stand where such belong, else charset-normalizer); what is not certain is noted. Line ends stay as
they are; the mark goes; NUL and lone surrogates become U+FFFD one for one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")  # ESC aside: escapes are text
# Bytes that mean the same in windows-1252 and windows-1250: quotes, dashes, and the commonest accented letters.
_WESTERN = re.compile(
    b"[\x00-\x7f\x80\x84\x85\x8b\x91-\x97\x99\x9b\xa0\xa7\xa9\xab\xae\xb0\xbb\xc9\xe1\xe4\xe7\xe9\xed\xf3\xf6\xfc]*"
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_PLAUSIBLE = re.compile(  # what stands beyond ASCII in English copy, where it belongs
    r"(?<![^\s(\[“‘—–-])[“‘«](?=[\w$£€(\[‘“])|(?<=[\w.,!?…%)’\]])[”’»](?![^\W\d_])|(?<=\w)’(?=\w)|(?<=\s)’(?=\d\d|em\b|[Tt]is)"
    r"|(?<=[a-z])[ß-öø-ÿšžœ]{1,2}(?=[a-z\W])|(?<=[A-Z])[ß-öø-ÿšžœ](?=[a-z])|\b[À-ÖØ-ÞŠŽŒß-öø-ÿšžœ](?=[a-z])"
    r"|[–—…€£§©°·•½¼¾«»\xa0\xad]"
)
_FOREIGN = 0.04  # of the characters: with more letters beyond ASCII it is not English copy with foreign names
# Code pages of DOS and of mainframes: copy is not written in them, and short texts are easily taken for them.
_UNLIKELY = (
    "cp037", "cp273", "cp424", "cp437", "cp500", "cp720", "cp737", "cp775", "cp850", "cp852", "cp855", "cp856", "cp857",
    "cp858", "cp860", "cp861", "cp862", "cp863", "cp864", "cp865", "cp869", "cp875", "cp1026", "cp1125", "cp1140",
    "hp_roman8", "kz1048", "ptcp154", "mac_cyrillic", "mac_greek", "mac_iceland", "mac_latin2", "mac_turkish",
)  # fmt: skip
_SAMPLE = 1 << 18


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in; `guessed` when nothing in the bytes settles it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    guessed: bool = False


def binary_kind(data: bytes) -> str | None:
    """What a file that holds no text is, in words; None when its first bytes are of no known kind."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def is_binary(decoded: Decoded) -> bool:
    """Whether the text is mostly control characters, as a binary file is when read as text.

    Bytes without a declared encoding are refused at 2 % already: random bytes hold about 20 %.
    """
    sample = decoded.text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) > len(sample) * (0.02 if decoded.guessed else 0.3)


def canonical(name: str) -> str | None:
    """Python's name of the encoding that `name` stands for, as `stated` of `decode` takes it; None when unknown."""
    return _canonical(name)


def decode(data: bytes, *, declared: str | None = None, stated: str | None = None) -> Decoded:
    """`data` as text; never raises.

    `declared` is the charset that the document names for itself; `stated`, a name of `canonical`, is the one that a
    person names, and holds whatever the bytes look like.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], encoding)
    if stated:
        return _finish(data, stated)
    wide = _wide(data)
    if wide:
        return _finish(data, wide, f"read as {wide} without a byte order mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data, declared) or _guess(data)
    lies = declared and _canonical(declared) not in ("utf-8", "ascii") and not text.isascii()
    return _repair(text, "utf-8", (f"declares {declared!r} but is utf-8",) if lies else (), False)


def _canonical(name: str) -> str | None:
    """Python's name for a charset, with latin-1 read as windows-1252 as browsers do; None when unknown."""
    try:
        found = codecs.lookup(name.strip()).name
        "".encode(found)  # refuses codecs that are not of text, such as base64
    except (LookupError, ValueError):
        return None
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: the zero bytes of Latin text stand at every other place."""
    sample = data[: 1 << 12]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.05 else None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    encoding = _canonical(declared) if declared else None
    if not encoding or encoding == "utf-8":
        return None
    try:
        return _repair(data.decode(encoding), encoding, (), False)
    except (UnicodeDecodeError, ValueError):
        return None


def _guess(data: bytes) -> Decoded:
    if _is_damaged_utf8(data):
        return _finish(data, "utf-8")
    encoding = "cp1252" if _WESTERN.fullmatch(data) else _typographic(data) or _detected(data) or "cp1252"
    return _finish(data, encoding, f"encoding not declared; read as {encoding}", guessed=True)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are right in UTF-8 than wrong: other charsets are hardly ever right."""
    beyond = _BEYOND_ASCII.findall(data.decode("utf-8", "replace"))
    return len(beyond) > 2 * beyond.count("\ufffd")


def _typographic(data: bytes) -> str | None:
    """The encoding in which every character beyond ASCII of mostly English copy stands where it belongs."""
    sample = data[:_SAMPLE]
    for encoding in ("cp1252", "mac_roman"):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = _BEYOND_ASCII.findall(text)
        placed = sum(len(match[0]) for match in _PLAUSIBLE.finditer(text))
        if placed == len(beyond) and sum(map(str.isalpha, beyond)) < _FOREIGN * len(text) + 3:
            return encoding
    return None


def _detected(data: bytes) -> str | None:
    """The best of charset-normalizer's proposals for a sample cut at a line end."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    cut = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(cut, cp_exclusion=list(_UNLIKELY)).best()
    return _canonical(best.encoding) if best else None


def _finish(data: bytes, encoding: str, note: str | None = None, *, guessed: bool = False) -> Decoded:
    notes = (note,) if note else ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        notes = (*notes, f"bytes that are not {encoding} were replaced")
    return _repair(text, encoding, notes, guessed)


def _repair(text: str, encoding: str, notes: tuple[str, ...], guessed: bool) -> Decoded:
    text, note = storable(text)
    return Decoded(text, encoding, (*notes, note) if note else notes, guessed)


def storable(text: str) -> tuple[str, str | None]:
    """`text` with NUL and lone surrogates replaced one for one by U+FFFD, and a note when there were any."""
    repaired, count = _UNSTORABLE.subn("\ufffd", text)
    return repaired, f"{count} NUL or lone surrogate replaced by U+FFFD" if count else None
