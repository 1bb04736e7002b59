"""`workbench family confirm`, `reject`, `split` and `merge`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import claim_id, examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import ActionRow


@click.group(
    cls=Group,
    epilog=examples(
        "workbench family confirm f7", "workbench family reject f7 c9", "workbench family split f7 c9 c12",
        "workbench family merge f7 f8",
    ),
)  # fmt: skip
def command() -> None:
    """Say which quotes are one, and which are not."""


@command.command(
    epilog=examples("workbench family confirm f7          all of its quotes", "workbench family confirm f7 c9 c12")
)
@click.argument("family")
@click.argument("claims", nargs=-1)
@pass_general
def confirm(general: General, family: str, claims: tuple[str, ...]) -> None:
    """Confirm that quotes belong to a family: all of them, or those named."""
    number, chosen = family_id(family), [claim_id(claim) for claim in claims]
    from workbench.services import kinship

    _say(kinship.confirm(general.open(), number, chosen))


@command.command(epilog=examples("workbench family reject f7 c9     c9 is not the same quote"))
@click.argument("family")
@click.argument("claims", nargs=-1, required=True)
@pass_general
def reject(general: General, family: str, claims: tuple[str, ...]) -> None:
    """Put quotes out of a family, each by itself."""
    number, chosen = family_id(family), [claim_id(claim) for claim in claims]
    from workbench.services import kinship

    _say(kinship.reject(general.open(), number, chosen))


@command.command(epilog=examples("workbench family split f7 c9 c12     these two are a family of their own"))
@click.argument("family")
@click.argument("claims", nargs=-1, required=True)
@pass_general
def split(general: General, family: str, claims: tuple[str, ...]) -> None:
    """Make quotes of a family a family of their own."""
    number, chosen = family_id(family), [claim_id(claim) for claim in claims]
    from workbench.services import kinship

    _say(kinship.split(general.open(), number, chosen))


@command.command(
    epilog=examples("workbench family merge f7 f8", "workbench family merge f7 c31     a claim that is in no family")
)
@click.argument("family")
@click.argument("others", nargs=-1, required=True, metavar="FAMILY|CLAIM...")
@pass_general
def merge(general: General, family: str, others: tuple[str, ...]) -> None:
    """Make families one, or put a claim into a family."""
    number, named = family_id(family), [parse_id(other) for other in others]
    claims = [which for letter, which in named if letter == "c"]
    if any(letter not in "fc" for letter, _ in named) or (claims and len(named) > 1):
        raise UsageError("name families, or one claim", "workbench family merge f7 f8")
    from workbench.services import kinship

    store = general.open()
    if claims:
        _say(kinship.join(store, claims[0], number))
    else:
        _say(kinship.merge(store, number, [which for _, which in named]))


def family_id(written: str) -> int:
    """The number of a family such as f7. Raises UsageError."""
    letter, number = parse_id(written)
    if letter != "f":
        raise UsageError(f"{written} is not a family", "name one such as f7")
    return number


def _say(done: ActionRow) -> None:
    output.line(f"{done.label} · workbench undo takes it back")
