"""`workbench settings`."""

from __future__ import annotations

import json as json_module

import click

from workbench.cli import output
from workbench.cli.options import TEXT, examples
from workbench.cli.settings import General, pass_general


@click.command(
    epilog=examples(
        "workbench settings                                    all of them",
        "workbench settings desk-name                          one of them",
        "workbench settings desk-name 'The Harbour Desk'",
        "workbench settings check-url 'https://desk.example/checks/{article}#{claim}'",
        "workbench settings publishers 'snopes.com, politifact.com'",
        "workbench settings licence ''                         take it away",
    )
)
@click.argument("name", required=False)
@click.argument("value", type=TEXT, required=False)
@click.option("--json", is_flag=True, help="JSON Lines: one object a line.")
@pass_general
def command(general: General, name: str | None, value: str | None, json: bool) -> None:
    """Show or change the desk's name, addresses and scales."""
    from workbench.errors import UsageError
    from workbench.services import settings

    if name is not None and value is not None:
        done = settings.change(general.open(create=True), name, value)
        output.line(f"{done.label} · workbench undo takes it back")
        return
    if name is not None and name not in settings.KNOWN:
        raise UsageError(f"unknown setting “{name}”", f"known are {', '.join(settings.KNOWN)}")
    known = settings.settings(general.open(create=True))
    for one in known:
        if name not in (None, one.name):
            continue
        if json:
            output.line(json_module.dumps({"name": one.name, "value": one.value, "default": one.default}))
        elif name is not None:
            output.line(one.value or one.default)
        else:
            shown = one.value or (f"– ({one.default})" if one.default else "–")
            output.line(f"{one.name:18} {shown}")
            output.line(f"{'':18} {one.help}")
