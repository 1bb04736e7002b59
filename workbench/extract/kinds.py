"""What sort of source a phrase without a name is: a person by office, a body, a document, or nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.language.tokens import Token
from workbench.language.words import group, words
from workbench.records import SourceKind

_RUMOUR = frozenset(("reports", "rumors", "rumours", "accounts", "media"))
_NOBODY = frozenset(("one", "ones", "others", "someone", "somebody", "anyone", "everyone", "everybody", "all", "most"))
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "its", "their", "my", "our"))
_QUANTITIES = frozenset(("all", "the", "many", "some", "most", "several", "few", "other", "these", "those", "of"))
_PEOPLE = re.compile(r"[A-Z][\w-]+(?:cans|crats|ians|ists|lims|tives)\Z")
REASONS: dict[SourceKind, str] = {
    "person": "described by office, not named",
    "body": "a body, no person named",
    "document": "a document or a set of figures",
    "anonymous": "nobody is named",
    "unknown": "neither a name nor a known office",
}


def is_collective(head: Sequence[Token]) -> bool:
    """Whether a phrase is a crowd that names nobody: "critics", "all the Democrats", "African-Americans"."""
    if not head:
        return False
    last = head[-1]
    plain = all(token.lower in _QUANTITIES for token in head[:-1])
    if last.lower in words("groups"):
        return plain or not last.is_capital
    return plain and bool(_PEOPLE.match(last.text))


def kind_of(head: Sequence[Token], toks: Sequence[Token]) -> SourceKind:
    """The kind of a phrase `toks` with the noun phrase `head`, when it holds no name."""
    lowers = [bare(token.lower) for token in head]
    last = lowers[-1] if lowers else ""
    everything = {token.lower for token in toks}
    if everything & {"percent", "%", "majority"} or everything & group("unnamed"):
        return "anonymous"
    if last in _RUMOUR or (last == "report" and len(lowers) < 3):
        owned = any(token.is_capital for token in toks[1:]) or any(token.lower.endswith("'s") for token in head)
        return "document" if owned else "anonymous"
    if is_collective(head) or last in ("source", "sources") or last in _NOBODY or (lowers and lowers[0] == "one"):
        return "anonymous"
    if last in words("documents"):
        return "document"
    if singular(last) in words("roles") or singular(last) in words("bodies"):
        return "anonymous"
    if last in words("bodies") or last in words("media"):
        return "body"
    return _person(head, lowers)


def _person(head: Sequence[Token], lowers: Sequence[str]) -> SourceKind:
    if lowers and lowers[-1] in words("roles"):
        return "person" if lowers[0] in _DEFINITE else "anonymous"
    return "person" if len(head) > 1 and head[-1].is_capital else "unknown"


def singular(word: str) -> str:
    """A plural without its ending; any other word becomes empty."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else ""


def bare(word: str) -> str:
    """A word without the ending of a possessive."""
    return word[:-2] if word.endswith(("'s", "’s")) else word
