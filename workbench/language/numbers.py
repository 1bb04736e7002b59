"""Figures in a text: money, shares, counts, ranges; years, dates and times kept apart by their unit.

A value is in plain units (5.9 billion -> 5.9e9). The unit is a currency sign, "%", "percentage points", "year",
"date", "time", or the counted thing as it is named ("launches").
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from workbench.language.words import table, words
from workbench.records import Number
from workbench.spans import Span

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9,
           "tn": 1e12, "m": 1e6, "b": 1e9, "k": 1e3, "dozen": 12.0}  # fmt: skip
_SIGNS = {"usd": "$", "us$": "$", "eur": "€", "gbp": "£", "jpy": "¥", "inr": "₹"}
_PERCENT = r"percentage[ -]points?|percent|per\s?cent|pct|%|points"


@cache
def _small() -> dict[str, int]:
    """Number words: "seven" -> 7, "twenty" -> 20."""
    return {word: int(value) for word, value in table("numbers")}


@cache
def _pattern() -> re.Pattern[str]:
    months = (
        r"(?!(?:may|mar|march)\b)(?i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
        r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
    )  # fmt: skip; in small letters “may” and “march” are verbs
    small = "|".join(sorted(_small(), key=len, reverse=True))
    large = "thousand|million|billion|trillion"
    spelled = (
        rf"(?:(?:{small})(?:[ -](?:and )?(?:{small}))*|a(?=[ ](?:hundred|dozen|{large})\b)|half a(?=[ ](?:{large})\b))"
    )
    scale = rf"(?:[ -]?(?:hundred|dozen|{large})(?:[ -](?:{large}))?|\s?(?:mn|bn|tn)|[mbk])"
    initials = "".join({word[0] for word in _small()} | set("jfmasond") | set("ahn"))  # elsewhere no figure begins
    return re.compile(
        rf"(?=[\d$£€¥₹₽]|\b(?i:[{initials}])|(?:US|A|C|HK|NZ|S)\$|\b(?:USD|EUR|GBP|JPY|INR)\s)(?:"
        rf"(?P<date>\b{months}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s{months}(?:\s\d{{4}})?\b|\b{months}\s\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b)"
        r"|(?P<time>\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.m\.|[ap]m\b)|\b\d{1,2}:\d\d\b)"
        r"|(?P<ordinal>\b\d[\d,]{0,12}(?:st|nd|rd|th)\b|\b[Nn]o\.\s?\d+)"
        rf"|(?:(?P<sign>(?:US|A|C|HK|NZ|S)?\$|[£€¥₹₽]|\b(?:USD|EUR|GBP|JPY|INR)(?=\s))\s?)?"
        rf"(?:(?P<figure>(?<![\w.,-]){_FIGURE}(?![\d])|(?<=[$£€¥₹₽]){_FIGURE}|(?<=[$£€¥₹₽]\s){_FIGURE}|(?<=\d[-–—]){_FIGURE})|\b(?P<spelled>(?i:{spelled}))\b)"
        rf"(?P<scale>(?i:{scale})\b)?(?P<decade>[’']?s\b)?(?:[ -]?(?P<percent>(?i:{_PERCENT}))(?!\w))?"
        r"(?:\s(?P<money>dollars|euros|pounds|cents|yen|rupees)\b)?)"
    )


_RANGE = re.compile(r"\s?(?:[-–—]|to|and|or)\s?$")
_STEP = re.compile(r"([ -])([^\W\d_]+(?:-[^\W\d_]+)*)(?![’'\w])")


def numbers(text: str, span: Span) -> tuple[Number, ...]:
    """The figures inside `span`, in order. Ordinals and lone ones are left out."""
    found: list[Number] = []
    for match in _pattern().finditer(text, span.start, span.end):
        number = _number(text, match, span.end)
        if number is None:
            continue
        if found and _in_range(text, found[-1], number):
            number = _with_sign(found[-1], number)
            found[-1] = _like(found[-1], number)
        found.append(number)
    return tuple(found)


def _number(text: str, match: re.Match[str], limit: int) -> Number | None:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    words_of_it = text[start : match.end()]
    if match["date"]:
        return Number(start, match.end(), words_of_it, None, "date")
    if match["time"]:
        return Number(start, match.end(), words_of_it, _hours(words_of_it), "time")
    if match["ordinal"] or not (match["figure"] or match["spelled"]):
        return None
    value = _value(match)
    if match["spelled"] and value == 1.0:
        return None  # “one” is a pronoun more often than a figure
    return Number(start, match.end(), words_of_it, value, _unit(text, match, value, limit))


def _value(match: re.Match[str]) -> float:
    value = float(match["figure"].replace(",", "")) if match["figure"] else _spelled(match["spelled"])
    for word in re.split(r"[ -]", (match["scale"] or "").strip(" -").lower()):
        value *= _SCALES.get(word, 1.0)
    return float(f"{value:.12g}")  # 5.9 billion is 5.9e9, not 5900000000.000001


def _spelled(words_of_it: str) -> float:
    lower = words_of_it.lower()
    if lower == "a":
        return 1.0
    if lower == "half a":
        return 0.5
    return float(sum(_small().get(word, 0) for word in re.split(r"[ -]", lower)))


def _hours(words_of_it: str) -> float:
    digits = re.findall(r"\d+", words_of_it)
    hours = int(digits[0]) + (int(digits[1]) / 60 if len(digits) > 1 else 0.0)
    return hours % 12 + 12 if "p" in words_of_it.lower() else float(hours)


def _unit(text: str, match: re.Match[str], value: float, limit: int) -> str | None:
    if match["sign"]:
        sign = match["sign"].strip()
        return _SIGNS.get(sign.lower(), sign)
    if match["percent"]:
        return "percentage points" if "point" in match["percent"].lower() else "%"
    if match["money"]:
        return {"dollars": "$", "euros": "€", "pounds": "£", "yen": "¥", "rupees": "₹"}.get(match["money"], "cents")
    figure = match["figure"]
    counted = _counted(text, match.end(), limit)
    year = figure is not None and len(figure) == 4 and figure.isdigit() and 1000 <= value <= 2100
    if year and not match["scale"] and (match["decade"] or counted is None):
        return "year"
    return counted


def _counted(text: str, at: int, limit: int) -> str | None:
    """The counted thing after a figure: the first plural within four small words ("upcoming launches")."""
    after_of = False
    for _ in range(4):
        match = _STEP.match(text, at, limit)
        if match is None or not match[2].islower():
            return None
        word = match[2]
        if word in words("small_words") and word != "of" and not after_of:
            return None
        if word not in words("small_words") and (_is_plural(word) or match[1] == "-"):
            return word
        after_of = word == "of"
        at = match.end()
    return None


def _is_plural(word: str) -> bool:
    return word in words("plurals") or (word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")))


def _in_range(text: str, first: Number, second: Number) -> bool:
    """Whether `first` is the lower end of a range that `second` closes, and lacks its unit or scale."""
    between = text[first.end : second.start]
    if len(between) > 5 or first.value is None or second.value is None or not _RANGE.fullmatch(between):
        return False
    if first.text[0] in "$£€¥₹":
        return second.unit in (None, first.unit)
    return first.unit in (None, second.unit, "year") and second.unit is not None and first.value <= 1e6


def _with_sign(first: Number, second: Number) -> Number:
    """The upper end of a range with the currency of the lower ("$10-15 million")."""
    return replace(second, unit=second.unit or first.unit)


def _like(first: Number, second: Number) -> Number:
    """The lower end of a range with the unit, and where it has none of its own the scale, of the upper end."""
    value = first.value or 0.0
    scale = re.search(r"(hundred|thousand|million|billion|trillion|[mbt]n|[mbk])\b", second.text.lower())
    if scale and not re.search(r"[a-z]", first.text.lower()):
        value *= _SCALES[scale[1]]
    unit = second.unit if second.unit != "year" or first.unit == "year" else first.unit
    return Number(first.start, first.end, first.text, value, unit)
