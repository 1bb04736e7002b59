"""A large store: `python -m tests.bench.large [CLAIMS]` makes one of ready claims and times its lists.

Claims go in by the driver's executemany, as raw rows; what is timed is reading them as the desk does, in CPU
time, which other programs on the machine change least.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import driver
from workbench.records import SORTS, ClaimFilter
from workbench.services import lists
from workbench.services.filters import MARKS, format_filter
from workbench.services.store import Store, open_store

PER_ARTICLE, OUTLETS, SOURCES = 33, 40, 20_000
# Words as seldom as in a language: the second half as often as the first, and so on.
WORDS = ["harbour", "dues", "ferry", "council", "storm", "repair", "mayor", "bridge", "vote", "tax", "school"]
WORDS += [f"{word}{ending}" for word in WORDS for ending in ("s", "al", "ing", "less")]
WORDS += [f"{first}{second}" for first in WORDS for second in ("berg", "ton", "wick", "ville", "haven", "stead")]
WEIGHTS = [1 / (place + 1) for place in range(len(WORDS))]


def make(folder: Path, claims: int, *, filled: bool = True) -> Store:
    """A store of that many claims in articles of 33; without `filled` all but the claims."""
    store = open_store(str(folder / "large.db"), "ana")
    writer = driver.connect(store.path)
    articles = claims // PER_ARTICLE + 1
    writer.execute("BEGIN IMMEDIATE")
    for table, number in (("outlet", OUTLETS), ("source", SOURCES), ("family", claims // 30 + 1)):
        base = defaults(writer, table)
        insert(writer, table, iter([base | _named(table, n) for n in range(1, number + 1)]))
    writer.executemany(
        "INSERT INTO article (id, uid, identity, name, title, published, outlet_id, hidden, version_id)"
        " VALUES (?,?,?,?,?,?,?,0,?)",
        (
            (n, f"a{n}", f"name:\x1f{n}", f"n{n}", f"Article {n}", _day(n), n % OUTLETS + 1, n)
            for n in range(1, articles + 1)
        ),
    )
    insert(writer, "version", _versions(writer, articles))
    if filled:
        insert(writer, "claim", ready_claims(writer, claims))
    writer.execute("COMMIT")
    writer.close()
    return store


def _named(table: str, number: int) -> dict[str, Any]:
    own = {
        "family": {"size": 3, "text": "said"},
        "outlet": {"name": f"Outlet {number}"},
        "source": {"name": f"Person {number}", "kind": "person"},
    }
    return {"id": number, "uid": f"{table}{number}"} | own[table]


def _day(number: int) -> str:
    spread = number * 2654435761 >> 7  # no rhythm with the outlets
    return f"20{spread % 20 + 6:02d}-{spread // 20 % 12 + 1:02d}-{spread // 240 % 28 + 1:02d}"


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


def ready_claims(writer: driver.Connection, claims: int) -> Iterator[dict[str, Any]]:
    """Rows of the table `claim`, invented, the same each time."""
    base, pick = defaults(writer, "claim"), random.Random(7)
    for n in range(1, claims + 1):
        article = n // PER_ARTICLE + 1
        source = int(SOURCES ** pick.random())  # a few are heard often, most of them once or twice
        status = "open" if pick.random() < 0.9 else pick.choice(("checked", "waived", "approved", "in review"))
        judged = status in ("checked", "approved")
        family = n % (claims // 30) + 1 if n % 10 == 0 else None
        yield base | {
            "id": n, "uid": f"c{n}", "article_id": article, "born_version_id": article, "version_id": article,
            "kind": pick.choice(("direct", "mixed", "indirect", "statement", "statement")), "start": n % PER_ARTICLE,
            "end": 60, "text": " ".join(pick.choices(WORDS, WEIGHTS, k=9)), "check_worthiness": pick.random(),
            "status": status, "anchor_state": "as was" if pick.random() < 0.999 else "lost", "hedges": "[]",
            "numbers": "[]" if pick.random() < 0.7 else '["4"]', "negated": pick.random() < 0.1,
            "flags": "[]" if pick.random() < 0.995 else '["satire"]', "title": f"Article {article}",
            "outlet": f"Outlet {article % OUTLETS + 1}", "sort_date": _day(article), "source_id": source,
            "source_name": f"Person {source}", "source_kind": "anonymous" if source % 9 == 0 else "person",
            "sort_source": f"person {source}", "anonymity": "A", "stale": judged and pick.random() < 0.02,
            "truth": pick.choice(("true", "false", "mixed")) if judged else None,
            "attribution": "accurate" if judged and pick.random() < 0.3 else None,
            "family_id": family, "family_size": 3 if family else 0, "evidence_count": int(judged and n % 3 == 0),
            "family_alarm": "number" if family and n % 40 == 0 else None,
        }  # fmt: skip


PAGE, SEARCH, ANY = 5.0, 30.0, 50.0  # limits in milliseconds: one filter, a search, filters together
TIMES = 100
ONE = (
    *(ClaimFilter(kind=kind) for kind in ("direct", "statement")),
    *(ClaimFilter(status=status) for status in ("open", "checked", "in review")),
    *(ClaimFilter(verdict=verdict) for verdict in ("false", "accurate", "none")),
    *(ClaimFilter(source=source) for source in ("person 1", "person 17777")),
    *(ClaimFilter(), ClaimFilter(outlet="outlet 17"), ClaimFilter(article_id=777), ClaimFilter(family_id=77)),
    *(ClaimFilter(min_check=least) for least in (0.5, 0.99, 0.998)),
    *(ClaimFilter(since=day) for day in ("2015", "2025-12-01")),
    *(ClaimFilter(marks=frozenset({mark})) for mark in (*MARKS, "flag:satire")),
)
SEARCHES = ("ha", "dues", "ferry sto", "harbour dues", "schoolwick", "mayorton bridgehav")
TOGETHER = (
    ClaimFilter(kind="direct", outlet="outlet 17", marks=frozenset({"number", "open"})),
    ClaimFilter(source="person 2", since="2020", status="checked"),
    ClaimFilter(search="ferry", kind="mixed", marks=frozenset({"negated"})),
)


@dataclass
class Tally:
    """Figures that were measured, and how many broke their limit."""

    broken: int = 0

    def timed(self, what: str, limit: float, work: Callable[[], Any], times: int = TIMES) -> None:
        """Print median and 99th percentile of the CPU time of `work`, against a limit for the latter."""
        spent = []
        for _ in range(times):
            start = time.process_time()
            work()
            spent.append(1000 * (time.process_time() - start))
        late = sorted(spent)[min(int(0.99 * times), times - 1)]
        self.broken += late > limit
        sign = " " if late <= limit else "!"
        print(f"{sign} {statistics.median(spent):8.2f} {late:8.2f} of {limit:5.0f} ms  {what}", flush=True)


def measure(store: Store, claims: int, times: int = TIMES) -> int:
    """Time every list of the store; how many figures broke their limit."""
    tally, page = Tally(), lists.claim_rows
    print("    median      p99")
    for wanted in ONE:
        for sort in SORTS:
            named = f"page of 50 by {sort}, {format_filter(wanted) or 'no filter'}"
            tally.timed(named, PAGE, lambda w=wanted, s=sort: page(store, w, s, 0, 50), times)  # type: ignore[misc]
    for words in SEARCHES:
        wanted = ClaimFilter(search=words)
        tally.timed(f"search “{words}”", SEARCH, lambda w=wanted: page(store, w, "date", 0, 50), times // 5)  # type: ignore[misc]
    for wanted in TOGETHER:
        named = format_filter(wanted)
        tally.timed(f"page, {named}", ANY, lambda w=wanted: page(store, w, "check", 0, 50), times // 5)  # type: ignore[misc]
        tally.timed(f"count, {named}", ANY, lambda w=wanted: lists.tally(store, w), times // 5)  # type: ignore[misc]
    every, deep = ClaimFilter(), claims * 9 // 10
    for sort in SORTS:
        tally.timed(f"row {deep} by {sort}", ANY, lambda s=sort: page(store, every, s, deep, 50), times // 5)  # type: ignore[misc]
    tally.timed("counts and facets of all", ANY, lambda: lists.tally(store, every), times // 5)
    tally.timed("totals", ANY, lambda: lists.totals(store), times // 5)
    ahead = claims // 2
    tally.timed("next open claim", PAGE, lambda: lists.next_claim(store, every, "check", ahead, only_open=True))
    return tally.broken


def main() -> int:
    """Make the store and time its lists; exit status 1 when a limit is broken."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="workbench-large-") as folder:
        start = time.process_time()
        with make(Path(folder), claims) as store:
            spent, size = time.process_time() - start, store.path.stat().st_size >> 20
            print(f"{claims} claims stored in {spent:.0f} s of CPU, {size} MiB")
            broken = measure(store, claims)
    print(f"{broken} over their limit")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
