"""Running the command line inside the test process, on folders of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.cli.main import run


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of the command line did."""

    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


Cli = Callable[..., Result]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "WORKBENCH_DB", "WORKBENCH_REVIEWER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Iterator[Cli]:
    """Run the words as they are."""

    def call(*words: str, given: bytes | None = None) -> Result:
        before = sys.stdin
        if given is not None:
            sys.stdin = SimpleNamespace(buffer=io.BytesIO(given), isatty=lambda: False)  # type: ignore[assignment]
        try:
            capsys.readouterr()
            status = run(words)
            out, err = capsys.readouterr()
        finally:
            sys.stdin = before
        return Result(status, out, err)

    return call


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the store of this test lies."""
    return tmp_path / "store" / "test.db"


@pytest.fixture
def cli(bare: Cli, db: Path) -> Cli:
    """Run a command on the store of this test, as ana."""

    def call(*words: str, given: bytes | None = None) -> Result:
        return bare("--db", str(db), "--as", "ana", *words, given=given)

    return call
