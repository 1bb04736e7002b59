"""`workbench note edit`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, examples, parse_id
from workbench.cli.settings import General, pass_general


@click.group(cls=Group, epilog=examples("workbench note edit n3 'The mayor confirmed it by telephone.'"))
def command() -> None:
    """Change notes; mark --note writes one, remove takes one away."""


@command.command(epilog=examples("workbench note edit n3 'The mayor confirmed it by telephone.'"))
@click.argument("note")
@click.argument("text", type=TEXT)
@pass_general
def edit(general: General, note: str, text: str) -> None:
    """Give a note other words."""
    _, number = parse_id(note, {"n": "note"})
    from workbench.services import notes

    output.line(f"{notes.edit(general.open(), number, text).label} · workbench undo takes it back")
