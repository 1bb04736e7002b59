"""Ranks published fact-checks for claims, through the product's own import, index and matcher.

    python -m tests.bench.claimmatch QUERIES.jsonl COLLECTION.jsonl.gz > run.jsonl

QUERIES: {"id", "text"} a line. COLLECTION: {"id", "claim", "title", …} a line, packed or not. Every row of the
collection becomes a ClaimReview in a feed that `workbench import` takes, in a store of its own. Prints {"qid",
"ranked"} a line, 50 ids each; times go to standard error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.services import checkimports, matching
from workbench.services.store import Store, open_store

RANKED = 50


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def as_review(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A row of a collection as the ClaimReview that its publisher would write."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://checks.example/{number}",
        "claimReviewed": row["claim"],
        "headline": row.get("title"),
        "description": row.get("subtitle"),
        "author": {"@type": "Organization", "name": "Checks"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": row.get("speaker")}},
        "reviewRating": {"@type": "Rating", "alternateName": row.get("rating") or "unrated"},
    }


def filled(collection: Path, folder: Path) -> tuple[Store, dict[str, str]]:
    """A store that holds the collection, indexed; and address -> id."""
    feed, names = folder / "feed.json", {}
    with feed.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [\n')
        for number, row in enumerate(read_lines(collection)):
            names[f"https://checks.example/{number}"] = row["id"]
            item = {"@type": "DataFeedItem", "item": [as_review(number, row)]}
            file.write((",\n" if number else "") + json.dumps(item))
        file.write("\n]}\n")
    store = open_store(str(folder / "checks.db"), "bench")
    start = time.perf_counter()
    checkimports.import_checks(store, feed)
    stored = time.perf_counter()
    matching.index_meaning(store)
    told = f"{len(names)} checks: stored in {stored - start:.1f} s, meaning in {time.perf_counter() - stored:.1f} s"
    print(told, file=sys.stderr)
    return store, names


def main() -> None:
    """Rank every query and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("collection", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store, names = filled(given.collection, Path(folder))
        wall, cpu = [], []
        for query in read_lines(given.queries):
            start, busy = time.perf_counter(), time.thread_time()
            found, _ = matching.answers(store, query["text"], limit=RANKED, least=0.0)
            wall.append(time.perf_counter() - start)
            cpu.append(time.thread_time() - busy)
            print(json.dumps({"qid": query["id"], "ranked": [names[check.url] for check, *_ in found]}))
        store.close()
    for name, times in (("wall", sorted(wall[1:] or wall)), ("CPU", sorted(cpu[1:] or cpu))):
        half, most = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(f"one claim, {name}: p50 {half * 1000:.1f} ms, p99 {most * 1000:.1f} ms", file=sys.stderr)


if __name__ == "__main__":
    main()
