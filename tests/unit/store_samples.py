"""A small store of invented articles, made by the real ingest."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.records import ClaimFilter, ClaimRow, IngestOutcome
from workbench.services import lists
from workbench.services.ingest import IngestOptions, ingest
from workbench.services.store import Store, open_store

HARBOUR = (
    "Harbour dues to rise\n"
    "The council of Ostwick raised harbour dues by 4 percent on Monday. "
    "Mayor Ada Brandt said “the quay may be closed until 12 May”.\n"
    "Critics said the repair had cost $3.2 million. Brandt added that “nobody will lose a berth”.\n"
)


def make_store(folder: Path, reviewer: str = "ana") -> Store:
    """A new store in `folder` with one article of several claims."""
    store = open_store(str(folder / "desk.db"), reviewer)
    put(store, HARBOUR)
    return store


def put(store: Store, text: str, *, name: str = "harbour", outlet: str = "Ostwick Courier") -> IngestOutcome:
    """Ingest one text under a name; a second text of the same name is a new version."""
    folder = store.path.parent / "inbox"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_bytes(text.encode("utf-8"))
    (outcome,) = ingest(store, [str(path)], options=IngestOptions(outlet=outlet, published="2026-03-12"))
    return outcome


def rows(store: Store) -> list[ClaimRow]:
    """Every claim, in the order of the text."""
    return lists.claim_rows(store, ClaimFilter(), "article", limit=None)


def state(store: Store) -> str:
    """Everything that people decide, as the columns hold it."""
    from db import pages

    shown = []
    with store.reading() as reader:
        for sql in (
            "SELECT id, wording, source_name, source_confirmed, status, waived_because, truth, attribution, flags,"
            " evidence_count, hidden FROM claim ORDER BY id",
            "SELECT claim_id, judgement, label, explanation, rationale, reviewer, given_at FROM verdict ORDER BY 1, 2",
            "SELECT id FROM note WHERE NOT hidden ORDER BY id",
            "SELECT id FROM evidence WHERE NOT hidden ORDER BY id",
            "SELECT id, hidden FROM article ORDER BY id",
            "SELECT id, settled FROM sentence ORDER BY id",
        ):
            shown.append([list(row) for row in pages.select(reader, sql)])
    return json.dumps(shown)
