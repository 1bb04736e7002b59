"""A large store: `python -m tests.bench.large [CLAIMS]` makes one of ready claims and times its lists (CPU and wall).

Claims go in by the driver's executemany, as raw rows; what is timed is reading them as the desk does.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from db import driver
from workbench.records import SORTS, ClaimFilter
from workbench.services import lists
from workbench.services.store import Store, open_store

PER_ARTICLE = 33
WORDS = ["harbour", "dues", "ferry", "council", "storm", "repair", "mayor", "bridge", "vote", "tax", "school"]


def make(folder: Path, claims: int) -> Store:
    """A store of that many claims in articles of 33."""
    store = open_store(str(folder / "large.db"), "ana")
    writer = driver.connect(store.path)
    articles = claims // PER_ARTICLE + 1
    writer.execute("BEGIN IMMEDIATE")
    writer.executemany(
        "INSERT INTO article (id, uid, identity, name, title, published, hidden, version_id) VALUES (?,?,?,?,?,?,0,?)",
        ((n, f"a{n}", f"name:\x1f{n}", f"n{n}", f"Article {n}", _day(n), n) for n in range(1, articles + 1)),
    )
    insert(writer, "version", _versions(writer, articles))
    insert(writer, "claim", _claims(writer, claims))
    writer.execute("COMMIT")
    writer.close()
    return store


def _day(number: int) -> str:
    return f"20{number % 20 + 6:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def defaults(writer: driver.Connection, table: str) -> dict[str, Any]:
    """A value for each column that may not be null."""
    columns = writer.execute(f"PRAGMA table_info({table})").fetchall()
    return {
        name: (0 if kind.startswith(("INTEGER", "BOOLEAN", "FLOAT")) else "") if required else None
        for _, name, kind, required, _, _ in columns
    }


def insert(writer: driver.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    names = list(defaults(writer, table))
    marks = ",".join("?" * len(names))
    listed = ",".join(f'"{name}"' for name in names)
    writer.executemany(
        f"INSERT INTO {table} ({listed}) VALUES ({marks})", ([row[name] for name in names] for row in rows)
    )


def _versions(writer: driver.Connection, articles: int) -> Iterator[dict[str, Any]]:
    base = defaults(writer, "version")
    for n in range(1, articles + 1):
        yield base | {"id": n, "uid": f"v{n}", "article_id": n, "number": 1, "text": "x" * 80, "details": "{}"}


def _claims(writer: driver.Connection, claims: int) -> Iterator[dict[str, Any]]:
    base, pick = defaults(writer, "claim"), random.Random(7)
    for n in range(1, claims + 1):
        article = n // PER_ARTICLE + 1
        name = f"Person {pick.randrange(20_000)}"
        yield base | {
            "id": n, "uid": f"c{n}", "article_id": article, "born_version_id": article, "version_id": article,
            "kind": pick.choice(("direct", "mixed", "indirect", "statement")), "start": n % PER_ARTICLE, "end": 60,
            "text": " ".join(pick.choices(WORDS, k=9)), "check_worthiness": pick.random(), "status": "open",
            "anchor_state": "as was", "hedges": "[]", "numbers": "[]", "flags": "[]", "title": f"Article {article}",
            "outlet": f"Outlet {article % 40}", "sort_date": _day(article), "source_name": name,
            "source_kind": "person", "sort_source": name.casefold(), "anonymity": "A",
        }  # fmt: skip


def timed(what: str, work: Callable[[], Any], times: int = 20) -> None:
    """Print median and worst wall time of `work`, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - start))
    print(f"{statistics.median(spent):9.2f} ms median {max(spent):9.2f} ms worst  {what}", flush=True)


def main() -> int:
    """Make the store and time its lists."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    every = ClaimFilter()
    with tempfile.TemporaryDirectory(prefix="workbench-large-") as folder:
        start = time.process_time()
        store = make(Path(folder), claims)
        spent, size = time.process_time() - start, store.path.stat().st_size >> 20
        print(f"{claims} claims stored in {spent:.0f} s of CPU, {size} MiB")
        for sort in SORTS:
            timed(f"first page of 50 by {sort}", lambda sort=sort: lists.claim_rows(store, every, sort, 0, 50))
            deep = claims * 9 // 10
            timed(f"page at row {deep} by {sort}", lambda s=sort, d=deep: lists.claim_rows(store, every, s, d, 50), 3)
        for wanted in (ClaimFilter(kind="direct"), ClaimFilter(status="open"), ClaimFilter(source="person 77")):
            timed(
                f"page of 50, {wanted.kind or wanted.status or wanted.source}",
                lambda w=wanted: lists.claim_rows(store, w, "check", 0, 50),
                5,
            )
        timed(
            "search “ferry sto”", lambda: lists.claim_rows(store, replace(every, search="ferry sto"), "date", 0, 50), 3
        )
        timed("count of all", lambda: lists.count_claims(store, every), 3)
        timed("facets of all", lambda: lists.facets(store, every), 1)
        timed("totals", lambda: lists.totals(store), 3)
        timed("next open claim", lambda: lists.next_claim(store, every, "check", claims // 2, only_open=True))
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
