"""`workbench articles`."""

from __future__ import annotations

import click

from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import TEXT, Day, Words, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import ArticleRow

SORTS = ("date", "title", "outlet", "check")

LISTING = Listing(
    columns=(
        Column("id"),
        Column("date", least=10),
        Column("outlet", least=6, optional=True),
        Column("claims", right=True),
        Column("open", right=True),
        Column("settled", right=True, optional=True),
        Column("title", least=20),
    ),
    cells=lambda row: _cells(row),
    ids={"id": "a"},
    csv_columns=(
        "id", "title", "outlet", "agency", "published", "url", "name", "versions", "claims", "open_claims",
        "sentences", "settled",
    ),
)  # fmt: skip


@click.command(
    epilog=examples(
        "workbench articles",
        "workbench articles --search moon --since 2025-07",
        "workbench articles --json | jq -r .title",
    )
)
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only articles that hold these words.")
@click.option("--outlet", type=TEXT, metavar="NAME", help="Only what this outlet published.")
@click.option("--since", type=Day(), help="Only what was published on this day or later.")
@click.option("--sort", type=Words(SORTS, "order"), default="date", show_default=True, help=f"By {', '.join(SORTS)}.")
@list_form
@pass_general
def command(general: General, search: str, outlet: str | None, since: str | None, sort: str, form: Form) -> None:
    """List the articles."""
    store = general.open_for_list()
    rows: list[ArticleRow] = []
    if store is not None:
        from workbench.services import lists

        rows = lists.article_rows(store, search, sort, outlet=outlet, since=since)
    write(LISTING, rows, form, len(rows))


def _cells(row: ArticleRow) -> tuple[str, ...]:
    outlet = row.outlet or (f"({row.agency})" if row.agency else "–")
    versions = f"  [{row.versions} versions]" if row.versions > 1 else ""
    return (
        f"a{row.id}", (row.published or "–")[:10], outlet, str(row.claims), str(row.open_claims), f"{row.coverage:.0%}",
        (row.title or row.name) + versions,
    )  # fmt: skip
