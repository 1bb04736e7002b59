"""One new quote against a store of many: `python -m tests.bench.newquote FOLDER [--new 1000] [--store FILE]`.

FOLDER is what `make_quotes.py` wrote. All but some quotes are put into a new store (or one that was filled so before),
those of one true sentence as one part. Then those kept back are placed one by one, as ingest does it: read, looked up,
compared, put into the index and joined. Prints CPU milliseconds (p50, p99) of all of it and of looking and comparing
alone, the share of those with a partner that found one (whole quotes, fragments) and the size of the index.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from db import candidates, driver, kin
from db.driver import Connection
from tests.bench import stream
from workbench.match.forms import form_of, form_profile
from workbench.services import nearby
from workbench.services.placing import Placing
from workbench.services.store import Store, open_store

BATCH = 20_000


def fill(store: Store, given: stream.Stream, kept_back: set[int]) -> None:
    """Put quotes into the index, the quotes of one sentence in one part."""
    sentence = np.full(len(given.texts), -1, np.int64)
    sentence[given.truth["eq"][::-1]] = given.truth["eb"][::-1]
    parts: dict[int, int] = {}
    connection = driver.connect(store.path)
    connection.execute("PRAGMA foreign_keys = OFF")  # the quotes have no claims here
    for begin in range(0, len(given.texts), BATCH):
        connection.execute("BEGIN")
        for at in range(begin, min(begin + BATCH, len(given.texts))):
            if at not in kept_back:
                _put(connection, given.texts[at], at, int(sentence[at]), parts)
        connection.execute("COMMIT")
    connection.close()


def _put(connection: Connection, text: str, at: int, sentence: int, parts: dict[int, int]) -> None:
    form = form_of(text)
    if not form.text:
        return
    form_id = candidates.form(connection, form.key)
    own = form_profile(form.text)
    if form_id is None:
        grams, count = own.grams, len(own.texts)
        form_id = candidates.put_form(connection, form.key, form.text, count, len(grams.all), len(grams.heavy))
        candidates.put_grams(connection, form_id, grams.kept())
    if sentence not in parts:
        parts[sentence] = kin.put_part(connection, (True, len(own.texts), form.key, "", "", ""), form_id)
    kin.put_quote(connection, (at, form_id, "", "", "", parts[sentence]))


def look(connection: Connection, text: str) -> float:
    """CPU seconds of reading, looking up and comparing one quote, nothing written."""
    form_profile.cache_clear()
    started = time.process_time()
    own = nearby.Own(form_profile(form_of(text).text), "", "", False)
    nearby.alike(connection, own, decided=False)
    return time.process_time() - started


def place(connection: Connection, text: str, at: int) -> tuple[float, set[int]]:
    """CPU seconds of placing one quote, and the parts that it joined, hangs by or is hung on by."""
    form_profile.cache_clear()
    started = time.process_time()
    change = Placing(connection)
    change.put_in([(kin.Shown(at, "", "", "", text, None), form_of(text))])
    change.settle()
    spent = time.process_time() - started
    part_id = kin.parts_of(connection, [at])[at]
    return spent, {part_id, *(other for other, _ in kin.neighbours(connection, part_id))}


def _said_by(connection: Connection, text: str, quotes: set[int]) -> bool:
    """Whether one of the quotes has just the words of a text: found, though words too light join nothing."""
    form_id = candidates.form(connection, form_of(text).key)
    rows = connection.execute("SELECT claim_id FROM quote WHERE form_id = ?", (form_id,))
    return not quotes.isdisjoint(row[0] for row in rows)


def partners(given: stream.Stream, chosen: set[int]) -> dict[int, set[int]]:
    """The true partners of the chosen quotes."""
    found: dict[int, set[int]] = {}
    for key in given.pairs[given.kinds < 3].tolist():
        one, other = key >> 32, key & 0xFFFFFFFF
        for mine, theirs in ((one, other), (other, one)):
            if mine in chosen:
                found.setdefault(mine, set()).add(theirs)
    return found


def index_mib(path: Path) -> tuple[float, float]:
    """MiB of the index of grams, and of the forms with their words and keys: the pages that dropping them frees."""
    connection = driver.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    page = driver.pragma(connection, "page_size")
    freed = [driver.pragma(connection, "freelist_count")]
    for table in ("quotegram", "quoteform"):
        connection.execute(f"DROP TABLE {table}")
        connection.commit()
        freed.append(driver.pragma(connection, "freelist_count"))
    connection.close()
    grams, forms = (after - before for before, after in pairwise(freed))
    return grams * page / 2**20, forms * page / 2**20


def measure(given: stream.Stream, count: int, path: Path, *, kept: bool) -> None:
    """Fill a store, place `count` quotes, print what it took; measuring the index wrecks a store that is not `kept`."""
    chance = np.random.default_rng(11)
    kept_back = set(chance.choice(len(given.texts), count, replace=False).tolist())
    wanted = {at: others - kept_back for at, others in partners(given, kept_back).items()}
    new = not path.exists()
    with open_store(str(path), "bench") as store:
        if new:
            fill(store, given, kept_back)
        looked, spent, hits = _placed(store, given, sorted(kept_back), wanted)
    for name, each in (("looking and comparing", looked), ("placing", spent)):
        p50, p99 = np.percentile(each, [50, 99])
        print(f"{len(given.texts)} quotes: {name} one new quote p50 {p50:.2f} ms, p99 {p99:.2f} ms CPU")
    print(f"hits: whole {np.mean(hits[False]):.4f} of {len(hits[False])}, fragments {np.mean(hits[True]):.4f}"
          f" of {len(hits[True])}")  # fmt: skip
    if new and not kept:
        grams, words = index_mib(path)
        print(f"index {grams:.0f} MiB, forms with their words {words:.0f} MiB")


def _placed(
    store: Store, given: stream.Stream, chosen: Sequence[int], wanted: dict[int, set[int]]
) -> tuple[list[float], list[float], dict[bool, list[bool]]]:
    looked: list[float] = []
    spent: list[float] = []
    hits: dict[bool, list[bool]] = {True: [], False: []}
    connection = driver.connect(store.path)
    connection.execute("PRAGMA foreign_keys = OFF")  # the quotes have no claims here
    connection.execute("BEGIN")
    for at in chosen:
        looked.append(look(connection, given.texts[at]) * 1000)
        seconds, parts = place(connection, given.texts[at], at)
        spent.append(seconds * 1000)
        if wanted.get(at):
            there = set(kin.parts_of(connection, wanted[at]).values())
            same = _said_by(connection, given.texts[at], wanted[at])
            found = same or not parts.isdisjoint(there)
            hits[bool(given.truth["kind"][at] == stream.FRAGMENT)].append(found)
    connection.execute("ROLLBACK")
    connection.close()
    return looked, spent, hits


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.newquote", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--new", type=int, default=1000)
    parser.add_argument("--store", type=Path, help="keep the filled store there, or use the one that is there")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measure(
            stream.load(given.folder), given.new, given.store or Path(folder) / "store.db", kept=given.store is not None
        )


if __name__ == "__main__":
    main()
