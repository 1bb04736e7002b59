"""Keeping a store by commands: backup, migrate, doctor --rebuild, log --verify --head."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from db import driver

ARTICLE = b"Harbour dues to rise\nMayor Ada Brandt said \xe2\x80\x9cthe quay may be closed until 12 May\xe2\x80\x9d.\n"
GOLDEN = Path(__file__).parents[1] / "golden" / "store-1.db.gz"


@pytest.fixture
def judged(cli):
    """The command line on a store with one article and a verdict."""
    assert 0 == cli("ingest", "-", given=ARTICLE).status
    assert 0 == cli("mark", "c1", "--truth", "true").status
    return cli


def _fields(out: str) -> dict[str, str]:
    return {name.strip(): value for name, value in (line.split("  ", 1) for line in out.splitlines() if "  " in line)}


def _sql(path: Path, *statements: str) -> None:
    connection = driver.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_backup_says_what_it_holds_and_is_a_store(judged, bare, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    told = _fields(judged("backup", str(copy)).out)
    verified = _fields(bare("--db", str(copy), "log", "--verify").out)

    assert (told["entries"].strip(), told["head"].strip()) == (verified["entries"].strip(), verified["head"].strip())
    assert judged("claims", "--json").out == bare("--db", str(copy), "claims", "--json").out


def test_a_backup_overwrites_nothing(judged, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"a diary")
    refused = judged("backup", str(copy))

    assert (1, 1) == (refused.status, len(refused.errors))
    assert "is there already" in refused.err
    assert b"a diary" == copy.read_bytes()


def test_a_store_that_is_not_there_is_not_copied(cli, tmp_path: Path) -> None:
    refused = cli("backup", str(tmp_path / "copy.db"))

    assert (3, False) == (refused.status, (tmp_path / "copy.db").exists())


def test_a_head_that_a_report_noted_is_found_until_entries_are_cut(judged, db: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    judged("export", "--format", "md", "-o", str(report))
    head = _fields(judged("log", "--verify").out)["head"].strip()
    assert head in report.read_text(encoding="utf-8")
    judged("mark", "c1", "--truth", "false")
    later = judged("log", "--verify", "--head", head[:12].upper())
    assert (0, "") == (later.status, later.err)
    assert f"the head {head[:12]} is that of entry 4 of 5" in later.out

    _sql(db, "DROP TRIGGER event_no_delete", "DELETE FROM event WHERE seq > 3")
    cut = judged("log", "--verify", "--head", head)
    assert 0 == judged("log", "--verify").status
    assert (1, 1) == (cut.status, len(cut.errors))
    assert "no entry has the head" in cut.err


@pytest.mark.parametrize(
    "words", [("--verify", "--head", "short"), ("--verify", "--head", "xyz" * 9), ("--head", "a" * 64)]
)
def test_a_head_that_is_none_is_wrong_usage(judged, words: tuple[str, ...]) -> None:
    assert 2 == judged("log", *words).status


def test_rebuilding_says_what_differed_and_puts_it_right(judged, db: Path) -> None:
    assert "everything stands as the history says" in judged("doctor", "--rebuild").out
    _sql(db, "UPDATE claim SET status = 'approved'")
    told = judged("doctor", "--rebuild")

    assert 1 == told.status
    assert "claim status: 1 differed (c1)" in told.out
    assert 0 == judged("doctor", "--rebuild").status
    assert '"status": "checked"' in judged("claims", "--json").out


def test_migrating_says_what_it_did_and_then_that_nothing_is_to_do(cli, db: Path) -> None:
    db.parent.mkdir()
    db.write_bytes(gzip.decompress(GOLDEN.read_bytes()))
    first, second = cli("migrate"), cli("migrate")

    assert f"was upgraded from schema 1 to {driver.SCHEMA}" in first.out
    assert db.with_name("test.db.schema-1.backup").exists()
    assert f"has schema {driver.SCHEMA}, which is current: nothing to do" in second.out
    assert (0, 0) == (first.status, second.status)


@pytest.mark.parametrize("words", [("migrate",), ("backup", "copy.db"), ("doctor", "--rebuild"), ("log", "--verify")])
def test_a_foreign_file_is_refused_in_one_line_and_left(cli, db: Path, words: tuple[str, ...]) -> None:
    db.parent.mkdir()
    db.write_bytes(b"a shopping list\n" * 100)
    refused = cli(*words)

    assert (3, 1) == (refused.status, len(refused.errors))
    assert b"a shopping list\n" * 100 == db.read_bytes()
    assert [db] == list(db.parent.iterdir())
