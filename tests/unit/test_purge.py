"""Purging: the words are gone from the file's bytes, the history still verifies, and what is left says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import driver
from tests.unit.store_samples import make_store, put, rows
from workbench.errors import ConflictError, NotFoundError
from workbench.services import doctor, evidence, history, lists, purging, rebuild, review, show, sources
from workbench.services.store import Store, open_store

SECRET = (
    "Quilligan affair widens\n"
    "Minister Zebedee Quilligan said “the xylophone contract may be worth $77 million”.\n"
    "The council of Ostwick raised harbour dues by 4 percent on Monday.\n"
)
WORDS = ("Quilligan", "Zebedee", "xylophone", "zanzibar", "quetzal", "wolfram", "yggdrasil", "affidavit")


def _store(folder: Path) -> Store:
    store = make_store(folder)
    put(store, SECRET, name="quilligan-affair")
    put(store, SECRET.replace("may be worth", "is worth"), name="quilligan-affair")
    secret = next(row for row in rows(store) if "xylophone" in row.text)
    (folder / "affidavit.txt").write_text("yggdrasil, the kept copy")
    review.mark(store, [secret.id], attribution="accurate", explain="Heard in zanzibar.", note="Ask quetzal.")
    review.mark(store, [secret.id], wording="The wolfram contract.", source="Zebedee Quilligan")
    evidence.add(store, secret.id, file=folder / "affidavit.txt", quote="yggdrasil")
    history.undo(store)
    history.redo(store)
    return store


def _bytes(path: Path) -> bytes:
    """Everything in the store's files, in one case."""
    return b"".join(
        each.read_bytes().lower() for each in path.parent.glob(f"{path.name}*") if not each.name.endswith(".backup")
    )


def test_after_a_purge_no_byte_of_the_words_is_left_in_the_file_or_its_log(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        before = _bytes(store.path)
        done = purging.purge(store, 2)
        after = _bytes(store.path)

        assert (2, 3, True) == (done.texts, done.copies, done.swept)
        for word in WORDS:
            assert word.lower().encode() in before, word
            assert word.lower().encode() not in after, word
        assert b"harbour dues" in after
    assert not any(word.lower().encode() in _bytes(tmp_path / "desk.db") for word in WORDS)


def test_the_chain_still_verifies_and_every_check_holds(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        before = history.verify(store)
        purging.purge(store, 2)
        chain = history.verify(store, before.head)

        assert (True, before.length + 1, before.length) == (chain.ok, chain.length, chain.noted_at)
        assert () == rebuild.rebuild(store).differing
    assert [] == [finding for finding in doctor.examine(str(tmp_path / "desk.db")) if not finding.ok]


def test_the_rest_of_the_store_stays_as_it_was(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        other = [row for row in rows(store) if row.article_id == 1]
        purging.purge(store, 2)

        assert other == rows(store)
        assert [1] == [row.id for row in lists.article_rows(store)]
        assert [] == lists.claim_rows(store, lists_filter("xylophone"))


def lists_filter(words: str) -> object:
    from workbench.records import ClaimFilter

    return ClaimFilter(search=words)


def test_a_purge_cannot_be_undone_and_says_so(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        review.mark(store, [rows(store)[0].id], truth="true")
        purging.purge(store, 2)
        with pytest.raises(ConflictError, match="a purge cannot be taken back"):
            history.undo(store)
        with pytest.raises(NotFoundError, match="a2 was purged on"):
            purging.purge(store, 2)
        with pytest.raises(NotFoundError, match="a2 was purged on"):
            show.article_view(store, 2)


def test_another_reviewer_cannot_bring_purged_words_back(tmp_path: Path) -> None:
    with _store(tmp_path) as store, open_store(str(store.path), "bob") as bob:
        secret = next(row for row in rows(store) if "xylophone" in row.text)
        review.mark(bob, [secret.id], truth="false")
        purging.purge(store, 2)
        with pytest.raises(ConflictError, match="was purged since"):
            history.undo(bob)


def test_a_source_whose_merge_was_purged_stands_alone_again(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        one, other = (row.id for row in lists.source_rows(store, limit=2))
        sources.merge(store, other, one)
        purging.purge(store, 1)

        assert () == rebuild.rebuild(store).differing


def test_the_same_text_may_come_in_again_as_another_article(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        purging.purge(store, 2)
        outcome = put(store, SECRET, name="quilligan-affair")

        assert ("stored", 3) == (outcome.status, outcome.article_id)
        assert SECRET == show.article_view(store, 3).text
        assert [] == [finding for finding in doctor.examine(str(store.path)) if not finding.ok]


def test_an_article_with_the_same_text_is_left_alone_and_named(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        put(store, SECRET, name="copy", outlet="Another Outlet")
        done = purging.purge(store, 2)

        assert (3,) == done.twins
        assert SECRET == show.article_view(store, 3).text
        assert [] == [finding for finding in doctor.examine(str(store.path)) if not finding.ok]


def test_a_reader_that_holds_old_pages_is_told_of(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        other = driver.connect(store.path)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM claim").fetchone()
        held = purging.purge(store, 2).swept
        other.execute("COMMIT")
        other.close()

        assert (False, True) == (held, purging.sweep(store))
        assert not any(word.lower().encode() in _bytes(store.path) for word in WORDS)


def test_words_that_vanish_without_a_purge_break_the_chain(tmp_path: Path) -> None:
    with _store(tmp_path) as store:
        pass
    connection = driver.connect(tmp_path / "desk.db")
    emptied = "\"before\" = 'null', \"after\" = 'null', why = NULL, salt = '', purged = 1"
    connection.execute(f"UPDATE event SET {emptied} WHERE seq = 3")
    connection.close()
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        chain = history.verify(store)

        assert (False, 3) == (chain.ok, chain.broken_at)
        assert "no purge accounts" in (chain.what or "")
