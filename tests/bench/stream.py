"""A stream of quotes with known truth: texts, words, and the scorer of what a matcher found in it.

`make_quotes.py`, beside the data, writes a folder with quotes.txt, truth.npz and pairs.npz. A quote has partners where
a truth pair is NEAR (1) or CONTAIN (2); WEAK pairs (3) count neither way, nor do pairs of a quote and the one whose
number or negation was changed in it: those are to be linked, with the alarm, and are counted as traps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FRAGMENT = 2  # kind of a quote that is a cut of another
TRAPS = (4, 5)  # kinds: a number, a negation changed
_LOW = np.uint64(32)


@dataclass(frozen=True)
class Stream:
    """The quotes with their truth: `pairs` are keys lower index << 32 | higher index, sorted, and `kinds` theirs."""

    texts: list[str]
    truth: dict[str, Any]
    pairs: Any
    kinds: Any


@dataclass(frozen=True)
class Scores:
    """Shares, 0..1: of the quotes with a partner that found one, of the fragments among them, of found pairs true."""

    partner: float
    fragments: float
    precision: float
    near: float
    pairs: int

    def __str__(self) -> str:
        return (
            f"partner {self.partner:.4f}  fragments {self.fragments:.4f}  precision {self.precision:.4f}"
            f"  near pairs {self.near:.4f}  pairs found {self.pairs}"
        )


def load(folder: Path) -> Stream:
    """The stream that `make_quotes.py` wrote there."""
    texts = (folder / "quotes.txt").read_text(encoding="utf-8").split("\n")[:-1]
    pairs = np.load(folder / "pairs.npz")
    return Stream(texts, dict(np.load(folder / "truth.npz")), pairs["key"], pairs["ty"])


def keys(pairs: Iterable[tuple[int, int]]) -> Any:
    """Pairs of indexes as sorted keys."""
    both = np.fromiter((index for pair in pairs for index in pair), np.uint64).reshape(-1, 2)
    both.sort(axis=1)
    return np.unique((both[:, 0] << _LOW) | both[:, 1])


def score(stream: Stream, found: Any) -> Scores:
    """What the found pairs (keys, sorted) are worth."""
    count = len(stream.texts)
    counted = stream.kinds < 3
    hit = _among(stream.pairs, found)
    has, got = np.zeros(count, bool), np.zeros(count, bool)
    for flags, chosen in ((has, counted), (got, counted & hit)):
        chosen_keys = stream.pairs[chosen]
        flags[(chosen_keys >> _LOW).astype(np.int64)] = True
        flags[(chosen_keys & np.uint64(0xFFFFFFFF)).astype(np.int64)] = True
    fragments = has & (stream.truth["kind"] == FRAGMENT)
    known = _among(found, stream.pairs)
    weak = _among(found, stream.pairs[~counted]) | _trapped(stream, found)
    true = known & ~_among(found, stream.pairs[~counted])
    near = stream.kinds == 1
    return Scores(
        float(got[has].mean()), float(got[fragments].mean()), float(true.sum() / max(1, (~weak).sum())),
        float(hit[near].mean()), len(found),
    )  # fmt: skip


def bases(stream: Stream) -> dict[int, set[int]]:
    """quote -> the sentences that it was made of; a trap counts under the sentence that it changes."""
    found: dict[int, set[int]] = {}
    for quote, base in zip(stream.truth["eq"].tolist(), stream.truth["eb"].tolist(), strict=True):
        found.setdefault(quote, set()).add(base)
    for quote in np.flatnonzero(stream.truth["neg_of"] >= 0).tolist():
        found[quote] = {int(stream.truth["neg_of"][quote])}
    return found


def trap_pairs(stream: Stream) -> list[tuple[int, int]]:
    """Each trap with the sentence, whole as it was said, whose number or negation it changes."""
    kind, eb, eq = stream.truth["kind"], stream.truth["eb"], stream.truth["eq"]
    whole = {int(base): int(quote) for quote, base in zip(eq, eb, strict=True) if kind[quote] == 0}
    traps = np.flatnonzero(stream.truth["neg_of"] >= 0).tolist()
    return [
        (trap, whole[int(stream.truth["neg_of"][trap])]) for trap in traps if int(stream.truth["neg_of"][trap]) in whole
    ]


def _trapped(stream: Stream, found: Any) -> Any:
    """Which found pairs are a trap and another quote of the sentence that it changes."""
    made = bases(stream)
    is_trap = np.isin(stream.truth["kind"], TRAPS)
    one, other = (found >> _LOW).astype(np.int64), (found & np.uint64(0xFFFFFFFF)).astype(np.int64)
    result = is_trap[one] | is_trap[other]
    for at in np.flatnonzero(result).tolist():
        result[at] = not made[int(one[at])].isdisjoint(made[int(other[at])])
    return result


def _among(wanted: Any, known: Any) -> Any:
    if not len(known):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(known, wanted)
    at[at == len(known)] = 0
    return known[at] == wanted
