"""`workbench sources`."""

from __future__ import annotations

from typing import get_args

import click

from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import TEXT, Words, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import SourceKind, SourceRow

KINDS = get_args(SourceKind)
SORTS = ("claims", "name")

LISTING = Listing(
    columns=(
        Column("id"),
        Column("kind"),
        Column("claims", right=True),
        Column("articles", right=True),
        Column("name", least=12),
        Column("also", least=8, optional=True),
        Column("verdicts", least=8),
    ),
    cells=lambda row: _cells(row),
    ids={"id": "s"},
    csv_columns=("id", "name", "kind", "aliases", "claims", "articles", "verdicts"),
)


@click.command(
    epilog=examples(
        "workbench sources",
        "workbench sources --kind anonymous",
        "workbench sources --search Bezos --json",
    )
)
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only sources whose name or alias holds this.")
@click.option("--kind", type=Words(KINDS, "kind"), help=f"Only this kind: {', '.join(KINDS)}.")
@click.option(
    "--sort", type=Words(SORTS, "order"), default="claims", show_default=True, help=f"By {' or '.join(SORTS)}."
)
@list_form
@pass_general
def command(general: General, search: str, kind: str | None, sort: str, form: Form) -> None:
    """List the sources: to whom words are attributed."""
    store = general.open_for_list()
    rows: list[SourceRow] = []
    if store is not None:
        from workbench.services import lists

        rows = lists.source_rows(store, search, kind, sort=sort)
    write(LISTING, rows, form, len(rows))


def _cells(row: SourceRow) -> tuple[str, ...]:
    verdicts = ", ".join(f"{label} {count}" for label, count in row.verdicts.items())
    return (f"s{row.id}", row.kind, str(row.claims), str(row.articles), row.name, ", ".join(row.aliases), verdicts)
