"""One new quote against a store of many: `python -m tests.bench.newquote FOLDER [--new 1000]`.

FOLDER is what `make_quotes.py` wrote. All but some quotes go into the gram index of a new store; then each of those
kept back that has a partner is read, looked up and compared as ingest does it. Prints CPU milliseconds (p50, p99), the
share that found a partner (whole quotes, fragments) and the size of the index.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from db import candidates, driver
from tests.bench import stream
from workbench.match.forms import form_of, form_profile
from workbench.services.families import likely, related
from workbench.services.store import Store, open_store

BATCH = 20_000


def fill(store: Store, texts: Sequence[str], kept_back: set[int]) -> dict[int, list[int]]:
    """Put the forms of quotes into the index; form -> the quotes that have it."""
    found: dict[int, list[int]] = {}
    for begin in range(0, len(texts), BATCH):
        with store.writing() as session:
            for at in range(begin, min(begin + BATCH, len(texts))):
                form = form_of(texts[at])
                if at in kept_back or not form.text:
                    continue
                form_id = candidates.form(session, form.key)
                if form_id is None:
                    own = form_profile(form.text).grams
                    form_id = candidates.put_form(session, form.key, form.text, len(own.all), len(own.heavy))
                    candidates.put_grams(session, form_id, own.kept())
                found.setdefault(form_id, []).append(at)
    return found


def look(store: Store, text: str) -> tuple[float, set[int]]:
    """CPU seconds of reading, looking up and comparing one quote, and the forms that it is linked to."""
    with store.writing() as session:
        session.connection()
        started = time.process_time()
        form = form_of(text)
        known = candidates.form(session, form.key)
        found = set() if known is None else {known}
        own = form_profile(form.text)
        for other, theirs in likely(session, own.grams):
            if related(form.text, theirs) is not None:
                found.add(other)
        return time.process_time() - started, found


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


def measure(given: stream.Stream, count: int) -> None:
    """Fill a store, look up `count` quotes, print what it took."""
    chance = np.random.default_rng(11)
    kept_back = set(chance.choice(len(given.texts), count, replace=False).tolist())
    wanted = {at: others - kept_back for at, others in partners(given, kept_back).items()}
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/store.db", "bench") as store:
        held = fill(store, given.texts, kept_back)
        spent: list[float] = []
        hits: dict[bool, list[bool]] = {True: [], False: []}
        for at in sorted(kept_back):
            seconds, forms = look(store, given.texts[at])
            spent.append(seconds * 1000)
            if wanted.get(at):
                quotes: set[Any] = {quote for form in forms for quote in held.get(form, ())}
                hits[bool(given.truth["kind"][at] == stream.FRAGMENT)].append(not quotes.isdisjoint(wanted[at]))
        store.close()
        grams, words = index_mib(store.path)
    p50, p99 = np.percentile(spent, [50, 99])
    print(f"{len(given.texts)} quotes, {len(held)} forms: one new quote p50 {p50:.2f} ms, p99 {p99:.2f} ms CPU")
    print(f"hits: whole {np.mean(hits[False]):.4f} of {len(hits[False])}, fragments {np.mean(hits[True]):.4f}"
          f" of {len(hits[True])}")  # fmt: skip
    print(f"index {grams:.0f} MiB, forms with their words {words:.0f} MiB")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.newquote", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--new", type=int, default=1000)
    given = parser.parse_args(arguments)
    measure(stream.load(given.folder), given.new)


if __name__ == "__main__":
    main()
