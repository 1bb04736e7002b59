"""`workbench show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.cli import cards
from workbench.cli.options import claim_id, examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import ClaimFilter, ClaimRow, EventRow, SourceRow

if TYPE_CHECKING:
    from workbench.services.store import Store


@click.command(
    epilog=examples(
        "workbench show c12      a claim with its sentence, card, evidence, family and history",
        "workbench show a3       an article with its claims in brackets",
        "workbench show s5       a source and what it said",
        "workbench show f7       a family: every variant, earliest first, and who dropped which words",
        "workbench show f7 --against c9",
        "workbench show e4       a piece of evidence",
        "workbench show t2       a transcript, its lines numbered",
        "workbench show k9       a published fact-check",
    )
)
@click.argument("thing", metavar="ID")
@click.option("--against", metavar="CLAIM", help="Of a family: compare every variant with this one, not the earliest.")
@pass_general
def command(general: General, thing: str, against: str | None) -> None:
    """Show one thing, whole, in context."""
    letter, number = parse_id(thing)
    if against is not None:
        if letter != "f":
            raise UsageError("--against compares the variants of a family", "workbench show f7 --against c9")
        _family(general.open(), number, claim_id(against))
        return
    store = general.open()
    {"c": _claim, "a": _article, "s": _source, "f": _family, "e": _evidence, "t": _transcript, "k": _check}[letter](
        store, number
    )


def _claim(store: Store, number: int) -> None:
    from workbench.services import drift, show

    card = show.claim_card(store, number)
    view = show.article_view(store, card.row.article_id, card.version)
    others = drift.drift(store, card.family.id, number).variants if card.family else ()
    cards.claim(card, view, _history(store, number), drift.also_found(store, number), others)


def _history(store: Store, number: int) -> list[EventRow]:
    from workbench.services import history

    return history.log(store, f"c{number}", None)


def _article(store: Store, number: int) -> None:
    from workbench.services import show

    cards.article(show.article_view(store, number))


def _source(store: Store, number: int) -> None:
    from workbench.services import show

    row = show.source(store, number)
    cards.source(row, _claims_of(store, row))


def _claims_of(store: Store, row: SourceRow) -> list[ClaimRow]:
    from workbench.services import lists

    found = lists.claim_rows(store, ClaimFilter(source=row.name), "date", 0, None)
    return [each for each in found if each.source == row.name]


def _family(store: Store, number: int, against: int | None = None) -> None:
    from workbench.services import drift

    cards.family(drift.drift(store, number, against))


def _evidence(store: Store, number: int) -> None:
    from workbench.services import show

    found = show.evidence(store, number)
    cards.evidence(found, show.claim_card(store, found.claim_id).row)


def _transcript(store: Store, number: int) -> None:
    from workbench.cli.verified import transcript
    from workbench.services import transcripts

    transcript(*transcripts.show(store, number))


def _check(store: Store, number: int) -> None:
    from workbench.services import matching

    cards.fact_check(matching.check(store, number), matching.claims_of(store, number))
