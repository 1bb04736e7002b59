"""`workbench articles`."""

from __future__ import annotations

import click

from workbench.cli import cards, messages, output
from workbench.cli.history import day
from workbench.cli.lists import Form, Listing, list_form, typed, write
from workbench.cli.options import TEXT, Day, Words, article_id, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.errors import UsageError
from workbench.records import ArticleRow, VersionChanges

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
    ids={"id": "a", "copy_of": "a"},
    csv_columns=(
        "id", "title", "outlet", "agency", "published", "url", "name", "versions", "claims", "open_claims",
        "sentences", "settled", "copy_of",
    ),
)  # fmt: skip


CHANGES = Listing(
    columns=(Column("article"),),
    cells=lambda row: (f"a{row.article_id}",),
    ids={"article_id": "a"},
    csv_columns=(
        "article", "title", "outlet", "version", "version_before", "at", "published", "unchanged", "moved", "changed",
        "lost", "new",
    ),
)  # fmt: skip


@click.command(
    epilog=examples(
        "workbench articles",
        "workbench articles --search moon --since 2025-07",
        "workbench articles --json | jq -r .title",
        "workbench articles --changes          the corrections log",
        "workbench articles --changes a3",
    )
)
@click.argument("article", required=False)
@click.option(
    "--changes", is_flag=True, help="The corrections log: what new versions of articles (or of ARTICLE) changed."
)
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only articles that hold these words.")
@click.option("--outlet", type=TEXT, metavar="NAME", help="Only what this outlet published.")
@click.option("--since", type=Day(), help="Only what was published on this day or later.")
@click.option("--sort", type=Words(SORTS, "order"), default="date", show_default=True, help=f"By {', '.join(SORTS)}.")
@list_form
@pass_general
def command(
    general: General,
    article: str | None,
    changes: bool,
    search: str,
    outlet: str | None,
    since: str | None,
    sort: str,
    form: Form,
) -> None:
    """List the articles."""
    if changes:
        wanted = (search.casefold(), (outlet or "").casefold(), since or "")
        _changes(general, article, wanted, form)
        return
    if article is not None:
        raise UsageError("an article is named and a list is asked for", f"workbench show {article}, or add --changes")
    store = general.open_for_list()
    rows: list[ArticleRow] = []
    if store is not None:
        from workbench.services import lists

        rows = lists.article_rows(store, search, sort, outlet=outlet, since=since)
    write(LISTING, rows, form, len(rows))


def _changes(general: General, article: str | None, wanted: tuple[str, str, str], form: Form) -> None:
    """Write the corrections log, oldest version first; a limit keeps the latest."""
    number = article_id(article) if article is not None else None
    store = general.open_for_list()
    found: list[VersionChanges] = []
    if store is not None:
        from workbench.services import corrections

        found = [each for each in corrections.changes(store, number) if _is_wanted(each, *wanted)]
    if form.json:
        for each in found[-form.limit :] if form.limit else found:
            record = CHANGES.record(each)
            claims = [typed(claim, {"claim_id": "c"}) for claim in record["claims"]]
            output.json_line(record | {"claims": claims})
        return
    if form.csv:
        write(CHANGES, found, form)
        return
    for each in found[-form.limit :] if form.limit else found:
        cards.version_changes(each)
    if store is not None and not found:
        output.finish()
        messages.remark("no article has a new version: workbench ingest of a corrected text, or --refresh, brings one")
    if form.cut_by_default and len(found) > form.limit:
        output.finish()
        messages.remark(f"{form.limit} of {len(found)} shown: --limit 0 shows all")


def _is_wanted(found: VersionChanges, search: str, outlet: str, since: str) -> bool:
    return (
        search in found.title.casefold()
        and outlet in (found.outlet or "").casefold()
        and (found.published or found.at) >= since
    )


def _cells(row: ArticleRow) -> tuple[str, ...]:
    outlet = row.outlet or (f"({row.agency})" if row.agency else "–")
    versions = f"  [{row.versions} versions]" if row.versions > 1 else ""
    return (
        f"a{row.id}", day(row.published) or "–", outlet, str(row.claims), str(row.open_claims), f"{row.coverage:.0%}",
        (row.title or row.name) + versions + (f"  [copy of a{row.copy_of}]" if row.copy_of else ""),
    )  # fmt: skip
