"""What the article states in its own voice: checkable clauses, one claim each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.extract.layout import Layout
from workbench.extract.phrases import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, is_finite, is_mark
from workbench.extract.units import QUOTED, units
from workbench.language.tokens import Token
from workbench.language.words import group, words
from workbench.spans import Span

_JOINTS = group("joints")
_FEWEST_WORDS = 4
_REACH = 12  # tokens from a joint to the verb of its clause
_ENDS = re.compile(r"[.…][\"”’»)\]]*$")


def statements(layout: Layout, taken: Sequence[Span]) -> Iterator[Span]:
    """The checkable clauses that share no code point with `taken` (sorted), in order. The title states nothing."""
    at = 0
    for unit in units(layout):
        while at < len(taken) and taken[at].end <= unit.span.start:
            at += 1
        if unit.title or unit.only_quoted or not _ENDS.search(unit.span.of(layout.text)):
            continue
        nearby: list[Span] = []
        upto = at
        while upto < len(taken) and taken[upto].start < unit.span.end:
            nearby.append(taken[upto])
            upto += 1
        for clause in _clauses(layout, unit.tokens):
            span = Span(clause[0].start, clause[-1].end)
            if not any(span.overlaps(other) for other in nearby) and is_checkable(clause):
                yield span


def _clauses(layout: Layout, toks: Sequence[Token]) -> Iterator[list[Token]]:
    """A unit cut where a clause with its own subject and verb begins; marks and joints at the edges go."""
    start = 0
    for index in range(1, len(toks)):
        if index > start and (_begins_sentence(layout, toks, index) or _begins_clause(toks, start, index)):
            yield from _trimmed(toks[start:index])
            start = index
    yield from _trimmed(toks[start:])


def _trimmed(toks: Sequence[Token]) -> Iterator[list[Token]]:
    first, last = 0, len(toks) - 1
    while first <= last and (
        (is_mark(toks[first]) and toks[first].lower not in "([") or toks[first].lower in _JOINTS | {"or", "so"}
    ):
        first += 1
    while first <= last and is_mark(toks[last]) and toks[last].lower not in ")]":
        last -= 1
    if first <= last:
        yield list(toks[first : last + 1])


def _begins_sentence(layout: Layout, toks: Sequence[Token], index: int) -> bool:
    """Whether the token `index` is the first of another sentence of the same unit."""
    if is_mark(toks[index]) or not (is_mark(toks[index - 1]) or toks[index - 1].lower == QUOTED):
        return False
    return layout.sentence_index(toks[index].start) != layout.sentence_index(toks[index - 1].start)


def _begins_clause(toks: Sequence[Token], start: int, index: int) -> bool:
    """Whether a new clause starts at the joint or semicolon `index`, and a whole one stands before it."""
    token = toks[index]
    if token.lower == ";":
        return True
    comma = toks[index - 1].lower == ","
    if token.lower not in _JOINTS or not (comma or token.lower == "and"):
        return False
    before = any(is_finite(item) for item in toks[start:index])
    return before and _has_subject_and_verb(toks, index + 1, strict=not comma)


def _has_subject_and_verb(toks: Sequence[Token], at: int, strict: bool) -> bool:
    """Whether a subject and then a finite verb follow, with no mark between; `strict` wants them near."""
    if at >= len(toks) or not _may_be_subject(toks[at]) or is_finite(toks[at]):
        return False
    first = toks[at]
    if strict and first.is_capital and any(token.is_capital for token in toks[max(0, at - 3) : at - 1]):
        return False  # “Charles G. and David H. Koch had …”
    if strict and not (first.is_capital or first.lower in DETERMINERS or first.lower in PRONOUNS):
        return False
    for index in range(at + 1, min(len(toks), at + (5 if strict else _REACH))):
        if is_finite(toks[index]) and toks[index - 1].lower not in DETERMINERS:
            return True
        if is_mark(toks[index]) or (strict and toks[index].lower in PREPOSITIONS):
            return False
    return False


def _may_be_subject(token: Token) -> bool:
    if token.lower in PRONOUNS - {"who"}:
        return True
    if (
        token.lower in PREPOSITIONS
        or token.lower in AUXILIARIES
        or token.lower in ("which", "who", "that", "then", "not")
    ):
        return False
    return token.is_word


def is_checkable(clause: Sequence[Token]) -> bool:
    """Whether a clause tells of something that could be looked up: a finite verb, no wish, no address to the reader."""
    spoken = [token for token in clause if token.is_word or token.lower == QUOTED]
    if len(spoken) < _FEWEST_WORDS or not any(is_finite(token) for token in spoken):
        return False
    lowers = {token.lower for token in spoken}
    if clause[-1].lower == "?" or (spoken[0].lower in words("exhortations") and spoken[0].is_capital):
        return False
    figures = any(token.text[0].isdigit() for token in spoken)
    wish = " ".join(token.lower for token in spoken[:2]) in words("wishes")
    if wish or (spoken[0].lower in group("musings") and not figures):
        return False
    concrete = figures or any(token.is_capital for token in spoken[1:])
    opinion = len(lowers & words("opinions"))
    personal = bool(lowers & {"i", "we", "you", "my", "our", "your", "let's", "us", "me"})
    if personal and not concrete:
        return False
    return opinion == 0 or (concrete and opinion < 2)
