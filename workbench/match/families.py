"""Linked quotes -> families: the copies of one utterance, each fragment with the one family that it belongs to.

Likeness joins; a fragment hangs on and never joins two families. Whom people put together or apart counts before
likeness. The result depends on the quotes, links and decisions as sets: their order changes nothing but the indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

from workbench.match.alarms import Alarm
from workbench.match.compare import FAMILY_WORDS, FAR, Link, Quotation, Relation, days_between, profile
from workbench.match.speakers import same_speaker

LinkedPair = tuple[int, int, Link]
MemberRelation = Literal["earliest", "same", "near", "fragment", "wire copy"]

_CLEARLY = 0.1  # by which one family must fit a fragment better than the next


class Rank(NamedTuple):
    """Which of two quotes may be a fragment of the other: the lower one. Their words decide, then who and when."""

    free: bool  # whether no person set it apart
    words: int
    key: int
    date: str
    speaker: str
    origin: str


@dataclass(frozen=True, slots=True)
class Member:
    """A quote of a family: its index, how it relates to the earliest (or to the member it hangs on), and why."""

    index: int
    relation: MemberRelation
    score: float
    alarms: tuple[Alarm, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FamilyDraft:
    """Two quotes or more, the earliest first. `origins` counts the copies of one wire once."""

    members: tuple[Member, ...]
    origins: int
    alarms: tuple[Alarm, ...]

    @property
    def indexes(self) -> tuple[int, ...]:
        """The indexes of the members, in their order."""
        return tuple(member.index for member in self.members)


def rank(quote: Quotation, free: bool = True) -> Rank:
    """The rank of a quote; equal only for quotes that are equal in everything."""
    texts = profile(quote.text).texts
    return Rank(free, len(texts), key_of(texts), quote.date or "", quote.speaker or "", quote.origin or "")


@lru_cache(maxsize=4096)
def key_of(texts: tuple[str, ...]) -> int:
    """A number below 2**63 that stands for words in every process."""
    digest = blake2b("\0".join(texts).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def joins(relation: Relation, shorter: int, speaker: bool | None, named_alike: bool) -> bool:
    """Whether a link makes its two quotes one family: `shorter` is the words of the shorter one.

    Quotes of fewer than six words join only where the same speaker, or the same unknown one, says the same words.
    """
    if relation == "fragment":
        return False
    return shorter >= FAMILY_WORDS or (relation == "same" and (speaker is True or named_alike))


def hangs(speaker: bool | None, days: int | None) -> bool:
    """Whether speaker and date let a fragment belong to a longer quote that it is linked to."""
    return speaker is not False and (days is None or days <= FAR)


def chosen(places: dict[int, float]) -> int | None:
    """The place, of those with their best scores, in which a fragment fits clearly best; None where there is none."""
    ranked = sorted(places.items(), key=lambda entry: -entry[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEARLY):
        return None
    return ranked[0][0]


def group(
    quotes: Sequence[Quotation],
    links: Sequence[LinkedPair],
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[FamilyDraft]:
    """The families among `quotes` by the `links` that `compare` found (index, index, link); quotes alone are left out.

    Near links of six words and more join, shorter ones only when the same speaker says the same words. A fragment goes
    to the one family where it fits; where two fit as well it goes to none ("also found in …"). Pairs `together` are one
    family. The first of a pair `apart` joins nothing by itself: it hangs like a fragment, never where the second is.
    """
    parts = _Parts(len(quotes))
    for one, other in together:
        parts.join(one, other)
    apart = [pair for pair in apart if parts.find(pair[0]) != parts.find(pair[1])]
    set_apart = {parts.find(one) for one, _ in apart}
    held = [parts.find(index) in set_apart for index in range(len(quotes))]
    for one, other, link in links:
        if not held[one] and not held[other] and _joins(quotes[one], quotes[other], link):
            parts.join(one, other)
    places = _places(parts, [rank(quote, not held[index]) for index, quote in enumerate(quotes)], quotes, links, apart)
    families: dict[int, list[int]] = {}
    for index in range(len(quotes)):
        families.setdefault(places[parts.find(index)], []).append(index)
    inside: dict[int, list[LinkedPair]] = {}
    for link_ in links:
        if places[parts.find(link_[0])] == places[parts.find(link_[1])]:
            inside.setdefault(places[parts.find(link_[0])], []).append(link_)
    drafts = [_draft(members, quotes, inside.get(place, [])) for place, members in families.items() if len(members) > 1]
    return sorted(drafts, key=lambda draft: _order(quotes[draft.members[0].index], draft.members[0].index))


def _joins(one: Quotation, other: Quotation, link: Link) -> bool:
    speaker = same_speaker(one.speaker, other.speaker)
    shorter = min(len(profile(one.text).texts), len(profile(other.text).texts))
    return joins(link.relation, shorter, speaker, one.speaker == other.speaker)


def _places(
    parts: _Parts, ranks: Sequence[Rank], quotes: Sequence[Quotation], links: Sequence[LinkedPair],
    apart: Sequence[tuple[int, int]],
) -> dict[int, int]:  # fmt: skip
    """part -> the part at the root of its family, the highest parts first, so that each finds its betters settled."""
    highest: dict[int, tuple[Rank, int]] = {}
    for index, own in enumerate(ranks):
        part = parts.find(index)
        highest[part] = max(highest.get(part, (own, index)), (own, index))
    above: dict[int, list[tuple[int, float]]] = {}
    for one, other, link in links:
        low, high = sorted((parts.find(one), parts.find(other)), key=lambda part: highest[part])
        speaker = same_speaker(quotes[one].speaker, quotes[other].speaker)
        if low != high and hangs(speaker, days_between(quotes[one].date, quotes[other].date)):
            above.setdefault(low, []).append((high, link.score))
    strangers: dict[int, set[int]] = {}
    for one, other in apart:
        strangers.setdefault(parts.find(one), set()).add(parts.find(other))
        strangers.setdefault(parts.find(other), set()).add(parts.find(one))
    root: dict[int, int] = {}
    for part in sorted(highest, key=lambda one: highest[one], reverse=True):
        barred = {root[other] for other in strangers.get(part, ()) if other in root}
        fits: dict[int, float] = {}
        for high, score in above.get(part, ()):
            if root[high] not in barred:
                fits[root[high]] = max(fits.get(root[high], 0.0), score)
        found = chosen(fits)
        root[part] = part if found is None else found
    return root


class _Parts:
    """Disjoint sets of indexes (union by size with path halving)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))
        self._size = [1] * count

    def find(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def join(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        if one == other:
            return
        if self._size[one] < self._size[other]:
            one, other = other, one
        self._above[other] = one
        self._size[one] += self._size[other]


def _order(quote: Quotation, index: int) -> tuple[str, int, str, str, str, int]:
    """Which quote comes first: by date, then by its words; never by where it stands unless all is equal."""
    length = -len(profile(quote.text).texts)
    return (quote.date or "9999", length, quote.text, quote.speaker or "", quote.origin or "", index)


def _draft(part: list[int], quotes: Sequence[Quotation], links: Sequence[LinkedPair]) -> FamilyDraft:
    indexes = sorted(part, key=lambda index: _order(quotes[index], index))
    between = {frozenset((one, other)): link for one, other, link in links}
    strongest: dict[int, Link] = {}
    for one, other, link in links:
        for index in (one, other):
            strongest[index] = max(link, strongest.get(index, link), key=lambda each: (each.score, each.why))
    wired: set[str] = set()
    members = []
    for index in indexes:
        found = between.get(frozenset((indexes[0], index))) or strongest.get(index)
        wire = quotes[index].origin
        copied = wire is not None and wire.casefold() in wired
        wired |= {wire.casefold()} if wire else set()
        members.append(_member(index, index == indexes[0], copied, wire, found))
    alarms = tuple(sorted({alarm for _, _, link in links for alarm in link.alarms}, reverse=True))
    origins = sum(member.relation != "wire copy" for member in members)
    return FamilyDraft(tuple(members), origins, alarms)


def _member(index: int, first: bool, copied: bool, wire: str | None, link: Link | None) -> Member:
    if first:
        return Member(index, "earliest", 1.0, (), "the earliest")
    if link is None:
        return Member(index, "near", 0.0, (), "put here by a person")
    if copied:
        return Member(index, "wire copy", link.score, link.alarms, f"carried by {wire} as well; {link.why}")
    return Member(index, link.relation, link.score, link.alarms, link.why)
