"""Judging many claims at once: one action over a selection or over all that a filter finds, undone in one step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from db import pages
from workbench.errors import ConflictError, UsageError, WorkbenchError
from workbench.records import ActionRow, ClaimFilter, Judgement
from workbench.services import review
from workbench.services.journal import act, new_action, to_action_row
from workbench.services.store import Store
from workbench.services.wanted import Wanted, label_words

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.claimfacts import ClaimFacts
    from workbench.history import Change

Watch = Callable[[int, int], None]  # how many claims are done, of how many; what it raises stops the work
BATCH = 1_000  # claims that are read and written at once


@dataclass(frozen=True, slots=True)
class Marked:
    """What marking many claims did: how many took it, and how many did not, by reason."""

    action: ActionRow
    claims: int
    skipped: dict[str, int]

    @property
    def said(self) -> str:
        """What was done, and what was passed over and why."""
        passed = [f"{count} passed over: {why}" for why, count in self.skipped.items()]
        return " · ".join([self.action.label, *passed])


@dataclass(frozen=True, slots=True)
class Standing:
    """How many claims are chosen, and how many of them somebody has settled or judged already."""

    claims: int
    settled: int
    truth: int
    attribution: int
    statements: int


def claim_ids(store: Store, wanted: ClaimFilter) -> list[int]:
    """The numbers of all matching claims, smallest first."""
    with store.reading() as reader:
        return pages.claim_ids(reader, pages.claims_where(asdict(wanted)))


def standing(store: Store, chosen: ClaimFilter | Sequence[int]) -> Standing:
    """What stands on the chosen claims, for the question before they are marked."""
    where = pages.claims_where(asdict(chosen)) if isinstance(chosen, ClaimFilter) else _among(chosen)
    with store.reading() as reader:
        return Standing(*pages.standing(reader, where))


def _among(ids: Sequence[int]) -> pages.Where:
    return pages.Where("claim.hidden = 0 AND claim.id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))])


def mark_many(
    store: Store,
    chosen: ClaimFilter | Sequence[int],
    *,
    keep: bool = False,
    watch: Watch | None = None,
    **changes: Any,
) -> Marked:
    """Do to every chosen claim what `review.mark` does to one; all of it is one action in one transaction.

    A claim that cannot take it (an attribution of a statement, an approval of one's own) is passed over and counted.
    With `keep`, a judgement that stands is not replaced. `watch` may raise to stop: then nothing is stored. Raises
    UsageError as `mark` does, ConflictError when no claim would change.
    """
    wanted = review.asked(store, **changes)
    ids = claim_ids(store, chosen) if isinstance(chosen, ClaimFilter) else list(dict.fromkeys(chosen))
    if not ids:
        raise UsageError("no claim is chosen", "name some, or a filter that finds some")
    told = _told(watch, len(ids))
    with store.writing() as session:
        label, takers, skipped = _look(session, store, ids, wanted, keep, told)
        if not takers:
            why = max(skipped, key=lambda reason: skipped[reason])
            raise ConflictError(f"nothing to change on {len(ids)} claims: {why}", "choose others")
        action = new_action(store.reviewer, "mark", label)
        for done, batch in _batches(takers):
            made = [one for claim in _read(session, batch) for one in review.changes_of(session, store, claim, wanted)]
            act(session, store.reviewer, "mark", label, made, into=action)
            told(len(ids) * (len(ids) + done) // (len(ids) + len(takers)))
        return Marked(to_action_row(action), len(takers), dict(skipped))


def _told(watch: Watch | None, total: int) -> Callable[[int], None]:
    """Looking is half of the work and marking the other: `done` is of `total` over both."""
    return (lambda done: watch(done, total)) if watch is not None else (lambda done: None)


def _look(
    session: Session, store: Store, ids: list[int], wanted: Wanted, keep: bool, told: Callable[[int], None]
) -> tuple[str, list[int], Counter[str]]:
    """The label of the action, the claims that take the mark, and why others do not."""
    takers: list[int] = []
    skipped: Counter[str] = Counter()
    fields: set[str] = set()
    for done, batch in _batches(ids):
        for claim in _read(session, batch):
            try:
                found = _taken(session, store, claim, wanted, keep)
            except WorkbenchError as error:
                skipped[_reason(error, claim.id)] += 1
                continue
            if found:
                takers.append(claim.id)
                fields |= {change.field for change in found}
            else:
                skipped["that stands already"] += 1
        told(done // 2)
    return f"{_counted(len(takers), takers)} {label_words(wanted, fields)}", takers, skipped


def _taken(session: Session, store: Store, claim: ClaimFacts, wanted: Wanted, keep: bool) -> Sequence[Change | _Note]:
    judgements: tuple[Judgement, ...] = ("truth", "attribution")
    if keep and any(getattr(wanted, name) and getattr(claim, name) for name in judgements):
        raise ConflictError("a verdict that stands is kept")
    if wanted.note:
        return (_Note(),)  # looking must not store one
    return review.changes_of(session, store, claim, wanted)


@dataclass(frozen=True, slots=True)
class _Note:
    field: str = "note"


def _reason(error: WorkbenchError, claim_id: int) -> str:
    """Why, without the claim's number, so that equal reasons are counted together."""
    return error.what.replace(f"c{claim_id} is", "it is").replace(f"c{claim_id}", "it")


def _counted(count: int, ids: Sequence[int]) -> str:
    return f"c{ids[0]}" if count == 1 else f"{count} claims"


def _batches(ids: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """(how many are done with it, the batch) of each batch."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        yield start + len(batch), batch


def _read(session: Session, ids: Sequence[int]) -> Iterator[ClaimFacts]:
    from db.claimfacts import facts

    return (claim for claim in list(facts(session, ids)) if not claim.hidden)


def texts(
    store: Store, chosen: ClaimFilter | Sequence[int], sort: str, descending: bool, longest: int
) -> tuple[list[str], bool]:
    """The words of the chosen claims, each on one line, in that order, as many as `longest` bytes hold; whether these
    are all."""
    where = pages.claims_where(asdict(chosen)) if isinstance(chosen, ClaimFilter) else _among(chosen)
    found: list[str] = []
    room = longest
    with store.reading() as reader:
        while rows := pages.claim_page(reader, where, sort, descending, len(found), BATCH):
            for row in rows:
                found.append(" ".join(row["text"].split()))
                room -= len(found[-1].encode("utf-8", "replace")) + 1
                if room < 0:
                    return found[:-1], False
    return found, True
