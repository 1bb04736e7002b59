"""Transcripts in the store: taking them in, listing and showing them. Removing stands in `removal`."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import transcripts as tables
from workbench.errors import ConflictError, InputError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import ActionRow, Document, Transcript
from workbench.services.copies import keep
from workbench.services.evidence import checked_url, read_file
from workbench.services.given import LONGEST_LINE
from workbench.services.journal import act, new_uid, now, to_action_row
from workbench.services.store import Store

if TYPE_CHECKING:
    from workbench.match.passages import Spoken

_MOST_SPEAKERS = 200  # names kept of one transcript


def add(
    store: Store,
    given: Path | bytes,
    *,
    name: str | None = None,
    title: str | None = None,
    held_at: str | None = None,
    url: str | None = None,
) -> tuple[Transcript, ActionRow]:
    """Store a transcript with a copy of its file; `given` is a file or its bytes (then `name` says how it is called).

    The text goes in as it was read. Raises InputError for what cannot be read as one text, UsageError for a bad date
    or address, ConflictError where the store holds the same text already; a removed one comes back.
    """
    data = given if isinstance(given, bytes) else read_file(given)
    called = name or (given.stem if isinstance(given, Path) else "transcript")
    document = read_text(data, called)
    values = _values(document, called, title, held_at, url)
    digest = sha256(document.text.encode("utf-8", "replace")).hexdigest()
    with store.writing() as session:
        from sqlmodel import select

        from db.models import Transcript as Row

        row = session.exec(select(Row).where(Row.digest == digest)).first()
        if row is not None and not row.hidden:
            raise ConflictError(f"the same text is stored already as t{row.id}", "workbench transcripts lists them")
        if row is None:
            copy = keep(session, data, str(given) if isinstance(given, Path) else called)
            heard = _heard(called, document.text)
            row = Row(uid=new_uid(), digest=digest, blob_digest=copy, text=document.text, added_at=now(),
                      added_by=store.reviewer, hidden=True, **values, **heard)  # fmt: skip
            session.add(row)
            session.flush()
        record = {"name": row.name, "title": row.title, "digest": digest}
        change = Change("transcript", row.id or 0, row.uid, "record", None, record)
        label = f"t{row.id} stored: {row.title}"
        done = to_action_row(act(session, store.reviewer, "transcript add", label, [change]))
        number = row.id or 0
    return show(store, number)[0], done


def _values(document: Document, called: str, title: str | None, held_at: str | None, url: str | None) -> dict[str, Any]:
    from workbench.ingest.dates import iso

    day = iso(held_at) if held_at is not None else document.published
    if held_at is not None and day is None:
        raise UsageError(f"“{held_at}” is no date", "write it as 2026-03-11")
    return {
        "name": called[:LONGEST_LINE],
        "title": (title or _title(document, called))[:300],
        "held_at": day,
        "url": checked_url(url) if url is not None else document.url,
    }


def _title(document: Document, called: str) -> str:
    """The text's own title or first line; what it is called where that line is a mark, a stamp or already speech."""
    from workbench.match.passages import spoken

    lines = [(number, line.strip("\ufeff \t")) for number, line in enumerate(document.text.splitlines(), start=1)]
    number, first = next(((number, line) for number, line in lines if line), (0, ""))
    if document.title and document.title.strip() != first:
        return document.title
    if first.startswith("WEBVTT"):  # “WEBVTT - Second debate”
        return first.removeprefix("WEBVTT").strip(" \t-–—:") or called
    turns = spoken(called, document.text).speech.turns
    plain = any(turn.line == number and turn.speaker is None for turn in turns)
    return first if plain and not first.isdigit() else called


def _heard(name: str, text: str) -> dict[str, Any]:
    """Who speaks in a text, and how many words it has."""
    from workbench.match.passages import spoken

    made = spoken(name, text)
    speakers = dict.fromkeys(turn.speaker for turn in made.speech.turns if turn.speaker)
    return {"words": len(made.words), "speakers": json.dumps(list(speakers)[:_MOST_SPEAKERS], ensure_ascii=False)}


def read_text(data: bytes, name: str) -> Document:
    """The one text in a file: plain text with captions or without, or a web page. Raises InputError."""
    from workbench.ingest import BadInput, read

    found = list(read(data, name=name))
    documents = [document for document in found if not isinstance(document, BadInput)]
    if len(documents) != 1:
        raise InputError(f"{name} holds {len(documents)} texts, not one", "give each a file of its own")
    return documents[0]


def rows(store: Store, search: str = "", limit: int | None = None) -> list[Transcript]:
    """Transcripts, the newest event first."""
    with store.reading() as reader:
        return [_record(row) for row in tables.transcripts(reader, search, limit)]


def show(store: Store, transcript_id: int) -> tuple[Transcript, str]:
    """A transcript and its text. Raises NotFoundError."""
    with store.reading() as reader:
        row = tables.transcript(reader, transcript_id)
    if row is None:
        raise NotFoundError(f"there is no transcript t{transcript_id}", "workbench transcripts lists them")
    return _record(row), row["text"]


def _record(row: Any) -> Transcript:
    return Transcript(
        row["id"], row["name"], row["title"], row["held_at"], row["url"], row["digest"], row["words"],
        tuple(json.loads(row["speakers"])), row["added_by"], row["added_at"],
    )  # fmt: skip


_KEPT: dict[str, Spoken] = {}
_MOST_KEPT = 6  # indexes held in memory for the next quote


def indexed(name: str, text: str, digest: str) -> Spoken:
    """The index of a text, made once as long as it is among the last few asked for."""
    from workbench.match.passages import spoken

    made = _KEPT.pop(digest, None) or spoken(name, text)
    _KEPT[digest] = made
    while len(_KEPT) > _MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)), None)
    return made
