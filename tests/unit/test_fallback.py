"""Python's own, older SQLite: the rollback journal, fully synchronised, and everything works as with the newer one.

Each look is taken by a process of its own: two SQLite libraries in one process break each other's locks.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import driver
from tests.unit.store_samples import make_store, state
from workbench.services import review

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    sqlite3.sqlite_version_info >= (3, 51, 3) or not driver.WAL_IS_SAFE, reason="needs an old and a new SQLite library"
)


def _run(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {driver.CHOICE: "stdlib", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


_LOOK = """
import json, sys
from db import driver
from tests.unit.store_samples import state
from workbench.services.store import open_store
with open_store(sys.argv[1], "ana") as store:
    writer = driver.connect(store.path)
    modes = [driver.pragma(each, name) for each in (store.reader, writer) for name in ("journal_mode", "synchronous")]
    with store.writing() as session:
        modes.append(session.connection().exec_driver_sql("PRAGMA synchronous").scalar())
    writer.close()
    print(json.dumps([driver.sqlite.__name__, modes, state(store)]))
"""
_EXTRA = 3  # PRAGMA synchronous


def test_the_rollback_journal_is_used_with_its_folder_synchronised(tmp_path: Path) -> None:
    library, modes, _ = json.loads(_run("-c", _LOOK, str(tmp_path / "new.db")).stdout)

    assert "sqlite3" == library
    assert ["delete", _EXTRA, "delete", _EXTRA, _EXTRA] == modes


_LEAVE_A_LOG = """
import os, sys
from workbench.services import review
from workbench.services.store import open_store
store = open_store(sys.argv[1], "ana")
review.mark(store, [1], truth="true", note="in the log alone")
os._exit(0)
"""


def test_a_store_with_a_write_ahead_log_is_turned_round_and_back_and_loses_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        path = store.path
    subprocess.run([sys.executable, "-c", _LEAVE_A_LOG, str(path)], check=True, cwd=ROOT)
    assert path.with_name("desk.db-wal").stat().st_size > 0
    _, modes, seen = json.loads(_run("-c", _LOOK, str(path)).stdout)
    assert "delete" == modes[0]
    assert '"true"' in seen
    assert not path.with_name("desk.db-wal").exists()
    with make_store(tmp_path) as store:
        assert seen == state(store)
        assert "wal" == driver.pragma(store.reader, "journal_mode")


def test_an_old_library_waits_for_the_programs_that_use_the_write_ahead_log(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
        refused = _run("-m", "workbench", "--db", str(store.path), "claims", check=False)
        review.mark(store, [1], truth="false")

    assert 3 == refused.returncode
    assert "is held open by a program with another SQLite library" in refused.stderr
    assert 1 == len(refused.stderr.splitlines())


def test_the_doctor_tells_which_journal_is_used_and_why(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        path = store.path
    told = _run("-m", "workbench", "--db", str(path), "doctor").stdout

    assert "WORKBENCH_SQLITE chooses it" in told
    assert "rollback journal, every commit is synchronised" in told


def test_the_whole_path_works(tmp_path: Path) -> None:
    assert "verifies, head" in _run("-m", "workbench", "demo", "--check").stdout


def test_judging_crashing_and_several_processes_work() -> None:
    rooms = ("review", "processes", "crash")
    _run("-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/unit/test_{name}.py" for name in rooms))
