"""`workbench remove`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.options import examples, parse_id
from workbench.cli.settings import General, pass_general

KINDS = {"c": "claim", "a": "article", "e": "evidence", "n": "note", "t": "transcript"}


@click.command(epilog=examples("workbench remove c12", "workbench remove a3 e4 n2 t1"))
@click.argument("thing", metavar="ID...", nargs=-1, required=True)
@pass_general
def command(general: General, thing: tuple[str, ...]) -> None:
    """Hide articles, claims, evidence, notes or transcripts.

    All of it is one action, and undo brings it back. A removed claim does not come back with a new reading. To
    overwrite the words of an article for good there is workbench purge.
    """
    wanted = [parse_id(each, KINDS) for each in thing]
    from workbench.services.removal import remove

    output.line(f"{remove(general.open(), wanted).label} · workbench undo takes it back")
