"""Reports: what a filter shows, collected and written aside before it replaces an earlier file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench import __version__
from workbench.errors import InputError, UsageError
from workbench.records import ClaimCard, ClaimFilter, EventRow, Family, Progress, Report, ReportArticle
from workbench.services import history, lists, show
from workbench.services.filters import format_filter
from workbench.services.journal import now
from workbench.services.store import Store

FORMATS = ("md", "html", "json", "csv")  # as workbench.report has them, without importing it


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished export: its bytes, how many claims it holds, and the file it was written to, if any."""

    data: bytes
    claims: int
    path: Path | None


def collect(
    store: Store, wanted: ClaimFilter, *, public: bool, progress: Callable[[Progress], None] | None = None
) -> Report:
    """Everything that a report of this filter prints.

    A public report holds approved claims only (checked ones where one reviewer works alone), and nothing that is
    confidential or internal: the renderers are not trusted with what they may not print.
    """
    rows = lists.claim_rows(store, wanted, "article", limit=None)
    if public:
        shown = ("approved",) if _several_reviewers(store) else ("approved", "checked")
        rows = [row for row in rows if row.status in shown]
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
    )


def rows_of(by_article: dict[int, list[ClaimCard]]) -> set[str]:
    """The typed ids of the claims in a report."""
    return {f"c{card.row.id}" for cards in by_article.values() for card in cards}


def _history(store: Store, claims: set[str]) -> list[EventRow]:
    events: list[EventRow] = []
    for claim in sorted(claims, key=lambda name: int(name[1:])):
        events += history.log(store, claim, limit=None)
    return sorted(events, key=lambda event: event.seq)


def _several_reviewers(store: Store) -> bool:
    """Whether more than one person has judged claims in this store."""
    from db import pages

    with store.reading() as reader:
        rows = pages.select(reader, "SELECT count(DISTINCT reviewer) FROM action WHERE verb <> 'ingest'")
    return int(rows[0][0]) > 1


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
    report = collect(store, wanted, public=public, progress=progress)
    data = render(report, format_name)
    if output is not None:
        write_aside(output, data)
    return Exported(data, sum(len(article.cards) for article in report.articles), output)


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
