"""`workbench reread`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.options import article_id, examples
from workbench.cli.settings import General, pass_general

if TYPE_CHECKING:
    from workbench.services.reread import Reread


@click.command(epilog=examples("workbench reread a3 a4", "workbench reread            every article"))
@click.argument("article", nargs=-1)
@pass_general
def command(general: General, article: tuple[str, ...]) -> None:
    """Read stored articles again, keeping what people decided.

    Claims with a person's decision stay with their spans; what was removed or marked as no claim does not come back;
    the machine's other claims are replaced by what it reads now. All of it is one action.
    """
    numbers = [article_id(each) for each in article]
    from workbench.services.reread import reread

    done: list[Reread] = []
    for outcome in reread(general.open(), numbers, messages.ProgressLine()):
        done.append(outcome)
        if outcome.status == "read again":
            changes = outcome.changes
            output.line(
                f"a{outcome.article_id} read again by {outcome.machine}: {changes.unchanged} kept"
                f" ({changes.decided} as people decided), {changes.lost} gone, {changes.new} new"
            )
    messages.clear_progress()
    changed = [each for each in done if each.status == "read again"]
    kept, gone, new = (sum(getattr(each.changes, name) for each in changed) for name in ("unchanged", "lost", "new"))
    output.line(f"{len(changed)} read again, {len(done) - len(changed)} as before: {kept} kept, {gone} gone, {new} new")
    if changed:
        output.line("workbench undo takes it back")
