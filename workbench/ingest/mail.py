"""Mails (EML) and mailboxes (MBOX), by the standard library's parser: MIME, encodings, attached documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any

from workbench.errors import InputError
from workbench.ingest.compose import document, line
from workbench.ingest.dates import iso
from workbench.ingest.decode import Decoded, decode
from workbench.ingest.markup import visible_text
from workbench.ingest.options import BadInput, refuse
from workbench.records import Document

MESSAGES = 100_000  # of one mailbox
PARTS = 500  # of one mail
_FROM_LINE = re.compile(rb"^From [^\r\n]{0,200}\d{4}[^\r\n]{0,20}\r?\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)", re.MULTILINE)
_ATTACHED = frozenset({"pdf", "docx", "odt", "rtf"})


def read_mail(data: bytes, *, name: str) -> Iterator[Document | BadInput]:
    """The words of a mail, then each document attached to it. Raises InputError for a mail that holds neither."""
    message = _parse(data, name)
    parts = _leaves(message)
    attached = [(label, content) for label, content in map(_attachment, parts) if label and content]
    found = _body(parts)
    others = [label for label, content in map(_attachment, parts) if label and not content]
    notes = (f"attachments that are not read: {', '.join(others)}",) if others else ()
    if found is None and not attached:
        raise refuse(name, "the mail holds no text", "save its attachments and ingest them")
    if found is not None:
        yield _document(message, found, name, data, notes)
    for label, content in attached:
        yield from _read_attached(label, content, name)


def read_mailbox(data: bytes, *, name: str) -> Iterator[Document | BadInput]:
    """Each mail of a mailbox, named by its message id. A mail that holds no text is a `BadInput`."""
    starts = [found.start() for found in _FROM_LINE.finditer(data)]
    if not starts:
        raise refuse(name, "it holds no mails", "give a mailbox whose mails begin with a From line")
    if len(starts) > MESSAGES:
        raise refuse(name, f"it holds more than {MESSAGES:,} mails", "split it into several files")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        raw = data[data.index(b"\n", start) + 1 : end].replace(b"\n>From ", b"\nFrom ")
        try:
            identity = line(_header(_parse(raw, name), "Message-ID") or "").strip("<>")
            for found in read_mail(raw, name=identity or f"{name}:{number}"):
                yield replace(found, where=f" mail {number}{found.where}") if isinstance(found, Document) else found
        except InputError as error:
            yield BadInput(f"mail {number}", error.what.rpartition(": ")[2])


def _parse(data: bytes, name: str) -> Message:
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data)
    except Exception:  # whatever a hostile mail does to the library, one line says that it cannot be read
        raise refuse(name, "the mail is damaged", "save it anew from the mail program") from None


def _leaves(message: Message) -> list[Message]:
    """The parts that hold content, at most `PARTS`; a stack of its own, so that nesting costs no recursion."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < PARTS:
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None  # of a leaf it would be decoded already here
        if isinstance(inner, list):
            waiting.extend(each for each in reversed(inner) if isinstance(each, Message))
        else:
            found.append(part)
    return found


def _header(message: Message, name: str) -> str | None:
    """A header's words, decoded; None when there are none."""
    written = message.get(name)
    if written is None:
        return None
    try:
        return _decoded_words(written) or None
    except Exception:  # an encoded word that the library stumbles over: as it is written
        return line(str(written)) or None


def _decoded_words(written: Any) -> str:
    """Encoded words (RFC 2047) as text, each by the charset that it names."""
    pieces = decode_header(written)
    return line("".join(decode(raw, declared=name).text if isinstance(raw, bytes) else raw for raw, name in pieces))


def _content(part: Message) -> Decoded:
    try:
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except Exception:  # a transfer encoding or charset that the library stumbles over: the part says nothing
        payload, charset = b"", None
    return decode(payload if isinstance(payload, bytes) else b"", declared=charset)


def _body(parts: list[Message]) -> tuple[Decoded, str] | None:
    """The mail's own words: its plain parts; those of its HTML where the plain ones are but a stub."""
    shown = [part for part in parts if not part.get_filename() and part.get_content_disposition() != "attachment"]
    plain = [_content(part) for part in shown if part.get_content_type() == "text/plain"]
    pages = [_content(part) for part in shown if part.get_content_type() == "text/html"]
    words = "\n\n".join(each.text.strip("\r\n") for each in plain)
    if pages:
        read = "\n\n".join(visible_text(page.text) for page in pages)
        if len(words.split()) < len(read.split()) // 2:
            return pages[0], read
    return (plain[0], words) if words.strip() else None


def _document(message: Message, found: tuple[Decoded, str], name: str, data: bytes, notes: tuple[str, ...]) -> Document:
    decoded, words = found
    sender = _header(message, "From") or ""
    shown, address = parseaddr(sender)
    details = {"from": sender, "to": _header(message, "To"), "message_id": _header(message, "Message-ID")}
    return document(
        words.replace("\r\n", "\n").replace("\r", "\n"), name=name, data=data, format="eml", encoding=decoded.encoding,
        title=_header(message, "Subject"), author=shown or address or None,
        published=iso(_header(message, "Date") or ""), notes=(*decoded.notes, *notes),
        metadata={key: value for key, value in details.items() if value},
        guessed=("encoding",) if decoded.guessed else (),
    )  # fmt: skip


def _attachment(part: Message) -> tuple[str | None, bytes | None]:
    """The file name of an attached part, and its bytes where they are a document that can be read."""
    from workbench.ingest.formats import sniff

    label = part.get_filename()
    if not label:
        return None, None
    try:
        label = _decoded_words(label)
        payload = part.get_payload(decode=True)
    except Exception:  # a name or transfer encoding that the library stumbles over
        return line(str(label)), None
    readable = isinstance(payload, bytes) and payload and sniff(payload) in _ATTACHED
    return label, payload if readable and isinstance(payload, bytes) else None


def _read_attached(label: str, content: bytes, name: str) -> Iterator[Document | BadInput]:
    from workbench.ingest.formats import sniff
    from workbench.ingest.readers import read_as

    try:
        for found in read_as(sniff(content), content, name=f"{name}/{label}"):
            yield replace(found, where=f": {label}{found.where}") if isinstance(found, Document) else found
    except InputError as error:
        yield BadInput(label, error.what.removeprefix(f"{name}/{label}: "))
