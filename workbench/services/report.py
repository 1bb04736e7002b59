"""Reports: what a filter shows, collected and written aside before it replaces an earlier file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import __version__
from workbench.errors import InputError, UsageError
from workbench.records import (
    APPROVED_ONLY,
    ONE_REVIEWER,
    ClaimCard,
    ClaimFilter,
    ClaimRow,
    EventRow,
    Family,
    Progress,
    Report,
    ReportArticle,
)
from workbench.services import history, lists, show
from workbench.services.filters import format_filter
from workbench.services.journal import now
from workbench.services.store import Store

FORMATS = ("md", "html", "json", "csv")  # as workbench.report has them, without importing it
EVERY = "every claim"  # the rule of an internal report
_SETTLED = ("checked", "approved")


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished export: its bytes, how many claims it holds, and the file it was written to, if any.

    `rule` says which claims it holds, in words; `left_out` counts the judged claims that match the filter and are not
    in it, `reasons` says why, each reason with its number of claims.
    """

    data: bytes
    claims: int
    path: Path | None
    rule: str = EVERY
    left_out: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def holds(self) -> str:
        """What the report holds and what it leaves out, as one remark for people."""
        if not self.left_out:
            return f"it holds {self.rule}"
        count = "1 judged claim is" if self.left_out == 1 else f"{self.left_out} judged claims are"
        why = ", ".join(f"{number} {reason}" for reason, number in self.reasons)
        return f"it holds {self.rule}; {count} left out: {why}"


def collect(
    store: Store, wanted: ClaimFilter, *, public: bool, progress: Callable[[Progress], None] | None = None
) -> Report:
    """Everything that a report of this filter prints.

    A public report holds what `rule_of` says, without verdicts that are stale or lost, and nothing that is
    confidential or internal: the renderers are not trusted with what they may not print.
    """
    rows = lists.claim_rows(store, wanted, "article", limit=None)
    return _collect(store, wanted, rows, rule_of(store) if public else "", progress)


def _collect(
    store: Store,
    wanted: ClaimFilter,
    rows: Sequence[ClaimRow],
    rule: str,
    progress: Callable[[Progress], None] | None,
) -> Report:
    """A report of `rows`; public where there is a `rule`, and then only of those that it lets in."""
    public = bool(rule)
    if public:
        rows = [row for row in rows if why_left_out(row, rule) is None]
    by_article: dict[int, list[ClaimCard]] = {}
    read: dict[int, Family | None] = {}
    for number, row in enumerate(rows):
        if progress and number % 100 == 0:
            progress(Progress(number, len(rows), "collecting claims"))
        by_article.setdefault(row.article_id, []).append(show.claim_card(store, row.id, read))
    families = {number: family for number, family in read.items() if family is not None}
    length, head = history.head(store)
    return Report(
        made_at=now(),
        made_by="" if public else store.reviewer,
        public=public,
        filter_text=format_filter(wanted),
        articles=tuple(
            ReportArticle(show.article_view(store, article_id), tuple(cards))
            for article_id, cards in by_article.items()
        ),
        scales=show.scales(store),
        flags=show.flags(store),
        families=tuple(families[number] for number in sorted(families)),
        history=() if public else tuple(_history(store, rows_of(by_article))),
        log_head=head,
        log_length=length,
        program=f"workbench {__version__}",
        rule=rule,
    )


def rows_of(by_article: dict[int, list[ClaimCard]]) -> set[str]:
    """The typed ids of the claims in a report."""
    return {f"c{card.row.id}" for cards in by_article.values() for card in cards}


def _history(store: Store, claims: set[str]) -> list[EventRow]:
    events: list[EventRow] = []
    for claim in sorted(claims, key=lambda name: int(name[1:])):
        events += history.log(store, claim, limit=None)
    return sorted(events, key=lambda event: event.seq)


# Who gave verdicts or set a status, by what stands: neither undone nor itself an undo or redo. Notes, evidence and
# ingest make nobody a reviewer.
_JUDGES = """
SELECT count(DISTINCT action.reviewer) FROM event JOIN action ON action.id = event.action_id
WHERE action.verb = 'mark' AND NOT action.undone AND event.subject = 'claim'
  AND event.field IN ('truth', 'attribution', 'status')
"""


def rule_of(store: Store) -> str:
    """Which claims a public report of this store holds: the checked ones too while one person alone judges."""
    from db import pages

    with store.reading() as reader:
        rows = pages.select(reader, _JUDGES)
    return APPROVED_ONLY if int(rows[0][0]) > 1 else ONE_REVIEWER


def why_left_out(row: ClaimRow, rule: str) -> str | None:
    """Why a public report of that rule may not hold a claim, in words; None when it may."""
    if row.status not in _SETTLED:
        return f"with the status “{row.status}”"
    if rule == APPROVED_ONLY and row.status != "approved":
        return "that nobody approved"
    if row.anchor_state == "lost":
        return "lost (the words are no longer in the article)"
    return "stale (the text changed after the verdict)" if row.stale else None


def _left_out(rows: Sequence[ClaimRow], rule: str) -> Counter[str]:
    """The reasons for which judged claims are not in a public report, with their numbers."""
    judged = (row for row in rows if row.truth or row.attribution or row.status in _SETTLED)
    return Counter(why for row in judged if (why := why_left_out(row, rule)) is not None)


def export(
    store: Store,
    wanted: ClaimFilter,
    format_name: str,
    *,
    public: bool = False,
    output: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Exported:
    """A report of what the filter shows. With `output`, it is written aside and then takes the file's place.

    Raises UsageError for an unknown format, InputError when the file cannot be written; an earlier file then stays.
    """
    from workbench.report import render

    if format_name not in FORMATS:
        raise UsageError(f"unknown format {format_name!r}", f"known are {', '.join(FORMATS)}")
    rows = lists.claim_rows(store, wanted, "article", limit=None)
    rule = rule_of(store) if public else ""
    report = _collect(store, wanted, rows, rule, progress)
    data = render(report, format_name)
    if output is not None:
        write_aside(output, data)
    reasons = _left_out(rows, rule) if public else Counter[str]()
    claims = sum(len(article.cards) for article in report.articles)
    return Exported(data, claims, output, rule or EVERY, reasons.total(), tuple(reasons.most_common()))


def write_aside(path: Path, data: bytes) -> None:
    """Write a whole file or leave what was there. Raises InputError."""
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is not a regular file", "name another file")
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}", "name a folder that exists and is yours"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, 0o600)
        os.replace(aside, path)
        _synchronise(path.parent)
    except OSError as error:
        Path(aside).unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}", "free space, or name another file") from error


def _synchronise(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where the system can do that."""
    with contextlib.suppress(OSError):  # the file itself is whole already, under one name or the other
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
