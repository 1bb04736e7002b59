"""`workbench log`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.history import change, what, when
from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.errors import UsageError
from workbench.records import EventRow

if TYPE_CHECKING:
    from workbench.services.store import Store

LISTING = Listing(
    columns=(
        Column("entry", right=True),
        Column("when", least=16, optional=True),
        Column("who", least=6),
        Column("what", least=6),
        Column("on"),
        Column("why", least=4, optional=True),
        Column("change", least=16),
    ),
    cells=lambda row: _cells(row),
    ids={},
    csv_columns=("seq", "action_id", "at", "reviewer", "verb", "subject", "field", "before", "after", "why"),
)


@click.command(
    epilog=examples(
        "workbench log",
        "workbench log c12",
        "workbench log --verify",
        "workbench log --verify --head 9f2c61d04be8     does the history still hold what a report noted?",
    )
)
@click.argument("thing", metavar="[ID]", required=False)
@click.option("--verify", is_flag=True, help="Check that no entry was changed or cut; print head and length.")
@click.option("--head", metavar="HASH", help="With --verify: a head that a report or backup carries must lie in it.")
@list_form
@pass_general
def command(general: General, thing: str | None, verify: bool, head: str | None, form: Form) -> None:
    """Show the history, or verify that nobody changed it.

    Oldest first. With ID, only what happened to that claim, article, source or evidence; a limit keeps the latest.
    """
    if verify:
        if thing is not None:
            raise UsageError("--verify checks the whole history", "leave the identifier out")
        _verify(general, _head(head))
        return
    if head is not None:
        raise UsageError("--head is looked for while the history is verified", "add --verify")
    subject = "".join(map(str, parse_id(thing))) if thing is not None else None
    store = general.open_for_list()
    rows: Iterator[EventRow] = iter(())
    count = None
    if store is not None:
        from workbench.services import history

        found = history.entries(store, subject, form.most)
        first = next(found, None)
        if subject is None:
            count = history.head(store)[0]
        elif first is None:
            need(store, subject)
        rows = chain([first], found) if first else found
    write(LISTING, rows, form, count)


def need(store: Store, thing: str) -> None:
    """Raise NotFoundError when `thing`, such as "c12", is not in the store."""
    from workbench.services import show

    letter, number = thing[0], int(thing[1:])
    look: dict[str, Callable[[Store, int], object]] = {
        "c": show.article_of_claim,
        "a": show.article_view,
        "s": show.source,
        "e": show.evidence,
    }
    look[letter](store, number)


def _head(given: str | None) -> str | None:
    """A head, or the first digits of one, as it is stored."""
    if given is None:
        return None
    wanted = given.strip().casefold()
    if not re.fullmatch(r"[0-9a-f]{8,64}", wanted, re.ASCII):
        raise UsageError(f"--head: “{given}” is no head", "copy 8 to 64 of its hexadecimal digits from the report")
    return wanted


def _verify(general: General, noted: str | None) -> None:
    from workbench.services import history

    report = history.verify(general.open(), noted)
    output.fields([("entries", str(report.length)), ("head", report.head)])
    if not report.ok:
        output.finish()
        place = f" at entry {report.broken_at}" if report.broken_at is not None else ""
        messages.error(f"the history was changed{place}", report.what or "compare it with a backup")
    elif noted and report.noted_at is None:
        output.finish()
        messages.error(
            f"no entry has the head {noted}", "entries were cut or rewritten since it was noted; compare with a backup"
        )
    else:
        output.line("the chain holds: no entry was changed or cut")
        if noted:
            output.line(f"the head {noted} is that of entry {report.noted_at} of {report.length}")
        return
    raise messages.Failed


def _cells(row: EventRow) -> tuple[str, ...]:
    return (str(row.seq), when(row.at), row.reviewer, what(row), row.subject, row.why or "", change(row))
