"""How much a word tells: its inverse document frequency from a table shipped with the package."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

_SMALL_FIGURE = 5.5
RARE = 8.5  # of a word that the table does not list: names, figures, rare words


@cache
def _table() -> dict[str, float]:
    from importlib.resources import files

    content = files("workbench.match").joinpath("common_words.txt").read_text("utf-8")
    entries = (line.split() for line in content.splitlines() if line and not line.startswith("#"))
    return {word: float(weight) for word, weight in entries}


def weight(word: str) -> float:
    """ln(sentences / sentences that hold the word); `RARE` for a word that is not listed."""
    if word.isdecimal() and len(word) < 3:
        return _SMALL_FIGURE
    return _table().get(word, RARE)


def mass(words: Iterable[str]) -> float:
    """What the words tell together."""
    return sum(map(weight, words))
