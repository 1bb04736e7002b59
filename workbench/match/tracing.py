"""Following a quote through a text: which of its words stand where, over as many stretches as it was made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from workbench.match.passages import Spoken, Window, windows
from workbench.match.printed import Printed
from workbench.match.spoken import mass, telling

_SWITCH = 9.0  # what another stretch must tell before a quote is taken to go on there
_OWN = 1.08  # how much more the named speaker's words count
_GAP = 1.0  # what a break inside a stretch costs
_ISLAND = 5.0  # words that tell less, far from the others, are there by accident
_FAR = 5  # words
_LOOSE = 3  # words that were not found and may stand elsewhere
_QUADRATIC = 400  # words; longer quotes are aligned by their longest common subsequence
_STRAY = 7.0

Match = tuple[int, int]  # word of the quote, word of the text


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the words of a quote stand in one text, in the order of the quote; `told` is what they tell together."""

    spoken: Spoken
    matches: tuple[Match, ...]
    told: float


def trace(made: Spoken, quote: Printed, is_speaker: Callable[[str | None], bool | None]) -> Trace | None:
    """The best account of the quote's words out of a text; None when nothing of it is there."""
    words = [word.text if index not in quote.bracketed else "" for index, word in enumerate(quote.words)]
    plain = [word for word in words if word]
    if not plain or not made.words:
        return None
    stretches = [_stretch(made, words, window) for window in windows(made, plain)]
    stretches = [stretch for stretch in stretches if stretch]
    if not stretches:
        return None
    factors = [_OWN if is_speaker(made.speaker(stretch[0][1])) else 1.0 for stretch in stretches]
    best = max(range(len(stretches)), key=lambda at: _worth(words, stretches[at]) * factors[at])
    for loose in _loose(words, stretches[best]):
        alone = [word if loose[0] - 2 <= index < loose[1] + 2 else "" for index, word in enumerate(words)]
        for window in windows(made, [word for word in words[loose[0] : loose[1]] if word])[:3]:
            for stretch in (_stretch(made, words, window), _stretch(made, alone, window)):
                if stretch and stretch not in stretches:
                    stretches.append(stretch)
                    factors.append(_OWN if is_speaker(made.speaker(stretch[0][1])) else 1.0)
    path = _path(words, stretches, factors)
    matches = tuple(_without_strays(words, path, made))
    return Trace(made, matches, mass(words[index] for index, _ in matches)) if matches else None


def _stretch(made: Spoken, words: Sequence[str], window: Window) -> list[Match]:
    """The words of the quote that stand in a window, accidents left out."""
    there = [word.text for word in made.words[window.start : window.end]]
    blocks = _drawn(words, there, [block for block in _blocks(words, there) if block[2]])
    blocks = [(a, b + window.start, size) for a, b, size in blocks]
    return [(a + step, b + step) for a, b, size in _solid(words, blocks) for step in range(size)]


def _drawn(
    words: Sequence[str], there: Sequence[str], blocks: list[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Blocks before the longest one drawn as near to it as the same words stand."""
    if len(blocks) < 2:
        return blocks
    main = max(range(len(blocks)), key=lambda at: blocks[at][2])
    drawn = list(blocks)
    for at in range(main - 1, -1, -1):
        a, b, size = drawn[at]
        run = list(words[a : a + size])
        nearest = drawn[at + 1][1] - size
        for start in range(nearest, max(b, nearest - 40), -1):
            if there[start : start + size] == run:
                drawn[at] = (a, start, size)
                break
    return drawn


def _blocks(words: Sequence[str], there: Sequence[str]) -> list[tuple[int, int, int]]:
    if len(words) <= _QUADRATIC:
        return [tuple(block) for block in SequenceMatcher(None, words, there, autojunk=False).get_matching_blocks()]  # type: ignore[misc]
    from rapidfuzz.distance import LCSseq

    from workbench.match.words import coded

    found = LCSseq.editops(*coded([word or "\0" for word in words], there)).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in found]


def _solid(words: Sequence[str], blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The blocks without single common words that stand far from the rest."""
    kept = list(blocks)
    changed = True
    while changed and len(kept) > 1:
        changed = False
        for at, (a, b, size) in enumerate(kept):
            before = b - (kept[at - 1][1] + kept[at - 1][2]) if at else None
            after = kept[at + 1][1] - (b + size) if at + 1 < len(kept) else None
            apart = all(gap is None or gap > _FAR for gap in (before, after))
            loose = (before is not None and before > _FAR) or (after is not None and after > _FAR)
            told = mass(words[a : a + size])
            if told < _ISLAND and (apart or (loose and size == 1 and told < 2.5)):
                del kept[at]
                changed = True
                break
    return kept


def _worth(words: Sequence[str], stretch: list[Match]) -> float:
    breaks = sum(one[0] + 1 != other[0] or one[1] + 1 != other[1] for one, other in pairwise(stretch))
    return mass(words[index] for index, _ in stretch) - _GAP * breaks


def _loose(words: Sequence[str], stretch: list[Match]) -> list[tuple[int, int]]:
    """Runs of the quote that a stretch does not hold, with a word of it at either side."""
    held = {index for index, _ in stretch}
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(len(words) + 1):
        free = index < len(words) and index not in held and words[index] != ""
        if free and start is None:
            start = index
        elif not free and start is not None:
            if index - start >= _LOOSE or mass(words[start:index]) >= _SWITCH:
                runs.append((start, index))
            start = None
    return runs


def _path(words: Sequence[str], stretches: list[list[Match]], factors: list[float]) -> list[Match]:
    """Each word of the quote out of the stretch that makes the whole tell most; changing stretches costs."""
    places = [dict(stretch) for stretch in stretches]
    scores = [0.0] * len(places)
    back: list[list[int]] = []
    for index, word in enumerate(words):
        best = max(range(len(places)), key=scores.__getitem__)
        row: list[int] = []
        fresh: list[float] = []
        for state, place in enumerate(places):
            origin = state if scores[state] >= scores[best] - _SWITCH else best
            row.append(origin)
            base = scores[state] if origin == state else scores[best] - _SWITCH
            fresh.append(base + _gain(word, index, place, factors[state]))
        scores = fresh
        back.append(row)
    state = max(range(len(places)), key=scores.__getitem__)
    path: list[Match] = []
    for index in range(len(words) - 1, -1, -1):
        if index in places[state]:
            path.append((index, places[state][index]))
        state = back[index][state]
    return path[::-1]


def _gain(word: str, index: int, place: dict[int, int], factor: float) -> float:
    at = place.get(index)
    if at is None:
        return 0.0
    joined = place.get(index - 1) == at - 1
    return (telling(word) + 0.5) * factor - (0.0 if joined or index == 0 else _GAP)


def _without_strays(words: Sequence[str], path: list[Match], made: Spoken) -> list[Match]:
    """The path without short runs in a voice of their own that tell little."""
    runs: list[list[Match]] = []
    for match in path:
        last = runs[-1][-1] if runs else None
        if last is not None and last[1] < match[1] and made.voice(last[1]) == made.voice(match[1]):
            runs[-1].append(match)
        else:
            runs.append([match])
    if len(runs) < 2:
        return path
    main = max(runs, key=lambda run: mass(words[index] for index, _ in run))
    kept = [run for run in runs if run is main or mass(words[index] for index, _ in run) >= _STRAY]
    for one, other in pairwise(kept):
        _hand_over(words, one, other, made)
    return [match for run in kept for match in run]


def _hand_over(words: Sequence[str], one: list[Match], other: list[Match], made: Spoken) -> None:
    """Words at the end of a stretch that stand loose there, but right before the next stretch, belong to that."""
    while len(one) > 1 and (one[-1][1] != one[-2][1] + 1 or made.turn_of[one[-1][1]] is not made.turn_of[one[-2][1]]):
        index, at = other[0][0] - 1, other[0][1] - 1
        if one[-1][0] != index or at < made.voice(other[0][1])[0] or made.words[at].text != words[index]:
            return
        one.pop()
        other.insert(0, (index, at))
