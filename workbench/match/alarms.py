"""What must never pass unseen between two quotes: a changed figure, a changed negation, a dropped hedge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from workbench.language.words import words as lexicon
from workbench.match.overlap import Overlap
from workbench.match.words import Words

Alarm = Literal["number", "negation", "hedge"]

_EDGE = 2  # words before what is in common that may turn it round ("not | going to pay")
_SWAPPED = 3  # words at an edge that stand for each other
_STOPS = frozenset(".!?…;")
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"m": 1e6, "b": 1e9, "k": 1e3}
_UNITS = frozenset({"dollars", "euros", "pounds", "yen", "rupees", "percent"})


def alarms(one: str, other: str, left: Words, right: Words, found: Overlap) -> tuple[Alarm, ...]:
    """Which of the three differ between the stretches of the quotes `one` and `other` that correspond."""
    before = min(found.left[0], found.right[0], _SWAPPED)
    after = min(len(left.words) - found.left[1], len(right.words) - found.right[1], _SWAPPED)
    mine = left.texts[found.left[0] - before : _measured(left.texts, found.left[1] + after)]
    theirs = right.texts[found.right[0] - before : _measured(right.texts, found.right[1] + after)]
    changed = figures(mine) != figures(theirs) or _other_unit(mine, theirs)
    raised: list[Alarm] = ["number"] if changed else []
    mine = _led(one, left, found.left[0] - before) + mine + _followed(one, left, found.left[1] + after)
    theirs = _led(other, right, found.right[0] - before) + theirs + _followed(other, right, found.right[1] + after)
    if negations(mine) != negations(theirs) or _limited(mine, theirs):
        raised.append("negation")
    if hedges(mine) != hedges(theirs):
        raised.append("hedge")
    return tuple(raised)


def _led(text: str, quote: Words, start: int) -> tuple[str, ...]:
    """Up to two words before `start` in the same sentence."""
    first = start
    while first > 0 and start - first < _EDGE:
        between = text[quote.words[first - 1].end : quote.words[first].start]
        if not _STOPS.isdisjoint(between):
            break
        first -= 1
    return quote.texts[first:start]


def _followed(text: str, quote: Words, end: int) -> tuple[str, ...]:
    """The word at `end` where it negates what stands before it in the same sentence ("that she would | never")."""
    if not 0 < end < len(quote.words) or quote.texts[end] not in lexicon("negations"):
        return ()
    between = text[quote.words[end - 1].end : quote.words[end].start]
    return (quote.texts[end],) if _STOPS.isdisjoint(between) else ()


def _limited(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether only one of the two has the “not” of a phrase such as “not just”, and both have its other word."""
    for phrase in lexicon("negations_not"):
        first, _, second = phrase.partition(" ")
        one, other = (sum(pair == (first, second) for pair in pairwise(words)) for words in (mine, theirs))
        if one != other and mine.count(second) == theirs.count(second):
            return True
    return False


def _measured(words: Sequence[str], end: int) -> int:
    """`end`, or further where a figure just before it has its scale or unit after it ("rose by 5 | per cent")."""
    if end > 0 and _value(words[end - 1]) is not None:
        while end < len(words) and (words[end] in _SCALES or words[end] in _UNITS):
            end += 1
    return end


def figures(words: Sequence[str]) -> Counter[float]:
    """The values of the figures and number words: “5.3 billion” and “5.3 bn” are one value; “one” is none."""
    found: list[float] = []
    joined = False  # whether the last word belonged to the last figure
    for word in words:
        value, scale = _value(word), _SCALES.get(word) or _SCALES.get(word.removesuffix("s"))
        if scale is None and joined:
            scale = _SHORT.get(word)
        if scale is not None and joined:
            found[-1] *= scale
        elif value is not None and joined and value < 10 and found[-1] in range(20, 100, 10):
            found[-1] += value
        elif value is not None or scale is not None:
            found.append(value if value is not None else scale or 0.0)
        joined = value is not None or scale is not None
    return Counter(round(value, 6) for value in found)


def _other_unit(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the same figure is counted in something else; a currency that one side leaves out is no change."""
    one, other = _UNITS & set(mine), _UNITS & set(theirs)
    return one != other and bool((one and other) or "percent" in one ^ other)


def _value(word: str) -> float | None:
    if not word[0].isdigit():
        return _own_value(word) if any(map(str.isdigit, word)) else None  # “G4S” is not “G9S”
    try:
        return float(word.replace(":", "."))
    except ValueError:
        return _own_value(word)  # "4.5.6" is only itself


def _own_value(word: str) -> float:
    return float(sum(ord(letter) * 31**place for place, letter in enumerate(word[:12])))


def negations(words: Sequence[str]) -> int:
    """How many words negate, phrases such as “not only” aside."""
    aside = lexicon("negations_not")
    pairs = sum(f"{first} {second}" in aside for first, second in pairwise(words))
    return sum(word in lexicon("negations") for word in words) - pairs


def hedges(words: Sequence[str]) -> Counter[str]:
    """The words and phrases of up to three words that make a claim less than certain."""
    known = lexicon("hedges")
    phrases = (" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1))
    return Counter(phrase for phrase in phrases if phrase in known)
