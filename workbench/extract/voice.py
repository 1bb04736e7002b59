"""How near the reader is to whoever speaks: the levels A to J of taxonomies 4.3, and the class of the cue."""

from __future__ import annotations

import re

from workbench.extract.cues import nouns
from workbench.language.verbs import forms
from workbench.language.words import words
from workbench.records import Anonymity, CueClass, SourceMention

_FAMILIAR = re.compile(r"\b(?:familiar|briefed|close to|with (?:direct )?knowledge)\b", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:anonymity|not (?:to be )?(?:named|identified)|unnamed|anonymous|not authori[sz]ed)\b", re.IGNORECASE
)
_SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person|people)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def anonymity(source: SourceMention | None, cue: str) -> Anonymity | None:
    """The level of a source. Without a source it is H; a statement, which has neither, is not asked."""
    if source is None:
        return "H"
    phrase = source.text
    if _FAMILIAR.search(phrase):
        return "E"
    if source.kind == "document":
        return "J" if _is_media(phrase) else "I"
    if _SPOKESPERSON.search(phrase) and not _ends_in_name(source):
        return "B"
    if source.kind == "anonymous":
        return _nameless(phrase)
    if source.kind == "body":
        return "J" if _is_media(source.name) else "B"
    if source.kind == "person":
        return "A" if source.name[:1].isupper() and not source.reason.startswith("described") else _described(phrase)
    return None


def _is_media(phrase: str) -> bool:
    return any(word.lower() in words("media") for word in _WORD.findall(phrase))


def _ends_in_name(source: SourceMention) -> bool:
    return source.name != source.text and source.name in source.text


def _described(phrase: str) -> Anonymity:
    return "C" if _REASON.search(phrase) or " who " in phrase else "D"


def _nameless(phrase: str) -> Anonymity:
    lowers = [word.lower() for word in _WORD.findall(phrase)]
    if any(word in ("source", "sources", "reports", "report", "rumors", "rumours") for word in lowers):
        return "C" if _REASON.search(phrase) else "F"
    if any(word in ("officials", "aides", "insiders") or word in words("roles") for word in lowers):
        return _described(phrase)
    return "G"


def cue_class(cue: str) -> CueClass:
    """The class of a cue's verb or noun; "other" where no list has it."""
    lowers = [word.lower().replace("’", "'") for word in _WORD.findall(cue)]
    if "according" in lowers or not lowers:
        return "neutral"
    for word in lowers:
        if word in words("hearsay"):
            return "distancing"
    for index, word in enumerate(lowers):
        following = lowers[index + 1] if index + 1 < len(lowers) else None
        for form in forms().get(word, ()):
            if form.verb.particle in (None, following):
                return form.verb.cue_class
        if word in nouns():
            return _noun_class(nouns()[word])
    return "other"


def _noun_class(name: str) -> CueClass:
    known: tuple[CueClass, ...] = (
        "neutral",
        "declarative",
        "distancing",
        "factive",
        "accusing",
        "denying",
        "forward",
        "inner",
    )
    return next((item for item in known if item == name), "other")
