"""Records to bytes: verdict reports as Markdown, HTML, JSON and CSV, and our own JSON back to records. Pure."""

from __future__ import annotations

from workbench.errors import UsageError
from workbench.records import Report
from workbench.report.jsonread import read_json
from workbench.report.public import withhold

__all__ = ["FORMATS", "read_json", "render"]

FORMATS: tuple[str, ...] = ("md", "html", "json", "csv")


def render(report: Report, format: str) -> bytes:
    """`report` as a file of that format, UTF-8, the same bytes for the same report.

    A public report is stripped of whatever may not be published before any format sees it.
    Raises UsageError for a format that is not in FORMATS.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown report format “{format}”", f"choose one of {', '.join(FORMATS)}")
    return _render(withhold(report), format)


def _render(report: Report, format: str) -> bytes:
    # Each format is imported when it is asked for: Jinja is not needed to write a table.
    if format == "html":
        from workbench.report import page

        return page.render(report)
    if format == "md":
        from workbench.report import markdown

        return markdown.render(report)
    if format == "csv":
        from workbench.report import csvfile

        return csvfile.render(report)
    from workbench.report import jsonfile

    return jsonfile.render(report)
