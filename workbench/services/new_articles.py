"""Writing an article that nobody brought before: every row once, as the events that are recorded with it fold it.

`doctor --rebuild` takes the columns back and folds the same events; nothing may differ then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import folding, storing
from db.models import Action
from workbench.history import Change
from workbench.records import Document, Extraction
from workbench.services import annotated, conflicts, families
from workbench.services.drafts import LONGEST_NAME, Draft, Voice
from workbench.services.journal import new_uid, now, record
from workbench.services.readings import opening_columns, speaker_columns
from workbench.services.stored_texts import identity_of

if TYPE_CHECKING:
    from sqlmodel import Session


def put(session: Session, action: Action, document: Document, reading: Extraction, draft: Draft) -> int:
    """Store a document of an unknown identity as part of `action`; returns the article's number."""
    session.flush()
    article_id, uid = storing.next_id(session, "article"), new_uid()
    outlet, agency = _named(session, "outlet", document.outlet), _named(session, "agency", document.agency)
    version = dict(draft.version)
    storing.insert(session, "article", [
        {"id": article_id, "uid": uid, "identity": identity_of(document), "name": document.name[:LONGEST_NAME],
         "url": document.url, "outlet_id": outlet[0] if outlet else None, "agency_id": agency[0] if agency else None,
         "copy_of_id": storing.first_with(session, version["digest"]), "hidden": True, "title": ""},
    ])  # fmt: skip
    version |= {"id": storing.next_id(session, "version"), "article_id": article_id, "number": 1, "hidden": False}
    reading_id = _put_texts(session, document, reading, draft, version)
    shown = outlet or agency
    common = opening_columns(article_id, version["id"], reading_id, version["title"], version["published"]) | {
        "outlet": shown[1] if shown else None, "hidden": False,
    }  # fmt: skip
    first = _put_claims(session, draft, common)
    shown_as = (version["id"], reading_id, version["title"], version["published"])
    storing.show_article(session, article_id, shown_as)
    brought = {"name": document.name[:LONGEST_NAME], "title": version["title"]}
    changes = [
        Change("article", article_id, uid, "record", None, brought, None, article_id),
        Change("version", version["id"], version["uid"], "record", None, {"number": 1, "digest": version["digest"]},
               None, article_id),
    ]  # fmt: skip
    remarks = annotated.propose(session, article_id, version["id"], document, reading)
    record(session, action, changes + remarks)
    for change in remarks:
        folding.apply(session, change.subject, change.subject_id, change.field, change.after)
    families.update(session, article_id)
    conflicts.compare(session, {first + n: own for n, own in enumerate(draft.figures) if own is not None})
    return article_id


def _named(session: Session, table: str, name: str | None) -> tuple[int, str] | None:
    """The outlet or agency of that name, new where there is none."""
    short = (name or "").strip()[:LONGEST_NAME]
    if not short:
        return None
    found = storing.named(session, table, short)
    if found is None:
        found = storing.next_id(session, table)
        storing.insert(session, table, [{"id": found, "uid": new_uid(), "name": short}])
    return found, short


def _put_texts(session: Session, document: Document, reading: Extraction, draft: Draft, version: dict[str, Any]) -> int:
    """Write the kept copy, the version, its reading and its sentences; returns the reading's number."""
    if document.data:
        copy = {"digest": version["blob_digest"], "size": len(document.data), "data": document.data, "kept_at": now(),
                "origin": document.url or document.name}  # fmt: skip
        storing.put_copy(session, copy)
    storing.insert(session, "version", [version | {"retrieved_at": now()}])
    row = {"id": storing.next_id(session, "reading"), "uid": new_uid(), "version_id": version["id"],
           "machine": reading.reading, "language": reading.language, "analysed": reading.analysed, "read_at": now(),
           "hidden": False}  # fmt: skip
    storing.insert(session, "reading", [row])
    storing.insert(session, "sentence", [{**each, "version_id": version["id"]} for each in draft.sentences])
    return int(row["id"])


def _put_claims(session: Session, draft: Draft, common: dict[str, Any]) -> int:
    """Write the claims with their anchors, sources and mentions; returns the number of the first claim."""
    first, version_id = storing.next_id(session, "claim"), common["version_id"]
    sources = _put_sources(session, draft.sources, common["article_id"])
    rows, anchors = [], []
    for n, columns in enumerate(draft.claims):
        voice, parent = draft.voices[n], draft.parents[n]
        own = {"id": first + n, "parent_id": None if parent is None else first + parent}
        rows.append({**common, **columns, **own, **(speaker_columns(None, None, None) | {"born_source_id": None}
                     if voice is None else sources[voice])})  # fmt: skip
        anchors += [{**row, "claim_id": first + n, "version_id": version_id} for row in draft.anchors[n]]
    if any(parent is not None and parent > n for n, parent in enumerate(draft.parents)):
        storing.parents_may_follow(session)
    storing.insert(session, "claim", rows)
    storing.insert(session, "anchor", anchors)
    mentions = [
        {**row, "reading_id": common["reading_id"], "source_id": sources[place]["born_source_id"]}
        for place, row in draft.mentions
    ]
    storing.insert(session, "mention", mentions)
    return first


def _put_sources(session: Session, voices: Sequence[Voice], article_id: int) -> list[dict[str, Any]]:
    """What a claim says of its source, for each of the voices; those that no article named before are new."""
    shared = [(voice.name, voice.kind) for voice in voices if voice.joins]
    known = storing.sources(session, shared) if shared else {}
    following = storing.next_id(session, "source")
    rows: list[dict[str, Any]] = []
    found = []
    for voice in voices:
        there = known.get((voice.name, voice.kind)) if voice.joins else None
        if there is None:
            there = (following + len(rows), following + len(rows), voice.name, voice.kind)
            place = None if voice.joins else article_id
            rows.append({"id": there[0], "uid": new_uid(), "name": voice.name, "kind": voice.kind,
                         "article_id": place, "hidden": False})  # fmt: skip
        found.append({"born_source_id": there[0], **speaker_columns(*there[1:])})
    storing.insert(session, "source", rows)
    return found
