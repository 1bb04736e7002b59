"""A report of 10,000 claims: `python -m tests.bench.report [CLAIMS]` prints CPU, memory and size for each format.

The articles are invented sentences; half of the claims are judged, a fifth have evidence. Rows go in by the driver;
what is timed is `services.report.export`, each format in a process of its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db import driver
from tests.bench.large import PER_ARTICLE, WORDS, defaults, insert
from workbench.records import ClaimFilter
from workbench.report import FORMATS
from workbench.services import report, show
from workbench.services.store import Store, open_store

LABELS = ("true", "mostly-true", "mixed", "mostly-false", "false")


def make(folder: Path, claims: int) -> Store:
    """A store of that many claims, each a sentence of its article."""
    store = open_store(str(folder / "report.db"), "ana")
    scale = show.scale(store, "truth").id
    writer = driver.connect(store.path)
    writer.execute("BEGIN IMMEDIATE")
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
    for number in range(claims // PER_ARTICLE + 1):
        for table, row in _article(number + 1, scale, random.Random(number)):
            rows[table].append(row)
    for table in _TABLES:
        base = defaults(writer, table)
        insert(writer, table, iter([base | row for row in rows[table]]))
    writer.execute("COMMIT")
    writer.close()
    return store


_TABLES = ("outlet", "article", "version", "reading", "sentence", "claim", "anchor", "verdict", "evidence")


def _article(number: int, scale: str, pick: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    if number <= 40:
        yield "outlet", {"id": number, "uid": f"o{number}", "name": f"Outlet {number}"}
    sentences = [" ".join(pick.choices(WORDS, k=14)).capitalize() + "." for _ in range(PER_ARTICLE)]
    text = " ".join(sentences)
    shared = {"uid": f"{number}", "title": f"Article {number}", "published": "2025-05-06"}
    yield "article", shared | {
        "id": number, "identity": f"name:{number}", "name": f"n{number}", "version_id": number, "reading_id": number,
        "outlet_id": number % 40 + 1,
    }  # fmt: skip
    yield "version", shared | {
        "id": number, "article_id": number, "number": 1, "text": text, "details": "{}", "language": "en",
    }  # fmt: skip
    yield "reading", {"id": number, "uid": f"{number}", "version_id": number, "machine": "bench-1", "analysed": 1}
    at = 0
    for place, sentence in enumerate(sentences):
        claim = (number - 1) * PER_ARTICLE + place + 1
        yield from _claim(claim, number, at, sentence, scale, pick)
        yield "sentence", {"id": claim, "version_id": number, "paragraph": place // 5, "start": at,
                           "end": at + len(sentence), "settled": claim % 2}  # fmt: skip
        at += len(sentence) + 1


def _claim(
    number: int, article: int, at: int, text: str, scale: str, pick: random.Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    label = pick.choice(LABELS) if number % 2 else None
    where = {"start": at, "end": at + len(text), "version_id": article}
    person = f"Person {pick.randrange(400)}"
    yield "claim", where | {
        "id": number, "uid": f"c{number}", "article_id": article, "born_version_id": article, "reading_id": article,
        "kind": "indirect", "text": text, "status": "checked" if label else "open", "truth": label, "hedges": "[]",
        "numbers": "[]", "flags": "[]", "anchor_state": "as was", "title": f"Article {article}", "anonymity": "A",
        "outlet": f"Outlet {article % 40 + 1}", "sort_date": "2025-05-06", "check_worthiness": pick.random(),
        "source_name": person, "source_kind": "person", "sort_source": person.casefold(), "confidence": 0.9,
    }  # fmt: skip
    yield "anchor", where | {"id": number, "claim_id": number, "role": "content", "exact": text, "state": "as was"}
    if label:
        yield "verdict", {"claim_id": number, "judgement": "truth", "scale_id": scale, "label": label, "version_id":
                          article, "reviewer": "ana", "given_at": "2025-05-08T14:05:00Z",
                          "explanation": "The minutes say otherwise."}  # fmt: skip
    if number % 5 == 0:
        yield "evidence", {
            "id": number, "uid": f"e{number}", "claim_id": number, "url": "https://ostwick.example/minutes",
            "stance": "supports", "added_by": "ana", "added_at": "2025-05-08T14:00:00Z",
        }  # fmt: skip


def _one(location: str, format: str, output: str) -> None:
    """Export in this process and print what it took."""
    store = open_store(location, "ana")
    start = time.process_time()
    done = report.export(store, ClaimFilter(), format, output=Path(output))
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"format": format, "claims": done.claims, "cpu_s": round(spent, 2), "peak_mib": round(peak),
                      "size_mib": round(len(done.data) / 2**20, 1)}), flush=True)  # fmt: skip
    store.close()


def main() -> int:
    """Make the store and time each format, or one that is named after the store."""
    if len(sys.argv) > 2:
        _one(sys.argv[1], sys.argv[2], sys.argv[3])
        return 0
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="workbench-report-") as folder:
        store = make(Path(folder), claims)
        store.close()
        for format in FORMATS:
            place = str(Path(folder) / f"report.{format}")
            subprocess.run([sys.executable, "-m", "tests.bench.report", str(store.path), format, place], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
