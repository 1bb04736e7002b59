"""The figures that must hold, a function each: what was measured against its limit, the best of several runs."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tests.bench.articles import articles
from tests.bench.probes import ARTICLES, PART

PROJECT = Path(__file__).parents[2]
WORKBENCH = str(Path(sys.executable).parent / "workbench")
RUNS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and the limit that it must keep; `ratio` above 1 breaks it."""

    name: str
    value: float
    limit: float
    unit: str
    at_least: bool = False
    said: str = ""

    @property
    def ratio(self) -> float:
        """How much of the limit is used: 1.0 is all of it."""
        if self.at_least:
            return self.limit / self.value if self.value else float("inf")
        return self.value / self.limit

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return self.ratio <= 1

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        line = f"{'ok  ' if self.holds else 'MISS'} {self.ratio:5.2f}  {self.name}: {self.value:,.3g} {self.unit}"
        return f"{line}, {bound} {self.limit:,g}" + (f" ({self.said})" if self.said else "")


def run(words: list[str], folder: Path) -> tuple[float, str]:
    """The CPU seconds of a process, its children's with them, and its output. Raises CalledProcessError."""
    environment = {
        **os.environ,
        "WORKBENCH_REVIEWER": "ana",
        "XDG_STATE_HOME": str(folder),
        "TEXTUAL_ANIMATIONS": "none",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def probe(name: str, folder: Path) -> dict[str, Any]:
    """One run of a probe."""
    found: dict[str, Any] = json.loads(run([sys.executable, "-m", "tests.bench.probes", name, str(folder)], folder)[1])
    return found


def help_page(folder: Path) -> Iterator[Figure]:
    """`workbench --help`, from the start of the process to its end."""
    cpu = min(run([WORKBENCH, "--help"], folder)[0] for _ in range(RUNS))
    yield Figure("CPU of workbench --help", cpu, 0.15, "s")


def seed(folder: Path) -> Iterator[Figure]:
    """The seed article into a store that is there; a new store is made first and told beside it."""
    with as_file(files("seeds").joinpath("bezos-musk-trump.txt")) as article:
        new, known = [], []
        for number in range(RUNS):
            words = [WORKBENCH, "--db", str(folder / f"seed-{number}.db")]
            new.append(run([*words, "ingest", str(article)], folder)[0])
            known.append(run([*words, "ingest", "--outlet", "Bench", str(article)], folder)[0])
    said = f"{min(new):.2f} s where the store is made as well"
    yield Figure("CPU of workbench ingest of the seed", min(known), 1.0, "s", said=said)


def first_frame(folder: Path) -> Iterator[Figure]:
    """The desk on the seeds: its first frame against an empty app's, then its first rows."""
    run([sys.executable, "-m", "tests.bench.prepare", str(folder / "desk.db")], folder)
    empty = min(probe("empty_app", folder)["cpu"] for _ in range(2 * RUNS))
    runs = [probe("desk", folder) for _ in range(2 * RUNS)]
    frame, rows = min(each["frame"] for each in runs), min(each["rows"] for each in runs)
    said = f"{frame:.2f} s against {empty:.2f} s of an empty app"
    yield Figure("CPU of the desk's first frame", frame / empty, 1.5, "empty apps", said=said)
    yield Figure("CPU from the first frame to the first rows", rows, 0.15, "s")
    loaded = sorted({name for each in runs for name in each["loaded"]})
    yield Figure("database layers imported before the first rows", len(loaded), 0.5, "modules", said=" ".join(loaded))


def memory(folder: Path) -> Iterator[Figure]:
    """A thousand articles: growth of the peak over the last part; an article kept in memory would show."""
    (folder / "many").mkdir()
    for number, text in enumerate(articles(ARTICLES)):
        (folder / "many" / f"{number:04}.txt").write_text(text, encoding="utf-8")
    marks = probe("many", folder)["marks"]
    peaks = [(marks[n + 1][1] - marks[n][1]) / PART / 1024 for n in range(len(marks) - 1)]
    cpu = [(marks[n + 1][2] - marks[n][2]) / PART * 1000 for n in range(len(marks) - 1)]
    said = (
        f"the first {PART}: {peaks[0]:.1f}; peak {marks[-1][1] / 2**20:.0f} MiB;"
        f" CPU of an article {cpu[0]:.0f} ms in the first {PART}, {cpu[-1]:.0f} ms in the last"
    )
    name = f"growth of peak memory per article, the last {PART} of {ARTICLES:,}"
    yield Figure(name, max(peaks[-1], 0.0), 2.0, "KiB", said=said)


def reading(folder: Path) -> Iterator[Figure]:
    """Tokens (words and marks) that `extract` reads in a second of CPU."""
    rate = max(found["tokens"] / found["cpu"] for found in (probe("extraction", folder) for _ in range(RUNS)))
    yield Figure("tokens per CPU second of extract", rate, 8_000, "tokens", at_least=True)


def verifying(folder: Path) -> Iterator[Figure]:
    """A quote against an indexed transcript of 100,000 words, and the index."""
    from tests.bench.verify import LIMIT_MS, speed

    took = speed()
    said = f"median {took['median']:.1f} ms, index {took['index']:.0f} ms once a transcript"
    yield Figure("verify a quote against 100,000 words, 99th percentile", took["p99"], LIMIT_MS, "ms", said=said)


FIGURES: tuple[Callable[[Path], Iterator[Figure]], ...] = (help_page, seed, first_frame, reading, memory, verifying)
