"""`workbench demo`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from workbench.cli import messages, output
from workbench.cli.desk import need_terminal, open_desk
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError

GONE = "the demonstration and its store are gone; workbench ingest FILE … makes a store that stays, workbench opens it"


@click.command(epilog=examples("workbench demo", "workbench demo --check"))
@click.option("--check", is_flag=True, help="Do the whole path without a screen and say what was done.")
@pass_general
def command(general: General, check: bool) -> None:
    """Open the desk on a throw-away store that holds the seeds.

    The store lies in a temporary folder and goes when the desk closes.
    """
    if general.db is not None:
        raise UsageError("demo makes a store of its own and --db names another", "leave --db out")
    if not check:
        need_terminal()
    with tempfile.TemporaryDirectory(prefix="workbench-demo-") as name:
        folder = Path(name)
        location = folder / "demo.db"
        if check:
            _check(location, general.reviewer, folder)
        else:
            _seed(location, general.reviewer)
            open_desk(str(location), general.reviewer)
    if not check:
        output.finish()
        messages.remark(GONE)


def _check(location: Path, reviewer: str, folder: Path) -> None:
    from workbench.services import demo
    from workbench.services.store import open_store

    with open_store(str(location), reviewer) as store:
        for each in demo.run_check(store, folder):
            output.line(each)


def _seed(location: Path, reviewer: str) -> None:
    from workbench.services import demo
    from workbench.services.store import open_store

    with open_store(str(location), reviewer) as store:
        demo.seed(store, messages.ProgressLine())
    messages.clear_progress()
