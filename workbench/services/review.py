"""Judging: verdicts, sources, wording, flags, notes, status. Each call is one action, durable on return."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.history import Change
from workbench.records import STATUSES, ActionRow, Judgement, Label, Scale
from workbench.services import show, sources
from workbench.services.given import line_given, one_of, text_given
from workbench.services.journal import act, new_uid, now, to_action_row
from workbench.services.store import Store
from workbench.services.wanted import Wanted, describe, label_of, nothing_to_change

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.claimfacts import ClaimFacts
    from db.models import Claim

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
    wanted = asked(
        store, truth, attribution, explain, rationale, note, flags, unflags, source, wording, status, waive, clear
    )
    if not claim_ids:
        raise UsageError("no claim is named", "name one, such as c12")
    with store.writing() as session:
        claims = _facts(session, list(dict.fromkeys(claim_ids)))
        if revision is not None and len(claims) == 1 and claims[0].revision != revision:
            raise changed_meanwhile(session, claims[0])
        changes = [change for claim in claims for change in changes_of(session, store, claim, wanted)]
        if not changes:
            raise nothing_to_change(claims, wanted)
        return to_action_row(act(session, store.reviewer, "mark", label_of(changes, wanted), changes))


def asked(
    store: Store,
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
) -> Wanted:
    """What a mark asks for, checked before any claim is read. Raises UsageError."""
    wanted = Wanted(
        *_labels(store, truth, attribution),
        line_given(explain, "explanation"),
        text_given(rationale, "rationale"),
        text_given(note, "note"),
        _known_flags(store, flags),
        _known_flags(store, unflags),
        line_given(source, "source"),
        line_given(wording, "wording"),
        one_of(status, STATUSES, "status"),
        line_given(waive, "reason"),
        tuple(clear),
    )
    describe(wanted)
    return wanted


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


def _known_flags(store: Store, given: Sequence[str]) -> tuple[str, ...]:
    known = [flag.id for flag in show.flags(store)] if given else []
    for flag in given:
        one_of(flag, known, "flag")
    return tuple(given)


def _facts(session: Session, claim_ids: Sequence[int]) -> list[ClaimFacts]:
    """What stands on these claims. Raises NotFoundError for one that is not there."""
    from db.claimfacts import facts

    found = {claim.id: claim for claim in facts(session, claim_ids) if not claim.hidden}
    for claim_id in claim_ids:
        if claim_id not in found:
            raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
    return [found[claim_id] for claim_id in claim_ids]


def named_claim(session: Session, claim_id: int) -> Claim:
    """The claim of that number. Raises NotFoundError, for a hidden one too."""
    from db.models import Claim

    claim = session.get(Claim, claim_id) if abs(claim_id) < 2**63 else None
    if claim is None or claim.hidden:
        raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
    return claim


def changed_meanwhile(session: Session, claim: Claim | ClaimFacts) -> ConflictError:
    """Who changed a claim since it was seen, and how."""
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


def changes_of(session: Session, store: Store, claim: ClaimFacts, wanted: Wanted) -> list[Change]:
    """The changes that a mark makes on one claim; none where all of it stands already.

    Raises UsageError and ConflictError where the claim cannot take it.
    """
    changes: list[Change] = []

    def put(name: str, before: Any, after: Any) -> None:
        if before != after:
            changes.append(Change("claim", claim.id, claim.uid, name, before, after, claim.id, claim.article_id))

    verdicts = _verdict_values(store, claim, wanted)
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
    store: Store, claim: ClaimFacts, wanted: Wanted
) -> dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Before and after of each judgement that changes."""
    values: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
    standing = claim.standing
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
            after = _verdict_value(store, claim, wanted.scales[name], label, before, texts)
            if (label and not _stands(claim, before, after)) or any(
                after[text] != (before or {})[text] for text in ("explanation", "rationale")
            ):
                values[name] = (before, after)
    return values


def _stands(claim: ClaimFacts, before: dict[str, Any] | None, after: dict[str, Any]) -> bool:
    """Whether the verdict was given already by the same reviewer on the same text, and counts."""
    return (
        claim.status in ("checked", "approved") and before is not None and {**before, "at": ""} == {**after, "at": ""}
    )


def _verdict_value(
    store: Store,
    claim: ClaimFacts,
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
        "version": claim.newest_version,
    }
    if texts and texts.explain is not None:
        value["explanation"] = texts.explain or None
    if texts and texts.rationale is not None:
        value["rationale"] = texts.rationale or None
    return value


def refuse_speaker(claim_id: int, kind: str) -> None:
    """Raises UsageError for a statement: it is the article's own voice."""
    if kind == "statement":
        raise UsageError(f"c{claim_id} is the article's own statement and has no speaker", "give it another kind first")


def _source_values(session: Session, claim: ClaimFacts, name: str) -> tuple[Any, Any]:
    if not name:
        return claim.source, None
    refuse_speaker(claim.id, claim.kind)
    source = sources.find_or_add(session, name)
    return claim.source, {"uid": source.uid, "name": source.name, "confirmed": True}


def _status(store: Store, claim: ClaimFacts, wanted: Wanted, verdicts: dict[str, Any]) -> str:
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


def _refuse_own_approval(store: Store, claim: ClaimFacts, verdicts: dict[str, Any]) -> None:
    if verdicts:
        raise ConflictError("a verdict that you give now cannot be approved by you", "another reviewer approves it")
    standing = [verdict for verdict in claim.standing.values() if verdict]
    if not standing:
        raise ConflictError(f"c{claim.id} has no verdict to approve", "give a verdict first")
    if all(verdict["reviewer"] == store.reviewer for verdict in standing):
        raise ConflictError(
            f"c{claim.id} was checked by you, and approval is another reviewer's", "have a colleague approve it"
        )


def _new_note(session: Session, store: Store, claim: ClaimFacts, text: str) -> Change:
    from db.models import Note

    note = Note(uid=new_uid(), claim_id=claim.id, text=text, reviewer=store.reviewer, added_at=now(), hidden=True)
    session.add(note)
    session.flush()
    return Change("note", note.id or 0, note.uid, "record", None, {"text": text}, claim.id, claim.article_id)
