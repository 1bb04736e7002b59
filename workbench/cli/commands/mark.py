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
        "workbench mark --matching 'outlet:menafn is:open check>0.7' --status 'in review'",
    )
)
@click.argument("claim", nargs=-1)
@click.option(
    "--matching",
    type=TEXT,
    metavar="FILTER",
    help="All that this filter line of the desk finds.",
)
@click.option("--keep", is_flag=True, help="Give a verdict only where none stands.")
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
def command(general: General, /, claim: tuple[str, ...], matching: str | None, keep: bool, **given: Any) -> None:
    """Give verdicts, notes, flags, a source, a wording or a status.

    Several claims are marked in one action: one undo takes it back.
    """
    if not claim and matching is None:
        raise UsageError("missing argument CLAIM...", "see workbench mark --help")
    if claim and matching is not None:
        raise UsageError("claims and --matching exclude each other", "give one of them")
    numbers = list(dict.fromkeys(claim_id(each) for each in claim))
    if not any(value is not None and value != () for value in given.values()):
        raise UsageError("nothing to mark was given", "name something such as --truth false; see workbench mark --help")
    if matching is None and not keep:
        from workbench.services import review

        action = review.mark(general.open(), numbers, **given)
        output.line(f"{action.label} · workbench undo takes it back")
        return
    from workbench.services import several
    from workbench.services.filters import parse_filter

    chosen = numbers if matching is None else parse_filter(matching)
    marked = several.mark_many(general.open(), chosen, keep=keep, **given)
    output.line(f"{marked.said} · workbench undo takes it back")
