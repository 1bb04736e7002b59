"""Judging: verdicts, sources, wording, flags, notes, status, evidence. Each call is one action, durable on return."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.errors import ConflictError, InputError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import STANCES, STATUSES, ActionRow, Evidence, Judgement, Label, Scale, Stance
from workbench.services import show
from workbench.services.copies import keep
from workbench.services.journal import act, new_uid, now, to_action_row
from workbench.services.store import Store
from workbench.services.wanted import Wanted, describe, label_of, nothing_to_change, short
from workbench.text import clean_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Claim

LONGEST_LINE = 2_000  # code points of a wording, explanation, name or reason
LONGEST_TEXT = 100_000  # code points of a note, rationale or excerpt
LARGEST_FILE = 64 * 1024 * 1024  # bytes of a file kept as evidence
_UNSETTLED = ("open", "in review")


def mark(
    store: Store,
    claim_ids: Sequence[int],
    *,
    truth: str | None = None,
    attribution: str | None = None,
    explain: str | None = None,
    rationale: str | None = None,
    note: str | None = None,
    flags: Sequence[str] = (),
    unflags: Sequence[str] = (),
    source: str | None = None,
    wording: str | None = None,
    status: str | None = None,
    waive: str | None = None,
    clear: Sequence[Judgement] = (),
    revision: int | None = None,
) -> ActionRow:
    """Judge claims; all of it is one action. An empty `source`, `wording` or `explain` takes it away.

    `revision` names the revision of the (one) claim that the caller saw. Raises UsageError for an unknown label,
    status or flag, NotFoundError for an unknown claim, ConflictError when the claim changed since `revision`, the
    rules of review forbid it or nothing would change; then nothing is stored. The same verdict given again is a
    decision of its own, with its own time.
    """
    wanted = Wanted(
        *_labels(store, truth, attribution),
        _line(explain, "explanation"),
        text_given(rationale, "rationale"),
        text_given(note, "note"),
        _known_flags(store, flags),
        _known_flags(store, unflags),
        _line(source, "source"),
        _line(wording, "wording"),
        one_of(status, STATUSES, "status"),
        _line(waive, "reason"),
        tuple(clear),
    )
    if not claim_ids:
        raise UsageError("no claim is named", "name one, such as c12")
    describe(wanted)
    with store.writing() as session:
        claims = [_claim(session, claim_id) for claim_id in dict.fromkeys(claim_ids)]
        if revision is not None and len(claims) == 1 and claims[0].revision != revision:
            raise _changed_meanwhile(session, claims[0])
        changes = [change for claim in claims for change in _changes(session, store, claim, wanted)]
        if not changes:
            raise nothing_to_change(claims, wanted)
        return to_action_row(act(session, store.reviewer, "mark", label_of(changes, wanted), changes))


def _labels(
    store: Store, truth: str | None, attribution: str | None
) -> tuple[Label | None, Label | None, dict[str, Scale]]:
    scales: dict[str, Scale] = {scale.judgement: scale for scale in show.scales(store)}
    found: list[Label | None] = []
    for judgement, given in (("truth", truth), ("attribution", attribution)):
        scale = scales.get(judgement)
        label = scale.find(given) if given is not None and scale else None
        if given is not None and label is None:
            known = [one.id for one in scale.labels] if scale else []
            near = difflib.get_close_matches(given.casefold(), known, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise UsageError(f"unknown {judgement} verdict {given!r}", f"{hint}known are {', '.join(known)}")
        found.append(label)
    return found[0], found[1], scales


def _line(value: str | None, what: str) -> str | None:
    """One line of text from a person; surrounding white space aside, it is kept as typed."""
    if value is None:
        return None
    line = " ".join(text_given(value, what, LONGEST_LINE).splitlines()) if value.strip() else ""  # type: ignore[union-attr]
    return line.strip()


def text_given(value: str | None, what: str, longest: int = LONGEST_TEXT) -> str | None:
    """Text from a person without white space around it. Raises UsageError when it is too long."""
    if value is None:
        return None
    if len(value) > longest:
        raise UsageError(f"the {what} is longer than {longest} characters", "shorten it")
    return value.strip().replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


def one_of(value: str | None, known: Sequence[str], what: str) -> str | None:
    """`value` when it is one of the known words. Raises UsageError with the nearest one."""
    if value is None or value in known:
        return value
    near = difflib.get_close_matches(value, known, 1)
    hint = f"did you mean “{near[0]}”? " if near else ""
    raise UsageError(f"unknown {what} {value!r}", f"{hint}known are {', '.join(known)}")


def _known_flags(store: Store, given: Sequence[str]) -> tuple[str, ...]:
    known = [flag.id for flag in show.flags(store)] if given else []
    for flag in given:
        one_of(flag, known, "flag")
    return tuple(given)


def _claim(session: Session, claim_id: int) -> Claim:
    from db.models import Claim

    claim = session.get(Claim, claim_id) if abs(claim_id) < 2**63 else None
    if claim is None or claim.hidden:
        raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
    return claim


def _changed_meanwhile(session: Session, claim: Claim) -> ConflictError:
    from sqlmodel import col, select

    from db.models import Action, Event

    found = session.exec(
        select(Action)
        .join(Event, col(Event.action_id) == col(Action.id))
        .where(Event.claim_id == claim.id)
        .order_by(col(Event.seq).desc())
        .limit(1)
    ).first()
    who = f": {found.reviewer} did “{found.label}”" if found else ""
    return ConflictError(f"c{claim.id} has changed since you saw it{who}", "look at it again, then decide")


def _changes(session: Session, store: Store, claim: Claim, wanted: Wanted) -> list[Change]:
    changes: list[Change] = []

    def put(name: str, before: Any, after: Any) -> None:
        if before != after:
            changes.append(Change("claim", claim.id or 0, claim.uid, name, before, after, claim.id, claim.article_id))

    verdicts = _verdict_values(session, store, claim, wanted)
    for judgement, (before, after) in verdicts.items():
        put(judgement, before, after)
    if wanted.wording is not None:
        put("wording", claim.wording, wanted.wording or None)
    if wanted.source is not None:
        put("source", *_source_values(session, claim, wanted.source))
    standing = json.loads(claim.flags)
    put("flags", standing, [one for one in dict.fromkeys([*standing, *wanted.flags]) if one not in wanted.unflags])
    status = _status(store, claim, wanted, verdicts)
    put("status", claim.status, status)
    if wanted.waive or claim.status == "waived":
        put("waived_because", claim.waived_because, wanted.waive if status == "waived" else None)
    if wanted.note:
        changes.append(_new_note(session, store, claim, wanted.note))
    return changes


def _verdict_values(
    session: Session, store: Store, claim: Claim, wanted: Wanted
) -> dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Before and after of each judgement that changes."""
    values: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
    standing = {name: _standing(session, claim, name) for name in ("truth", "attribution")}
    explained = next((name for name in ("truth", "attribution") if getattr(wanted, name)), None)
    explained = explained or next((name for name, value in standing.items() if value), None)
    if (wanted.explain or wanted.rationale) and explained is None:
        raise UsageError(f"c{claim.id} has no verdict to explain", "give a verdict first, or together with it")
    for name, before in standing.items():
        label: Label | None = getattr(wanted, name)
        if name in wanted.clear:
            values[name] = (before, None)
        elif label or (name == explained and (wanted.explain is not None or wanted.rationale is not None)):
            if name == "attribution" and claim.kind == "statement":
                raise UsageError(
                    f"c{claim.id} is the article's own statement and has no speaker", "give it a truth verdict"
                )
            texts = wanted if name == explained else None
            after = _verdict_value(session, store, claim, wanted.scales[name], label, before, texts)
            if label or any(after[text] != (before or {})[text] for text in ("explanation", "rationale")):
                values[name] = (before, after)
    return values


def _standing(session: Session, claim: Claim, judgement: str) -> dict[str, Any] | None:
    from db.models import Verdict, Version

    found = session.get(Verdict, (claim.id, judgement))
    if found is None:
        return None
    return {
        "scale": found.scale_id,
        "label": found.label,
        "explanation": found.explanation,
        "rationale": found.rationale,
        "reviewer": found.reviewer,
        "at": found.given_at,
        "version": session.get_one(Version, found.version_id).number,
    }


def _verdict_value(
    session: Session,
    store: Store,
    claim: Claim,
    scale: Scale,
    label: Label | None,
    before: dict[str, Any] | None,
    texts: Wanted | None,
) -> dict[str, Any]:
    """The verdict as it will stand; its texts stay while the same reviewer keeps its label, unless new ones are given.

    A text explains one label: under another one it would give the wrong reason, so it goes (the history keeps it).
    """
    same = before is not None and label is not None and before["label"] == label.id
    kept = before if before and before["reviewer"] == store.reviewer and (same or label is None) else None
    value = {
        "scale": scale.id,
        "label": label.id if label else (before or {})["label"],
        "explanation": kept["explanation"] if kept else None,
        "rationale": kept["rationale"] if kept else None,
        "reviewer": store.reviewer,
        "at": now(),
        "version": _newest_version(session, claim),
    }
    if texts and texts.explain is not None:
        value["explanation"] = texts.explain or None
    if texts and texts.rationale is not None:
        value["rationale"] = texts.rationale or None
    return value


def _newest_version(session: Session, claim: Claim) -> int:
    """The version that a verdict is given on: the newest, also for a claim whose words are lost in it."""
    from db.models import Article, Version

    newest = session.get_one(Article, claim.article_id).version_id
    return session.get_one(Version, newest or claim.version_id).number


def _source_values(session: Session, claim: Claim, name: str) -> tuple[Any, Any]:
    from db.models import Source

    standing = session.get(Source, claim.source_id) if claim.source_id else None
    before = {"uid": standing.uid, "name": standing.name, "confirmed": claim.source_confirmed} if standing else None
    if not name:
        return before, None
    source = _find_or_add_source(session, name)
    return before, {"uid": source.uid, "name": source.name, "confirmed": True}


def _find_or_add_source(session: Session, name: str) -> Any:
    """The source of that name, whatever its case, or `s5`; else a new one."""
    from sqlmodel import col, func, select

    from db.models import Source

    shown = select(Source).where(col(Source.hidden).is_(False), col(Source.merged_into_id).is_(None))
    if name[:1] == "s" and name[1:].isascii() and name[1:].isdigit():
        found = session.exec(shown.where(Source.id == int(name[1:18]))).first()
        if found is None:
            raise NotFoundError(f"there is no source {name}", "workbench sources lists them")
        return found
    found = session.exec(
        shown.where(func.lower(Source.name) == name.lower()).order_by(col(Source.article_id), col(Source.id)).limit(1)
    ).first()
    if found is None:
        found = Source(uid=new_uid(), name=name, kind="unknown")
        session.add(found)
        session.flush()
    return found


def _status(store: Store, claim: Claim, wanted: Wanted, verdicts: dict[str, Any]) -> str:
    """The status that follows: the first verdict checks, clearing the last one opens again."""
    if wanted.waive:
        return "waived"
    if wanted.status == "approved":
        _refuse_own_approval(store, claim, verdicts)
    if wanted.status:
        return wanted.status
    if not verdicts:
        return claim.status
    after = {"truth": claim.truth, "attribution": claim.attribution}
    after |= {name: value for name, (_, value) in verdicts.items()}
    if any(after.values()):
        given = wanted.truth or wanted.attribution
        return "checked" if given or claim.status in _UNSETTLED else claim.status
    return "open" if claim.status in ("checked", "approved") else claim.status


def _refuse_own_approval(store: Store, claim: Claim, verdicts: dict[str, Any]) -> None:
    from sqlalchemy import inspect as state_of
    from sqlmodel import select

    from db.models import Verdict

    if verdicts:
        raise ConflictError("a verdict that you give now cannot be approved by you", "another reviewer approves it")
    session = state_of(claim).session
    standing = list(session.exec(select(Verdict).where(Verdict.claim_id == claim.id)))
    if not standing:
        raise ConflictError(f"c{claim.id} has no verdict to approve", "give a verdict first")
    if all(verdict.reviewer == store.reviewer for verdict in standing):
        raise ConflictError(
            f"c{claim.id} was checked by you, and approval is another reviewer's", "have a colleague approve it"
        )


def _new_note(session: Session, store: Store, claim: Claim, text: str) -> Change:
    from db.models import Note

    note = Note(uid=new_uid(), claim_id=claim.id or 0, text=text, reviewer=store.reviewer, added_at=now(), hidden=True)
    session.add(note)
    session.flush()
    return Change("note", note.id or 0, note.uid, "record", None, {"text": text}, claim.id, claim.article_id)


def add_evidence(
    store: Store,
    claim_id: int,
    *,
    url: str | None = None,
    file: Path | None = None,
    quote: str | None = None,
    stance: Stance = "supports",
    confidential: bool = False,
    independent: bool | None = None,
) -> tuple[Evidence, ActionRow]:
    """Add what a verdict rests on. A file is copied into the store; a page is not fetched ("no copy kept").

    Raises UsageError without exactly one of `url` and `file`, InputError for a file that cannot be read.
    """
    if (url is None) == (file is None):
        raise UsageError("evidence is one address or one file", "give --url or --file")
    one_of(stance, STANCES, "stance")
    address = checked_url(url) if url is not None else None
    kept = read_file(file) if file is not None else None
    excerpt = text_given(quote, "excerpt") or None
    with store.writing() as session:
        claim = _claim(session, claim_id)
        from db.models import Evidence as Row

        row = Row(
            uid=new_uid(), claim_id=claim_id, url=address, file_name=file.name if file else None, excerpt=excerpt,
            stance=stance, independent=independent, confidential=confidential,
            blob_digest=keep(session, kept, str(file)) if kept is not None else None,
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


def remove_evidence(store: Store, evidence_id: int) -> ActionRow:
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
