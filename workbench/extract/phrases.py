"""Finding the noun phrase before or after a verb without a grammar: by small words, marks and capitals."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.extract.units import QUOTED
from workbench.language.tokens import Token
from workbench.language.verbs import forms
from workbench.language.words import group, words

PRONOUNS = group("pronouns")
BE = group("be")
HAVE = group("have")
MODALS = group("modals")
AUXILIARIES = (
    BE | HAVE | MODALS | {"not", "never", "hasn't", "haven't", "hadn't", "isn't", "wasn't", "aren't", "weren't"}
)
ADVERBS = group("adverbs")
DETERMINERS = group("determiners")
PREPOSITIONS = group("prepositions")
CLAUSE_WORDS = group("clause_words")
DAYS = group("days")

_LONGEST = 30  # tokens of a source phrase with its apposition


def is_adverb(token: Token) -> bool:
    """Whether a token may stand between a subject and its verb."""
    return token.lower in ADVERBS or (token.lower.endswith("ly") and not token.is_capital and len(token.lower) > 4)


def is_finite(token: Token) -> bool:
    """Whether a token looks like a finite verb: an auxiliary, an irregular past, or a small-letter word in -ed."""
    if token.is_capital:
        return False
    lower = token.lower
    if lower in AUXILIARIES or lower in words("irregular"):
        return True
    if lower.endswith("ed") and len(lower) > 4:
        return True
    return any(form.tenses & {"third", "past"} for form in forms().get(lower, ()))


def is_mark(token: Token) -> bool:
    """Whether a token is punctuation."""
    return not token.is_word and token.lower != QUOTED and token.lower not in ("$", "%", "&", "'", "#", "@")


def subject_before(toks: Sequence[Token], end: int) -> tuple[int, int] | None:
    """First and last index of the noun phrase that ends just before the token `end`."""
    last = end - 1
    if last < 0:
        return None
    if toks[last].lower == ",":
        return _with_apposition(toks, last)
    if toks[last].lower in PRONOUNS:
        return last, last
    return _phrase_ending(toks, last)


def _phrase_ending(toks: Sequence[Token], last: int) -> tuple[int, int] | None:
    first = _walk_left(toks, last)
    first = _trim_left(toks, first, last)
    if first > last or not _is_nominal(toks, first, last):
        return None
    return first, last


def _walk_left(toks: Sequence[Token], last: int) -> int:
    """Leftmost index that may belong to the phrase ending at `last`."""
    at = last
    while at >= 0 and last - at < _LONGEST:
        token = toks[at]
        if token.lower == ")":
            opening = _opening(toks, at)
            if opening is None:
                break
            at = opening - 1
            continue
        if is_mark(token) or token.lower == QUOTED or (at < last and is_finite(token) and not _in_name(toks, at)):
            break
        if token.lower in CLAUSE_WORDS and not _joins_names(toks, at):
            break
        at -= 1
    return at + 1


def _in_name(toks: Sequence[Token], at: int) -> bool:
    """“the so-called united front”: an -ed word between a determiner and a noun is an adjective."""
    return toks[at].lower.endswith("ed") and at > 0 and toks[at - 1].lower in DETERMINERS


def _joins_names(toks: Sequence[Token], at: int) -> bool:
    """Whether an “and” stands inside a phrase: capitals on both sides, or no finite verb before it."""
    if toks[at].lower not in ("and", "or") or at == 0 or at + 1 >= len(toks):
        return False
    if toks[at - 1].is_capital and toks[at + 1].is_capital:
        return not any(is_finite(token) for token in toks[max(0, at - 6) : at])
    before = toks[max(0, at - 5) : at]
    return toks[at - 1].is_word and not any(is_finite(token) or is_mark(token) for token in before)


def _opening(toks: Sequence[Token], at: int) -> int | None:
    for index in range(at - 1, max(-1, at - 12), -1):
        if toks[index].lower == "(":
            return index
    return None


def _trim_left(toks: Sequence[Token], first: int, last: int) -> int:
    """Drop what leads into the phrase: conjunctions, adverbs, and a prepositional opening (“In June Ruiz said”)."""
    while first <= last and (
        toks[first].lower in CLAUSE_WORDS | ADVERBS or toks[first].lower in ("meanwhile", "however")
    ):
        first += 1
    if first <= last and toks[first].lower in PREPOSITIONS:
        run = last
        while run > first and (toks[run - 1].is_capital or toks[run - 1].lower in DETERMINERS):
            run -= 1
        first = run if toks[run].is_capital or toks[run].lower in DETERMINERS else last + 1
    while first < last and toks[first].lower in DAYS:
        first += 1
    return first


def _is_nominal(toks: Sequence[Token], first: int, last: int) -> bool:
    token = toks[last]
    if token.lower in words("small_words") and token.lower not in ("some", "many", "others", "all", "both", "most"):
        return token.lower in PRONOUNS or token.lower in ("this", "these", "those", "that")
    return any(item.is_word for item in toks[first : last + 1]) and token.lower not in DAYS


def _with_apposition(toks: Sequence[Token], comma: int) -> tuple[int, int] | None:
    """`Ana Ruiz, the mayor of Quay, said`: the phrase before the apposition, with it."""
    for index in range(comma - 1, max(-1, comma - _LONGEST), -1):
        if toks[index].lower == QUOTED or toks[index].lower in (";", ":", "?", "!"):
            return None
        if toks[index].lower == "." and toks[index + 1].lower != ",":  # “Mich.,” may stand inside
            return None
        if toks[index].lower == "," and not _is_detail(toks, index):
            head = _phrase_ending(toks, index - 1) if index else None
            named = head is not None and (toks[head[0]].is_capital or toks[head[0]].lower in DETERMINERS)
            return (head[0], comma - 1) if head is not None and named else None
    return None


def _is_detail(toks: Sequence[Token], comma: int) -> bool:
    """Whether what stands before a comma is an age or a place: `Ana Ruiz, 22, of Quay, Mich., said`."""
    start = comma - 1
    while start > 0 and comma - start < 5 and toks[start - 1].lower != ",":
        start -= 1
    if start <= 1 or toks[start - 1].lower != ",":
        return False
    return toks[start].text[0].isdigit() or toks[start].lower in ("of", "from")


def phrase_after(toks: Sequence[Token], start: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `start` (“said Ana Ruiz, the mayor, …”), with an apposition."""
    at = start
    while at < len(toks) and at - start < _LONGEST:
        token = toks[at]
        if token.lower == "(":
            closing = next((i for i in range(at + 1, min(len(toks), at + 12)) if toks[i].lower == ")"), None)
            if closing is None:
                break
            at = closing + 1
            continue
        if is_mark(token) or token.lower == QUOTED or (at > start and _leaves_phrase(toks, at)):
            break
        at += 1
    if at == start or toks[start].lower in CLAUSE_WORDS - {"what"} or toks[start].lower in PREPOSITIONS:
        return None
    return start, _apposition_end(toks, start, at - 1)


def _leaves_phrase(toks: Sequence[Token], at: int) -> bool:
    token = toks[at]
    if token.lower in ("and", "or"):
        return not _joins_names(toks, at)
    return (
        token.lower in CLAUSE_WORDS
        or token.lower in DAYS
        or is_finite(token)
        or token.lower in ("in", "on", "during", "at")
    )


def _apposition_end(toks: Sequence[Token], start: int, last: int) -> int:
    """Past `, the mayor of Quay` or `, who chairs the board` when a comma or the end closes it."""
    if last + 2 >= len(toks) or toks[last + 1].lower != ",":
        return last
    opener = toks[last + 2]
    if opener.is_capital and toks[start].lower in DETERMINERS and opener.lower not in DAYS:
        named = last + 2
        while named + 1 < len(toks) and toks[named + 1].is_capital:
            named += 1
        return named if named > last + 2 else last
    if not (
        opener.lower in ("the", "a", "an", "who", "his", "her", "its", "their") or opener.lower.startswith("former")
    ):
        return last
    for index in range(last + 2, min(len(toks), last + 2 + _LONGEST)):
        if toks[index].lower == QUOTED:
            return last
        if toks[index].lower in (",", ".", ";", "?", "!"):
            return index - 1
    return last


def main_subject(toks: Sequence[Token]) -> tuple[int, int] | None:
    """The subject of a unit's main clause: the phrase before its first finite verb, an opening phrase aside."""
    start = 0
    while start < len(toks) and (
        toks[start].lower in ("but", "and", "however", "meanwhile", "still", "yet", ",", "so")
    ):
        start += 1
    if start < len(toks) and (
        toks[start].lower in PREPOSITIONS | CLAUSE_WORDS | {"earlier", "later", "last"}
        or toks[start].lower.endswith("ing")
    ):
        comma = next((i for i in range(start, min(len(toks), start + 40)) if toks[i].lower == ","), None)
        if comma is None:
            return None
        start = comma + 1
    for index in range(start, min(len(toks), start + 40)):
        if is_finite(toks[index]) and index > start:
            end = index
            while end > start and is_adverb(toks[end - 1]):
                end -= 1
            found = subject_before(toks, end)
            return found if found is not None and found[0] >= start else None
    return None
