"""`workbench mark`."""

from __future__ import annotations

from typing import Any

import click

from workbench.cli import output
from workbench.cli.options import TEXT, Words, claim_id, examples
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import JUDGEMENTS, STATUSES


@click.command(
    epilog=examples(
        "workbench mark c12 --truth false --explain 'The contract was cancelled in May.'",
        "workbench mark c12 c13 --attribution accurate",
        "workbench mark c14 --source 'Elon Musk' --flag missing-context",
        "workbench mark c15 --waive 'an opinion'",
        "workbench mark c12 --clear truth",
    )
)
@click.argument("claim", nargs=-1, required=True)
@click.option(
    "--truth", type=TEXT, metavar="LABEL", help="Is it so? A label, its key or its letter; a wrong one lists them."
)
@click.option("--attribution", type=TEXT, metavar="LABEL", help="Did this source say it, in these words?")
@click.option("--explain", type=TEXT, metavar="TEXT", help="The explanation of the verdict, in one sentence.")
@click.option("--rationale", type=TEXT, metavar="TEXT", help="The reasoning behind the verdict, as long as it takes.")
@click.option("--note", type=TEXT, metavar="TEXT", help="Add a note.")
@click.option(
    "--flag",
    "flags",
    type=TEXT,
    multiple=True,
    metavar="FLAG",
    help="Set a flag; may be repeated; a wrong one lists them.",
)
@click.option(
    "--unflag", "unflags", type=TEXT, multiple=True, metavar="FLAG", help="Take a flag away; may be repeated."
)
@click.option("--source", type=TEXT, metavar="NAME", help="Whose words these are.")
@click.option(
    "--wording", type=TEXT, metavar="TEXT", help="The claim as it is checked: one sentence that stands alone."
)
@click.option("--status", type=Words(STATUSES, "status"), help=f"One of {', '.join(STATUSES)}.")
@click.option("--waive", type=TEXT, metavar="REASON", help="Leave it unchecked, and say why.")
@click.option(
    "--clear",
    multiple=True,
    type=Words(JUDGEMENTS, "|".join(JUDGEMENTS)),
    help="Take that verdict away; may be repeated.",
)
@pass_general
def command(general: General, /, claim: tuple[str, ...], **given: Any) -> None:
    """Give verdicts, notes, flags, a source, a wording or a status.

    Several claims are marked in one action: one undo takes it back.
    """
    numbers = list(dict.fromkeys(claim_id(each) for each in claim))
    if not any(value is not None and value != () for value in given.values()):
        raise UsageError("nothing to mark was given", "name something such as --truth false; see workbench mark --help")
    from workbench.services import review

    action = review.mark(general.open(), numbers, **given)
    output.line(f"{action.label} · workbench undo takes it back")
