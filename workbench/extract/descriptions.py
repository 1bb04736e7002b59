"""“The senator”, “the bureau”: which person or body of the same text a description means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from workbench.extract.layout import Layout
from workbench.extract.names import Entity, Mention, Names
from workbench.language.tokens import Token
from workbench.language.words import group, lines, words

_BACK = 6000  # code points before a description in which its full form is looked for
_MENTIONS = 60  # names before a description that are asked
_FURTHEST = 3  # sentences that a description without a told office reaches back
_PEOPLE_OF = re.compile(r"[A-Z][a-z]+(?:ian|ean|ish|ese|ican|oni|aqi|eli|rench|reek|utch|ech)\Z")
_STEM = 5
_LEFT, _RIGHT = frozenset(("democrat", "democratic")), frozenset(("republican", "gop"))
_DEPUTIES = frozenset(("vice", "deputy", "prime"))
_RIVALS = ((_LEFT, _RIGHT), (_RIGHT, _LEFT))


class Found(NamedTuple):
    """Whom a description means, why, and how surely."""

    entity: Entity
    why: str
    confidence: float


class Descriptions:
    """Looks descriptions of one text up in its names."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout = layout
        self.names = names

    def person(self, head: Sequence[Token], complement: Sequence[Token], at: int) -> Found | None:
        """The person whom `the … OFFICE` at the code point `at` means; `complement` is what follows the office."""
        office = head[-1].lower
        extra = [token for token in (*head[1:-1], *complement) if token.is_word]
        extra = [token for token in extra if token.lower not in group("plain_offices") | group("links")]
        near = [m for m in self.names.before(at, _MENTIONS) if _may_be(m.entity, office)]
        holders = [m for m in near if _holds(m.entity, office) and not self._is_other(m.entity, office, extra)]
        deputies = _DEPUTIES & {token.lower for token in head}
        holders = [m for m in holders if _DEPUTIES & (m.entity.told | m.entity.roles) == deputies] or (
            [] if deputies else holders
        )
        apt = [m for m in holders if extra and all(_told(m.entity, token.lower) for token in extra)]
        if apt or (holders and (len(extra) == 0 or not complement)):
            return self._holder((apt or holders)[0].entity, office, bool(apt) or not extra)
        if office in group("family"):
            kin = [entity for entity in self.names.holders(office) if _may_be(entity, office)]
            return self._holder(kin[0], office, False) if len(kin) == 1 else None
        if office not in group("loose_offices") or complement or len(head) > 5 or head[0].lower != "the":
            return None
        return self._last(near, office, extra, at)

    def _holder(self, entity: Entity, office: str, sure: bool) -> Found:
        if office in entity.roles:
            return Found(entity, f"{entity.name} is called {office} in this text", 0.8 if sure else 0.6)
        return Found(entity, f"{entity.name} is introduced with such an office", 0.7 if sure else 0.55)

    def _is_other(self, entity: Entity, office: str, extra: Sequence[Token]) -> bool:
        """Whether a word of the description points away from an entity: another country, a rival party."""
        said = {token.lower for token in extra}
        if any(not said.isdisjoint(one) and not entity.told.isdisjoint(other) for one, other in _RIVALS):
            return True
        foreign = any(_PEOPLE_OF.match(token.text) and not _told(entity, token.lower) for token in extra)
        return foreign and office in entity.roles

    def _last(self, near: Sequence[Mention], office: str, extra: Sequence[Token], at: int) -> Found | None:
        """The last person whom a sentence before is about."""
        here = self.layout.sentence_index(at)
        fit = [m for m in near if m.entity.kind == "person" and not m.quoted and here - m.sentence <= _FURTHEST]
        fit = [m for m in fit if not self._is_other(m.entity, office, extra) and not _owns(self.layout, m)]
        same = [m for m in fit if m.leads and m.sentence < here] or [m for m in fit if m.sentence < here] or fit
        if not same:
            return None
        return Found(same[0].entity, "the last person named as subject before, no office told", 0.55)

    def body(self, head: Sequence[Token], at: int) -> Entity | str | None:
        """The body that `the bureau` means: its full form with the same last words, else the last fitting body."""
        longer = self._longer(" ".join(token.text for token in head[1:]), at)
        if longer is not None:
            return longer
        last = head[-1].lower
        for mention in self.names.before(at, _MENTIONS):
            if mention.entity.kind == "body" and last in mention.entity.name.lower().split() and len(head) == 2:
                return mention.entity
        if len(head) != 2 or last not in group("generic_bodies") or head[0].lower != "the":
            return None
        here = self.layout.sentence_index(at)
        return next((m.entity for m in self.names.before(at, _MENTIONS) if self._is_body(m, here)), None)

    def _is_body(self, mention: Mention, here: int) -> bool:
        """Whether a name may be a body's: one of unknown kind only where a sentence just before is about it."""
        about = mention.leads and here - mention.sentence <= _FURTHEST
        kind, name = mention.entity.kind, mention.entity.name
        return (kind == "body" or (about and kind == "unknown" and " " in name)) and name.lower() not in words("places")

    def _longer(self, ending: str, at: int) -> str | None:
        """The nearest capitalised words before `at` that end in `ending`: “campaign” -> “Sanders’ campaign”."""
        window = self.layout.text[max(0, at - _BACK) : at]
        last = None
        for found in _candidates(window, ending):
            last = found
        return last


def _candidates(window: str, ending: str) -> Iterator[str]:
    """What stands before each `ending` in `window`, with it, where it is capitalised words."""
    for match in re.finditer(r"\b" + re.escape(ending) + r"\b", window, re.IGNORECASE):
        before = window[max(0, match.start() - 60) : match.start()].split(" ")[:-1]
        taken: list[str] = []
        for word in reversed(before[-5:]):
            bare = word.strip('“”"')
            if not bare[:1].isupper() or bare != word or bare.lower() in ("the", "a", "an", "his", "her", "its"):
                break
            taken.insert(0, bare)
            if len(taken) > 1 and taken[0][-1:] in ".,;:":
                taken.pop(0)
                break
        if taken and taken[-1][-1:] not in ".,;:" and "\n" not in "".join(taken):
            yield " ".join((*taken, match[0]))


def _may_be(entity: Entity, office: str) -> bool:
    if entity.kind not in ("person", "unknown"):
        return False
    wanted = "m" if office in group("men") else "f" if office in group("women") else "-"
    return "-" in (wanted, entity.gender) or wanted == entity.gender


@cache
def _alike(office: str) -> frozenset[str]:
    """Words for the same office, the word itself among them."""
    return frozenset((office,)).union(*(line.split() for line in lines("offices") if office in line.split()))


def _holds(entity: Entity, office: str) -> bool:
    return not _alike(office).isdisjoint(entity.roles) or (office not in group("family") and office in entity.told)


def _told(entity: Entity, word: str) -> bool:
    """Whether the text says `word`, or a word of the same stem, beside the name of an entity."""
    known = entity.told | entity.roles | {part.lower() for part in entity.name.split()}
    return word in known or (len(word) > _STEM and any(other[:_STEM] == word[:_STEM] for other in known))


def _owns(layout: Layout, mention: Mention) -> bool:
    return layout.text[mention.span.end : mention.span.end + 2] in ("’s", "'s")
