"""Help: complete, with examples, and without importing what the commands need."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from workbench.actions import ACTIONS
from workbench.cli.main import COMMANDS, root

HEAVY = (
    "textual",
    "sqlmodel",
    "sqlalchemy",
    "rapidfuzz",
    "onnxruntime",
    "trafilatura",
    "lxml",
    "alembic",
    "jinja2",
    "db",
)


def _command(name: str) -> click.Command:
    command = root.get_command(click.Context(root), name)
    assert command is not None
    return command


def _modules_after(*words: str) -> set[str]:
    program = (
        "import sys\nfrom workbench.cli.main import run\nstatus = run(sys.argv[1:])\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\nraise SystemExit(status)"
    )
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["mark", "--help"]], ids=" ".join)
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    assert set() == _modules_after(*words) & set(HEAVY)


@pytest.mark.parametrize(
    "words", [["claims"], ["articles"], ["sources"], ["families"], ["show", "c1"], ["log"]], ids=" ".join
)
def test_reading_a_store_imports_neither_tables_nor_machine(cli, db, tmp_path, words: list[str]) -> None:
    (tmp_path / "a.txt").write_text("Pier shut\n\nIda Brandt said the pier “will not open.”\n", encoding="utf-8")
    assert 0 == cli("ingest", str(tmp_path / "a.txt")).status

    compares = {"rapidfuzz"} if words[0] == "show" else set()  # a quote is held against the others as it is shown
    assert set() == _modules_after("--db", str(db), *words) & (set(HEAVY) - {"db"} - compares)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_each_command_says_of_itself(name: str) -> None:
    assert COMMANDS[name][1] == (_command(name).help or "").strip().splitlines()[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_that_start_with_the_program(bare, name: str) -> None:
    result = bare(name, "--help")

    assert (0, "") == (result.status, result.err)
    assert (
        f"  workbench {name}" in result.out.partition("Examples:")[2]
        or f" {name}" in result.out.partition("Examples:")[2]
    )


def test_nested_commands_have_examples_too(bare) -> None:
    assert "workbench evidence add c12 --url" in bare("evidence", "add", "--help").out


def test_help_lists_every_command_in_the_order_of_the_work(bare) -> None:
    lines = bare("--help").out.partition("Commands:\n")[2].splitlines()

    assert list(COMMANDS) == [line.split()[0] for line in lines[: len(COMMANDS)]]


def test_the_version_is_that_of_the_package(bare) -> None:
    import workbench

    assert f"workbench {workbench.__version__}\n" == bare("--version").out


def test_bash_completes_commands(monkeypatch: pytest.MonkeyPatch, bare) -> None:
    monkeypatch.setenv("_WORKBENCH_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "workbench art")
    monkeypatch.setenv("COMP_CWORD", "1")

    assert "plain,articles\n" == bare().out


@pytest.mark.parametrize("name", sorted({action.command for action in ACTIONS if action.command}))
def test_every_action_of_the_desk_has_its_command(bare, name: str) -> None:
    assert 0 == bare(*name.split(), "--help").status
