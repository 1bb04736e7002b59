"""`workbench doctor`."""

from __future__ import annotations

import click

from workbench.cli import messages, output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general


@click.command(epilog=examples("workbench doctor", "workbench --db other.db doctor", "workbench doctor --rebuild"))
@click.option(
    "--rebuild", is_flag=True, help="Recompute from the history what stands, and say what differed. Cannot be undone."
)
@pass_general
def command(general: General, rebuild: bool) -> None:
    """Say what is installed, where, and whether the store is sound."""
    if rebuild:
        _rebuild(general)
        return
    from workbench.services import doctor

    findings = doctor.examine(general.location)
    output.fields([(each.name, each.value if each.ok else f"✗ {each.value}") for each in findings])
    broken = [each for each in findings if not each.ok]
    output.finish()
    for each in broken:
        messages.error(f"{each.name}: {each.value}", each.advice)
    if broken:
        raise messages.Failed


def _rebuild(general: General) -> None:
    """Exit status 1 where something differed, though it is put right then: whoever changed it did not write it down."""
    from workbench.services import rebuild

    progress = messages.ProgressLine()
    done = rebuild.rebuild(general.open(), progress)
    messages.clear_progress()
    entries = "1 entry" if done.events == 1 else f"{done.events} entries"
    if not done.differing:
        output.line(f"{entries} folded anew: everything stands as the history says")
        return
    output.line(f"{entries} folded anew: what differed from the history was put right; this cannot be undone")
    for each in done.differing:
        more = ", …" if each.rows > len(each.examples) else ""
        output.line(f"  {each.column}: {each.rows} differed ({', '.join(each.examples)}{more})")
    output.finish()
    messages.error("the columns did not hold what the history says", "they do now; see who else writes to this file")
    raise messages.Failed
