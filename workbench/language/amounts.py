"""Figures as amounts that can be compared: value or range, unit, how exact they are, and whether they are a change.

“nearly £4.8 million” is an amount a little below; “rose by 8 per cent” is a change up; “doubled” is a change by the
factor 2, “two thirds of” a share in per cent. A per cent is no percentage point. Dates, years and times are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from workbench.language.numbers import numbers
from workbench.language.words import table
from workbench.records import Number
from workbench.spans import Span

Bound = Literal["exact", "about", "over", "under", "nearly"]
Change = Literal["up", "down"]

_NEVER = frozenset({"date", "time", "year"})
_BEFORE = 30  # code points before a figure in which its rounding stands
_AROUND = 40  # … and around it in which a verb says that it is a change
_UP = r"rose|rise[sn]?|risen|grew|grow[sn]?|increase[ds]?|climb(?:ed|s)?|up|jump(?:ed|s)?|more|higher|gain(?:ed|s)?"
_DOWN = r"fell|fall(?:s|en)?|drop(?:ped|s)?|decline[ds]?|decrease[ds]?|cut|down|less|lower|fewer|lost|shrank|reduced"
_CHANGE_BEFORE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:\s+\w+){{0,2}}?\s+(?:by|of)\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE
)
_CHANGE_AFTER = re.compile(
    r"\s+(?:(?P<up>more|higher|up|above)|(?P<down>less|lower|fewer|down|below))\b", re.IGNORECASE
)
_FACTORS = re.compile(
    r"\b(?:(?P<two>doubled|doubling|twice)|(?P<three>tripled|trebled|tripling)|(?P<four>quadrupled)|(?P<half>halved|halving))\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four|five|seven|nine)[ -])?(?P<part>half|halves|thirds?|quarters?|fourths?|fifths?"
    r"|sixths?|eighths?|tenths?)(?=\s(?:of|the|its|their|all|our)\s)",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_PARTS = {"hal": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FACTOR_VALUES = {"two": 2.0, "three": 3.0, "four": 4.0, "half": 0.5}
_LOOSE = {"exact": (0.0, 0.0), "about": (0.1, 0.1), "nearly": (0.12, 0.0), "over": (0.0, 0.6), "under": (1.0, 0.0)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a text: `low` to `high` is what it may stand for, rounding as written included.

    `unit` is a currency sign, "%", "percentage points", "times" for factors, or the counted thing.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str | None
    bound: Bound = "exact"
    change: Change | None = None

    def agrees(self, other: Amount) -> bool:
        """Whether both may be one amount."""
        return self.low <= other.high and other.low <= self.high


def amounts(text: str, span: Span, read: Sequence[Number] | None = None) -> tuple[Amount, ...]:
    """The amounts inside `span`, in order; a range is one amount. `read` are its `numbers`, where they are known."""
    found: list[Amount] = []
    for number in numbers(text, span) if read is None else read:
        if number.value is None or number.unit in _NEVER:
            continue
        if found and _is_range(text, found[-1], number):
            found[-1] = _joined(text, found[-1], number)
        else:
            found.append(_amount(text, number, span))
    shares = (_share(text, match, span) for match in _SHARES.finditer(text, span.start, span.end))
    found = _without_parts(found, [share for share in shares if share is not None])
    found += [_factor(match) for match in _FACTORS.finditer(text, span.start, span.end)]
    return tuple(sorted(found, key=lambda amount: amount.start))


@cache
def _roundings() -> re.Pattern[str]:
    phrases = sorted((row[0] for row in table("roundings")), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, phrases))})\s+(?:the\s+|a\s+)?[$£€¥₹]?\s?$", re.IGNORECASE)


@cache
def _bounds() -> dict[str, str]:
    return {row[0]: row[1] for row in table("roundings")}


def _amount(text: str, number: Number, span: Span) -> Amount:
    value = number.value or 0.0
    bound = _bound(text, number, span)
    below, above = _LOOSE[bound]
    slack = _precision(number)
    change = _change(text, number, span)
    low, high = value - max(abs(value) * below, slack), value + max(abs(value) * above, slack)
    return Amount(number.start, number.end, number.text, low, high, number.unit, bound, change)


def _bound(text: str, number: Number, span: Span) -> Bound:
    match = _roundings().search(text, max(span.start, number.start - _BEFORE), number.start)
    return _bounds()[match[1].lower()] if match else "exact"  # type: ignore[return-value]


def _precision(number: Number) -> float:
    """Half of the last digit that is written: “4.8 million” may be anything from 4.75 to 4.85."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", number.text)
    value = abs(number.value or 0.0)
    if digits is None:
        return 0.0
    written = float(digits.group().replace(",", ""))
    scale = value / written if written else 1.0
    if digits[1]:
        return 0.499 * scale * 10.0 ** -len(digits[1])
    return 0.499 * scale if scale > 1 else 0.0


def _change(text: str, number: Number, span: Span) -> Change | None:
    before = _CHANGE_BEFORE.search(text, max(span.start, number.start - _AROUND), number.start)
    match = before or _CHANGE_AFTER.match(text, number.end, min(span.end, number.end + _AROUND))
    if match is None:
        return None
    return "up" if match["up"] else "down"


def _is_range(text: str, first: Amount, second: Number) -> bool:
    between = text[first.end : second.start].strip().lower()
    led = text[max(0, first.start - 9) : first.start].lower()
    if first.unit not in (None, second.unit) or led.endswith("from "):
        return False
    return between in ("-", "–", "—", "to") or (between == "and" and led.endswith("between "))


def _joined(text: str, first: Amount, second: Number) -> Amount:
    value = second.value or 0.0
    return Amount(
        first.start, second.end, text[first.start : second.end], min(first.low, value), max(first.high, value),
        second.unit or first.unit, "about", first.change,
    )  # fmt: skip


def _share(text: str, match: re.Match[str], span: Span) -> Amount | None:
    """“a third of” as 33 per cent, half a point about it; “the third of” is a place in a row."""
    part = match["part"].lower()
    if match["count"] is None and not part.startswith("hal"):
        return None
    divisor = next(value for name, value in _PARTS.items() if part.startswith(name))
    value = 100.0 * _COUNTS[(match["count"] or "a").lower()] / divisor
    start = match.start() if match["count"] else match.start("part")
    number = Number(start, match.end(), match.group(), value, "%")
    bound = _bound(text, number, span)
    below, above = _LOOSE[bound]
    low, high = value - max(value * below, 0.5), value + max(value * above, 0.5)
    return Amount(start, match.end(), match.group(), low, high, "%", bound, _change(text, number, span))


def _without_parts(found: list[Amount], shares: list[Amount]) -> list[Amount]:
    """The amounts with the shares, without the numbers that belong to a share (“two” of “two thirds”)."""
    kept = [each for each in found if not any(share.start <= each.start < share.end for share in shares)]
    return kept + shares


def _factor(match: re.Match[str]) -> Amount:
    value = _FACTOR_VALUES[match.lastgroup or "two"]
    change: Change = "down" if value < 1 else "up"
    return Amount(*match.span(), match.group(), value, value, "times", "exact", change)
