"""What is a figure in a sequence of words, and whether two sequences give the same ones. One reading for every room.

Words come folded and in order, as `match.words` or `match.spoken` have them: figures as digits, with or without "#"
before them, "%" as "percent". Read are counts with their scale, shares (“half”, “two thirds”, “5 per cent”), factors
(“doubled”, “three times”), percentage points, clock times, days of a month, and apart from these what names a place in
a row rather than an amount: ordinals, months, weekdays, and units behind a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from workbench.language.words import group as closed_group
from workbench.language.words import table
from workbench.language.words import words as lexicon

Figure = tuple[str, float | str]  # what it is, and its value or name

_SHORT = {"m": 1e6, "b": 1e9, "k": 1e3, "bn": 1e9, "mn": 1e6, "tn": 1e12}
_LONGEST = 40  # digits; a longer run is a number of its own
_ROUND = (1e12, 1e9, 1e6, 1e3, 1e2)
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_FOLLOWING = frozenset({"percent", "percentage", "points", "point", "times", "fold", "p", "m", *_ENDINGS})
_EACH = frozenset({"a", "an", "per", "each", "every"})
_DATED = frozenset({"in", "of", "by", "since", "until", "till", "during", "last", "next", "early", "late", "mid",
                    "from", "before", "after", "between"})  # fmt: skip  # before “may”, “march” they make it a month
_SINGULAR = {"feet": "foot", "inches": "inch", "metre": "meter", "kilometre": "kilometer", "litre": "liter",
             "tonne": "ton"}  # fmt: skip


class Figures(NamedTuple):
    """The figures of some words. An amount that comes, goes or changes is a change; a name only where another stands
    for it, for a day or a month is often left out."""

    amounts: Counter[Figure]
    names: Counter[Figure]


NONE = Figures(Counter(), Counter())


def changed(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two stretches that correspond give different figures."""
    if one == other:
        return False
    mine, theirs = figures(one), figures(other)
    if mine.amounts != theirs.amounts:
        return True
    went, came = mine.names - theirs.names, theirs.names - mine.names
    return bool({kind for kind, _ in went} & {kind for kind, _ in came})


def only_named(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether nothing but the name of a day or a month, or a word such as “most”, is another one."""
    mine, theirs = figures(one), figures(other)
    differing = (mine.names - theirs.names) + (theirs.names - mine.names)
    return mine.amounts == theirs.amounts and {kind for kind, _ in differing} <= {"day", "month", "many"}


def figures(words: Sequence[str]) -> Figures:
    """The figures of words, in whatever spelling: “two and a half million” and “2.5 million” are one. “one” is none."""
    if not any(map(_may_be, words)):
        return NONE
    return _Reader(words).read()


def is_figure(word: str) -> bool:
    """Whether a number may end with this word."""
    return _value(word) is not None or _meaning(word)[0] == "scale"


def begins(words: Sequence[str], at: int) -> bool:
    """Whether a figure begins at a place: “half”, “5”, “a third”, “a dozen”, “twice”."""
    word = words[at] if at < len(words) else ""
    if word in ("a", "an", "one") and at + 1 < len(words):
        return _meaning(words[at + 1])[0] in ("part", "quarter", "scale")
    return bool(word) and (is_figure(word) or _meaning(word)[0] in ("share", "times"))


def goes_on(word: str) -> bool:
    """Whether a number before this word is another one with it: a scale, a unit, a part, half of the day."""
    kind = _meaning(word)[0]
    return kind in ("scale", "parts", "clock") or word in _FOLLOWING or word in closed_group("currencies")


def is_month(words: Sequence[str], at: int) -> bool:
    """Whether the word at a place names a month: “may” and “march” do beside a figure or after “in”, “since” …"""
    kind, _ = _meaning(words[at])
    if kind != "spoken":
        return kind == "month"
    beside = (words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else "")
    return beside[0] in _DATED or any(word and _value(word) is not None for word in beside)


@lru_cache(maxsize=8192)
def _may_be(word: str) -> bool:
    return _value(word) is not None or word in _table() or word in closed_group("currencies")


@cache
def _table() -> dict[str, tuple[str, float]]:
    return {word: (kind, float(value)) for word, kind, value in table("figures")}


def _meaning(word: str) -> tuple[str, float]:
    return _table().get(word.removesuffix("'s"), ("", 0.0))


@lru_cache(maxsize=8192)
def _value(word: str) -> float | None:
    """The value of digits; of anything else that holds a digit (“4.5.6”, “g4s”) a number of its own."""
    bare = word.removeprefix("#")
    if bare[:1].isdigit() and len(bare) <= _LONGEST:
        try:
            return float(bare.replace(":", "."))
        except ValueError:
            bare = bare.removesuffix("th")
            if bare.replace(".", "", 1).isdigit():
                return float(bare)
    if not any(map(str.isdigit, bare)):
        return None
    return crc32(bare.encode("utf-8", "replace")) + 0.5


class _Number:
    """A number as its words come in."""

    def __init__(self) -> None:
        self.total = 0.0  # what was multiplied by a thousand or more
        self.part = 0.0
        self.last = 0.0  # the scale that came last, 0 behind a plain number

    @property
    def value(self) -> float:
        return self.total + self.part

    @property
    def bare(self) -> bool:
        """Whether it is a plain number so far."""
        return not self.total and not self.last and self.part > 0

    @property
    def room(self) -> float:
        """What follows behind “and” must be less: the last scale, written or not."""
        return self.last or next((scale for scale in _ROUND if self.value and self.value % scale == 0), 0.0)

    def takes(self, value: float) -> bool:
        """Whether a number right behind is added: “twenty” “five”, “five thousand” “two hundred”."""
        if not _whole(value):
            return False
        tens = not self.last and self.part in range(20, 100, 10) and 0 < value < 10
        return tens or (self.last >= 100 and value < self.last)

    def add(self, value: float) -> None:
        self.part, self.last = self.part + value, 0.0

    def multiply(self, scale: float) -> None:
        if scale < 1000:
            self.part = (self.part or 1.0) * scale
        else:
            self.total = self.total + self.part * scale if self.part else (self.total or 1.0) * scale
            self.part = 0.0
        self.last = scale

    def add_half(self, scale: float) -> None:
        """“two and a half (million)”, “a million and a half”."""
        if self.room:
            self.part += 0.5 * self.room
        else:
            self.part = (self.part + 0.5) * (scale or 1.0)


class _Reader:
    """Goes along words once, from figure to figure."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.amounts: Counter[Figure] = Counter()
        self.names: Counter[Figure] = Counter()

    def read(self) -> Figures:
        at = 0
        while at < len(self.words):
            if _may_be(self.words[at]):
                at = self._counted(at) if self._begins(at) else self._named(at)
            else:
                at += 1
        return Figures(self.amounts, self.names)

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _begins(self, at: int) -> bool:
        word = self.words[at]
        return _value(word) is not None or _meaning(word)[0] == "scale" or (word == "half" and self._halved(at) > 0)

    def _halved(self, at: int) -> int:
        """Where the scale stands that “half” is of (“half a million”), 0 where there is none."""
        there = at + 2 if self._word(at + 1) == "a" else at + 1
        return there if _meaning(self._word(there))[0] == "scale" else 0

    def _counted(self, at: int) -> int:
        """A number with all its words, and what it is a number of."""
        value, end = self._number(at)
        last, following, further = self.words[end - 1], self._word(end), self._word(end + 1)
        kind = _meaning(following)[0]
        if following in _ENDINGS or (last[:1] == "#" and last.endswith("th")):
            return self._placed(value, at, end + (following in _ENDINGS))
        if following == "percent":
            return self._amount("share", value / 100, end + 1)
        if following in ("points", "point") or (following == "percentage" and further in ("points", "point")):
            return self._amount("points", value, end + 1 + (following == "percentage"))
        if following in ("a", "p") and further == "m":
            return self._amount("clock", value % 12 + 12 * (following == "p"), end + 2)
        if kind == "clock":
            return self._amount("clock", value % 12 + _meaning(following)[1], end + 1)
        if following in ("times", "fold"):
            return self._amount("times", value, end + 1)
        if kind == "parts" or (kind in ("part", "quarter") and value == 1):
            return self._amount("share", value / _meaning(following)[1], end + 1)
        if value <= 31 and end - at == 1 and (month := self._month(end) or self._month(at - 1)):
            return self._amount("date", 100 * month + value, end)
        if following in lexicon("units"):
            self.names["unit", _singular(following)] += 1
            end += 1
        if self._word(end) in _EACH and self._word(end + 1) in lexicon("units"):
            self.names["each", _singular(self._word(end + 1))] += 1
        return self._amount("", value, end)

    def _amount(self, kind: str, value: float, end: int) -> int:
        self.amounts[kind, float(f"{value:.6g}") if kind == "share" else round(value, 6)] += 1
        return end

    def _month(self, at: int) -> float:
        """The number of the month that is named at a place, 0 where none is."""
        return _meaning(self.words[at])[1] if 0 <= at < len(self.words) and is_month(self.words, at) else 0

    def _number(self, at: int) -> tuple[float, int]:
        """The value of the number that begins at a place, and where its words end."""
        if self.words[at] == "half":
            there = self._halved(at)
            return 0.5 * _meaning(self.words[there])[1], there + 1
        number, end = _Number(), at
        while end < len(self.words):
            word = self.words[end]
            value, scale = _value(word), self._scale(end, number)
            linked = word == "and" and end > at
            if linked and self.words[end + 1 : end + 3] in (("a", "half"), ["a", "half"]):
                further = 0.0 if number.room else self._scale(end + 3, number)
                number.add_half(further)
                return number.value, end + 3 + bool(further)
            if scale:
                number.multiply(scale)
            elif value is not None and (end == at or (number.takes(value) and self._fits(end + 1, number))):
                number.add(value)
            elif linked and self._continues(end + 1, number):
                number.add(_value(self.words[end + 1]) or 0.0)
                end += 1
            else:
                break
            end += 1
        return number.value, end

    def _scale(self, at: int, number: _Number) -> float:
        kind, scale = _meaning(self._word(at))
        if kind == "scale":
            return scale
        return _SHORT.get(self._word(at), 0.0) if number.bare and self._word(at + 1) != "m" else 0.0

    def _continues(self, at: int, number: _Number) -> bool:
        """Whether a number behind “and” belongs to the one before: “two hundred and fifty”."""
        value = _value(self._word(at)) if self._word(at) else None
        return value is not None and value < number.room and _whole(value) and self._fits(at + 1, number)

    def _fits(self, at: int, number: _Number) -> bool:
        """Whether a further scale there leaves it one number: “a hundred and fifty thousand” does, “5 million and
        6 million” does not."""
        scale = self._scale(at, number)
        return not scale or scale < number.room or number.room == 100

    def _placed(self, value: float, at: int, end: int) -> int:
        """An ordinal: a day beside a month, else a place in a row."""
        of = end + (self._word(end) == "of")
        if value <= 31 and (month := self._month(at - 1) or self._month(of)):
            return self._amount("date", 100 * month + value, end)
        self.names["ordinal", value] += 1
        return end

    def _named(self, at: int) -> int:
        """A word that is a figure by itself."""
        word = self.words[at]
        kind, value = _meaning(word)
        if kind in ("share", "times"):
            return self._amount(kind, value, at + 1)
        if kind == "hour":
            return self._amount("clock", value % 24, at + 1)
        if kind in ("part", "quarter"):
            before, following = self._word(at - 1), self._word(at + 1)
            if before in ("a", "one") and (kind == "quarter" or not following or following in lexicon("small_words")):
                return self._amount("share", 1 / value, at + 1)
            if following == "of" and before != "the" and not self._month(at + 2):
                return self._amount("share", 1 / value, at + 1)
            if kind == "part":
                return self._placed(value, at, at + 1)
        elif kind == "ordinal":
            return self._placed(value, at, at + 1)
        elif kind in ("month", "spoken") and is_month(self.words, at):
            self.names["month", value] += 1
        elif kind in ("day", "many"):
            self.names[kind, value] += 1
        elif word in closed_group("currencies"):
            self.names["unit", word] += 1
        return at + 1


def _whole(value: float) -> bool:
    return value == int(value)


def _singular(unit: str) -> str:
    bare = _SINGULAR.get(unit) or (unit[:-1] if unit.endswith("s") and unit not in ("pounds", "dollars") else unit)
    return _SINGULAR.get(bare, bare)
