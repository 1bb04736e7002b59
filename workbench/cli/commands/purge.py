"""`workbench purge`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.options import TEXT, article_id, examples
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError

if TYPE_CHECKING:
    from workbench.services.store import Store


@click.command(epilog=examples("workbench purge a3", "workbench purge a3 --yes-purge a3        without asking"))
@click.argument("article", nargs=-1, required=True)
@click.option("--yes-purge", type=TEXT, multiple=True, metavar="ID", help="Confirm for this article; may be repeated.")
@pass_general
def command(general: General, article: tuple[str, ...], yes_purge: tuple[str, ...]) -> None:
    """Overwrite articles for good: texts, claims, notes, kept copies.

    Digests, dates and who did what when stay, so that the history still verifies. It cannot be undone. Backups and
    exports that were made before still hold the words.
    """
    numbers = list(dict.fromkeys(article_id(each) for each in article))
    confirmed = {article_id(each) for each in yes_purge}
    store = general.open()
    from workbench.services import purging

    again = [number for number in numbers if purging.is_purged(store, number)]
    numbers = [number for number in numbers if number not in again]
    _need(store, numbers)
    for number in numbers:
        if number not in confirmed:
            _ask(number)
    swept = purging.sweep(store) if again else True
    for number in again:
        output.line(f"a{number} was purged before; the store's files were rewritten once more")
    for number in numbers:
        done = purging.purge(store, number)
        output.line(f"{done.action.label}, {done.entries} entries of the history emptied; it cannot be undone")
        if done.twins:
            others = ", ".join(f"a{each}" for each in done.twins)
            output.line(f"the same text also stands in {others}, which was left alone")
        swept = done.swept
    output.line("backups and exports that were made before still hold the words")
    if not swept:
        output.finish()
        messages.error(
            "old pages may still lie in the store's files, another program holds it open",
            "close it, then run the same command again",
        )
        raise messages.Failed


def _need(store: Store, numbers: list[int]) -> None:
    """Raise NotFoundError before anything is asked or done."""
    from workbench.services import show

    for number in numbers:
        show.article_named(store, number)


def _ask(number: int) -> None:
    """Let a person type what is to be purged. Raises UsageError when it is not typed, or nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError(f"purging a{number} needs a confirmation", f"add --yes-purge a{number}; it cannot be undone")
    messages.remark(f"a{number} will be overwritten for good: its texts, claims, notes and kept copies.")
    typed = click.prompt(f"Type a{number} to go on", default="", show_default=False, err=True)
    if typed.strip().casefold() != f"a{number}":
        raise UsageError(f"a{number} was not confirmed", "nothing was overwritten")
