"""`workbench filters`: the saved filters of the desk."""

from __future__ import annotations

import click

from workbench.cli import messages, output
from workbench.cli.options import TEXT, examples
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError


@click.command(
    epilog=examples(
        "workbench filters",
        "workbench filters --save wire 'is:open outlet:menafn check>0.5'",
        "workbench filters --remove wire",
        "workbench mark --matching \"$(workbench filters wire)\" --status 'in review'",
    )
)
@click.argument("name", required=False)
@click.option("--save", nargs=2, type=TEXT, metavar="NAME FILTER", help="Keep a filter line of the desk under a name.")
@click.option("--remove", type=TEXT, metavar="NAME", help="Take a saved filter away.")
@pass_general
def command(general: General, name: str | None, save: tuple[str, str] | None, remove: str | None) -> None:
    """List the saved filters of the desk, or print one."""
    if sum(value is not None for value in (name, save, remove)) > 1:
        raise UsageError("a name, --save and --remove exclude each other", "give one of them")
    from workbench.services import saved

    if save is not None:
        output.line(f"{saved.save(general.open(), *save).label} · workbench undo takes it back")
    elif remove is not None:
        output.line(f"{saved.forget(general.open(), remove).label} · workbench undo takes it back")
    elif name is not None:
        output.line(saved.find(general.open(), name))
    else:
        store = general.open_for_list()
        found = saved.filters(store) if store is not None else {}
        output.fields(found.items())
        if store is not None and not found:
            output.finish()
            messages.remark("no filter is saved: workbench filters --save NAME FILTER keeps one, b on the queue too")
