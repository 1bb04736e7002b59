"""Finding cues in a unit: the verb with its auxiliaries and adverbs, nouns, fixed phrases, colons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from workbench.extract.phrases import AUXILIARIES, BE, HAVE, MODALS, PRONOUNS, is_adverb
from workbench.extract.units import QUOTED
from workbench.language.tokens import Token
from workbench.language.verbs import Form, Tense, forms
from workbench.language.words import group, table, words

CueKind = Literal["verb", "passive", "according", "noun", "hearsay", "colon"]
_NOT_BEFORE_VERB = group("not_before_verb")
_HEARSAY_PASSIVES = group("hearsay_passives")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue from the token `first` to `last`; `frames` and `tenses` are those of its verb."""

    kind: CueKind
    first: int
    last: int
    frames: frozenset[str] = frozenset()
    tenses: frozenset[Tense] = frozenset()
    progressive: bool = False
    infinitive: bool = False


@cache
def nouns() -> dict[str, str]:
    """Attributing nouns and their class."""
    return {row[0]: row[1] for row in table("nouns")}


def find_cues(toks: Sequence[Token]) -> list[Cue]:
    """The cues of a unit, from left to right. Whether each governs anything is for the reader to say."""
    found: list[Cue] = []
    for index in range(len(toks)):
        cue = _fixed(toks, index) or _verb(toks, index)
        if cue is not None:
            found.append(cue)
    colon = _colon(toks)
    return _joined(toks, found) + ([colon] if colon is not None else [])


def _fixed(toks: Sequence[Token], index: int) -> Cue | None:
    lower = toks[index].lower
    following = toks[index + 1].lower if index + 1 < len(toks) else ""
    if lower == "according" and following == "to":
        return Cue("according", index, index + 1)
    if lower in words("hearsay"):
        return Cue("hearsay", index, index)
    if lower in nouns() and following == "that" and any(map(_owns, toks[max(0, index - 2) : index])):
        return Cue("noun", index, index)
    return None


def _colon(toks: Sequence[Token]) -> Cue | None:
    """`Ruiz: We will go on`, and `He was blunter: “…”`: a colon after a name, or before a quotation."""
    for index, token in enumerate(toks[:-1]):
        if token.lower != ":" or index == 0:
            continue
        short = all(item.is_capital or item.lower in ("of", "the", ".") for item in toks[:index][:6])
        heading = toks[-1].lower not in (".", "!", "?", QUOTED)
        if index < 6 and short and (heading or toks[index + 1].lower == QUOTED):
            return Cue("colon", index, index)
        return Cue("colon", index, index) if toks[index + 1].lower == QUOTED else None
    return None


def _verb(toks: Sequence[Token], index: int) -> Cue | None:
    token = toks[index]
    candidates = forms().get(token.lower)
    if not candidates or (token.is_capital and index > 0 and not _title_case(toks)):
        return None
    last = index
    form = next((item for item in candidates if item.verb.particle is None), None)
    for item in candidates:
        if item.verb.particle and index + 1 < len(toks) and toks[index + 1].lower == item.verb.particle:
            form, last = item, index + 1
            break
    return _shaped(toks, index, last, form) if form is not None else None


def _title_case(toks: Sequence[Token]) -> bool:
    """Whether most words have a capital, as in a headline: then a verb may have one too."""
    plain = [token for token in toks if token.is_word and len(token.text) > 3]
    return len(plain) > 2 and sum(token.is_capital for token in plain) >= 0.8 * len(plain)


def _shaped(toks: Sequence[Token], index: int, last: int, form: Form) -> Cue | None:
    """The cue with its auxiliaries, or None where the word is a noun or an adjective."""
    first = index
    helpers: list[str] = []
    while first > 0 and _helps(toks[first - 1]):
        first -= 1
        helpers.append(toks[first].lower)
    previous = toks[first - 1].lower if first > 0 else ""
    if previous == "to" and first > 2 and toks[first - 2].lower == "on" and toks[first - 3].lower in ("went", "goes"):
        return Cue("verb", first - 3, last, form.verb.frames, frozenset({"past"}))
    if previous == "to":
        return Cue("verb", index, last, form.verb.frames, form.tenses, infinitive=True)
    if not helpers and previous[:1].isdigit():
        return None
    gerund = form.tenses == {"ing"} and previous in ("by", "in", "after", "before", "without", "while")
    if (
        not helpers
        and not gerund
        and (
            previous in _NOT_BEFORE_VERB
            or _is_cue(toks, first - 1)
            or (previous.endswith("'s") and "ing" not in form.tenses)
        )
    ):
        return None
    if not helpers and toks[index].lower in group("noun_like") and first > 0 and not _acts(toks[first - 1]):
        return None
    be = any(word in BE for word in helpers)
    if be and "ing" not in form.tenses:
        passive = toks[index].lower in _HEARSAY_PASSIVES and not any(word in MODALS for word in helpers)
        return Cue("passive", first, last, form.verb.frames, form.tenses) if passive else None
    if (
        not helpers
        and form.tenses <= {"base"}
        and previous not in ("i", "we", "they", "you", "who")
        and not _plural(toks, first)
    ):
        return None
    if any(word in HAVE for word in helpers) or any(word in MODALS for word in helpers):
        return Cue("verb", first, last, form.verb.frames, frozenset({"past"}))
    return Cue("verb", first, last, form.verb.frames, form.tenses, progressive=be)


def _owns(token: Token) -> bool:
    """Whether a word is a possessive: “Ruiz’s”, “their”."""
    return token.lower.endswith(("'s", "s'")) or token.lower in ("his", "her", "their", "its")


def _acts(token: Token) -> bool:
    """Whether a word is likely a subject rather than part of a noun: a name, a pronoun, an office, a body, a paper."""
    known = ("roles", "bodies", "documents", "media")
    return (
        not token.is_word
        or token.is_capital
        or token.lower in PRONOUNS
        or any(token.lower in words(name) for name in known)
    )


def _helps(token: Token) -> bool:
    """Whether a token belongs to the verb after it; a capital makes “May” a name."""
    return is_adverb(token) or (token.lower in AUXILIARIES and token.text != "May")


def _is_cue(toks: Sequence[Token], at: int) -> bool:
    """Whether the word before is itself a verb that attributes: then this one is its object ("backed calls for")."""
    return at > 0 and any(form.tenses & {"past", "ing"} for form in forms().get(toks[at].lower, ()))


def _plural(toks: Sequence[Token], at: int) -> bool:
    return at > 0 and (toks[at - 1].lower.endswith("s") or toks[at - 1].lower in ("people", "many", "some", "others"))


def _joined(toks: Sequence[Token], found: list[Cue]) -> list[Cue]:
    """`responded by saying` is one cue."""
    result: list[Cue] = []
    for cue in found:
        before = result[-1] if result else None
        if (
            before is not None
            and before.last + 2 == cue.first
            and toks[cue.first - 1].lower == "by"
            and "ing" in cue.tenses
        ):
            result[-1] = Cue("verb", before.first, cue.last, cue.frames, before.tenses)
        else:
            result.append(cue)
    return [cue for cue in result if toks[cue.first].lower != QUOTED]
