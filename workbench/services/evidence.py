"""What a verdict rests on: adding evidence, changing what is said about it, taking it away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.errors import InputError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import STANCES, Evidence
from workbench.services import show
from workbench.services.copies import keep
from workbench.services.given import LONGEST_LINE, one_of, text_given
from workbench.services.journal import act, new_uid, now, to_action_row
from workbench.services.review import named_claim
from workbench.services.store import Store
from workbench.services.wanted import short
from workbench.text import clean_line

if TYPE_CHECKING:
    from workbench.records import ActionRow, Stance


LARGEST_FILE = 64 * 1024 * 1024  # bytes of a file kept as evidence


def add(
    store: Store,
    claim_id: int,
    *,
    url: str | None = None,
    file: Path | None = None,
    page: bytes | None = None,
    quote: str | None = None,
    stance: Stance = "supports",
    confidential: bool = False,
    independent: bool | None = None,
) -> tuple[Evidence, ActionRow]:
    """Add what a verdict rests on. A file is copied into the store, and so is `page`, the bytes found at `url`.

    Raises UsageError without exactly one of `url` and `file`, InputError for a file that cannot be read.
    """
    if (url is None) == (file is None):
        raise UsageError("evidence is one address or one file", "give --url or --file")
    one_of(stance, STANCES, "stance")
    address = checked_url(url) if url is not None else None
    kept = read_file(file) if file is not None else page
    excerpt = text_given(quote, "excerpt") or None
    with store.writing() as session:
        claim = named_claim(session, claim_id)
        from db.models import Evidence as Row

        row = Row(
            uid=new_uid(), claim_id=claim_id, url=address, file_name=file.name if file else None, excerpt=excerpt,
            stance=stance, independent=independent, confidential=confidential,
            blob_digest=keep(session, kept, str(file or address)) if kept is not None else None,
            added_by=store.reviewer, added_at=now(), hidden=True,
        )  # fmt: skip
        session.add(row)
        session.flush()
        record = row.model_dump(include={"url", "file_name", "excerpt", "stance", "confidential", "blob_digest"})
        change = Change("evidence", row.id or 0, row.uid, "record", None, record, claim_id, claim.article_id)
        label = f"e{row.id} {stance} c{claim_id}: {short(address or row.file_name or '')}"
        done = to_action_row(act(session, store.reviewer, "evidence add", label, [change]))
        evidence_id = row.id or 0
    return show.evidence(store, evidence_id), done


def edit(
    store: Store,
    evidence_id: int,
    *,
    url: str | None = None,
    quote: str | None = None,
    stance: Stance | None = None,
    confidential: bool | None = None,
    independent: bool | None = None,
) -> tuple[Evidence, ActionRow]:
    """Change what is given, leave the rest; an empty `quote` takes the excerpt away. The kept copy stays.
    A person who says something of proposed evidence takes it over.

    Raises UsageError when nothing is given or nothing would change, NotFoundError for evidence that is not there.
    """
    from db.models import Claim
    from db.models import Evidence as Row

    wanted: dict[str, Any] = {
        "url": checked_url(url) if url is not None else None,
        "excerpt": text_given(quote, "excerpt"),
        "stance": one_of(stance, STANCES, "stance"),
        "confidential": confidential,
        "independent": independent,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    if not given:
        raise UsageError("nothing to change was given", "name a quote, stance, address or mark")
    with store.writing() as session:
        row = session.get(Row, evidence_id)
        if row is None or row.hidden:
            raise NotFoundError(f"there is no evidence e{evidence_id}", "workbench show CLAIM lists a claim's evidence")
        if "url" in given and row.url is None:
            raise UsageError(f"e{evidence_id} is a file and has no address", "add the address as evidence of its own")
        claim = session.get_one(Claim, row.claim_id)
        changes = [
            Change("evidence", evidence_id, row.uid, name, getattr(row, name), value or None if name == "excerpt" else
                   value, claim.id, claim.article_id)
            for name, value in given.items()
            if getattr(row, name) != (value or None if name == "excerpt" else value)
        ]  # fmt: skip
        if row.proposed:
            changes.append(
                Change("evidence", evidence_id, row.uid, "proposed", True, False, claim.id, claim.article_id)
            )
        if not changes:
            raise UsageError(f"e{evidence_id} is already as you say", "nothing was changed")
        names = ", ".join(change.field for change in changes)
        done = to_action_row(act(session, store.reviewer, "evidence edit", f"e{evidence_id} changed: {names}", changes))
    return show.evidence(store, evidence_id), done


def remove(store: Store, evidence_id: int) -> ActionRow:
    """Take evidence away from its claim; it stays in the history and undo brings it back."""
    from db.models import Claim
    from db.models import Evidence as Row

    with store.writing() as session:
        row = session.get(Row, evidence_id)
        if row is None or row.hidden:
            raise NotFoundError(f"there is no evidence e{evidence_id}", "workbench show CLAIM lists a claim's evidence")
        claim = session.get_one(Claim, row.claim_id)
        record = row.model_dump(include={"url", "file_name", "excerpt", "stance", "confidential", "blob_digest"})
        change = Change("evidence", evidence_id, row.uid, "record", record, None, claim.id, claim.article_id)
        return to_action_row(act(session, store.reviewer, "evidence remove", f"e{evidence_id} removed", [change]))


def checked_url(url: str) -> str:
    """The address of a page on the web. Raises UsageError."""
    try:
        parts = urlsplit(url.strip())
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not set(url.strip()) & set(" \t\r\n")
    except ValueError:
        good = False
    if not good or len(url) > LONGEST_LINE or clean_line(url.strip()) != url.strip():
        raise UsageError(
            f"{short(url)} is not an address of a page", "write it whole, such as https://stats.example/t7"
        )
    return url.strip()


def read_file(file: Path) -> bytes:
    """The bytes of a file to be kept. Raises InputError."""
    try:
        if not file.is_file():
            raise InputError(f"{file} is not a file" if file.exists() else f"{file} does not exist", "check the path")
        if file.stat().st_size > LARGEST_FILE:
            raise InputError(f"{file} is larger than {LARGEST_FILE // 2**20} MiB", "keep it elsewhere and give its URL")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}", "check its permissions") from error


LARGEST_TEXT = 4 * 1024 * 1024  # bytes of a kept copy in which an excerpt is looked for


@dataclass(frozen=True, slots=True)
class ExcerptPlace:
    """Where an excerpt stands in the kept copy: line (from 1) and code points; `exact` aside from white space."""

    line: int
    start: int
    end: int


def places(store: Store, evidence: Sequence[Evidence]) -> dict[int, ExcerptPlace | None]:
    """Where the excerpts stand in their kept copies that are text; None where the words are not there.

    A kept copy never changes, so that the place is found anew from the words themselves whenever it is asked for:
    it is right also after the excerpt was edited. Evidence without excerpt, copy or text is left out.
    """
    found: dict[int, ExcerptPlace | None] = {}
    for piece in evidence:
        text = _kept_text(store, piece.digest) if piece.digest and piece.excerpt else None
        if text is not None and piece.excerpt:
            match = re.search(r"\s+".join(map(re.escape, piece.excerpt.split())), text)
            line = text.count("\n", 0, match.start()) + 1 if match else 0
            found[piece.id] = ExcerptPlace(line, *match.span()) if match else None
    return found


def _kept_text(store: Store, digest: str) -> str | None:
    """A kept copy as text; None for one that is large, purged or no text."""
    from db import pages

    sql = "SELECT data FROM blob WHERE digest = ? AND size <= ? AND purged_at IS NULL"
    with store.reading() as reader:
        rows = pages.select(reader, sql, digest, LARGEST_TEXT)
    data = bytes(rows[0]["data"]) if rows else b"\x00"
    try:
        return None if b"\x00" in data else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
