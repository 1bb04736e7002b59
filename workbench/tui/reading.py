"""What a screen shows, gathered from the services in one go. Every function here is called in a thread."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.tui.widgets.paged_list import PAGE

if TYPE_CHECKING:
    from workbench.records import ArticleView, ClaimCard, ClaimFilter, ClaimRow, Flag, Scale
    from workbench.services.lists import KeyMap, Tally
    from workbench.services.store import Stop, Store
    from workbench.tui.tabs.base import Tab


@dataclass(frozen=True)
class Query:
    """What the queue is narrowed to and how it is ordered."""

    text: str = ""
    sort: str = "check"
    descending: bool = False

    @cached_property
    def filter(self) -> ClaimFilter:
        """What the text asks for, read when it is first needed: not before the first frame. Raises UsageError."""
        from workbench.services.filters import parse_filter, without_begun

        return without_begun(parse_filter(self.text))

    @property
    def of_filter(self) -> str:
        """Words that follow a number or "claim" where it is not meant of the whole store."""
        return " of this filter" if self.text.strip() else ""


class QueueData(NamedTuple):
    """The first rows of a query and where the cursor belongs."""

    query: Query
    tally: Tally
    cursor: int
    key: int | None
    pages: dict[int, Sequence[ClaimRow]]


class Figures(NamedTuple):
    """The counts of the whole store."""

    open: int
    claims: int
    coverage: float


@dataclass(frozen=True, slots=True)
class ReviewData:
    """An article and one claim of it (None when it has no claims), with what the open tab reads beside the card."""

    view: ArticleView
    card: ClaimCard | None
    tab_data: Any = None
    tab_read: Tab | None = None  # the tab that `tab_data` is of

    def of(self, tab: Tab) -> Any:
        """What `tab` read; None while it has not."""
        return self.tab_data if self.tab_read is tab else None


def read_query(text: str, sort: str, descending: bool) -> Query:
    """The query of a filter line. Raises UsageError."""
    query = Query(text, sort, descending)
    assert query.filter is not None  # reading it says what is wrong with the line
    return query


KEPT_WITHIN = 500  # rows among which the claim under the cursor is looked for while somebody types


def load_queue(
    store: Store, query: Query, keep: int | None, near: int = 0, stop: Stop | None = None, *, typed: bool = False
) -> QueueData:
    """The page around claim `keep`, or around row `near` when that claim does not match.

    Where the store cannot tell at once how many match, they are counted up to a limit. While the query is being
    `typed` the claim is kept only where it stands among the first. Raises StoppedError.
    """
    from workbench.services import lists

    tally, within = lists.tally(store, query.filter, stop), KEPT_WITHIN if typed else -1
    place = None
    if keep is not None and tally.number:
        place = lists.claim_position(store, query.filter, query.sort, keep, query.descending, stop, within)
        if place is not None and place >= tally.number:
            tally = replace(tally, number=place + 1)
    key = keep if place is not None else None
    cursor = place if place is not None else min(near, max(tally.number - 1, 0))
    page = cursor // PAGE
    return QueueData(query, tally, cursor, key, {page: load_page(store, query, page, stop)} if tally.number else {})


def matching(store: Store, query: Query) -> int:
    """How many claims match, exactly."""
    from workbench.services import lists

    return lists.count_claims(store, query.filter)


def load_keys(store: Store, query: Query, stop: Stop | None = None) -> KeyMap:
    """How many claims match, exactly, and where to read on from in the midst of them. Raises StoppedError."""
    from workbench.services import lists

    return lists.key_map(store, query.filter, query.sort, query.descending, stop)


def load_page(
    store: Store, query: Query, page: int, stop: Stop | None = None, keys: KeyMap | None = None
) -> list[ClaimRow]:
    """One page of a query. Raises StoppedError."""
    from workbench.services import lists

    return lists.claim_rows(store, query.filter, query.sort, page * PAGE, PAGE, query.descending, stop, keys)


def load_figures(store: Store) -> Figures:
    """Totals of the store."""
    from workbench.services import lists

    totals = lists.totals(store)
    return Figures(totals.open, totals.claims, totals.coverage)


def load_outlets(store: Store) -> tuple[str, ...]:
    """The names of all outlets, which the filter line completes."""
    from workbench.records import ClaimFilter
    from workbench.services import lists

    return outlets_of(lists.tally(store, ClaimFilter()))


def outlets_of(tally: Tally) -> tuple[str, ...]:
    """The names of the outlets of a tally."""
    return tuple(name for name, _ in tally.facets["outlet"] if name)


def load_sources(store: Store, begun: str) -> tuple[str, ...]:
    """Sources whose names hold what is typed, those with most claims first."""
    from workbench.services import lists

    return tuple(row.name for row in lists.source_rows(store, begun, limit=8))


def load_marks(store: Store) -> tuple[tuple[Scale, ...], tuple[Flag, ...]]:
    """The scales and flags of the store."""
    from workbench.services import show

    return show.scales(store), show.flags(store)


def load_review(store: Store, claim_id: int, tab: Tab | None = None) -> ReviewData:
    """A claim in its article. Raises NotFoundError."""
    from workbench.services import show

    card = show.claim_card(store, claim_id)
    return _with_tab(store, show.article_view(store, card.row.article_id), card, tab)


def load_claim(store: Store, claim_id: int) -> ClaimCard:
    """One claim, whole. Raises NotFoundError."""
    from workbench.services import show

    return show.claim_card(store, claim_id)


def load_card(store: Store, view: ArticleView, claim_id: int, tab: Tab) -> ReviewData:
    """Another claim of an article that is on the screen already. Raises NotFoundError."""
    from workbench.services import show

    return _with_tab(store, view, show.claim_card(store, claim_id), tab)


def load_decided(store: Store, view: ArticleView, changed: int, target: int, tab: Tab) -> ReviewData:
    """Claim `target` after `changed` was judged: in the same article only that row of the view is made anew."""
    from workbench.services import show

    if all(row.id != target for row in view.claims):
        return load_review(store, target, tab)
    card = show.claim_card(store, changed)
    patched = replace(view, claims=tuple(card.row if row.id == changed else row for row in view.claims))
    if target != changed:
        card = show.claim_card(store, target)
    return _with_tab(store, patched, card, tab)


def _with_tab(store: Store, view: ArticleView, card: ClaimCard, tab: Tab | None) -> ReviewData:
    """The claim with what the open tab reads; where the claim has no such tab another one will be opened."""
    return ReviewData(view, card, tab.read(store, card) if tab is not None and tab.shown(card) else None, tab)


def load_view(store: Store, article_id: int) -> ArticleView:
    """An article as it stands now."""
    from workbench.services import show

    return show.article_view(store, article_id)


def load_what_stands(store: Store, claims: Sequence[int], article_id: int, tab: Tab) -> ReviewData | None:
    """The first of `claims` that is still there, else the article on a claim of its own; None when that is gone too."""
    from workbench.errors import NotFoundError

    for claim_id in claims:
        with contextlib.suppress(NotFoundError):
            return load_review(store, claim_id, tab)
    with contextlib.suppress(NotFoundError):
        return _opened(store, article_id, tab)
    return None


def load_neighbour(store: Store, article_id: int, step: int, tab: Tab) -> ReviewData | None:
    """The article after (1) or before (-1), on its first open claim, else its first; None at the end."""
    from workbench.services import show

    found = show.neighbour_article(store, article_id, step)
    if found is None:
        return None
    return _opened(store, found, tab)


def _opened(store: Store, article_id: int, tab: Tab) -> ReviewData:
    """An article on its first open claim, else its first. Raises NotFoundError."""
    from workbench.services import show

    view = show.article_view(store, article_id)
    first = next((row for row in view.claims if row.status in ("open", "in review")), None)
    first = first or next(iter(view.claims), None)
    return _with_tab(store, view, show.claim_card(store, first.id), tab) if first else ReviewData(view, None)


def following(
    store: Store, query: Query, claim_id: int, *, only_open: bool = True, backwards: bool = False
) -> int | None:
    """The next claim in the order of the query, round its end; asked before a verdict changes what matches."""
    from workbench.services import lists

    turned = backwards != query.descending
    return lists.next_claim(store, query.filter, query.sort, claim_id, only_open=only_open, backwards=turned)


def next_in_review(store: Store, query: Query, row: ClaimRow) -> int | None:
    """The next open claim of the article as it reads, round its end; when none is left there, the first of the list.

    Asked before a verdict changes what matches. None when no other claim of the query is open.
    """
    from workbench.services import lists

    here = replace(query.filter, article_id=row.article_id)
    found = lists.next_claim(store, here, "article", row.id, only_open=True)
    if found is None:
        still = replace(query.filter, marks=query.filter.marks | {"open"})
        first = lists.claim_rows(store, still, query.sort, 0, 2, query.descending)
        found = next((each.id for each in first if each.id != row.id), None)
    return found


def what_is_left(store: Store, query: Query) -> str:
    """How many open claims the query finds now, in words."""
    from workbench.services import lists

    number, exact = lists.open_claims(store, query.filter)
    return f"{number:,}{'' if exact else '+'} left{query.of_filter}"


def by_article(query: Query) -> Query:
    """The same claims in the order of reading, for moving about in a review."""
    return replace(query, sort="article", descending=False)
