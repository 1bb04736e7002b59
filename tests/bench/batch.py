"""A batch of quotes through the matcher: `python -m tests.bench.batch FOLDER [--against rensa]`.

FOLDER is what `make_quotes.py` wrote. Prints CPU seconds of each stage, the ratio to the floor (tests.bench.floor),
the scores, the traps, the largest cluster and the peak of memory. `--against rensa` gives the candidates of a MinHash
in Rust (64 bands of 2; `pip install rensa`) to the same verification in the same run.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import floor, stream
from workbench.match import Quotation, compare
from workbench.match.batch import comparable_pairs
from workbench.match.compare import Profile

BANDS, ROWS = 64, 2


def own(profiles: Sequence[Profile]) -> Iterator[tuple[Any, Any]]:
    """The product's candidates."""
    yield from comparable_pairs([profile.texts for profile in profiles])


def rensa(profiles: Sequence[Profile]) -> Iterator[tuple[Any, Any]]:
    """MinHash over pairs of words, 64 bands of 2: quotes that share a band."""
    from rensa import RMinHash

    digests = np.empty((len(profiles), BANDS * ROWS), np.uint64)
    for at, profile in enumerate(profiles):
        made = RMinHash(num_perm=BANDS * ROWS, seed=7)
        words = profile.texts
        made.update([f"{one} {other}" for one, other in pairwise(words)] or list(words))
        digests[at] = made.digest()
    found = []
    for band in range(0, BANDS * ROWS, ROWS):
        key = digests[:, band] * np.uint64(0x9E3779B97F4A7C15) ^ digests[:, band + 1]
        found.append(_sharing(key))
    pairs = np.concatenate(found)
    pairs.sort()
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    yield (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _sharing(key: Any) -> Any:
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    live, parts, step = np.arange(len(key)), [], 1
    while len(live):
        live = live[live + step < len(key)]
        live = live[ranked[live] == ranked[live + step]]
        one, other = order[live].astype(np.uint64), order[live + step].astype(np.uint64)
        parts.append((np.minimum(one, other) << np.uint64(32)) | np.maximum(one, other))
        step += 1
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def run(given: stream.Stream, candidates: Any) -> tuple[float, float, float, list[tuple[int, int, bool]]]:
    """CPU seconds of reading, of finding candidates, of verifying, and the linked pairs."""
    clock = [time.process_time()]
    profiles = floor.read(given.texts)
    clock.append(time.process_time())
    looking = 0.0
    found: list[tuple[int, int, bool]] = []
    chunks = candidates(profiles)
    while True:
        started = time.process_time()
        chunk = next(chunks, None)
        looking += time.process_time() - started
        if chunk is None:
            break
        found += floor.verified(profiles, *chunk)
    total = time.process_time() - clock[1]
    return clock[1] - clock[0], looking, total - looking, found


def traps(given: stream.Stream) -> tuple[int, int, int]:
    """How many traps there are, how many are linked with the alarm, and how many are linked without one."""
    pairs = stream.trap_pairs(given)
    links = [compare(Quotation(given.texts[one]), Quotation(given.texts[other])) for one, other in pairs]
    alarmed = sum(link is not None and bool({"number", "negation"} & set(link.alarms)) for link in links)
    return len(pairs), alarmed, sum(link is not None and not link.alarms for link in links)


def largest(given: stream.Stream, found: Sequence[tuple[int, int, bool]]) -> tuple[int, int]:
    """The largest cluster that the joining links make, and the largest of one sentence in truth."""
    above = list(range(len(given.texts)))

    def root(at: int) -> int:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    for one, other, together in found:
        if together:
            above[root(one)] = root(other)
    sizes = np.bincount([root(at) for at in range(len(above))])
    return int(sizes.max()), int(np.bincount(given.truth["eb"][given.truth["eb"] < 10_000_000]).max())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.batch", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", choices=("rensa",))
    chosen = parser.parse_args(arguments)
    given = stream.load(chosen.folder)
    reading, verifying = floor.seconds(given)
    print(f"floor  {reading + verifying:.1f} CPU s (reading {reading:.1f}, verifying {verifying:.1f})", flush=True)
    for name, candidates in (("own", own), ("rensa", rensa)):
        if name in ("own", chosen.against):
            spent = run(given, candidates)
            total = sum(spent[:3])
            scores = stream.score(given, stream.keys(pair[:2] for pair in spent[3]))
            print(
                f"{name:6} {total:.1f} CPU s = {total / (reading + verifying):.2f} floors (reading {spent[0]:.1f},"
                f" candidates {spent[1]:.1f}, verifying {spent[2]:.1f})  {scores}", flush=True
            )  # fmt: skip
            if name == "own":
                print("largest cluster {} of {} in truth".format(*largest(given, spent[3])))
    print("traps {}: linked with the alarm {}, linked without one {}".format(*traps(given)))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
