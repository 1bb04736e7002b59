"""`workbench sources`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import click

from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import TEXT, Words, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import SourceKind, SourceRow

if TYPE_CHECKING:
    from workbench.services.same_sources import SameSources
    from workbench.services.store import Store

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
        "workbench sources --same               which of them may be one",
    )
)
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only sources whose name or alias holds this.")
@click.option("--kind", type=Words(KINDS, "kind"), help=f"Only this kind: {', '.join(KINDS)}.")
@click.option(
    "--sort", type=Words(SORTS, "order"), default="claims", show_default=True, help=f"By {' or '.join(SORTS)}."
)
@click.option("--same", is_flag=True, help="Sources that may be one, where they stand, and why. Nothing is merged.")
@list_form
@pass_general
def command(general: General, search: str, kind: str | None, sort: str, same: bool, form: Form) -> None:
    """List the sources: to whom words are attributed."""
    store = general.open_for_list()
    if same:
        _same(store, search, form)
        return
    rows: list[SourceRow] = []
    if store is not None:
        from workbench.services import lists

        rows = lists.source_rows(store, search, kind, sort=sort)
    write(LISTING, rows, form, len(rows))


def _same(store: Store | None, search: str, form: Form) -> None:
    found: list[SameSources] = []
    if store is not None:
        from workbench.services import same_sources

        found = same_sources.proposals(store, search)
    write(SAME, [_Pair.of(each) for each in found], form, len(found))


@dataclass(frozen=True, slots=True)
class _Pair:
    """A proposal as a row of the list: the sources that would go, how their claims are, and the one that would stay."""

    goes: tuple[str, ...]
    name: str
    claims: int
    articles: tuple[str, ...]
    stays: int
    stays_name: str
    stays_claims: int
    stays_articles: tuple[str, ...]
    why: str

    @classmethod
    def of(cls, found: SameSources) -> _Pair:
        names = list(dict.fromkeys(row.name for row in found.goes))
        places = [str(place) for row in found.goes for place in found.places[row.id]]
        own = tuple(str(place) for place in found.places[found.stays.id])
        goes, claims = tuple(f"s{row.id}" for row in found.goes), sum(row.claims for row in found.goes)
        stays = found.stays
        return cls(goes, ", ".join(names), claims, tuple(places), stays.id, stays.name, stays.claims, own, found.why)


SAME = Listing(
    columns=(
        Column("merge", least=6), Column("name", least=12), Column("in", least=12), Column("into"),
        Column("its name", least=12), Column("in", least=12), Column("why", least=12, optional=True),
    ),
    cells=lambda row: (
        " ".join(row.goes), f"{row.name} ({row.claims})", ", ".join(row.articles), f"s{row.stays}",
        f"{row.stays_name} ({row.stays_claims})", ", ".join(row.stays_articles), row.why,
    ),
    ids={"stays": "s"},
    csv_columns=(
        "goes", "name", "claims", "articles", "stays", "stays_name", "stays_claims", "stays_articles", "why",
    ),
)  # fmt: skip


def _cells(row: SourceRow) -> tuple[str, ...]:
    verdicts = ", ".join(f"{label} {count}" for label, count in row.verdicts.items())
    return (f"s{row.id}", row.kind, str(row.claims), str(row.articles), row.name, ", ".join(row.aliases), verdicts)
