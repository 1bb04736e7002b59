"""When something was or will be, as amounts that can be compared: dates, months, years, weekdays, clock times.

A date with its year is the range of days that it may be (“May 2021” is 31 of them), so that “4 May 2021” and “in 2021”
agree. What lacks the year, a weekday and a time of day are each of a unit of their own.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from workbench.language.amounts import Amount
from workbench.language.numbers import numbers
from workbench.language.words import group, table
from workbench.records import Number
from workbench.spans import Span

UNITS = frozenset({"date", "day of the year", "weekday", "time of day"})

_LEAP = 2000  # a year in which every day exists
_LED = 12  # code points before a date in which a word sets it as a limit
_LIMIT = re.compile(r"\b(?:by|before|until|till|after|since|from)\s+(?:\w+\s)?$", re.IGNORECASE)


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(name.capitalize() for name in sorted(group("days"), key=len, reverse=True) if len(name) > 5)
    short = "Friday|Sunday|Monday|April|March|June|July|May"
    return re.compile(rf"\b(?:on|in|last|next|this|late|early)\s(?P<name>{names}|{short})\b(?!\s\d)")


@cache
def _values() -> dict[str, tuple[str, int]]:
    return {
        word: (kind, int(float(value))) for word, kind, value in table("figures") if kind in ("month", "spoken", "day")
    }


def occasions(text: str, span: Span, read: Sequence[Number] | None = None) -> tuple[Amount, ...]:
    """The dates, weekdays and times inside `span`, in order. Limits (“by June”) and decades are left out.

    `read` are its `numbers`, where they are known.
    """
    read = numbers(text, span) if read is None else read
    found = [made for number in read if (made := _of_number(text, number)) is not None]
    taken = [(amount.start, amount.end) for amount in found]
    for amount in _of_names(text, span):
        if not any(start <= amount.start < end for start, end in taken):
            found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _of_names(text: str, span: Span) -> Iterator[Amount]:
    for match in _named().finditer(text, span.start, span.end):
        kind, value = _values()[match["name"].lower()]
        start, end = match.span("name")
        if kind == "day":
            yield Amount(start, end, match["name"], value, value, "weekday")
        else:
            low, high = _month(_LEAP, value)
            yield Amount(start, end, match["name"], low, high, "day of the year")


def _of_number(text: str, number: Number) -> Amount | None:
    if number.unit not in ("date", "time", "year") or _LIMIT.search(text, max(0, number.start - _LED), number.start):
        return None
    if number.unit == "time":
        minutes = round(60 * (number.value or 0.0))
        return Amount(number.start, number.end, number.text, minutes, minutes, "time of day")
    found = _days(number)
    if found is None:
        return None
    low, high, unit = found
    return Amount(number.start, number.end, number.text, low, high, unit)


def _days(number: Number) -> tuple[int, int, str] | None:
    """The first and last day that a date may be, and its unit."""
    if number.unit == "year":
        year = int(number.value or 0) if number.text.isdigit() else 0
        return (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), "date") if year else None
    digits = [int(each) for each in re.findall(r"\d+", number.text)]
    name = re.search(r"[A-Za-z]{3,}", number.text)
    month = _values().get(name.group().lower(), ("", 0))[1] if name else 0
    year = next((each for each in digits if each > 31), 0)
    day = next((each for each in digits if each <= 31), 0)
    if not month:
        return None  # 4/5/2021 is another day in every country
    unit = "date" if year else "day of the year"
    low, high = _month(year or _LEAP, month)
    if not day:
        return low, high, unit
    return (low + day - 1, low + day - 1, unit) if low + day - 1 <= high else None


def _month(year: int, month: int) -> tuple[int, int]:
    first = date(year, month, 1).toordinal()
    return first, first + monthrange(year, month)[1] - 1
