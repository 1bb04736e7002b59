"""`workbench check confirm` and `check reject`."""

from __future__ import annotations

from typing import Literal

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import claim_id, examples, fact_check_id
from workbench.cli.settings import General, pass_general


@click.group(cls=Group, epilog=examples("workbench check confirm c12 k9", "workbench check reject c12 k9"))
def command() -> None:
    """Say whether a published fact-check answers a claim."""


@command.command(epilog=examples("workbench check confirm c12 k9"))
@click.argument("claim")
@click.argument("check")
@pass_general
def confirm(general: General, claim: str, check: str) -> None:
    """This fact-check answers the claim: reports name it, and its copy is kept for good."""
    _decide(general, claim, check, "confirmed")


@command.command(epilog=examples("workbench check reject c12 k9"))
@click.argument("claim")
@click.argument("check")
@pass_general
def reject(general: General, claim: str, check: str) -> None:
    """This fact-check is about something else: it is not suggested for the claim again."""
    _decide(general, claim, check, "rejected")


def _decide(general: General, claim: str, check: str, state: Literal["confirmed", "rejected"]) -> None:
    numbers = claim_id(claim), fact_check_id(check)
    from workbench.services import checkdecisions

    done = checkdecisions.decide(general.open(), *numbers, state)
    output.line(f"{done.label} · workbench undo takes it back")
