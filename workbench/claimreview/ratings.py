"""A publisher's rating -> the common words, by tables: the publisher's own, else the general one, else its numbers.

Labels decide, never places in a scale; the native label stays beside the result, with the table that was used
(taxonomies: a mapping is a table per publisher, dated). Numbers decide only where the label is in no table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from workbench.factchecks import WORDS, PublishedCheck, Word
from workbench.text import fold

# Cuts of (value - worst) / (best - worst) as MisinfoMe uses them, with false and mostly false apart.
_CUTS: tuple[tuple[float, Word], ...] = ((0.8, "true"), (0.6, "mostly true"), (0.4, "mixed"), (0.2, "mostly false"))
_MARKS = re.compile(r"[\s.!:;\"'«»“”]+")


@dataclass(frozen=True, slots=True)
class Normal:
    """A rating in common words. `table` names what it rests on: a publisher's table, "general", "numbers" or "none"."""

    word: Word
    flags: tuple[str, ...]
    table: str


@lru_cache(maxsize=16_384)
def normal(label: str | None, site: str, share: float | None = None) -> Normal:
    """The common word and the flags of a label; `share` is where its number lies, 0 (worst) to 1 (best)."""
    wanted = _folded(label) if label else ""
    own = next((name for name in _publishers() if site == name or site.endswith("." + name)), None)
    for name, table in ((own, _publishers().get(own or "", {})), ("general", _general())):
        if wanted and wanted in table:
            word, *flags = _read(table[wanted])
            return Normal(word, tuple(flags), f"{name} {dated()}")  # type: ignore[arg-type]
    if share is not None:
        return Normal(next((word for cut, word in _CUTS if share > cut), "false"), (), "numbers")
    return Normal("none", (), "none")


def normal_of(check: PublishedCheck) -> Normal:
    """The common word and the flags of a check's rating."""
    share = None
    if check.value is not None and check.worst is not None and check.best is not None:
        share = (check.value - check.worst) / (check.best - check.worst)
    return normal(check.rating, check.site, share)


def is_label(words: str) -> bool:
    """Whether some table knows these words as a rating."""
    folded = _folded(words)
    return folded in _general() or any(folded in table for table in _publishers().values())


def _folded(label: str) -> str:
    return _MARKS.sub(" ", fold(label[:300])).strip()


def _read(entry: str) -> list[str]:
    """ "mostly false", "none unproven": the word, then flags."""
    word = max((word for word in WORDS if entry.startswith(word)), key=len)
    return [word, *entry[len(word) :].split()]


@cache
def _tables() -> Mapping[str, object]:
    found: Mapping[str, object] = json.loads(
        files("workbench.claimreview").joinpath("ratings.json").read_text(encoding="utf-8")
    )
    return found


def dated() -> str:
    """When the tables were made."""
    return str(_tables()["dated"])


@cache
def _publishers() -> dict[str, dict[str, str]]:
    given: dict[str, dict[str, str]] = _tables()["publishers"]  # type: ignore[assignment]
    return {name: {_folded(label): word for label, word in table.items()} for name, table in given.items()}


@cache
def _general() -> dict[str, str]:
    given: dict[str, str] = _tables()["general"]  # type: ignore[assignment]
    return {_folded(label): word for label, word in given.items()}
