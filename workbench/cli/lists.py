"""What every list command shares: its form (table, JSON Lines, CSV), its length, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import click

from workbench.cli import messages, output
from workbench.cli.options import SHOWN_ON_TERMINAL, Command, Whole, apply
from workbench.cli.tables import Column
from workbench.errors import UsageError

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Form:
    """How a list is wanted. `limit` 0 means all; `cut_by_default` says that nobody asked for the limit."""

    json: bool
    csv: bool
    limit: int
    cut_by_default: bool = False

    @property
    def most(self) -> int | None:
        """Rows to write at most, None for all."""
        return self.limit or None


def list_form(command: Command) -> Command:
    """Give a command `--json`, `--csv` and `--limit`, as one argument `form`."""
    from functools import wraps

    @wraps(command)
    def with_form(*arguments: Any, json: bool, csv: bool, limit: int | None, **options: Any) -> Any:
        if json and csv:
            raise UsageError("--json and --csv exclude each other", "give one of them")
        by_default = limit is None and output.on_terminal()
        form = Form(json, csv, SHOWN_ON_TERMINAL if by_default else limit or 0, by_default)
        return command(*arguments, form=form, **options)

    return apply(_FORM, with_form)  # type: ignore[return-value]


_FORM = (
    click.option("--limit", type=Whole(), metavar="N", help="At most N rows; 0 for all. [50 on a terminal]"),
    click.option("--json", is_flag=True, help="JSON Lines: one object a line."),
    click.option("--csv", is_flag=True, help="CSV that no spreadsheet runs as a formula."),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a kind of row looks like: `ids` maps a field of the record to the letter of its identifier."""

    columns: Sequence[Column]
    cells: Callable[[Any], Sequence[str]]
    ids: dict[str, str]
    csv_columns: Sequence[str]

    def record(self, row: Any) -> dict[str, Any]:
        """The row as a JSON object with typed identifiers: `article_id` 3 becomes `article` "a3"."""
        return typed(output.plain(row), self.ids)


def typed(record: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """`record` with its numbers in `ids` turned into identifiers that every command takes."""
    result = {}
    for name, value in record.items():
        if name in ids:
            result[name.removesuffix("_id")] = None if value is None else f"{ids[name]}{value}"
        else:
            result[name] = value
    return result


def write(listing: Listing, rows: Iterable[Any], form: Form, count: int | None = None) -> None:
    """Write `rows` in the form that is wanted, and say on stderr what the default limit left out of `count`."""
    shown = islice(rows, form.most)
    if form.json:
        for row in shown:
            output.json_line(listing.record(row))
    elif form.csv:
        writer = output.CsvWriter(listing.csv_columns)
        for row in shown:
            writer.write(listing.record(row))
    else:
        output.table(listing.columns, (listing.cells(row) for row in shown))
    if form.cut_by_default and count is not None and count > form.limit:
        output.finish()
        messages.remark(f"{form.limit} of {count} shown: --limit 0 shows all")
