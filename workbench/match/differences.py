"""What a difference between print and speech amounts to: tidied, a negation, a hedge, a figure, a word, a cut.

Works on the words of `spoken`: contractions opened, figures as "#" and their value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from workbench.language.figures import changed, only_named
from workbench.language.words import group as closed_group
from workbench.language.words import table
from workbench.language.words import words as lexicon

Kind = Literal["cleaned", "negation", "hedge", "number", "altered", "inserted", "cut"]

_AROUND = 3  # words on either side with which a figure is read
_LONG_CUT = 3  # words that went out together are a cut, whatever figure stood in them
_LONG_NEGATION = 5
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_BE = (frozenset({"is", "are"}), frozenset({"was", "were"}), frozenset({"has", "have"}), frozenset({"do", "does"}),
       frozenset({"am", "are"}), frozenset({"do", "did"}))  # fmt: skip
_ARTICLES = frozenset({"a", "an"})
_PAIRED = (("you", "ya"), ("because", "cause"), ("going", "gonna"), ("until", "till"), ("yes", "yeah"), ("okay", "ok"),
           ("want", "wanna"), ("got", "gotta"), ("a", "an"), ("who", "whom"), ("me", "i"), ("those", "them"),
           ("among", "amongst"), ("while", "whilst"), ("kids", "children"), ("s", "is"))  # fmt: skip
_SAME = frozenset(frozenset(pair) for pair in _PAIRED) - {frozenset({"kids", "children"})}
_PARTED = re.compile(r"[,;:—–…-]|\.\.\.")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that went out and words that came in between two words in common, and where they stood."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    before: str = ""  # the word in common before
    after: str = ""
    parted: bool = False  # whether marks set the removed words apart
    begins: bool = False  # whether they begin a sentence
    resumed: tuple[str, ...] = ()  # the words in common after, for what was begun twice
    led: tuple[str, ...] = ()  # those before


@dataclass(frozen=True, slots=True)
class Finding:
    """What a difference is, and the alarms that it raises."""

    kind: Kind
    alarms: tuple[str, ...] = ()


def judge(difference: Difference) -> Finding:
    """The gravest thing that a difference is; tidying only when nothing else is left."""
    removed, added = _tidied(difference)
    if not removed and not added:
        return Finding("cleaned")
    alarms = tuple(_alarms(removed, added, difference))
    if not added and len(removed) > _LONG_CUT and not ("negation" in alarms and len(removed) < _LONG_NEGATION):
        kept = ("hedge",) if _leading_hedge(removed) else ()
        return Finding("cut", tuple(a for a in alarms if a == "negation") + kept)
    if "negation" in alarms:
        return Finding("negation", alarms)
    if "number" in alarms:
        if only_named(*_in_context(removed, added, difference)):
            return Finding(_plain(removed, added), alarms)  # “Monday” for “Tuesday” is another word, in alarm
        return Finding("inserted" if not removed and len(added) > 1 else "number", alarms)
    if "hedge" in alarms:
        return Finding("hedge" if _weakness(removed) > _weakness(added) else _plain(removed, added), alarms)
    if _grammar(removed, added, difference):
        return Finding("cleaned")
    return Finding(_plain(removed, added))


def _plain(removed: Sequence[str], added: Sequence[str]) -> Kind:
    if removed and added:
        content = [
            word for word in added if word not in lexicon("small_words") and word not in lexicon("small_changes")
        ]
        return "cut" if not content and len(removed) > _LONG_CUT + len(added) else "altered"
    return "inserted" if added else "cut"


def _alarms(removed: Sequence[str], added: Sequence[str], difference: Difference) -> Iterator[str]:
    if negative(removed) != negative(added) or _turned(removed, added):
        yield "negation"
    if _figures(removed, added, difference):
        yield "number"
    if _weakness(removed, difference.after) != _weakness(added, difference.after):
        yield "hedge"


# ---- what is left when speech is tidied ------------------------------------------------------------------------------


def _tidied(difference: Difference) -> tuple[list[str], list[str]]:
    """Both sides without fillers, words said twice and what was begun anew."""
    removed = _stammered(without_fillers(difference.removed, difference.parted or difference.begins))
    removed = _once(removed, difference)
    added = list(difference.added)
    while removed and added and alike(removed[0], added[0]):
        removed, added = removed[1:], added[1:]
    while removed and added and alike(removed[-1], added[-1]):
        removed, added = removed[:-1], added[:-1]
    return removed, added


@cache
def _filler_phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(entry.split()) for entry in lexicon("fillers")), key=len, reverse=True))


@cache
def _apart_phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(entry.split()) for entry in lexicon("fillers_apart")), key=len, reverse=True))


def without_fillers(words: Sequence[str], apart: bool) -> tuple[str, ...]:
    """The words without sounds and phrases that carry nothing; `apart` also takes those that marks set apart."""
    phrases = _filler_phrases() + (_apart_phrases() if apart else ())
    kept: list[str] = []
    at = 0
    while at < len(words):
        phrase = next((one for one in phrases if tuple(words[at : at + len(one)]) == one), None)
        if phrase is None:
            kept.append(words[at])
        at += len(phrase) if phrase else 1
    bare = [word for word in kept if word not in ("and", "but", "so", "then", "well", "now")]
    return () if apart and not bare and phrases else tuple(kept)


def _stammered(words: Sequence[str]) -> list[str]:
    """“it, it” as “it”."""
    return [word for at, word in enumerate(words) if at == 0 or word != words[at - 1]]


def _once(removed: list[str], difference: Difference) -> list[str]:
    """Without what was said twice: “I, I want”, “it was, that was”, “he, my son, he”."""
    resumed, led = difference.resumed, difference.led
    size = len(removed)
    if size and not difference.added:
        if tuple(removed) == resumed[:size] or tuple(removed) == led[-size:]:
            return []
        if difference.parted and size <= 4 and resumed and removed[0] == resumed[0] and not _lexical(removed[1:]):
            return []
        if difference.parted and size == 1 and removed[0] in closed_group("pronouns"):
            return []
    return removed


def _lexical(words: Sequence[str]) -> bool:
    return any(word not in lexicon("small_words") and word not in closed_group("speech_pronouns") for word in words)


# ---- grammar ---------------------------------------------------------------------------------------------------------


def alike(one: str, other: str) -> bool:
    """Whether two words are one in another dress: “goin” and “going”, “yeah” and “yes”, “a” and “an”."""
    if one == other or frozenset({one, other}) in _SAME:
        return True
    short, long = sorted((one, other), key=len)
    return long == short + "g" and long.endswith("ing")


def _grammar(removed: Sequence[str], added: Sequence[str], difference: Difference) -> bool:
    """Whether only endings that agree, articles and small connectives differ."""
    small = lexicon("small_changes")
    if not removed or not added:
        return _small_change(removed or added, bool(removed), difference, small)
    return len(removed) == len(added) and all(
        _agrees(one, other, difference.before) for one, other in zip(removed, added, strict=True)
    )


def _small_change(words: Sequence[str], went: bool, difference: Difference, small: frozenset[str]) -> bool:
    """Whether words that only went, or only came, leave the sentence what it was."""
    if len(words) <= 2 and all(word in small or word == "you" for word in words):
        return True
    if len(words) == 1 and words[0] in closed_group("currencies"):  # “half a million” as “£500,000”
        return difference.before.startswith("#") or difference.after.startswith("#")
    if went and len(words) == 2 and words[0] in ("that", "which", "who") and words[1] in ("is", "are", "was", "were"):
        return True
    led = " ".join(difference.led)
    return went and all(word in lexicon("small_words") for word in words) and " ".join(words) in led


def _agrees(one: str, other: str, before: str) -> bool:
    pair = frozenset({one, other})
    if alike(one, other) or pair in _BE[:4]:
        return True
    short, long = sorted((one, other), key=len)
    ending = long in (short + "s", short + "es") and len(short) > 2
    subject = before in closed_group("speech_pronouns") or before.startswith("#")
    return ending and subject and short not in lexicon("small_words")


# ---- negation --------------------------------------------------------------------------------------------------------


def negative(words: Sequence[str]) -> int:
    """Whether the words negate, 0 or 1: “never, never” negates once."""
    aside = lexicon("negations_not")
    for at, word in enumerate(words):
        follows = words[at + 1] if at + 1 < len(words) else ""
        if word in lexicon("negations") and f"{word} {follows}" not in aside:
            return 1
    return 0


def _turned(removed: Sequence[str], added: Sequence[str]) -> bool:
    """Whether a prefix turns a word round: “safe” and “unsafe”, “harmless” and “harmful”."""
    return any(opposite(one, other) for one in removed for other in added) and len(removed) <= 3 and len(added) <= 3


def opposite(one: str, other: str) -> bool:
    """Whether a prefix or an ending makes one word the opposite of the other."""
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and any(long == prefix + short for prefix in _PREFIXES):
        return True
    return long.endswith("less") and short.endswith("ful") and long[:-4] == short[:-3]


# ---- figures ---------------------------------------------------------------------------------------------------------


def _figures(removed: Sequence[str], added: Sequence[str], difference: Difference) -> bool:
    """Whether a figure, its unit or its scale is another one, read with the words in common around it."""
    return changed(*_in_context(removed, added, difference))


def _in_context(
    removed: Sequence[str], added: Sequence[str], difference: Difference
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides with a few of the words in common around them."""
    before = difference.led[-_AROUND:] or ((difference.before,) if difference.before else ())
    after = difference.resumed[:_AROUND] or ((difference.after,) if difference.after else ())
    return (*before, *removed, *after), (*before, *added, *after)


# ---- hedges ----------------------------------------------------------------------------------------------------------


@cache
def _strengths() -> dict[str, int]:
    return {phrase: int(strength) for phrase, strength in table("hedge_strength")}


_ROUNDING = frozenset({"about", "around", "some", "up to", "more than", "less than", "fewer than", "at least",
                       "at most", "a little", "a bit"})  # fmt: skip


def _weakness(words: Sequence[str], after: str = "#") -> int:
    """How much the words leave open: 0 for what is settled. Words such as “about” count before a figure only."""
    found = 0
    for size in (1, 2, 3, 4):
        for at in range(len(words) - size + 1):
            phrase = " ".join(words[at : at + size])
            strength = _strengths().get(phrase, 0)
            if strength and phrase in _ROUNDING:
                follows = words[at + size] if at + size < len(words) else after
                strength = strength if follows.startswith("#") or follows in ("half", "a", "twice", "all") else 0
            found = max(found, strength)
    return found


def weakness(words: Sequence[str], after: str = "") -> int:
    """How much the words leave open, 0 to 2; `after` is the word that follows them."""
    return _weakness(words, after)


def _leading_hedge(words: Sequence[str]) -> bool:
    """Whether the words end in a hedge that leads what follows: “… but I think”."""
    bare = [word for word in words if word != "that"]
    return any(_weakness(bare[-size:], "") for size in (1, 2, 3) if len(bare) >= size) and len(words) <= 6


def parted(between: str) -> bool:
    """Whether a stretch of text holds a mark that sets words apart."""
    return bool(_PARTED.search(between))
