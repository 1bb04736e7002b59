"""Scores of found attributions against gold inside windows, for tuning: content, exact and end-to-end F1.

A small relative of the project's scorer: the same ideas on word numbers of one window, with a greedy matching.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.extract.train.corpus import Example
from workbench.models.features import Window
from workbench.models.linking import Linked

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as sets of word numbers."""

    source: Words
    content: Words


def _plain(window: Window, text: str, spans: Iterable[tuple[int, int]]) -> Words:
    """The numbers of the words of `spans` that are no punctuation, or all where there is nothing else."""
    numbers = [at for first, last in spans for at in range(first, last + 1)]
    letters = [at for at in numbers if text[window.words[at][0]].isalnum() or text[window.words[at][0]] == "_"]
    return frozenset(letters or numbers)


def gold_of(example: Example, text: str) -> list[Said]:
    """The gold attributions of a window."""
    found = []
    for cue, source in enumerate(example.source_of_cue):
        spans = [example.contents[at] for at, owner in enumerate(example.cue_of_content) if owner == cue]
        owner = [example.sources[source]] if source >= 0 else []
        if spans:
            found.append(Said(_plain(example.window, text, owner), _plain(example.window, text, spans)))
    for at, cue in enumerate(example.cue_of_content):
        if cue < 0:
            found.append(Said(frozenset(), _plain(example.window, text, [example.contents[at]])))
    return found


def found_of(window: Window, text: str, linked: Sequence[Linked]) -> list[Said]:
    """The attributions that were found in a window."""
    return [
        Said(
            _plain(window, text, [(one.source.first, one.source.last)] if one.source else []),
            _plain(window, text, [(piece.first, piece.last) for piece in one.content]),
        )
        for one in linked
    ]


def _core(content: Words, window: Window, text: str) -> tuple[int, ...]:
    numbers = sorted(content)
    start, end = window.words[numbers[0]]
    return tuple(numbers[1:] if len(numbers) > 1 and text[start:end].lower() == "that" else numbers)


def count(window: Window, text: str, gold: Sequence[Said], found: Sequence[Said]) -> Counter[str]:
    """Counts of one window: found, gold, and matches by content, exact words, and content with source."""
    counts = Counter(found=len(found), gold=len(gold))
    pairs = []
    for at, one in enumerate(found):
        for other, wanted in enumerate(gold):
            shared = len(one.content & wanted.content)
            if shared * 2 >= len(one.content | wanted.content):
                right = bool(one.source & wanted.source) if wanted.source else not one.source
                same = _core(one.content, window, text) == _core(wanted.content, window, text)
                pairs.append((shared / len(one.content | wanted.content) + 1e-6 * right, at, other, right, same))
    used_found, used_gold = set(), set()
    for _, at, other, right, same in sorted(pairs, reverse=True):
        if at not in used_found and other not in used_gold:
            used_found.add(at)
            used_gold.add(other)
            counts.update(content=1, whole=int(right), exact=int(same))
    return counts


def f1(counts: Counter[str], key: str) -> float:
    """F1 of one kind of match."""
    total = counts["found"] + counts["gold"]
    return 2 * counts[key] / total if total else 1.0


def figures(counts: Counter[str]) -> dict[str, float]:
    """All three, in percent."""
    return {key: round(100 * f1(counts, key), 2) for key in ("content", "exact", "whole")}
