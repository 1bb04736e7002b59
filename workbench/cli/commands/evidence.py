"""`workbench evidence add`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, Words, claim_id, examples
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import STANCES


@click.group(
    cls=Group, epilog=examples("workbench evidence add c12 --url https://example.org/contract --stance refutes")
)
def command() -> None:
    """Say what a verdict rests on."""


@command.command(
    epilog=examples(
        "workbench evidence add c12 --url https://example.org/contract --stance refutes",
        "workbench evidence add c12 --file transcript.txt --quote 'They went too far.'",
        "workbench evidence add c12 --file letter.pdf --stance context --confidential",
    )
)
@click.argument("claim")
@click.option("--url", type=TEXT, metavar="URL", help="Where it is published. Nothing is fetched.")
@click.option("--file", "path", metavar="FILE", help="A file; a copy is kept in the store.")
@click.option("--quote", type=TEXT, metavar="TEXT", help="The words that matter.")
@click.option(
    "--stance",
    type=Words(STANCES, "|".join(STANCES)),
    default="supports",
    show_default=True,
    help="What it says of the claim.",
)
@click.option("--confidential", is_flag=True, help="Leave it out of public reports.")
@pass_general
def add(
    general: General,
    claim: str,
    url: str | None,
    path: str | None,
    quote: str | None,
    stance: str,
    confidential: bool,
) -> None:
    """Add evidence to a claim: a URL or a file."""
    number = claim_id(claim)
    if (url is None) == (path is None):
        raise UsageError("give either --url or --file", "see workbench evidence add --help")
    from workbench.services import review

    _, action = review.add_evidence(
        general.open(),
        number,
        url=url,
        file=Path(path) if path is not None else None,
        quote=quote,
        stance=stance,  # type: ignore[arg-type]  # the option's type lets nothing else through
        confidential=confidential,
    )
    output.line(f"{action.label} · workbench undo takes it back")
