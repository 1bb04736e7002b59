"""Which sources may be one and the same, from their names alone: proposals for a person, never applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.match.speakers import name_words

CROWD = 60  # names that share a last word: more of them say nothing
_SMALL = frozenset({"the", "of", "and", "for", "a", "an", "in", "de", "la"})


@dataclass(frozen=True, slots=True)
class Name:
    """A source's number, name and kind."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SameName:
    """Two sources that may be one, and why."""

    first: int
    second: int
    why: str


def proposals(names: Iterable[Name]) -> list[SameName]:
    """Pairs of names that may be of one source, each once, the smaller number first, in the order of the numbers.

    Linear in the names, times the number of those that share a last word (at most `CROWD`).
    """
    found: dict[tuple[int, int], str] = {}
    for group in _groups(names):
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                why = same_name(one, other, group)
                if why:
                    found.setdefault((min(one.id, other.id), max(one.id, other.id)), why)
    return [SameName(*pair, found[pair]) for pair in sorted(found)]


SAME = "the same name, but for titles, case or articles"


def namesakes(names: Iterable[Name]) -> list[list[Name]]:
    """The names in lists of those that are the same but for titles, case or articles, in the order given. Linear.

    Anonymous voices, and names without a word that tells, are left out.
    """
    found: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in names:
        words = _words(name)
        if words and name.kind != "anonymous":
            found[tuple(words)].append(name)
    return list(found.values())


def _groups(names: Iterable[Name]) -> Iterator[Sequence[Name]]:
    """Names that share their last word, or of which one is the initials of another."""
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        if name.kind == "anonymous":
            continue
        words = _words(name)
        if words:
            groups[words[-1]].append(name)
        initials = _initials(name)
        if initials:
            groups[f"={initials}"].append(name)
        if len(words) == 1 and name.name.isupper():
            groups[f"={words[0]}"].append(name)
    return (group for group in groups.values() if 1 < len(group) <= CROWD)


def same_name(one: Name, other: Name, group: Sequence[Name] = ()) -> str | None:
    """Why two names may be of one source, in words; None when nothing says so. `group` holds others like them."""
    if one.id == other.id or not _kinds_agree(one.kind, other.kind):
        return None
    left, right = _words(one), _words(other)
    if left == right:
        return SAME
    if "person" in (one.kind, other.kind):
        return _same_person(left, right, group)
    return _same_body(one, other, left, right)


def _kinds_agree(one: str, other: str) -> bool:
    return one == other or "unknown" in (one, other)


def _same_person(left: list[str], right: list[str], group: Sequence[Name]) -> str | None:
    short, long = sorted((left, right), key=len)
    if not short or short[-1] != long[-1]:
        return None
    if len(short) == 1:
        bearers = {tuple(words) for words in map(_words, group) if len(words) > 1 and words[-1] == short[0]}
        return "the surname alone, and nobody else here has it" if len(long) > 1 and len(bearers) <= 1 else None
    if short[0] == long[0]:
        return "the same first and last name"
    one, other = short[0].rstrip("."), long[0].rstrip(".")
    if min(len(one), len(other)) == 1 and one[0] == other[0]:
        return "the same last name, and the initial agrees"
    return None


def _same_body(one: Name, other: Name, left: list[str], right: list[str]) -> str | None:
    for short, long, words in ((one, other, left), (other, one, right)):
        if len(words) == 1 and short.name.isupper() and _initials(long) == words[0]:
            return "the initials of the other name"
    inner, outer = sorted((left, right), key=len)
    if len(inner) >= 2 and outer[-len(inner) :] == inner:
        return "one name ends with the other"
    return None


def _words(name: Name) -> list[str]:
    """The words that tell: of a person without titles, of a body without articles; in lower case."""
    if name.kind == "person":
        return name_words(name.name)
    return [word for word in re.findall(r"\w[\w'’.\-]*", name.name.casefold()) if word not in _SMALL]


def _initials(name: Name) -> str:
    """The initials of a name of three words or more, in lower case; else ""."""
    words = [word for word in re.findall(r"\w+", name.name.casefold()) if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""
