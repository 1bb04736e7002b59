"""`workbench lint`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.options import TEXT, Words, examples

if TYPE_CHECKING:
    from workbench.services.claimreviews import Linted


@click.command(
    epilog=examples(
        "workbench lint checks.json",
        "workbench lint page.html --page https://desk.example/checks/42",
        "workbench lint checks.json --json | jq .code",
    )
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--page", type=TEXT, metavar="URL", help="The address that the page is served under. [its canonical link]"
)
@click.option(
    "--profile",
    type=Words(("google", "schema.org"), "google|schema.org"),
    default="google",
    show_default=True,
    help="Whose rules: Google's are stricter on the worst rating.",
)
@click.option("--json", is_flag=True, help="JSON Lines: one finding a line.")
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], page: str | None, profile: str, json: bool) -> None:
    """Check ClaimReview in web pages and JSON files.

    Each finding has a code, a place, what is wrong and how to mend it. The exit status is 1 when there is an error.
    """
    from workbench.errors import InputError
    from workbench.services import claimreviews

    failed = False
    for name in files:
        try:
            linted = claimreviews.lint(Path(name), google=profile == "google", page=page)
        except InputError as error:
            messages.error(error.what, error.todo)
            failed = True
            continue
        failed |= not linted.holds
        (_json if json else _text)(linted)
    output.finish()
    if failed:
        context.exit(messages.FAILED)


def _json(linted: Linted) -> None:
    for finding in linted.findings:
        output.json_line({"file": linted.name, **asdict(finding)})


def _text(linted: Linted) -> None:
    for finding in linted.findings:
        output.line(
            f"{linted.name}: {finding.place}: {finding.code} {finding.level}: {finding.message}: {finding.mend}"
        )
    counts = Counter((finding.code, finding.level) for finding in linted.findings)
    if counts:
        output.line()
        output.line("code   level    number")
        for (code, level), number in sorted(counts.items()):
            output.line(f"{code:6} {level:8} {number}")
    levels = Counter(finding.level for finding in linted.findings)
    said = ", ".join(f"{levels[level]} {level}{'s' if levels[level] != 1 else ''}" for level in ("error", "warning"))
    output.line(f"{linted.name}: {linted.reviews} ClaimReview{'s' if linted.reviews != 1 else ''}, {said}")
