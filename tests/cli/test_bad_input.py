"""What is broken, foreign or unknown: one line, the documented status, and nothing of the store touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.cli.main import run

ARTICLE = """Pier to stay shut

Harbour master Ida Brandt said the pier “will not open before June.” The repair cost $2.4 million, she added.
Sources revealed that the contract was never signed.
"""


def _digests(folder: Path) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def pier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article and its store."""
    folder = tmp_path_factory.mktemp("pier")
    (folder / "pier.txt").write_text(ARTICLE, encoding="utf-8")
    assert 0 == run(["--db", str(folder / "pier.db"), "--as", "ana", "ingest", str(folder / "pier.txt")])
    return folder


@pytest.fixture
def stored(pier: Path, db: Path, tmp_path: Path) -> dict[str, str]:
    """A store with one article, which lies beside it; its files' digests."""
    db.parent.mkdir()
    shutil.copy(pier / "pier.db", db)
    shutil.copy(pier / "pier.txt", tmp_path)
    return _digests(db.parent)


def _empty_folder(folder: Path) -> Path:
    (folder / "hollow").mkdir()
    (folder / "hollow" / "picture.png").write_bytes(b"\x89PNG")
    return folder / "hollow"


def _file(name: str, data: bytes):
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


BAD_SOURCES = {
    "a missing file": lambda folder: folder / "missing.txt",
    "a folder without articles": _empty_folder,
    "an empty file": _file("empty.txt", b""),
    "white space": _file("blank.txt", b" \n\t\n"),
    "a binary file": _file("binary.txt", bytes(range(256)) * 20),
    "a pipe": _fifo,
    "a glob that matches nothing": lambda folder: folder / "*.nothing",
    "a file with an odd name": lambda folder: folder / "a\x1b[31m\nb.txt",
}


@pytest.mark.parametrize("what", BAD_SOURCES)
@pytest.mark.parametrize("verb", ["ingest", "extract"])
def test_a_bad_source_is_one_line_and_status_1(cli, db, stored, tmp_path: Path, verb: str, what: str) -> None:
    source = BAD_SOURCES[what](tmp_path)
    result = cli(verb, str(source))

    assert (1, 1) == (result.status, len(result.errors))
    assert result.err.startswith("workbench: ")
    assert "\x1b" not in result.err
    assert result.out == ("0 stored, 0 unchanged, 0 new versions, 1 failed\n" if verb == "ingest" else "")
    assert stored == _digests(db.parent)


@pytest.mark.parametrize("verb", ["ingest", "extract"])
def test_the_good_sources_beside_a_bad_one_are_done(cli, tmp_path: Path, verb: str) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    result = cli(verb, str(tmp_path / "missing.txt"), str(tmp_path / "good.txt"))

    assert (1, 1) == (result.status, len(result.errors))
    assert "good" in result.out


def test_each_broken_line_of_jsonl_is_named_and_the_others_are_stored(cli, tmp_path: Path) -> None:
    lines = ['{"id": "one", "text": "The pier said it would open."}', '{"id": "two", "text":', '{"id": 3.5, "text": 7}']
    (tmp_path / "batch.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = cli("ingest", str(tmp_path / "batch.jsonl"))

    assert (1, 2) == (result.status, len(result.errors))
    assert ["line 2" in result.errors[0], "line 3" in result.errors[1]] == [True, True]
    assert result.out.endswith("1 stored, 0 unchanged, 0 new versions, 2 failed\n")


UNKNOWN = [
    (["show", "c99"], 1, "there is no claim c99"),
    (["show", "a99"], 1, "there is no article a99"),
    (["show", "s99"], 1, "there is no source s99"),
    (["show", "f99"], 1, "there is no family f99"),
    (["show", "e99"], 1, "there is no evidence e99"),
    (["log", "c99"], 1, "there is no claim c99"),
    (["log", "a99"], 1, "there is no article a99"),
    (["mark", "c99", "--truth", "true"], 1, "there is no claim c99"),
    (["mark", "c1", "c99", "--truth", "true"], 1, "there is no claim c99"),
    (["mark", "c9223372036854775807", "--note", "x"], 1, "there is no claim c9223372036854775807"),
    (["evidence", "add", "c99", "--url", "https://a.example/"], 1, "there is no claim c99"),
    (["mark", "c1", "--truth", "flase"], 2, "unknown truth verdict 'flase': did you mean false?"),
    (["mark", "c1", "--attribution", "nonsense"], 2, "unknown attribution verdict 'nonsense': known are "),
    (["mark", "c1", "--flag", "nonsense"], 2, "unknown flag 'nonsense': known are "),
    (["mark", "c1", "--status", "done"], 2, "--status: unknown word “done”"),
    (["mark", "c1", "--clear", "both"], 2, "--clear: unknown word “both”"),
    (["claims", "--verdict", "flase"], 2, "--verdict: unknown label “flase”: did you mean false?"),
    (["evidence", "add", "c1", "--url", "https://a.example/", "--stance", "for"], 2, "--stance: unknown word “for”"),
    (["evidence", "add", "c1", "--file", "missing.pdf"], 1, "missing.pdf"),
    (["evidence", "add", "c1", "--url", "javascript:alert(1)"], 2, "javascript:alert(1)"),
    (["export", "--format", "odt"], 2, "--format: unknown word “odt”"),
    (["export", "--format", "md", "-o", "no/such/folder/x.md"], 1, "no/such/folder"),
    (["ingest", "pier.txt", "--format", "doc"], 2, "unknown format 'doc'"),
    (["ingest", "pier.txt", "--published", "yesterday"], 2, "'yesterday' is not a date"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status", "what"), UNKNOWN, ids=[" ".join(case[0]) for case in UNKNOWN])
def test_what_is_unknown_is_one_line_and_leaves_the_store(
    cli, db, stored, tmp_path, monkeypatch, words: list[str], status: int, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = cli(*words)

    assert (status, "", 1) == (result.status, result.out, len(result.errors))
    assert result.err.startswith(f"workbench: {what}") or what in result.err
    assert "Traceback" not in result.err
    assert stored == _digests(db.parent)


def test_undo_of_nothing_is_told(cli, stored) -> None:
    assert 0 == cli("undo").status

    result = cli("undo")
    assert (1, "", 1) == (result.status, result.out, len(result.errors))


# ---- stores that cannot be used ------------------------------------------------------------------------------------


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.close()


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * 3996
    path.write_bytes(data)


COMMANDS = [
    ["articles"], ["claims", "--json"], ["sources"], ["families"], ["show", "c1"], ["mark", "c1", "--truth", "true"],
    ["ingest", "pier.txt"], ["export", "--format", "json"], ["undo"], ["log", "--verify"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("spoil", ["foreign", "newer", "not a database", "a short file"])
def test_a_store_that_cannot_be_used_is_refused_byte_for_byte(
    cli, db, stored, tmp_path, monkeypatch, spoil: str, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for each in db.parent.iterdir():
        if spoil != "newer":
            each.unlink()
    if spoil == "foreign":
        _foreign(db)
    elif spoil == "newer":
        _newer(db)
    else:
        db.write_bytes(b"no" if spoil == "a short file" else b"\x00\x01\x02" * 5000)
    before = _digests(db.parent)
    result = cli(*words)

    assert (3, "", 1) == (result.status, result.out, len(result.errors))
    assert result.err.startswith(f"workbench: {db} ")
    assert before == _digests(db.parent)


def test_a_damaged_store_is_refused(cli, db, stored) -> None:
    _damaged(db)
    before = _digests(db.parent)
    result = cli("claims")

    assert (3, "", 1) == (result.status, result.out, len(result.errors))
    assert before == _digests(db.parent)


def test_another_kind_of_store_url_is_refused(bare) -> None:
    result = bare("--db", "postgresql://host/base", "claims")

    assert (3, "", 1) == (result.status, result.out, len(result.errors))


# ---- the world outside ---------------------------------------------------------------------------------------------


def _workbench(*words: str, **options) -> subprocess.Popen:
    program = [str(Path(sys.executable).parent / "workbench"), *words]
    return subprocess.Popen(program, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_under_stdout_is_one_line(cli, db, stored) -> None:
    with open("/dev/full", "wb") as full:
        process = _workbench("--db", str(db), "claims", "--json", stdout=full)
        _, err = process.communicate(timeout=30)

    assert (1, 1) == (process.returncode, len(err.splitlines()))
    assert err.startswith(b"workbench: cannot write the output: ")


def test_a_reader_that_leaves_is_no_error(cli, db, stored) -> None:
    process = _workbench("--db", str(db), "claims", "--json", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()

    assert (0, b"") == (process.wait(timeout=30), err)


SEARCHES = [
    '"', '"unclosed', "*", "NEAR(", "a:b", "AND", "-", "^pier", "pier*", "'", "%", "\\", "title:pier OR", "{", "\x00",
    "\ud800", "é" * 500,
]  # fmt: skip


@pytest.mark.parametrize("words", [["claims"], ["articles"], ["sources"], ["families"]], ids=" ".join)
def test_no_search_is_an_error(cli, stored, words: list[str]) -> None:
    for search in SEARCHES:
        result = cli(*words, "--search", search, "--json")

        assert (0, "") == (result.status, result.err)


def test_an_interrupt_is_status_130_and_stores_nothing(cli, db, stored, monkeypatch) -> None:
    class Interrupted:
        def read(self, count: int = -1) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Interrupted(), isatty=lambda: False))
    result = cli("ingest", "-")

    assert (130, ["workbench: interrupted: what was stored before stays"]) == (result.status, result.errors)
    assert stored == _digests(db.parent)


def test_closed_streams_are_no_crash(cli, db, stored) -> None:
    script = f'"{Path(sys.executable).parent / "workbench"}" --db "$0" claims <&- >&- 2>&-'
    done = subprocess.run(["sh", "-c", script, str(db)], capture_output=True, check=False)

    assert (0, b"", b"") == (done.returncode, done.stdout, done.stderr)


def test_a_terminal_without_unicode_gets_escapes(cli, db, stored) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    process = _workbench("--db", str(db), "claims", stdout=subprocess.PIPE, env=environment)
    out, err = process.communicate(timeout=30)

    assert (0, b"") == (process.returncode, err)
    assert b"\\u201cwill not open before June.\\u201d" in out


@pytest.mark.parametrize("verb", ["ingest", "extract"])
def test_a_file_name_of_odd_bytes_is_named_in_stand_ins(cli, tmp_path, verb: str) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J.txt"
    Path(os.fsdecode(name)).write_text(ARTICLE, encoding="utf-8")
    result = cli(verb, os.fsdecode(name))

    assert (0, "") == (result.status, result.err)
    assert "\x1b" not in result.out
    result.out.encode()


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_store_that_another_program_locks_is_told_within_seconds(cli, db, stored) -> None:
    # In another process: two SQLite libraries in one process do not see each other's locks.
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert "held\n" == holder.stdout.readline()
        result = cli("mark", "c1", "--truth", "true")
        holder.communicate("")

    assert (3, "", 1) == (result.status, result.out, len(result.errors))
    assert result.err.startswith(f"workbench: {db} is locked")
