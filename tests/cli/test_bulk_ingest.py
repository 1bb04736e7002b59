"""Many files: read on every core, resumed cheaply, interrupted cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.articles import articles
from workbench.services.bulk import ALONE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More articles than are read in one process, one that is broken, and a batch."""
    made = tmp_path_factory.mktemp("many")
    for number, text in enumerate(articles(ALONE + 8, seed=5)):
        (made / f"{number:03}.txt").write_text(text[:600], encoding="utf-8")
    (made / "010b.pdf").write_bytes(b"%PDF-1.4\nbroken")
    (made / "zz.jsonl").write_text('{"text": "Ida Brandt said no."}\nbroken\n', encoding="utf-8")
    return made


def test_a_folder_is_stored_whole_with_a_summary_and_again_costs_no_reading(cli, folder: Path, tmp_path: Path) -> None:
    first = cli("ingest", str(folder))
    count = ALONE + 9

    assert (1, 2) == (first.status, len(first.errors))
    assert f"{count} stored, 0 unchanged, 0 new versions, 2 failed" == first.out.splitlines()[-1]
    assert count == len(cli("articles", "--json").out.splitlines())
    second = cli("ingest", str(folder))
    assert f"0 stored, {count} unchanged, 0 new versions, 2 failed" == second.out.splitlines()[-1]


def test_what_changed_is_read_again_and_the_rest_is_not(cli, folder: Path, tmp_path: Path) -> None:
    for name in ("001.txt", "002.txt"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    cli("ingest", str(tmp_path / "001.txt"), str(tmp_path / "002.txt"))
    (tmp_path / "002.txt").write_text("Ida Brandt said no. The pier is shut.", encoding="utf-8")

    assert cli("ingest", str(tmp_path / "001.txt"), str(tmp_path / "002.txt")).out.endswith(
        "0 stored, 1 unchanged, 1 new version, 0 failed\n"
    )
    renamed = tmp_path / "other.txt"
    renamed.write_bytes((tmp_path / "001.txt").read_bytes())
    assert "1 stored" in cli("ingest", str(renamed)).out
    assert "1 stored" in cli("ingest", str(renamed), "--outlet", "Courier").out


def test_an_undone_ingest_comes_back_when_it_is_done_again(cli, folder: Path) -> None:
    cli("ingest", str(folder / "001.txt"))
    cli("undo")

    assert "1 stored" in cli("ingest", str(folder / "001.txt")).out


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupt_keeps_what_is_done_and_says_so(cli, db: Path, folder: Path) -> None:
    program = [str(Path(sys.executable).parent / "workbench"), "--db", str(db), "ingest", str(folder)]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1, start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        started = time.monotonic()
        out, err = process.communicate(timeout=30)

    assert (130, "workbench: interrupted: what was stored before stays\n") == (process.returncode, err)
    assert time.monotonic() - started < 10
    counted = int(out.splitlines()[-1].split(" stored")[0])
    assert counted == len(cli("articles", "--json").out.splitlines()) > 0
