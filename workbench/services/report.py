"""Reports: what a filter shows, collected and written aside before it replaces an earlier file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import UsageError
from workbench.records import (
    APPROVED_ONLY,
    ONE_REVIEWER,
    ClaimFilter,
    ClaimRow,
    Progress,
    Report,
)
from workbench.services import lists
from workbench.services.store import Store
from workbench.services.writing import write_aside

ARCHIVE = "archive"  # the whole store in one file; no report
FORMATS = ("md", "html", "json", "jsonl", "csv", "xlsx", "docx")  # as workbench.report has them, without importing it
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


# Who gave verdicts or set a status, by what stands: neither undone nor itself an undo or redo. Notes, evidence and
# ingest make nobody a reviewer.
_JUDGES = """
SELECT count(DISTINCT who) FROM (
  SELECT action.reviewer AS who FROM event JOIN action ON action.id = event.action_id
  WHERE action.verb = 'mark' AND NOT action.undone AND event.subject = 'claim'
    AND event.field IN ('truth', 'attribution', 'status')
  UNION SELECT json_extract(event.after, '$.reviewer') FROM event JOIN action ON action.id = event.action_id
  WHERE action.verb = 'import' AND NOT action.undone AND event.subject = 'claim'
    AND event.field IN ('truth', 'attribution'))
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


def left_out(rows: Sequence[ClaimRow], rule: str) -> Counter[str]:
    """The reasons for which judged claims are not in a public report, with their numbers."""
    judged = (row for row in rows if row.truth or row.attribution or row.status in _SETTLED)
    return Counter(why for row in judged if (why := why_left_out(row, rule)) is not None)


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
    from workbench.services.collecting import gather

    held = [row for row in rows if why_left_out(row, rule) is None] if rule else rows
    return gather(store, wanted, held, rule, progress)


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

    if format_name == ARCHIVE:
        return _export_archive(store, wanted, public, output, progress)
    if format_name not in FORMATS:
        raise UsageError(f"unknown format {format_name!r}", f"known are {', '.join(FORMATS)}")
    rows = lists.claim_rows(store, wanted, "article", limit=None)
    rule = rule_of(store) if public else ""
    report = _collect(store, wanted, rows, rule, progress)
    data = render(report, format_name)
    if output is not None:
        write_aside(output, data)
    reasons = left_out(rows, rule) if public else Counter[str]()
    claims = sum(len(article.cards) for article in report.articles)
    return Exported(data, claims, output, rule or EVERY, reasons.total(), tuple(reasons.most_common()))


def _export_archive(
    store: Store,
    wanted: ClaimFilter,
    public: bool,
    output: Path | None,
    progress: Callable[[Progress], None] | None,
) -> Exported:
    """The whole store, hidden things included. Raises UsageError where less was asked for."""
    from workbench.services import archive

    if wanted != ClaimFilter() or public:
        raise UsageError("an archive is the whole store", "leave filters and --public out, or choose another format")
    if output is None:
        raise UsageError("an archive goes into a file", "name one with -o")
    return Exported(b"", archive.export(store, output, progress), output)
