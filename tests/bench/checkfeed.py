"""A Data Commons feed of 100,000 invented items: parsing alone, the import, and the memory that it takes.

    python -m tests.bench.checkfeed [ITEMS]

CPU seconds. "Parsing" is what the import's own reader takes: a piece of the file at a time, because memory is bounded.
Beside it stand what a stream costs in C (ijson, where it is installed) and the standard library's parser of the whole
file at once. The limits: at most twice the parser, and 300 MB.
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

from workbench.claimreview import stream
from workbench.services import checkimports
from workbench.services.store import open_store


def write_feed(path: Path, items: int) -> None:
    """A feed whose items are about as long as real ones (1 KB)."""
    draw = random.Random(1)
    words = ["harbour", "council", "ferry", "storm", "report", "mole", "dredger", "quay", "tariff", "grant", "repair"]
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [\n')
        for number in range(items):
            claim = " ".join(draw.choices(words, k=11)) + f" {number}"
            review = {
                "@context": "http://schema.org", "@type": "ClaimReview",
                "url": f"https://desk{number % 40}.example/{number}",
                "claimReviewed": claim, "datePublished": "2026-01-01", "inLanguage": "en",
                "author": {"@type": "Organization", "name": "A Desk", "url": "https://desk.example/"},
                "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A. Person"},
                                 "datePublished": "2025-12-30", "appearance": [{"@type": "CreativeWork",
                                 "url": f"https://social.example/{number}"}]},
                "reviewRating": {"@type": "Rating", "ratingValue": "1", "bestRating": "5", "worstRating": "1",
                                 "alternateName": "False", "ratingExplanation": " ".join(draw.choices(words, k=30)),
                                 "image": f"https://desk.example/badges/{number}.png"},
                "sdPublisher": {"@type": "Organization", "name": "Fact Check Tools", "url": "https://tools.example/"},
            }  # fmt: skip
            item = {"@type": "DataFeedItem", "dateCreated": "2026-01-02T06:12:47+00:00",
                    "url": f"https://desk{number % 40}.example/{number}", "item": [review]}  # fmt: skip
            file.write((",\n" if number else "") + json.dumps(item))
        file.write("\n]}\n")


def parsed(path: Path) -> int:
    """Parse only."""
    with path.open(encoding="utf-8") as file:
        return sum(1 for _ in stream.Reader(file.read).elements())


def references(feed: Path) -> Iterator[tuple[str, float]]:
    """(name, CPU seconds) of other parsers over the feed; each in a process of its own, for the memory."""
    stream_in_c = f"import ijson; sum(1 for _ in ijson.items(open({str(feed)!r}, 'rb'), 'dataFeedElement.item'))"
    at_once = f"import json; json.load(open({str(feed)!r}, 'rb'))"
    for name, code in (("ijson", stream_in_c), ("json, the whole file at once", at_once)):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode == 0:
            yield name, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        feed = Path(name) / "feed.json"
        write_feed(feed, items)
        print(f"{items:,} items, {feed.stat().st_size / 1e6:.0f} MB")
        start = time.process_time()
        parsed(feed)
        ours = time.process_time() - start
        print(f"parsing: {ours:.1f} s")
        for name_of, took in references(feed):
            print(f"{name_of}: {took:.1f} s")
        with open_store(str(Path(name) / "s.db"), "bench") as store:
            start = time.process_time()
            done = checkimports.import_checks(store, feed)
            spent = time.process_time() - start
            print(f"import of {done.added:,}: {spent:.1f} s, {spent / ours:.1f} times our parser")
            start = time.process_time()
            checkimports.import_checks(store, feed)
            print(f"the same again: {time.process_time() - start:.1f} s")
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
