"""Files that cannot be a store today: refused in one line, they and what lies beside them left byte for byte."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db import driver
from tests.unit.store_samples import make_store
from workbench.errors import StoreError
from workbench.services import doctor, evidence, review
from workbench.services.store import open_store


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article, closed, alone in its folder."""
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
    folder = tmp_path / "alone"
    folder.mkdir()
    return (tmp_path / "desk.db").rename(folder / "desk.db")


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 5000)


def _cut_far(path: Path) -> None:
    os.truncate(path, 4096)


def _cut_within_the_header(path: Path) -> None:
    os.truncate(path, 50)


def _no_schema(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write(bytes(4))


def _newer(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write((driver.SCHEMA + 1).to_bytes(4, "big"))


def _foreign(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(68)
        file.write(b"GPKG")


def _scribbled(path: Path) -> None:
    noise = random.Random(4).randbytes(4096)
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096, 3):
            file.seek(page * 4096)
            file.write(noise)


DAMAGES: dict[Callable[[Path], None], str] = {
    _cut: "is cut short",
    _cut_far: "is cut short",
    _cut_within_the_header: "is not a workbench store",
    _no_schema: "is damaged",
    _newer: "was written by a newer workbench",
    _foreign: "is not a workbench store",
    _scribbled: "is damaged",
}


@pytest.mark.parametrize(("damage", "says"), DAMAGES.items(), ids=[each.__name__ for each in DAMAGES])
def test_a_file_that_cannot_be_used_is_refused_and_left(path: Path, damage: Callable[[Path], None], says: str) -> None:
    damage(path)
    before = _files(path.parent)
    with pytest.raises(StoreError, match=says):
        open_store(str(path), "ana")

    assert before == _files(path.parent)


@pytest.mark.parametrize("damage", [_newer, _foreign, _no_schema])
def test_what_lies_beside_a_refused_file_is_left_too(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    path.with_name("desk.db-wal").write_bytes(b"a log of somebody else" * 99)
    path.with_name("desk.db-shm").write_bytes(bytes(32768))
    before = _files(path.parent)
    with pytest.raises(StoreError):
        open_store(str(path), "ana")

    assert before == _files(path.parent)


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_log_without_its_file_is_not_built_over(tmp_path: Path, ending: str, empty: bool) -> None:
    path = tmp_path / "desk.db"
    if empty:
        path.touch()
    path.with_name(f"desk.db{ending}").write_bytes(b"what was written last" * 99)
    before = _files(tmp_path)
    with pytest.raises(StoreError, match="is missing or empty, but its log is there"):
        open_store(str(path), "ana")

    assert before == _files(tmp_path)


def test_the_schema_that_stands_in_the_log_counts(path: Path) -> None:
    script = (  # leaves its log behind, as a program that was killed does
        "import os, sys; from pathlib import Path; from db import driver; c = driver.connect(Path(sys.argv[1]));"
        f"c.execute('PRAGMA user_version = {driver.SCHEMA + 1}'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    before = {name: data for name, data in _files(path.parent).items() if not name.endswith("-shm")}
    assert {"desk.db", "desk.db-wal"} == set(before)
    with pytest.raises(StoreError, match="was written by a newer workbench"):
        open_store(str(path), "ana")

    assert before == {name: data for name, data in _files(path.parent).items() if not name.endswith("-shm")}


def test_a_large_damaged_store_is_found_out_by_the_doctor(path: Path) -> None:
    connection = driver.connect(path)
    connection.execute("CREATE TABLE ballast (words TEXT)")
    connection.execute("INSERT INTO ballast SELECT hex(zeroblob(6000000))")
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claim_by_check'").fetchone()
    connection.execute("PRAGMA journal_mode = delete")
    connection.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(random.Random(4).randbytes(4096))
    findings = {finding.name: finding for finding in doctor.examine(str(path))}

    assert not findings["integrity"].ok
    assert "pages are damaged" in findings["integrity"].value


def test_the_doctor_says_what_is_damaged_in_a_store_that_is_refused(path: Path) -> None:
    _scribbled(path)
    before = _files(path.parent)
    findings = {finding.name: finding for finding in doctor.examine(str(path))}

    assert (False, False) == (findings["state"].ok, findings["integrity"].ok)
    assert "finding" in findings["integrity"].value
    assert before == _files(path.parent)


ALTERED = {
    "kept copies": ("UPDATE blob SET data = 'forged'", "1 altered (a1)"),
    "texts": ("UPDATE version SET text = replace(text, '4 percent', '5 percent')", "1 altered (a1 version 1)"),
    "spans": ("UPDATE anchor SET exact = 'other words' WHERE id = 1", "1 that do not fit their text (c1)"),
    "references": ("DELETE FROM source", "claim to source"),
}


@pytest.mark.parametrize(("name", "statement", "says"), [(name, *each) for name, each in ALTERED.items()], ids=ALTERED)
def test_the_doctor_finds_what_was_altered(path: Path, name: str, statement: str, says: str) -> None:
    connection = driver.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.close()
    findings = {finding.name: finding for finding in doctor.examine(str(path))}

    assert not findings[name].ok
    assert says in findings[name].value


def test_a_missing_copy_is_named_by_what_rested_on_it(path: Path, tmp_path: Path) -> None:
    paper = tmp_path / "minutes.txt"
    paper.write_text("The dues rose.")
    with open_store(str(path), "ana") as store:
        kept, _ = evidence.add(store, 1, file=paper)
    connection = driver.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM blob WHERE digest = ?", (kept.digest,))
    connection.close()
    findings = {finding.name: finding for finding in doctor.examine(str(path))}

    assert "1 missing (e1)" in findings["kept copies"].value
