"""The pure fold: base rows and events give the state. Nothing here opens a store or looks at a clock.

An event says: this field of this subject was `before` and is `after`. State is, for every field of every subject,
the `after` of its last event; what has no event is as the base row has it. Undo appends the events of an action
turned round, so that the fold needs no special case for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Value = Any  # whatever JSON can hold

GENESIS = "0" * 64  # what the first event is chained to


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one subject, from `before` to `after`; None stands for "not there"."""

    subject: str
    subject_id: int
    subject_uid: str
    field: str
    before: Value
    after: Value
    claim_id: int | None = None
    article_id: int | None = None
    why: str | None = None

    def turned(self) -> Change:
        """The change that takes this one back."""
        return Change(
            self.subject, self.subject_id, self.subject_uid, self.field, self.after, self.before, self.claim_id,
            self.article_id, self.why,
        )  # fmt: skip


def fold(changes: Iterable[Change]) -> dict[tuple[str, str, str], Value]:
    """(subject, uid, field) -> value after all `changes`, in their order."""
    state: dict[tuple[str, str, str], Value] = {}
    for change in changes:
        state[change.subject, change.subject_uid, change.field] = change.after
    return state


def canonical(value: Value) -> str:
    """JSON with one spelling for one value: what is stored and what is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(salt: str, *values: Value) -> str:
    """The digest of values that may have to be purged: SHA-256, salted so that short ones cannot be guessed from it."""
    return hashlib.sha256(f"{salt}\n{canonical(list(values))}".encode()).hexdigest()


def link(previous: str, entry: Mapping[str, Value]) -> str:
    """The hash of a log entry chained to the entry before: SHA-256 over both, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()
