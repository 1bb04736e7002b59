"""The floor of a batch: what no matcher can save: normalise, tokenise, verify the true pairs and nothing else.

Frozen: `python -m tests.bench.floor FOLDER` prints its CPU seconds; `tests.bench.batch` holds the product against it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import stream
from workbench.match.batch import linked
from workbench.match.compare import Profile
from workbench.match.families import joins

AT_ONCE = 500_000  # pairs in the hand at a time


def read(texts: Sequence[str]) -> list[Profile]:
    """Every quote normalised and tokenised."""
    return [Profile(text) for text in texts]


def verified(profiles: Sequence[Profile], one: Any, other: Any) -> list[tuple[int, int, bool]]:
    """The pairs of these that are linked, and whether a link makes them one cluster."""
    found: list[tuple[int, int, bool]] = []
    for begin in range(0, len(one), AT_ONCE):
        part = linked(profiles, one[begin : begin + AT_ONCE], other[begin : begin + AT_ONCE])
        found += [
            (first, second, joins(likeness.relation or "near", likeness.shorter, None, True))
            for first, second, likeness in part
        ]
    return found


def seconds(given: stream.Stream) -> tuple[float, float]:
    """CPU seconds of reading, and of verifying the true pairs."""
    started = time.process_time()
    profiles = read(given.texts)
    middle = time.process_time()
    true = given.pairs[given.kinds < 3]
    one, other = (true >> np.uint64(32)).astype(np.int64), (true & np.uint64(0xFFFFFFFF)).astype(np.int64)
    verified(profiles, one, other)
    return middle - started, time.process_time() - middle


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.floor", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="what make_quotes.py wrote")
    reading, verifying = seconds(stream.load(parser.parse_args(arguments).folder))
    print(f"floor {reading + verifying:.1f} CPU s: reading {reading:.1f}, verifying the true pairs {verifying:.1f}")


if __name__ == "__main__":
    main()
