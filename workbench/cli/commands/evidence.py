"""`workbench evidence add`, `edit` and `remove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import messages, output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, Words, claim_id, examples, parse_id, web_options
from workbench.cli.settings import General, pass_general
from workbench.errors import InputError, UsageError
from workbench.records import STANCES

if TYPE_CHECKING:
    from workbench.services.store import Store


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
@click.option("--url", type=TEXT, metavar="URL", help="Where it is published; a copy of the page is fetched and kept.")
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
@click.option("--independent/--derivative", default=None, help="Whether it stands on its own or repeats another.")
@click.option("--no-fetch", is_flag=True, help="Keep the address alone, ask no host.")
@web_options
@pass_general
def add(
    general: General,
    claim: str,
    url: str | None,
    path: str | None,
    quote: str | None,
    stance: str,
    confidential: bool,
    independent: bool | None,
    no_fetch: bool,
    web: dict[str, Any],
) -> None:
    """Add evidence to a claim: a URL or a file.

    A page is fetched and its bytes kept, so that it can be shown later what it said. Where that fails the address is
    kept alone, and the reason is told.
    """
    number = claim_id(claim)
    if (url is None) == (path is None):
        raise UsageError("give either --url or --file", "see workbench evidence add --help")
    from workbench.services import evidence as service

    store = general.open()
    page = None if url is None or no_fetch else _fetched(store, number, url, web)
    kept, action = service.add(
        store,
        number,
        page=page,
        url=url,
        file=Path(path) if path is not None else None,
        quote=quote,
        stance=stance,  # type: ignore[arg-type]  # the option's type lets nothing else through
        confidential=confidential,
        independent=independent,
    )
    copy = "copy kept" if kept.digest else "no copy kept"
    output.line(f"{action.label} · {copy} · workbench undo takes it back")


def _fetched(store: Store, claim: int, url: str, web: dict[str, Any]) -> bytes | None:
    """The bytes of the page; None and a remark where they cannot be had. Asks no host for a claim that is not there."""
    from workbench.services import evidence as service
    from workbench.services import pages, show

    show.claim_card(store, claim)
    address = service.checked_url(url)
    try:
        return pages.fetcher(pages.fetch_options(**web)).fetch(address).data
    except InputError as error:
        messages.remark(f"no copy kept: {error}")
        return None


@command.command(
    epilog=examples(
        "workbench evidence edit e4 --stance refutes",
        "workbench evidence edit e4 --quote 'They went too far.' --confidential",
    )
)
@click.argument("evidence")
@click.option("--url", type=TEXT, metavar="URL", help="Where it is published now.")
@click.option("--quote", type=TEXT, metavar="TEXT", help="The words that matter; empty takes them away.")
@click.option("--stance", type=Words(STANCES, "|".join(STANCES)), help="What it says of the claim.")
@click.option("--confidential/--public", default=None, help="Whether public reports leave it out.")
@click.option("--independent/--derivative", default=None, help="Whether it stands on its own or repeats another.")
@pass_general
def edit(general: General, /, evidence: str, **given: Any) -> None:
    """Change what is said about a piece of evidence. A kept copy stays as it is."""
    number = evidence_id(evidence)
    if all(value is None for value in given.values()):
        raise UsageError("nothing to change was given", "see workbench evidence edit --help")
    from workbench.services import evidence as service

    _, action = service.edit(general.open(), number, **given)
    output.line(f"{action.label} · workbench undo takes it back")


@command.command(epilog=examples("workbench evidence remove e4"))
@click.argument("evidence")
@pass_general
def remove(general: General, evidence: str) -> None:
    """Take evidence away from its claim. A kept copy stays in the store, and undo brings it back."""
    number = evidence_id(evidence)
    from workbench.services import evidence as service

    output.line(f"{service.remove(general.open(), number).label} · workbench undo takes it back")


def evidence_id(given: str) -> int:
    """The number of a piece of evidence. Raises NotFoundError, and UsageError when another thing is named."""
    letter, number = parse_id(given)
    if letter != "e":
        raise UsageError(f"{given} is not evidence", "name evidence such as e4; workbench show CLAIM lists it")
    return number
