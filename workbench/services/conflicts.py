"""Conflicts of figures: found as articles come in, change or go away. Suggestions, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import conflicting

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.match.conflicts import Index

BEST = 24  # of the claims that may be in conflict with one, those that share most keys are compared


def update(session: Session, article_id: int) -> None:
    """Compare the figures of an article's claims with those of the store, and forget what it no longer says."""
    from workbench.match.conflicts import index

    conflicting.forget(session, article_id)
    found = ((row.id, index(row.text)) for row in conflicting.stated(session, article_id))
    compare(session, {number: own for number, own in found if own is not None})


def compare(session: Session, fresh: Mapping[int, Index]) -> None:
    """Index claims that are not in the index yet, and compare their figures with those of the store."""
    conflicting.put_keys(session, ((key, number) for number, own in fresh.items() for key in own.keys))
    sharing = conflicting.sharing(session, {key for own in fresh.values() for key in own.keys})
    pairs = {
        (min(number, other), max(number, other))
        for number, own in fresh.items()
        for other in _likely(number, own, sharing)
    }
    if pairs:
        rows = {row.id: row for row in conflicting.stated_by(session, {number for pair in pairs for number in pair})}
        conflicting.put(session, list(_found(sorted(pairs), rows)))


def _likely(number: int, own: Index, sharing: Mapping[int, Sequence[int]]) -> list[int]:
    """The claims whose keys leave a conflict possible, those that share most first."""
    told: dict[int, float] = defaultdict(lambda: own.rest)
    shared: dict[int, int] = defaultdict(int)
    for key, tells in zip(own.keys, own.tells, strict=True):
        for other in sharing.get(key, ()):
            told[other] += tells
            shared[other] += 1
    likely = [other for other, sum_ in told.items() if sum_ >= own.needed and other != number]
    return sorted(likely, key=lambda other: (-shared[other], -other))[:BEST]


def _found(pairs: Sequence[tuple[int, int]], rows: Mapping[int, Any]) -> Iterator[tuple[Any, ...]]:
    from workbench.match.conflicts import Stated, conflict

    stated = {number: Stated(row.text, row.source, row.date or None) for number, row in rows.items()}
    for first, second in pairs:
        if first in stated and second in stated:
            seen = conflict(stated[first], stated[second])
            if seen is not None:
                yield first, second, seen.one, seen.other, seen.unit, seen.score, seen.why
