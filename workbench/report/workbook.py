"""A report as an Excel workbook: claims, articles and evidence as typed tables, and a sheet that says what it is.

Every text is written as a text: nothing in it becomes a formula or, on its own, a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from workbench.records import REPORT_FORMAT, Report
from workbench.report import phrases, table
from workbench.report.drafting import draft
from workbench.report.links import web_link
from workbench.report.sheets import ReportSheet
from workbench.text import clean

LONGEST = 32_767  # characters in a cell (Excel's limit)
LONGEST_LINK = 2_079
MOST_LINKS = 65_000  # Excel opens no sheet with more than 65,530

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

Row = Sequence[Any]


def render(report: Report) -> bytes:
    """`report` as an XLSX file, the same bytes for the same report."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    made = _moment(report.made_at) or datetime(1980, 1, 1)
    book.set_properties({"title": "Verdict report", "created": made, "comments": _remark(report)})
    writer = _Writer(book, report.public)
    writer.table("Claims", table.COLUMNS, ([row[name] for name in table.COLUMNS] for row in table.rows(report)))
    writer.table("Articles", *_articles(report))
    writer.table("Evidence", *_evidence(report))
    writer.table("About", ("what", "value"), _about(draft(report)))
    book.close()
    return out.getvalue()


def _remark(report: Report) -> str:
    return "" if report.public else phrases.INTERNAL


class _Writer:
    """Writes tables into one workbook: a frozen header with filters, widths, links, and what each page says."""

    def __init__(self, book: xlsxwriter.Workbook, public: bool) -> None:
        self._book = book
        self._public = public
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._link = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#1F4E79", "underline": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self._minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """A sheet of `rows` under a header of `columns`."""
        sheet = self._book.add_worksheet(name)
        widths = [len(column) + 4 for column in columns]
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self._head)
        number = links = 0
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                links += self._cell(sheet, number, place, value, links)
                widths[place] = max(widths[place], min(len(str(value or "")), 60))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width, 60))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
        self._pages(sheet)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Any, links: int) -> int:
        """Write one value in its own type; 1 when it became a link."""
        if value is None or value == "":
            return 0
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._text)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self._text)
        elif (day := _day(value)) is not None:
            sheet.write_datetime(row, column, day, self._day)
        elif (moment := _moment(value)) is not None:
            sheet.write_datetime(row, column, moment, self._minute)
        else:
            return self._words(sheet, row, column, value, links)
        return 0

    def _words(self, sheet: Worksheet, row: int, column: int, value: str, links: int) -> int:
        text = _shortened(clean(value.replace("\r\n", "\n")))
        link = web_link(value) if value.lower().startswith(("http://", "https://")) else None
        if link is None or len(link) > LONGEST_LINK or links >= MOST_LINKS or value != text:
            sheet.write_string(row, column, text, self._text)
            return 0
        sheet.write_url(row, column, link, self._link, text)
        return 1

    def _pages(self, sheet: Worksheet) -> None:
        """What is printed on every page, and that a table goes on one page's width."""
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        said = "" if self._public else f"&C{phrases.INTERNAL}"
        sheet.set_header(said)
        sheet.set_footer(f"{said}&Rpage &P of &N")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _day(text: str) -> date | None:
    """A date of ISO 8601, when `text` is one that Excel knows."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _moment(text: str) -> datetime | None:
    """A date and time of ISO 8601 as it stands in UTC, to the second; Excel knows no zones."""
    if not _MOMENT.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = moment.utcoffset()
    plain = moment.replace(tzinfo=None, microsecond=0)
    moment = plain - offset if offset else plain
    return moment if moment.year >= 1900 else None


_ARTICLE_COLUMNS = (
    *("article", "title", "outlet", "agency", "published", "url", "version", "versions", "claims", "sentences"),
    *("settled", "coverage", "corrections"),
)


def _articles(report: Report) -> tuple[Sequence[str], Iterable[Row]]:
    later: dict[int, int] = {}
    for change in report.corrections:
        later[change.article_id] = later.get(change.article_id, 0) + change.changed + change.lost
    return _ARTICLE_COLUMNS, (
        (
            f"a{row.id}", row.title, row.outlet, row.agency, row.published, row.url, article.view.version, row.versions,
            len(article.cards), row.sentences, row.settled, round(row.coverage, 3), later.get(row.id, 0),
        )
        for article in report.articles
        for row in (article.view.row,)
    )  # fmt: skip


def _evidence(report: Report) -> tuple[Sequence[str], Iterable[Row]]:
    shared = ("claim", "evidence", "stance", "url", "file", "excerpt", "independent")
    desk = () if report.public else ("copy_kept", "confidential", "proposed", "added_by", "added_at")
    return (*shared, *desk), (
        (
            f"c{card.row.id}", f"e{piece.id}", piece.stance, piece.url, piece.file_name, piece.excerpt,
            piece.independent,
            *(() if report.public else (piece.digest, piece.confidential, piece.proposed)),
            *(() if report.public else (piece.added_by, piece.added_at)),
        )
        for article in report.articles
        for card in article.cards
        for piece in card.evidence
    )  # fmt: skip


def _about(sheet: ReportSheet) -> Iterable[Row]:
    if sheet.internal:
        yield "Publication", phrases.INTERNAL
    yield "Title", sheet.title
    for fact in sheet.facts:
        yield fact.name, fact.text
    numbers = sheet.figures
    for name in ("articles", "claims", "checked", "open", "waived", "not_claims", "stale", "lost"):
        yield name.replace("_", " "), getattr(numbers, name)
    yield "coverage", round(numbers.coverage, 3)
    for tally in numbers.tallies:
        yield f"{phrases.QUESTIONS[tally.judgement]} {tally.label}", tally.claims
    for asked in sheet.questions:
        yield f"Open: {asked.text}", len(asked.claims)
    for name, text in phrases.METHOD:
        yield name, text
    yield "History of the store", sheet.log
    yield "Report format", REPORT_FORMAT
    yield "Program", sheet.program
