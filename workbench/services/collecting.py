"""Gathering what a report prints: claims in bulk, their articles, families, corrections and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db import batches
from workbench import __version__
from workbench.records import (
    ClaimCard,
    ClaimFilter,
    ClaimRow,
    EventRow,
    Progress,
    Report,
    ReportArticle,
    VersionChanges,
)
from workbench.services import corrections, history, show
from workbench.services.cardsets import claim_cards
from workbench.services.filters import format_filter
from workbench.services.journal import now
from workbench.services.store import Store

Progressing = Callable[[Progress], None]


def gather(
    store: Store, wanted: ClaimFilter, rows: Sequence[ClaimRow], rule: str, progress: Progressing | None = None
) -> Report:
    """A report of `rows`, which are in the order of articles; public where there is a `rule`."""
    public = bool(rule)
    cards = claim_cards(store, [row.id for row in rows], progress)
    by_article: dict[int, list[ClaimCard]] = {}
    for card in cards:
        by_article.setdefault(card.row.article_id, []).append(card)
    families = {card.family.id: card.family for card in cards if card.family is not None}
    length, head = history.head(store)
    return Report(
        made_at=now(),
        made_by="" if public else store.reviewer,
        public=public,
        filter_text=format_filter(wanted),
        articles=tuple(
            ReportArticle(show.article_view(store, article_id), tuple(held)) for article_id, held in by_article.items()
        ),
        scales=show.scales(store),
        flags=show.flags(store),
        families=tuple(families[number] for number in sorted(families)),
        history=() if public else _history(store, [card.row.id for card in cards]),
        log_head=head,
        log_length=length,
        program=f"workbench {__version__}",
        rule=rule,
        corrections=_corrections(store, by_article),
    )


def _history(store: Store, claim_ids: Sequence[int]) -> tuple[EventRow, ...]:
    """The entries about claims, oldest first."""
    with store.reading() as reader:
        return tuple(history.to_event_row(row) for row in batches.history(reader, claim_ids))


def _corrections(store: Store, articles: dict[int, list[ClaimCard]]) -> tuple[VersionChanges, ...]:
    """What later versions of the articles changed, oldest first."""
    with store.reading() as reader:
        again = batches.with_versions(reader, articles)
    found = [change for number in again for change in corrections.changes(store, number)]
    return tuple(sorted(found, key=lambda change: (change.at, change.article_id, change.version)))
