"""`workbench claims`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import Words, claim_filters, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.errors import UsageError
from workbench.records import SORTS, ClaimFilter, ClaimRow

if TYPE_CHECKING:
    from workbench.services.store import Store

RELEVANCE = "relevance"  # the best matches of a search first
ORDERS = (*SORTS, RELEVANCE)

LISTING = Listing(
    columns=(
        Column("id"),
        Column("check", right=True),
        Column("kind", optional=True),
        Column("source", least=8),
        Column("outlet", least=6, optional=True),
        Column("status", least=4, optional=True),
        Column("truth", least=5),
        Column("said", least=4),
        Column("claim", least=20),
    ),
    cells=lambda row: _cells(row),
    ids={"id": "c", "article_id": "a", "family_id": "f"},
    csv_columns=(
        "id", "article", "article_title", "outlet", "published", "kind", "text", "wording", "source", "source_kind",
        "anonymity", "check_worthiness", "status", "truth", "attribution", "flags", "family", "family_size",
        "evidence_count", "anchor_state", "stale",
    ),
)  # fmt: skip


@click.command(
    epilog=examples(
        "workbench claims --status open --sort check",
        "workbench claims --source Musk --kind direct",
        'workbench claims --search "harbour dues" --sort relevance',
        "workbench claims --verdict false --csv > false.csv",
        "workbench claims --min-check-worthiness 0.7 --json | jq .text",
    )
)
@claim_filters
@click.option(
    "--sort",
    type=Words(ORDERS, "order"),
    default="check",
    show_default=True,
    help=f"By {', '.join(SORTS)}, or relevance: the best matches of --search first.",
)
@list_form
@pass_general
def command(general: General, filters: Callable[[Store], ClaimFilter], sort: str, form: Form) -> None:
    """List the claims."""
    if sort == RELEVANCE and not click.get_current_context().params["search"]:
        raise UsageError("--sort relevance orders the matches of a search", "give --search, or another order")
    store = general.open_for_list()
    if store is None:
        write(LISTING, (), form)
        return
    from workbench.services import lists

    wanted = filters(store)
    count = lists.count_claims(store, wanted) if form.cut_by_default else None
    write(LISTING, lists.every_claim(store, wanted, sort, form.most), form, count)


def _cells(row: ClaimRow) -> tuple[str, ...]:
    source = row.source or (f"anonymous ({row.anonymity})" if row.anonymity and row.anonymity != "A" else "–")
    guessed = " ~" if row.source and not row.source_confirmed else ""
    family = f"  ≈{row.family_size}" if row.family_size > 1 else ""
    alarm = f" ⚠{row.family_alarm}" if row.family_alarm else ""
    state = f"{row.status}, stale" if row.stale else row.status
    return (
        f"c{row.id}", f"{row.check_worthiness:.2f}", row.kind, source + guessed, row.outlet or "–", state,
        row.truth or "–", row.attribution or "–", (row.wording or row.text) + family + alarm,
    )  # fmt: skip
