"""The wheel alone is the program: it holds everything that runs, and goes the whole path without the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = ("workbench", "db", "seeds")
NEEDED = (
    "workbench/__main__.py",
    "workbench/tui/more.tcss",
    "workbench/tui/style.tcss",
    "workbench/language/lexicon/*.txt",
    "workbench/match/*.txt",
    "workbench/report/templates/*.html.j2",
    "workbench/report/templates/*.css.j2",
    "db/migrations/env.py",
    "db/migrations/versions/0001_*.py",
    "seeds/manifest.json",
    "seeds/scales.json",
    "seeds/bezos-musk-trump.txt",
    "seeds/LICENSES.md",
    "seeds/*/*.txt",
    "seeds/*/*.html",
    "seeds/*/*.jsonl",
    "workbench-*.dist-info/licenses/LICENSE",
    "workbench-*.dist-info/entry_points.txt",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the source tree, built with the build tool that stands here: no registry is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PROJECT)], folder)
    (made,) = folder.glob("*.whl")
    return made


def _run(words: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        words, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def _names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.parametrize("pattern", NEEDED)
def test_the_wheel_holds_what_runs(wheel: Path, pattern: str) -> None:
    assert [name for name in _names(wheel) if fnmatch(name, pattern)]


def test_the_wheel_holds_the_three_packages_whole_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in _names(wheel) if ".dist-info/" not in name}
    here = {
        path.relative_to(PROJECT).as_posix()
        for package in PACKAGES
        for path in (PROJECT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert here == packed


def test_the_wheel_walks_the_whole_path_alone(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(site)]
    _run([*pip, str(wheel)], elsewhere)
    # -S leaves out the .pth files, by which the source tree would be importable; the dependencies stay.
    paths = [str(site), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    alone = [sys.executable, "-S"]
    found = _run([*alone, "-c", "import workbench, db, seeds\nfor one in (workbench, db, seeds): print(one.__file__)"],
                 elsewhere, PYTHONPATH=os.pathsep.join(paths))  # fmt: skip
    said = _run([*alone, str(site / "bin" / "workbench"), "demo", "--check"],
                elsewhere, PYTHONPATH=os.pathsep.join(paths))  # fmt: skip

    assert [True] * 3 == [Path(line).is_relative_to(site) for line in found.splitlines()]
    assert "every span exact" in said
    assert "verifies" in said.splitlines()[-1]
    assert [] == list(elsewhere.iterdir())
