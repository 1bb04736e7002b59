"""Several processes on one store: no lock error, no lost update, and one line when a lock never ends."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from db import driver
from tests.unit.store_samples import HARBOUR, make_store, rows
from workbench.errors import ConflictError, StoreError
from workbench.services import doctor, history, lists, review, show
from workbench.services.ingest import ingest
from workbench.services.store import Store, open_store

WRITERS, INGESTERS, ROUNDS, ARTICLES = 8, 2, 6, 4


def _count_up(path: str, name: str) -> None:
    """Raise the number that stands as the wording of each of two claims by one, `ROUNDS` times, as one who looks."""
    with open_store(path, name) as store:
        for number in range(ROUNDS):
            claim = 1 + number % 2
            while True:
                card = show.claim_card(store, claim)
                raised = str(int(card.row.wording or 0) + 1)
                try:
                    review.mark(store, [claim], wording=raised, revision=card.revision)
                    break
                except ConflictError as told:
                    if "has changed since you saw it" not in told.what:
                        raise


def _take_in(path: str, folder: str) -> None:
    with open_store(path, "desk") as store:
        for outcome in ingest(store, [folder]):
            assert "stored" == outcome.status


def test_eight_that_judge_and_two_that_ingest_lose_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        path = str(store.path)
        start = history.head(store)[0]
    folders = [tmp_path / f"in{number}" for number in range(INGESTERS)]
    for folder in folders:
        folder.mkdir()
        for number in range(ARTICLES):
            (folder / f"{folder.name}-{number}.txt").write_text(HARBOUR.replace("Ostwick", f"Oak {folder} {number}"))
    context = multiprocessing.get_context("fork")  # nothing is open here, and the imports are paid for once
    workers = [context.Process(target=_count_up, args=(path, f"reviewer{number}")) for number in range(WRITERS)]
    workers += [context.Process(target=_take_in, args=(path, str(folder))) for folder in folders]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [0] * len(workers) == [worker.exitcode for worker in workers]
    with open_store(path, "ana") as store:
        shown = {row.id: row for row in rows(store)}
        assert [str(WRITERS * ROUNDS // 2)] * 2 == [shown[1].wording, shown[2].wording]
        assert 1 + INGESTERS * ARTICLES == lists.totals(store).articles
        assert start + WRITERS * ROUNDS + 2 * INGESTERS * ARTICLES == history.head(store)[0]
    assert [] == [finding for finding in doctor.examine(path) if not finding.ok]


def test_a_lock_that_never_ends_gives_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.2)
    with make_store(tmp_path) as store:
        holder = driver.connect(store.path)
        holder.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(StoreError, match="is locked by another program"):
            review.mark(store, [1], truth="true")
        assert time.monotonic() - started < 5
        holder.execute("COMMIT")
        holder.close()
        review.mark(store, [1], truth="true")

        assert "true" == show.claim_card(store, 1).row.truth


def test_readers_go_on_while_a_writer_works(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, Store(store.path, "bob") as other, store.writing() as session:
        session.connection()  # begins the transaction
        assert rows(other)
