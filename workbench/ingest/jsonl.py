"""JSON Lines: one article a line; also one JSON document that holds an article or a list of them.

The mapping, first key that is present and not null:

    id                                  name of the article (text or a whole number), else file name and line number
    text | body | content               the article's text, required
    title | headline                    title
    url | link                          url
    outlet | source | publisher         outlet (text, or an object with a name)
    published | date | datePublished    published (ISO 8601 or RFC 2822)
    author | authors | byline           author (text, an object with a name, or a list of those)
    agency                              agency
    language | lang                     language

Other keys are not read; the line's bytes are kept with the article. `ReadOptions.fields` names other keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbench.ingest.dateline import find_agency
from workbench.ingest.dates import iso
from workbench.ingest.decode import Decoded, decode, storable
from workbench.ingest.options import BadInput
from workbench.records import Document

KEYS = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "publisher"),
    "published": ("published", "date", "datePublished"),
    "author": ("author", "authors", "byline"),
    "agency": ("agency",),
    "language": ("language", "lang"),
    "id": ("id",),
}


Keys = Mapping[str, Sequence[str]]


def keys_of(fields: Iterable[tuple[str, str]]) -> Keys:
    """The keys that are looked for: those of the table above, and for the fields that a person mapped that one."""
    return {**KEYS, **{field: (key,) for field, key in fields}}


def read_jsonl(data: bytes, *, name: str, keys: Keys = KEYS) -> Iterator[Document | BadInput]:
    """Each article of a JSONL file, or a `BadInput` for a line that holds none; one bad line never ends the others."""
    whole = _whole(data)
    if whole is not None:
        for number, record in enumerate(whole, 1):
            raw = json.dumps(record, ensure_ascii=True).encode("ascii")
            yield read_record(record, Decoded("", "utf-8"), raw, name, f"item {number}", number, keys=keys)
        return
    for number, raw, line in _lines(data):
        where = f"line {number}"
        try:
            record = _parse(line.text)
        except ValueError as error:
            yield BadInput(where, str(error))
        else:
            yield read_record(record, line, raw, name, where, number, keys=keys)


def _lines(data: bytes) -> Iterator[tuple[int, bytes, Decoded]]:
    """Number, bytes and text of each line that is not blank; each is decoded alone, so that none spoils another."""
    wide = not data.startswith(b"\xef\xbb\xbf") and decode(data[:4096]).encoding.startswith(("utf-16", "utf-32"))
    lines = decode(data).text.encode("utf-8").split(b"\n") if wide else data.split(b"\n")
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield number, raw, decode(raw)


def _whole(data: bytes) -> list[Any] | None:
    """The records of a file that is one JSON list, or one object over several lines; None for JSON Lines."""
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    if not start.startswith((b"[", b"{")) or (start.startswith(b"{") and first.rstrip().endswith(b"}")):
        return None
    try:
        value = _parse(decode(data).text)
    except ValueError:
        return None
    return value if isinstance(value, list) else [value]


def _parse(text: str) -> Any:
    """The JSON value of `text`. Raises ValueError, in words, for anything that is no standard JSON."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at character {error.pos + 1})") from None
    except ValueError as error:
        known = str(error).startswith("not JSON")
        raise ValueError(str(error) if known else "not JSON that can be read (a number is too long)") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"not JSON ({name} is not a JSON value)")


def read_record(
    record: Any,
    line: Decoded,
    raw: bytes,
    name: str,
    where: str,
    number: int,
    *,
    format: str = "jsonl",
    keys: Keys = KEYS,
) -> Document | BadInput:
    """The article of one record, or why it holds none; `line` says how its text was decoded."""
    try:
        return replace(_document(record, line, raw, name, number, keys), format=format, where=f" {where}")
    except ValueError as error:
        return BadInput(where, str(error))


def _document(record: Any, line: Decoded, raw: bytes, name: str, number: int, keys: Keys) -> Document:
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    fields = {field: _field(record, field, keys[field]) for field in KEYS}
    text, note = storable(fields["text"] or "")
    if not text.strip():
        raise ValueError(_no_text(record, keys["text"]))
    agency = None if fields["agency"] else find_agency(text)
    return Document(
        name=fields["id"] or f"{name}:{number}",
        text=text,
        data=raw,
        format="jsonl",
        encoding=line.encoding,
        title=fields["title"],
        published=_published(fields["published"]),
        outlet=fields["outlet"],
        agency=agency[0] if agency else fields["agency"],
        agency_span=agency[1] if agency else None,
        author=fields["author"],
        url=fields["url"],
        language=fields["language"],
        notes=(*line.notes, note) if note else line.notes,
        guessed=frozenset({"encoding"}) if line.guessed else frozenset(),
    )


def _field(record: dict[str, Any], field: str, keys: Sequence[str]) -> str | None:
    """The text of the first key of `field` that is there. Raises ValueError when it is of a wrong type."""
    for key in keys:
        value = record.get(key)
        if value is None:
            continue
        words = value if field == "text" else _words(value, field)
        if not isinstance(words, str):
            raise ValueError(f"{key} is {_kind(value)}, not text")
        if field != "text":
            words = " ".join(storable(words)[0].split())
        if words:
            return words
    return None


def _no_text(record: dict[str, Any], wanted: Sequence[str]) -> str:
    if any(key in record for key in wanted) or not record:
        return "the text is empty" if record else f"no text (one of {', '.join(wanted)})"
    held = ", ".join(list(map(str, record))[:8])[:200] + (" …" if len(record) > 8 else "")
    return f"no text (one of {', '.join(wanted)}); it has {held}: --map text=KEY says which holds it"


def _words(value: Any, field: str) -> Any:
    """A metadata value as text, where it stands for one: a named object, a list of authors, a numeric id."""
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if field in ("outlet", "author") and isinstance(value, dict):
        return value.get("name")
    if field == "author" and isinstance(value, list):
        names = [_words(item, field) for item in value]
        return ", ".join(names) if all(isinstance(item, str) for item in names) else value
    return value


def _published(written: str | None) -> str | None:
    if written is None:
        return None
    date = iso(written)
    if date is None:
        raise ValueError(f"{written[:40]!r} is not a date")
    return date


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "not text")
