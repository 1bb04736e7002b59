"""`workbench families`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import TEXT, Day, Whole, Words, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import Family

SORTS = ("size", "origins", "date")
LISTING = Listing(
    columns=(
        Column("id"),
        Column("size", right=True),
        Column("origins", right=True),
        Column("earliest", least=10, optional=True),
        Column("alarm"),
        Column("quote", least=20),
    ),
    cells=lambda row: _cells(row),
    ids={"id": "f"},
    csv_columns=("id", "text", "size", "origins", "alarm", "earliest"),
)


@click.command(
    epilog=examples(
        "workbench families",
        "workbench families --search crazy --min-size 3",
        "workbench show f7",
    )
)
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only families with these words in a quote.")
@click.option("--min-size", type=Whole(1), default=2, show_default=True, help="Only families this large.")
@click.option("--since", type=Day(), help="Only families that begin on this day or later.")
@click.option("--sort", type=Words(SORTS, "order"), default="size", show_default=True, help=f"By {', '.join(SORTS)}.")
@list_form
@pass_general
def command(general: General, search: str, min_size: int, since: str | None, sort: str, form: Form) -> None:
    """List the families: quotes that several articles carry."""
    store = general.open_for_list()
    rows: list[Family] = []
    if store is not None:
        from workbench.services import lists

        rows = lists.family_rows(store, search, min_size, sort=sort, since=since)
        if form.json:
            for row in rows[: form.most]:
                claims = [f"c{number}" for number in lists.family_claims(store, row.id)]
                record = {name: value for name, value in LISTING.record(row).items() if name != "members"}
                output.json_line(record | {"claims": claims})
            return
    write(LISTING, rows, form, len(rows))


def _cells(row: Family) -> tuple[str, ...]:
    alarm = f"⚠ {row.alarm}" if row.alarm else ""
    return (f"f{row.id}", str(row.size), str(row.origins), row.earliest or "–", alarm, row.text)
