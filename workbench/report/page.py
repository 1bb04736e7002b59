"""A report as one self-contained HTML page: no script, nothing loaded from elsewhere, everything foreign escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from workbench.records import Report
from workbench.report import phrases
from workbench.report.drafting import draft
from workbench.report.figures import Figures, Tally
from workbench.text import clean

BAR = 600  # width of the bar of verdicts in its own units


def render(report: Report) -> bytes:
    """`report` as an HTML page, UTF-8."""
    page = _templates().get_template("report.html.j2").render(sheet=draft(report))
    return page.encode("utf-8", "replace")


@cache
def _templates() -> Environment:
    """The templates of this room, escaping by default; what is printed is cleaned first, whatever it is."""
    environment = Environment(
        loader=PackageLoader("workbench.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
        keep_trailing_newline=True,
    )
    environment.globals.update(phrases=phrases, bar_of=_bar, slices=_slices, share=_share)
    environment.filters.update(minute=phrases.minute, percent=phrases.percent, tone=phrases.tone, lines=_lines)
    return environment


def _cleaned(value: Any) -> Any:
    # Markup is what our own macros made out of cleaned parts.
    return clean(value) if type(value) is str else value


def _share(part: float, whole: float) -> float:
    """The width of a part in a bar of the whole; the smallest is still seen."""
    return round(max(BAR * part / whole, 3 if part else 0), 1) if whole else 0.0


def _lines(text: str) -> list[str]:
    """The paragraphs and lines of a text, without empty ones."""
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _slices(figures: Figures, judgement: str) -> list[tuple[str, str, str, int]]:
    """Label, letter, tone and number of claims of each verdict on one question; for truth also what has none."""
    tallies = [tally for tally in figures.tallies if tally.judgement == judgement]
    result = [_slice(tally) for tally in tallies]
    rest = figures.claims - sum(tally.claims for tally in tallies)
    return [*result, ("no verdict", "○", "open", rest)] if judgement == "truth" and rest else result


def _slice(tally: Tally) -> tuple[str, str, str, int]:
    return tally.label, tally.letter, phrases.tone(tally.word), tally.claims


def _bar(slices: list[tuple[str, str, str, int]]) -> list[tuple[float, float, str, str, str]]:
    """Left edge, width, tone, letter and label of each part of a bar, wide as its share."""
    total = sum(claims for *_, claims in slices) or 1
    result, left = [], 0.0
    for label, letter, tone, claims in slices:
        width = BAR * claims / total
        # A thin gap after each part; the smallest is still seen.
        result.append(
            (
                round(left, 2),
                round(max(width - 1.5, 1.5), 2),
                tone,
                letter,
                f"{label}: {phrases.count(claims, 'claim')}",
            )
        )
        left += width
    return result
