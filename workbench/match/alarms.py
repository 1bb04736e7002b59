"""What must never pass unseen between two quotes: a changed figure, a changed negation, a dropped hedge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from workbench.language.figures import begins, changed, figures, goes_on, is_figure, is_month
from workbench.language.words import words as lexicon
from workbench.match.overlap import Overlap
from workbench.match.words import Words, words

Alarm = Literal["number", "negation", "hedge"]

_EDGE = 2  # words before what is in common that may turn it round ("not | going to pay")
_SWAPPED = 3  # words at an edge that stand for each other
_STOPS = frozenset(".!?…;")


def alarms(one: str, other: str, left: Words, right: Words, found: Overlap) -> tuple[Alarm, ...]:
    """Which of the three differ between the stretches of the quotes `one` and `other` that correspond."""
    before = min(found.left[0], found.right[0], _SWAPPED)
    after = min(len(left.words) - found.left[1], len(right.words) - found.right[1], _SWAPPED)
    mine = left.texts[found.left[0] - before : _measured(left.texts, found.left[1] + after)]
    theirs = right.texts[found.right[0] - before : _measured(right.texts, found.right[1] + after)]
    noted, noted_there = _noted(one, left), _noted(other, right)
    raised: list[Alarm] = ["number"] if changed(mine, theirs) or _noted_otherwise(noted, noted_there) else []
    mine = _led(one, left, found.left[0] - before) + mine + _followed(one, left, found.left[1] + after)
    theirs = _led(other, right, found.right[0] - before) + theirs + _followed(other, right, found.right[1] + after)
    turned = bool(noted and noted_there) and negations(noted) != negations(noted_there)
    if negations(mine) != negations(theirs) or _limited(mine, theirs) or turned:
        raised.append("negation")
    if hedges(mine) != hedges(theirs):
        raised.append("hedge")
    return tuple(raised)


def _noted(text: str, quote: Words) -> list[str]:
    """The words of an editor's remarks in brackets."""
    return [word for span in quote.bracketed for word in words(text[span.start + 1 : span.end - 1]).texts]


def _noted_otherwise(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both have figures in editors' remarks, and others; a remark that one side leaves out is no change."""
    return any(figures(mine)) and any(figures(theirs)) and changed(mine, theirs)


def telling_remark(text: str) -> str:
    """What of an editor's remark in brackets can be in alarm: its figures and negations, between brackets, or nothing.

    No word of it holds a blank.
    """
    telling = lexicon("negations")
    found = [word for word in words(text[1:-1]).texts if word in telling or is_figure(word) or goes_on(word)]
    return f"[{'·'.join(found)}]" if found else ""


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
    """`end`, or further where a figure just before it goes on behind it ("rose by 5 | per cent", "10 | p.m.")."""
    if 0 < end < len(words) and is_figure(words[end - 1]):
        while end < len(words) and goes_on(words[end]):
            end += 1
    return end


def negations(words: Sequence[str]) -> int:
    """How many words negate, phrases such as “not only” aside."""
    aside = lexicon("negations_not")
    pairs = sum(f"{first} {second}" in aside for first, second in pairwise(words))
    return sum(word in lexicon("negations") for word in words) - pairs


def hedges(words: Sequence[str]) -> Counter[str]:
    """The words and phrases of up to three words that make a claim less than certain."""
    known = lexicon("hedges")
    phrases = (" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1))
    found = Counter(phrase for phrase in phrases if phrase in known and phrase not in ("may", "about half"))
    for at, word in enumerate(words):
        if word == "may" and not is_month(words, at):
            found["may"] += 1
        elif word == "about" and begins(words, at + 1):
            found["about"] += 1
    return found
