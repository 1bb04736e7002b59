"""Claims that give different figures for one measure, entity and period. Pure; a suggestion with its reason.

Precision before recall: what is compared are two amounts of one unit whose claims share most of their telling words
and co-figures, and name no other entity, period or direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from hashlib import blake2b

from workbench.language.amounts import Amount, amounts
from workbench.language.numbers import numbers
from workbench.language.occasions import UNITS as WHEN
from workbench.language.occasions import occasions
from workbench.language.words import group as closed_group
from workbench.language.words import table
from workbench.language.words import words as lexicon
from workbench.match.spoken import tokens
from workbench.match.weights import weight
from workbench.spans import Span

SAME = 0.72  # of the words of both claims together that they share, where nothing else speaks for one measure
BESIDE = 0.3  # … where an equal figure stands beside
PART = 0.6  # of the words of the parts of the sentences that hold the two figures
TELLING = 8.0  # what the shared words must tell
JUST = 0.9  # of the words that two claims share which are the same sentence but for the figure
JUST_TELLING = 12.0
FEW_DAYS = 4  # between two publications; later, a figure that moves has moved
_RARE = 5.0  # words that tell more lead from one claim to another
_MOST_KEYS = 12
_WHEN_KEYS = 4  # claims that differ in nothing but a date share their rarest words
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.2, "hour": 1 / 24, "minute": 1 / 1440, "decad": 3652.0}
_PERIODS = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|\b(?:last|this|next) (?:year|month|week)\b|\b(?:first|second|third|fourth) quarter\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?“\"‘'(] )(?<!^)(?<![“\"‘])\b[A-Z][\w’'-]+")
_NUMBER_OF = re.compile(r"\b(?:number|count|total) of (\w+)", re.IGNORECASE)
_MEASURES = frozenset({"number", "figur", "amount", "nearly", "almost", "roughly", "around", "about", "som"})
_WORD = re.compile(r"[^\W\d_]{3,}(?:['’]s\b)?")
_DIGIT = re.compile(r"\d")
_FACTORS = ("doubl", "tripl", "trebl", "quadrupl", "halv")
_MARKS = str.maketrans(dict.fromkeys("-,.;:()", " "))
_APART = re.compile(r"[,;:()–—]|\b(?:and|but|while|whereas)\b")
_SUMS = frozenset({"total", "combin", "together", "altogether", "sum", "overall", "each", "averag", "half", "doubl"})
_CHANGING = frozenset({"ris", "risen", "ros", "fell", "fall", "fallen", "grow", "grew", "grown", "increas", "climb",
                       "dropp", "declin", "decreas", "went", "gone"})  # fmt: skip
_LONGEST = 600  # code points; a longer claim holds too much to be one statement


@dataclass(frozen=True)
class Figures:
    """A claim as it is compared; what only a comparison asks for is worked out when it is asked for."""

    text: str = ""
    amounts: tuple[Amount, ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()  # of each telling word: its stem, start and end

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of the telling words."""
        return frozenset(word for word, _, _ in self.places)

    @cached_property
    def local(self) -> tuple[frozenset[str], ...]:
        """Of each amount: the telling words of its part of the sentence."""
        parts = [_part(self.text, Span(amount.start, amount.end)) for amount in self.amounts]
        return tuple(
            frozenset(word for word, start, end in self.places if part.start <= start and end <= part.end)
            for part in parts
        )

    @cached_property
    def periods(self) -> frozenset[str]:
        """The years, months, days and the like that are named, those aside that are compared."""
        said = (match for match in _PERIODS.finditer(self.text) if not self._is_compared(match.start()))
        return frozenset(match.group().casefold() for match in said)

    def _is_compared(self, at: int) -> bool:
        return any(amount.unit in WHEN and amount.start <= at < amount.end for amount in self.amounts)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names, months aside."""
        matches = (match for match in _NAME.finditer(self.text) if not self._is_compared(match.start()))
        found = (match.group().casefold() for match in matches)
        names = frozenset(name.removesuffix("’s").removesuffix("'s") for name in found)
        return names - closed_group("months") - frozenset(" ".join(self.periods).split())

    def spelled(self, stems: Iterable[str]) -> list[str]:
        """Words of the claim that have these stems, the most telling first."""
        words = {word: self.text[start:end].lower() for word, start, end in self.places}
        chosen = sorted(stems, key=lambda each: (-_weight(each), each))[:4]
        return [words.get(each, each) for each in chosen]


@dataclass(frozen=True, slots=True)
class Index:
    """How others find a claim with figures: the numbers of its keys, and what the words of each tell.

    `rest` is what its other words tell, `needed` what two claims must share to be in conflict.
    """

    keys: tuple[int, ...]
    tells: tuple[float, ...]
    rest: float
    needed: float


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim's words, who is said to have said them, and the day they were published (ISO date)."""

    text: str
    source: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two amounts that cannot both be right, as they are written, and why they are taken for one measure."""

    one: str
    other: str
    unit: str | None
    score: float
    why: str


@lru_cache(maxsize=512)
def figures(text: str) -> Figures:
    """What is compared of a claim's words. Of long claims nothing."""
    if len(text) > _LONGEST:
        return Figures()
    whole, counted = Span(0, len(text)), _counts(text)
    read = numbers(text, whole) if counted else ()
    amounts_ = _counted(text, amounts(text, whole, read)) if counted else ()
    found = tuple(_in_kind(amount) for amount in amounts_ if amount.unit)
    if found:
        return Figures(text, found, _telling(text, found, tokens(text)))
    dated = occasions(text, whole, read)  # a date beside a figure says when that held
    if not dated:
        return Figures()
    return Figures(text, dated, _telling(text, dated, ((m.group().lower(), *m.span()) for m in _WORD.finditer(text))))


def _counts(text: str) -> bool:
    """Whether a text may hold an amount."""
    if _DIGIT.search(text) is not None:
        return True
    said = text.lower()
    return any(factor in said for factor in _FACTORS) or not _counting().isdisjoint(said.translate(_MARKS).split())


@cache
def _counting() -> frozenset[str]:
    """Words without digits that may be, or begin, a figure."""
    spelled = {row[0] for row in table("numbers")} - {"one"}
    return frozenset(
        spelled | {row[0] for row in table("figures") if row[1] in ("share", "part", "parts", "quarter", "scale")}
    )


def _in_kind(amount: Amount) -> Amount:
    """A factor as the change in per cent that it is, a time that something takes in days; others as they are."""
    if amount.unit == "times":
        value = 100.0 * abs(amount.low - 1.0)
        return replace(amount, low=value, high=value, unit="%")
    days = _DAYS.get(_kind(amount.unit)) if amount.change is None else None
    if days is None:
        return amount
    slack = 0.02 * amount.high * days if days > 7 else 0.0
    return replace(amount, low=amount.low * days - slack, high=amount.high * days + slack, unit="days")


def _counted(text: str, found: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """A lone bare figure counts what the claim says is counted: “put the number of people on short time at 58”."""
    counted = _NUMBER_OF.search(text)
    if len(found) != 1 or found[0].unit or counted is None:
        return found
    return (replace(found[0], unit=counted[1].lower()),)


def _part(text: str, span: Span) -> Span:
    """The part of the sentence, between commas and small joints, that holds a figure."""
    starts = [match.end() for match in _APART.finditer(text, 0, span.start)]
    stop = _APART.search(text, span.end)
    return Span(starts[-1] if starts else 0, stop.start() if stop else len(text))


def _telling(
    text: str, aside: Sequence[Amount], said: Iterable[tuple[str, int, int]]
) -> tuple[tuple[str, int, int], ...]:
    """Of words with their places those that tell something, as stems; figures and their rounding left out."""
    small, found = lexicon("small_words"), []
    for word, start, end in said:
        if len(word) < 3 or word in small or word[0] == "#":
            continue
        stemmed = stem(word)
        if stemmed not in _MEASURES and not any(one.start <= start < one.end for one in aside):
            found.append((stemmed, start, end))
    return tuple(found)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without the commonest endings: “repairs”, “repaired”, “repairing” are one."""
    for ending in ("'s", "ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e")


def index(text: str) -> Index | None:
    """How a claim with figures is found by others: by unit and telling word. None without figures."""
    made = figures(text)
    if not made.amounts:
        return None
    telling = sorted((word for word in made.words if weight(word) >= _RARE), key=lambda word: (-weight(word), word))
    when = made.amounts[0].unit in WHEN
    keyed = telling[: _WHEN_KEYS if when else _MOST_KEYS]
    units = sorted({_kind(amount.unit) for amount in made.amounts})
    told = made.words.difference(units, _CHANGING, _DAYS)
    rest, whole = _mass(made.words.difference(keyed)), _mass(told)
    sought = sorted({_SOUGHT.get(unit, unit) for unit in units})
    numbers = tuple(_number(f"{unit} {word}") for unit in sought for word in keyed)
    helped = len(made.amounts) > 1 and any(map(_is_plain, made.amounts)) and any(map(_is_telling, made.amounts))
    needed = max(TELLING, (BESIDE if helped else SAME) * whole) - 1e-6  # below it `conflict` says no: see _conflicts
    needed = max(JUST_TELLING, JUST * whole) - 1e-6 if when else needed
    return Index(numbers, tuple(map(_weight, keyed)) * len(sought), rest, needed)


_SOUGHT = {"percentage point": "%"}  # of one sentence, per cent and percentage points are a conflict


def _number(key: str) -> int:
    """A key as a number below 2**63 that is the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def _kind(unit: str | None) -> str:
    return stem((unit or "").lower())


def conflict(one: Stated, other: Stated) -> Conflict | None:
    """The clearest conflict between two claims, None where they speak of different things or agree."""
    mine, theirs = figures(one.text), figures(other.text)
    if not mine.amounts or not theirs.amounts or _other_subject(mine, theirs) or _other_day(one, other, mine, theirs):
        return None
    found = sorted(_conflicts(mine, theirs), key=lambda conflict: -conflict.score)
    if not found:
        return None
    apart = one.source and other.source and one.source != other.source
    why = found[0].why + (f"; so say {one.source} and {other.source}" if apart else "")
    return replace(found[0], why=why)


def _other_day(one: Stated, other: Stated, mine: Figures, theirs: Figures) -> bool:
    """Whether the claims were published so far apart that the figure may have moved, and name no common year."""
    try:
        days = abs((date.fromisoformat((one.date or "")[:10]) - date.fromisoformat((other.date or "")[:10])).days)
    except ValueError:
        return False
    years = {period for period in mine.periods & theirs.periods if period.isdigit()}
    dated = all(amount.unit == "date" for amount in (*mine.amounts, *theirs.amounts))
    return days > FEW_DAYS and not years and not dated


def _conflicts(one: Figures, other: Figures) -> Iterator[Conflict]:
    if (one.words & _SUMS) != (other.words & _SUMS):
        return
    for number, mine in enumerate(one.amounts):
        for place, theirs in enumerate(other.amounts):
            swapped = _swapped(mine, theirs)
            if not swapped and (
                not _comparable(mine, theirs) or mine.agrees(theirs) or _said_too(mine, theirs, one, other)
            ):
                continue
            unit = _said_by(mine, theirs)
            shared, both = (one.words & other.words) - unit, (one.words | other.words) - unit
            beside = _co_figures(one, other, mine, theirs)
            part, parts = one.local[number] & other.local[place], one.local[number] | other.local[place]
            likeness = _mass(shared) / (_mass(both) or 1.0)
            near = _mass(part - unit) / (_mass(parts - unit) or 1.0)
            alike = likeness >= SAME and near >= PART
            helped = likeness >= BESIDE and _is_plain(mine) and any(map(_is_telling, beside))
            if swapped or mine.unit in WHEN:
                enough = likeness >= JUST and one.names == other.names
                enough &= _mass(shared) >= (TELLING if swapped else JUST_TELLING)
            else:
                enough = _mass(shared) >= TELLING and (alike or helped)
            if enough:
                yield _made(mine, theirs, one.spelled(shared), beside, likeness)


def _said_by(mine: Amount, theirs: Amount) -> frozenset[str]:
    """The words that belong to the figures and not to what is counted: units, and verbs where both are changes."""
    units = frozenset({_kind(mine.unit), _kind(theirs.unit)})
    units |= frozenset(_DAYS) if "day" in units else frozenset()
    return units | (_CHANGING if mine.change and theirs.change else frozenset())


def _swapped(mine: Amount, theirs: Amount) -> bool:
    """Whether one change of so much is in per cent and the other in percentage points."""
    units = {_kind(mine.unit), _kind(theirs.unit)}
    return units == {"%", "percentage point"} and mine.change == theirs.change is not None and mine.agrees(theirs)


def _is_plain(amount: Amount) -> bool:
    """Whether a figure is a share or a sum of money: what is counted differs from claim to claim more often."""
    return amount.unit in ("%", "percentage points", "$", "£", "€")


def _is_telling(amount: Amount) -> bool:
    """Whether a figure is so particular that two claims do not share it by accident."""
    return len(re.sub(r"\D", "", amount.text).strip("0")) >= 2 and amount.unit != "%"


def _comparable(mine: Amount, theirs: Amount) -> bool:
    if _kind(mine.unit) != _kind(theirs.unit):
        return False
    return mine.change == theirs.change or (None in (mine.change, theirs.change) and mine.unit not in ("%", "times"))


def _said_too(mine: Amount, theirs: Amount, one: Figures, other: Figures) -> bool:
    """Whether either figure stands in the other claim too: then both are there, for two things."""
    return any(mine.agrees(amount) and _comparable(mine, amount) for amount in other.amounts) or any(
        theirs.agrees(amount) and _comparable(theirs, amount) for amount in one.amounts
    )


def _other_subject(one: Figures, other: Figures) -> bool:
    """Whether each names somebody or a time that the other does not."""
    if (one.names - other.names) and (other.names - one.names):
        return True
    return bool((one.periods - other.periods) and (other.periods - one.periods))


def _co_figures(one: Figures, other: Figures, mine: Amount, theirs: Amount) -> list[Amount]:
    """Equal figures beside the two that differ."""
    return [
        amount
        for amount in one.amounts
        if amount is not mine
        and any(
            amount.low == each.low and amount.high == each.high and _kind(amount.unit) == _kind(each.unit)
            for each in other.amounts
            if each is not theirs
        )
    ]


def _mass(words: frozenset[str]) -> float:
    return sum(map(_weight, words))


@lru_cache(maxsize=8192)
def _weight(word: str) -> float:
    """What a stem tells: as its commonest form."""
    return min(weight(form) for form in (word, word + "e", word + "s", word + "ed", word + "ing"))


def _made(mine: Amount, theirs: Amount, shared: list[str], beside: list[Amount], likeness: float) -> Conflict:
    also = f", both beside {beside[0].text}" if beside else ""
    why = f"“{mine.text}” against “{theirs.text}” in claims that share {', '.join(shared)}{also}"
    return Conflict(mine.text, theirs.text, mine.unit, round(min(1.0, likeness + 0.2 * len(beside)), 3), why)
