"""Writing against what the machine can do at best: `python -m tests.bench.writing`; exit status 1 past a limit.

Ready claims through the core inserts that the ingest uses, against the driver's own executemany of the same rows with
the same indexes and triggers, in CPU time. A verdict, durable, against a page written and synchronised by hand.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from db import driver
from tests.bench import large
from tests.unit.store_samples import make_store, put, rows
from workbench.services import review
from workbench.services.store import Store

CLAIMS, VERDICTS = 33_000, 300
BULK, VERDICT = 3.0, 3.0 if driver.WAL_IS_SAFE else 6.0


def _spent(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _prepared(folder: Path) -> tuple[Store, list[dict[str, Any]]]:
    """A store with everything but the claims, and those."""
    folder.mkdir()
    store = large.make(folder, CLAIMS, filled=False)
    writer = driver.connect(store.path)
    made = list(large.ready_claims(writer, CLAIMS))
    writer.close()
    return store, made


def _by_hand(folder: Path) -> float:
    store, made = _prepared(folder)
    writer = driver.connect(store.path)

    def work() -> None:
        writer.execute("BEGIN IMMEDIATE")
        large.insert(writer, "claim", iter(made))
        writer.execute("COMMIT")

    spent = _spent(work)
    writer.close()
    store.close()
    return spent


def _by_core(folder: Path) -> float:
    from db import storing

    store, made = _prepared(folder)

    def batches() -> Iterator[list[dict[str, Any]]]:
        waiting = iter(made)
        while batch := list(islice(waiting, large.PER_ARTICLE)):
            yield batch

    def work() -> None:
        with store.writing() as session:
            for batch in batches():
                storing.insert(session, "claim", batch)

    spent = _spent(work)
    store.close()
    return spent


def _synchronised(path: Path) -> float:
    """Milliseconds to append a page to a file and wait until it is on disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    start = time.perf_counter()
    os.write(handle, b"x" * 4096)
    os.fsync(handle)
    spent = 1000 * (time.perf_counter() - start)
    os.close(handle)
    return spent


def _late(spent: list[float]) -> float:
    return sorted(spent)[int(0.99 * len(spent))]


def verdicts(folder: Path) -> bool:
    """Time verdicts and synchronisations by turns, so that both meet the same machine."""
    by_hand, judged = [], []
    with make_store(folder) as store:
        for name in "abcdef":
            put(store, f"The mayor of {name} said “dues will rise”. The council of {name} met on Monday.\n", name=name)
        claims = [row.id for row in rows(store)]
        for number in range(VERDICTS):
            by_hand.append(_synchronised(folder / "page"))
            start = time.perf_counter()
            review.mark(store, [claims[number % len(claims)]], truth=("true", "false")[number // len(claims) % 2])
            judged.append(1000 * (time.perf_counter() - start))
    ratio = _late(judged) / _late(by_hand)
    median = statistics.median(judged)
    print(f"fsync: median {statistics.median(by_hand):.2f} ms, p99 {_late(by_hand):.2f} ms")
    print(f"verdict, durable: median {median:.2f} ms, p99 {_late(judged):.2f} ms: {ratio:.2f} of the fsync's p99"
          f" (limit {VERDICT:g})")  # fmt: skip
    return ratio <= VERDICT


def bulk(folder: Path) -> bool:
    """The best of three by either way."""
    by_hand = min(_by_hand(folder / f"hand{number}") for number in range(3))
    by_core = min(_by_core(folder / f"core{number}") for number in range(3))
    print(f"{CLAIMS:,} ready claims: executemany {by_hand:.2f} s, core inserts {by_core:.2f} s of CPU:"
          f" {by_core / by_hand:.2f} (limit {BULK:g})")  # fmt: skip
    return by_core / by_hand <= BULK


def main() -> int:
    """Measure both."""
    with tempfile.TemporaryDirectory(prefix="workbench-writing-") as folder:
        held = [bulk(Path(folder)), verdicts(Path(folder))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
