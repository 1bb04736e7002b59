"""Leaving the demonstration in a real terminal: what becomes of its store is said, and how to keep one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import terminal

WORKBENCH = str(Path(sys.executable).parent / "workbench")


def test_leaving_the_demonstration_says_that_its_store_is_gone(
    needs: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmux = needs("tmux")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with terminal(tmux) as screen:
        screen.start([WORKBENCH, "demo"], tmp_path)
        screen.wait_for("claims open")
        screen.press("q")
        assert 0 == screen.wait_for_end()
        said = " ".join(screen.output().split())

    assert "the demonstration and its store are gone; workbench ingest FILE … makes a store that stays" in said
