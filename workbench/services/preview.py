"""What a report would hold, before it is written: its number of claims, what it leaves out, and how it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.records import STATUSES, ClaimFilter, ClaimRow
from workbench.services import lists
from workbench.services.report import EVERY, Exported, left_out, rule_of, why_left_out
from workbench.services.store import Stop, Store

if TYPE_CHECKING:
    from workbench.services.claimreviews import Foreseen

MOST = 50  # claims that a preview prints
READ_WHOLE = 20_000  # claims up to which those that a public report leaves out are counted one by one


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a report as Markdown; `claims` is what the whole report holds ("1,234" or "10,000+")."""

    text: str
    shown: int  # claims in `text`
    claims: str
    holds: str  # what it holds and leaves out, in words
    left_out: int = 0  # judged claims of the filter that it may not hold

    @property
    def whole(self) -> bool:
        """Whether the preview prints every claim of the report."""
        return f"{self.shown:,}" == self.claims


def preview(store: Store, wanted: ClaimFilter, *, public: bool, most: int = MOST, stop: Stop | None = None) -> Preview:
    """How a report of the filter begins. For a worker thread: `stop.now()` ends it, and it raises StoppedError."""
    from workbench.report import render
    from workbench.services.collecting import gather

    counted, missing = lists.tally(store, wanted, stop), 0
    if public:
        rule, rows = rule_of(store), _judged(store, wanted, counted.exact and counted.number <= READ_WHOLE, stop)
        held = [row for row in rows if why_left_out(row, rule) is None]
        reasons = left_out(rows, rule)
        made = Exported(b"", len(held), None, rule, reasons.total(), tuple(reasons.most_common()))
        claims, holds, shown, missing = f"{len(held):,}", made.holds, held[:most], made.left_out
    else:
        shown = lists.claim_rows(store, wanted, "article", 0, most, stop=stop)
        rule, claims, holds = "", str(counted), f"it holds {EVERY}"
    text = render(gather(store, wanted, shown, rule), "md").decode("utf-8")
    return Preview(text, len(shown), claims, holds, missing)


def preview_checks(
    store: Store, wanted: ClaimFilter, *, public: bool, most: int = MOST, stop: Stop | None = None
) -> Foreseen:
    """What would go out of the filter as ClaimReview. For a worker thread, as `preview`."""
    from workbench.services.claimreviews import foresee

    counted = lists.tally(store, wanted, stop)
    rows = _judged(store, wanted, counted.exact and counted.number <= READ_WHOLE, stop)
    return foresee(store, wanted, rows, public=public, most=most)


def _judged(store: Store, wanted: ClaimFilter, whole: bool, stop: Stop | None) -> Sequence[ClaimRow]:
    """The claims that a public report may be about; among very many, only those that have a status already."""
    if whole or wanted.status is not None:
        return lists.claim_rows(store, wanted, "article", limit=None, stop=stop)
    filters = [replace(wanted, status=status) for status in STATUSES if status != "open"]
    return [row for one in filters for row in lists.claim_rows(store, one, "article", limit=None, stop=stop)]
