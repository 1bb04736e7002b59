"""`python -m tests.bench.growth [--largest 50]`: time and memory of reading and analysis as the text grows.

Each size runs in a process of its own. Prints CPU seconds and peak memory, and the slope: 1.00 is twice the cost for
twice the text. The limit is 1.15 for time and, above what the model itself takes, for memory.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from itertools import chain

from tests.bench.articles import articles

LIMIT = 1.15
KINDS = ("text", "html", "paragraph")


def source(kind: str, megabytes: float) -> bytes:
    """A text of that size: plain lines, a web page, or all in one paragraph."""
    size, pieces, length = int(megabytes * 1e6), [], 0
    for text in chain.from_iterable(articles(200, seed=seed) for seed in range(10_000)):
        pieces.append(text)
        length += len(text.encode())
        if length >= size:
            break
    whole = "".join(pieces)
    if kind == "html":
        return (
            "<html><body><article>" + "".join(f"<p>{line}</p>" for line in whole.split("\n")) + "</article>"
        ).encode()
    return (whole.replace("\n", " ") if kind == "paragraph" else whole).encode()


def probe(kind: str, megabytes: float, analyse: bool) -> dict[str, float]:
    """CPU seconds and MiB at the peak."""
    from workbench.ingest import read
    from workbench.records import Document
    from workbench.services.gather import read_text

    data = source(kind, megabytes)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    (document,) = read(data, name="large")
    assert isinstance(document, Document)
    if analyse:
        read_text(document)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - start, "memory": peak - before}


def main() -> int:
    """Measure and print; exit status 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=float, default=50)
    parser.add_argument("--steps", type=int, default=3, help="sizes, each twice the one before")
    parser.add_argument("--read-only", action="store_true", help="leave the analysis out")
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    parser.add_argument("--probe", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.probe:
        kind, megabytes, analyse = chosen.probe
        print(json.dumps(probe(kind, float(megabytes), analyse == "True")))
        return 0
    broken = False
    for kind in chosen.kinds:
        marks = []
        for step in range(chosen.steps):
            size = chosen.largest / 2 ** (chosen.steps - 1 - step)
            words = [sys.executable, "-m", "tests.bench.growth", "--probe", kind, str(size), str(not chosen.read_only)]
            found = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
            print(f"{kind} {size:g} MB: {found['cpu']:.1f} s CPU, {found['memory']:.0f} MiB", flush=True)
            marks.append((size, found))
        for what in ("cpu", "memory"):
            (small, first), (large, last) = marks[0], marks[-1]
            slope = math.log(last[what] / max(first[what], 1e-3)) / math.log(large / small)
            broken |= slope > LIMIT
            print(f"{kind}: {what} grows with slope {slope:.2f} (limit {LIMIT})", flush=True)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
