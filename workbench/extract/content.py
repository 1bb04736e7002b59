"""Where a content ends: at the next cue that shares the subject, at a participle, at the end of the unit."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.extract.phrases import is_adverb, is_mark
from workbench.extract.units import QUOTED
from workbench.language.tokens import Token
from workbench.language.verbs import Tense, forms
from workbench.language.words import group

Range = tuple[int, int]
_ASIDE = group("aside")


_BREAKS = frozenset((";", "—", "–", "-", "--"))


def content_end(toks: Sequence[Token], start: int, frame: str, tenses: frozenset[Tense]) -> int:
    """Index of the token before which the content that begins at `start` ends.

    `frame`: "c" a clause, to the end of the unit; "n" a noun phrase or infinitive, to an aside; "a" an accusation;
    "h" hearsay. A cue in a form of `tenses` after “and” or a comma belongs to the same subject and ends it.
    """
    for index in range(start + 1, len(toks)):
        lower = toks[index].lower
        previous = toks[index - 1]
        comma = previous.lower == "," or (previous.lower == QUOTED and previous.text.rstrip("\"”’»'").endswith(","))
        if lower in _BREAKS and frame != "c" and (lower == ";" or toks[index].start > previous.end):
            return index
        if lower in ("and", "but", "or") and _cue_at(toks, index + 1, tenses & {"past", "third", "base"}):
            return index
        dash = previous.lower in _BREAKS and previous.start > toks[index - 2].end
        if (comma or dash) and (_participle(toks, index) or _cue_at(toks, index, tenses & {"past", "third"})):
            return index
        if comma and lower == "according":
            return index
        if lower == "according" and index + 1 < len(toks) and toks[index + 1].lower == "to":
            return index
        if frame in "nh" and comma and (lower in _ASIDE or lower.endswith("ing")):
            return index
    return len(toks)


def _cue_at(toks: Sequence[Token], at: int, tenses: frozenset[Tense]) -> bool:
    while at < len(toks) and (is_adverb(toks[at]) or toks[at].lower in ("has", "have")):
        at += 1
    if at >= len(toks) or toks[at].is_capital:
        return False
    return any(form.tenses & tenses for form in forms().get(toks[at].lower, ()))


def _participle(toks: Sequence[Token], at: int) -> bool:
    while at < len(toks) and is_adverb(toks[at]):
        at += 1
    return at < len(toks) and any("ing" in form.tenses for form in forms().get(toks[at].lower, ()))


def trimmed(toks: Sequence[Token], start: int, end: int) -> Range | None:
    """The tokens from `start` up to `end` without marks at the edges and a conjunction in front; None when empty."""
    first, last = start, min(end, len(toks)) - 1
    while first <= last and (
        (is_mark(toks[first]) and toks[first].lower not in "([") or toks[first].lower in ("but", "and", "or")
    ):
        first += 1
    while first <= last and ((is_mark(toks[last]) and toks[last].lower not in ")]?!") or toks[last].lower == "and"):
        last -= 1
    if first > last or not any(token.is_word or token.lower == QUOTED for token in toks[first : last + 1]):
        return None
    return first, last
