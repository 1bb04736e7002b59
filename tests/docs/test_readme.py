"""The README says what is so: its tour runs, its tables are those of the program, its pictures are there."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tests.docs.tables import README, TABLES, between, filled
from tests.docs.tour import Step, missing, section, steps, walk

SAMPLE = """
## Five minutes

```console
$ echo one; echo "two 2 three"
one
two … three
$ test -d seeds && echo here
…
```

## After

```console
$ false
```
"""


@pytest.fixture
def newcomer(tmp_path: Path) -> dict[str, str]:
    """A shell's environment: the program first on the path, everything it writes in the test's own folder."""
    with as_file(files("seeds")) as seeds:
        shutil.copytree(seeds, tmp_path / "seeds", ignore=shutil.ignore_patterns("__pycache__"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "WORKBENCH_DB": str(tmp_path / "tour.db")}


def test_the_tour_of_the_readme_does_what_it_shows(tmp_path: Path, newcomer: dict[str, str]) -> None:
    tour = list(steps(section(README.read_text(encoding="utf-8"), "Five minutes")))

    assert tour
    assert [] == walk(iter(tour), tmp_path, newcomer)


def test_the_runner_takes_the_blocks_of_one_section(tmp_path: Path, newcomer: dict[str, str]) -> None:
    tour = list(steps(section(SAMPLE, "Five minutes")))

    assert [
        Step('echo one; echo "two 2 three"', ("one", "two … three")),
        Step("test -d seeds && echo here", ("…",)),
    ] == tour
    assert [] == walk(iter(tour), tmp_path, newcomer)


def test_the_runner_tells_of_a_failed_command_and_of_each_line_that_is_not_there(
    tmp_path: Path, newcomer: dict[str, str]
) -> None:
    complaints = walk(iter([Step("echo a; exit 3", ("a", "b"))]), tmp_path, newcomer)

    assert ["$ echo a; exit 3: exit status 3: a\n", "$ echo a; exit 3: 'b' does not stand in: a\n"] == complaints


def test_lines_are_looked_for_whole_and_in_their_order() -> None:
    assert ["one"] == missing(("two", "one"), "one\ntwo\n")
    assert ["on"] == missing(("on",), "one\n")
    assert [] == missing(("…n…", "tw…"), "one\ntwo\n")


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_the_readme_are_those_of_the_program(name: str) -> None:
    assert TABLES[name]() == between(README.read_text(encoding="utf-8"), name), "run python -m tests.docs.tables"


def test_tables_are_put_between_their_marks_and_nothing_else_changes() -> None:
    bare = "a\n<!-- commands -->\nold\n<!-- /commands -->\nb\n<!-- keys -->\n<!-- /keys -->\nc\n"
    made = filled(bare)

    assert made == filled(made)
    assert ["a", "b", "c"] == [line for line in made.splitlines() if line in ("a", "b", "c", "old")]
    assert TABLES["keys"]() == between(made, "keys")


def test_every_picture_of_the_readme_is_in_the_project() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text(encoding="utf-8"))

    assert pictures
    assert [] == [name for name in pictures if not (README.parent / name).is_file()]
