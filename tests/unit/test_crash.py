"""kill -9 at any moment: what was acknowledged is there and nothing is half done (many more: tests/bench/crash.py)."""

from __future__ import annotations

from pathlib import Path

from tests.bench import crash


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    tally = crash.run(tmp_path, 6, seed=4)

    assert [] == tally.broken
    assert sum(tally.acknowledged.values()) > 0
