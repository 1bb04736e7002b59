"""`workbench doctor`."""

from __future__ import annotations

import click

from workbench.cli import messages, output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general


@click.command(epilog=examples("workbench doctor", "workbench --db other.db doctor"))
@pass_general
def command(general: General) -> None:
    """Say what is installed, where, and whether the store is sound."""
    from workbench.services import doctor

    findings = doctor.examine(general.location)
    output.fields([(each.name, each.value if each.ok else f"✗ {each.value}") for each in findings])
    broken = [each for each in findings if not each.ok]
    output.finish()
    for each in broken:
        messages.error(f"{each.name}: {each.value}", each.advice)
    if broken:
        raise messages.Failed
