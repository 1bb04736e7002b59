"""Whether two names may be of one speaker, from the names alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_NAME = re.compile(r"[^\W\d_][\w'’\-]*")


def same_speaker(one: str | None, other: str | None) -> bool | None:
    """True when the names agree, False when both are names and disagree, None when one is missing or no name.

    The last names must agree, and the first names where both have one ("Hillary Clinton" is not "Bill Clinton").
    """
    left, right = name_words(one), name_words(other)
    if not left or not right:
        return True if _plain(one) and _plain(one) == _plain(other) and len(_plain(one).split()) > 1 else None
    if left == right:
        return True
    shared = set(left) & set(right)
    if not shared:
        return False
    return not (len(left) > 1 and len(right) > 1 and left[-1] == right[-1] and len(shared) == 1 and _first(left, right))


def _first(left: list[str], right: list[str]) -> bool:
    """Whether the first names differ, initials aside."""
    one, other = left[0], right[0]
    return not (one.startswith(other) or other.startswith(one))


@lru_cache(maxsize=4096)
def name_words(speaker: str | None) -> list[str]:
    """The capitalised words of a speaker that are no titles, in lower case without accents."""
    words = _NAME.findall(speaker or "")[:40]
    names = [_bare(word) for word in words if word[0].isupper()]
    return [name for name in names if name not in _titles()]


@cache
def _titles() -> frozenset[str]:
    from importlib.resources import files

    content = files("workbench.match").joinpath("titles.txt").read_text("utf-8")
    return frozenset(line for line in content.split("\n") if line and not line.startswith("#"))


def _bare(word: str) -> str:
    folded = unicodedata.normalize("NFD", re.sub(r"['’]s?$", "", word))
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).casefold()


def _plain(speaker: str | None) -> str:
    return " ".join((speaker or "").casefold().split())


_NOBODY = frozenset({"q", "a", "speaker", "unknown", "unidentified", "male", "female", "voice", "inaudible"})


def same_voice(attributed: str | None, speaker: str | None, office: str | None = None) -> bool | None:
    """Whether words attributed to one name are in the turn of another: by name, else by office.

    None where the transcript names nobody ("Q", "SPEAKER 2") or an office alone cannot tell.
    """
    if not attributed or not speaker or _bare(re.sub(r"[\W\d]+$", "", speaker).split(" ")[0]) in _NOBODY:
        return None
    said = same_speaker(attributed, speaker.title() if speaker.islower() else speaker)
    if said:
        return True
    held = _plain(f"{speaker} {office or ''}")
    wanted = re.sub(r"^(?:the|a|an)\s", "", _plain(attributed))
    if wanted and re.search(rf"\b{re.escape(wanted)}\b", held):
        return True
    return said
