"""Invented pairs of claims, written before any result was seen: which contradict each other in a figure?

`days` lie between the two publications, 0 for two claims of one article. `python -m tests.gates.test_conflicts` prints
the pairs that are judged wrongly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workbench.match.conflicts import Stated, conflict, index

PAIRS = Path(__file__).parent / "conflicts" / "pairs.jsonl"
FLOORS = {"found": 0.9, "left alone": 0.95}  # on the first run: .23 and 1.0


def judged() -> Iterator[tuple[dict[str, Any], bool]]:
    """Each pair with whether a conflict is seen."""
    day = date(2026, 3, 2)
    for line in PAIRS.read_text("utf-8").splitlines():
        pair = json.loads(line)
        one, other = (
            Stated(pair["one"], None, str(day)),
            Stated(pair["other"], None, str(day + timedelta(pair["days"]))),
        )
        there, back = conflict(one, other), conflict(other, one)
        assert (there is None) == (back is None)
        yield pair, there is not None


def measured() -> dict[str, float]:
    """The share of conflicts found, and of other pairs left alone."""
    found = [seen for pair, seen in judged() if pair["conflict"]]
    alone = [not seen for pair, seen in judged() if not pair["conflict"]]
    return {"found": sum(found) / len(found), "left alone": sum(alone) / len(alone)}


def test_conflicts_are_found_and_other_pairs_left_alone() -> None:
    reached = measured()

    assert {} == {name: reached[name] for name, floor in FLOORS.items() if reached[name] < floor}


def test_what_is_in_conflict_is_found_by_the_index() -> None:
    for pair, seen in judged():
        if seen:
            one, other = index(pair["one"]), index(pair["other"])
            assert one is not None
            assert other is not None
            shared = set(one.keys) & set(other.keys)
            for own in (one, other):
                told = sum(tells for key, tells in zip(own.keys, own.tells, strict=True) if key in shared)
                assert shared, pair["id"]
                assert own.rest + told >= own.needed, pair["id"]


if __name__ == "__main__":
    print(measured())
    for pair, seen in judged():
        if seen is not pair["conflict"]:
            print(pair["id"], "seen" if seen else "missed", pair["one"], "|", pair["other"])
