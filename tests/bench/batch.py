"""A batch of quotes through the matcher: `python -m tests.bench.batch FOLDER [--against rensa]`.

FOLDER is what `make_quotes.py` wrote. The floor (tests.bench.floor), the matcher and what it is held against run each
in a process of its own. Prints CPU seconds of each stage, the ratio to the floor, the peak of memory of the matcher's
own process, the scores, the largest cluster, and the traps: how many are linked, how many without an alarm, and how
many stand in one cluster in which nothing is in alarm. `--against rensa` gives the candidates of a MinHash in Rust (64
bands of 2; `pip install rensa`) to the same verification. `--floor SECONDS` takes the floor as measured before.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import stream
from workbench.match import Quotation, compare
from workbench.match.batch import Quotes, comparable_pairs, linked
from workbench.match.compare import Profile, differing
from workbench.match.families import joins
from workbench.match.words import words

BANDS, ROWS = 64, 2
AT_ONCE = 500_000  # pairs in the hand at a time


def own(quotes: Quotes) -> Iterator[tuple[Any, Any]]:
    """The product's candidates."""
    yield from comparable_pairs(quotes)


def rensa(quotes: Quotes) -> Iterator[tuple[Any, Any]]:
    """MinHash over pairs of words, 64 bands of 2: quotes that share a band."""
    from rensa import RMinHash

    digests = np.empty((len(quotes), BANDS * ROWS), np.uint64)
    for at in range(len(quotes)):
        made = RMinHash(num_perm=BANDS * ROWS, seed=7)
        texts = quotes.texts(at)
        made.update([f"{one} {other}" for one, other in pairwise(texts)] or list(texts))
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


def run(folder: Path, candidates: Any, out: Path) -> None:
    """Write the linked pairs, and whether each joins, to `out`; CPU seconds and MiB to `out` with .json."""
    clock = [time.process_time()]
    with (folder / "quotes.txt").open(encoding="utf-8") as lines:
        quotes = Quotes(words(line.rstrip("\n")).texts for line in lines)
    words.cache_clear()
    clock.append(time.process_time())
    looking, found, chunks = 0.0, [np.zeros((0, 3), np.int32)], candidates(quotes)
    while True:
        started = time.process_time()
        chunk = next(chunks, None)
        looking += time.process_time() - started
        if chunk is None:
            break
        found += [_verified(quotes, *(side[at : at + AT_ONCE] for side in chunk))
                  for at in range(0, len(chunk[0]), AT_ONCE)]  # fmt: skip
    np.save(out, np.concatenate(found))
    total = time.process_time() - clock[1]
    spent = {"reading": clock[1] - clock[0], "candidates": looking, "verifying": total - looking,
             "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip
    out.with_suffix(".json").write_text(json.dumps(spent))


def _verified(quotes: Quotes, one: Any, other: Any) -> Any:
    rows = [(first, second, joins(likeness.relation or "near", likeness.shorter, None, True))
            for first, second, likeness in linked(quotes, one, other)]  # fmt: skip
    return np.array(rows, np.int32).reshape(-1, 3)


def traps(given: stream.Stream) -> tuple[int, int, int]:
    """How many traps there are, how many are linked with the alarm, and how many are linked without one."""
    pairs = stream.trap_pairs(given)
    links = [compare(Quotation(given.texts[one]), Quotation(given.texts[other])) for one, other in pairs]
    alarmed = sum(link is not None and bool({"number", "negation"} & set(link.alarms)) for link in links)
    return len(pairs), alarmed, sum(link is not None and not link.alarms for link in links)


def clusters(count: int, found: Any) -> Any:
    """For each quote the number of its cluster, as the joining links make them."""
    above = list(range(count))

    def root(at: int) -> int:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    for one, other in found[found[:, 2] == 1, :2].tolist():
        above[root(one)] = root(other)
    return np.array([root(at) for at in range(count)])


def silent(given: stream.Stream, cluster: Any) -> tuple[int, int]:
    """How many traps share a cluster with the sentence that they change, and in how many nothing is in alarm.

    As `services.placing` has it: each wording is held against the longest of its cluster, or else against all.
    """
    together = {int(cluster[one]) for one, other in stream.trap_pairs(given) if cluster[one] == cluster[other]}
    members: dict[int, list[str]] = {}
    for at in np.flatnonzero(np.isin(cluster, np.array(sorted(together), np.int64))).tolist():
        members.setdefault(int(cluster[at]), []).append(given.texts[at])
    quiet = {number for number, texts in members.items() if not _alarmed(texts)}
    shared = [int(cluster[one]) for one, other in stream.trap_pairs(given) if cluster[one] == cluster[other]]
    return len(shared), sum(number in quiet for number in shared)


def _alarmed(texts: Sequence[str]) -> bool:
    profiles = [Profile(text) for text in texts]
    head = max(profiles, key=lambda each: (len(each.texts), each.texts))
    held = {at: differing(each, head) for at, each in enumerate(profiles)}
    further = [differing(profiles[at], other) for at, found in held.items() if found is None for other in profiles]
    return any({"number", "negation"} & set(found or ()) for found in (*held.values(), *further))


def _apart(folder: Path, name: str, out: Path) -> dict[str, float]:
    """Run the matcher in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.batch", str(folder), "--only", name, "--out", str(out)]
    subprocess.run(command, check=True)
    spent: dict[str, float] = json.loads(out.with_suffix(".json").read_text())
    return spent


def _floor(folder: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.floor", str(folder)], check=True, capture_output=True, text=True
    )
    print(done.stdout, end="", flush=True)
    return float(done.stdout.split()[1])


def _say(given: stream.Stream, name: str, spent: dict[str, float], lowest: float, found: Any) -> None:
    total = spent["reading"] + spent["candidates"] + spent["verifying"]
    scores = stream.score(given, stream.keys(map(tuple, found[:, :2].tolist())))
    print(
        f"{name:6} {total:.1f} CPU s = {total / lowest:.2f} floors (reading {spent['reading']:.1f}, candidates"
        f" {spent['candidates']:.1f}, verifying {spent['verifying']:.1f}), peak {spent['peak']:.0f} MiB  {scores}",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.batch", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", choices=("rensa",))
    parser.add_argument("--floor", type=float)
    parser.add_argument("--only", choices=("own", "rensa"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.only:
        run(chosen.folder, own if chosen.only == "own" else rensa, chosen.out)
        return
    lowest = chosen.floor or _floor(chosen.folder)
    with tempfile.TemporaryDirectory() as folder:
        spent = {name: _apart(chosen.folder, name, Path(folder) / f"{name}.npy")
                 for name in ("own", chosen.against) if name}  # fmt: skip
        given = stream.load(chosen.folder)
        for name, each in spent.items():
            _say(given, name, each, lowest, np.load(Path(folder) / f"{name}.npy"))
        cluster = clusters(len(given.texts), np.load(Path(folder) / "own.npy"))
    true = int(np.bincount(given.truth["eb"][given.truth["eb"] < 10_000_000]).max())
    print(f"largest cluster {np.bincount(cluster).max()} of {true} in truth")
    print("traps {}: linked with the alarm {}, linked without one {}".format(*traps(given)))
    print("traps in one cluster with their sentence {}, in one in which nothing is in alarm {}".format(
        *silent(given, cluster)))  # fmt: skip


if __name__ == "__main__":
    main()
