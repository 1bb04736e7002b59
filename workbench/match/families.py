"""Linked quotes -> families: the copies of one utterance, each fragment with the one family that it belongs to.

Likeness joins; a fragment hangs on and never joins two families. The result depends on the quotes and links as sets:
the order in which they are given changes nothing but the indexes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbench.match.alarms import Alarm
from workbench.match.compare import FAMILY_WORDS, Link, Quotation, compare
from workbench.match.speakers import same_speaker
from workbench.match.words import words

LinkedPair = tuple[int, int, Link]
MemberRelation = Literal["earliest", "same", "near", "fragment", "wire copy"]

_CLEARLY = 0.1  # by which one family must fit a fragment better than the next


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


def group(quotes: Sequence[Quotation], links: Sequence[LinkedPair]) -> list[FamilyDraft]:
    """The families among `quotes` by the `links` that `compare` found (index, index, link); quotes alone are left out.

    Near links of six words and more join, shorter ones only when the same speaker says the same words. A fragment goes
    to the one family where it fits; where two fit as well it goes to none ("also found in …"). Quotes that are equal in
    everything count as one and share its links, so that a thousand copies cost little more than one.
    """
    equal: dict[Quotation, list[int]] = {}
    for index, quote in enumerate(quotes):
        equal.setdefault(quote, []).append(index)
    distinct, copies = list(equal), list(equal.values())
    place = {index: number for number, indexes in enumerate(copies) for index in indexes}
    between: dict[tuple[int, int], Link] = {}
    for one, other, link in links:
        pair = (min(place[one], place[other]), max(place[one], place[other]))
        if pair[0] != pair[1] and (pair not in between or link.score > between[pair].score):
            between[pair] = link
    drafts = _group(distinct, [(one, other, link) for (one, other), link in between.items()])
    spread = [_spread(draft, copies, distinct) for draft in drafts]
    placed = {index for draft in drafts for index in draft.indexes}
    lone = [number for number in range(len(distinct)) if number not in placed and len(copies[number]) > 1]
    spread += [found for number in lone if (found := _copies_alone(distinct[number], copies[number])) is not None]
    order = _Order(quotes, [words(quote.text).texts for quote in quotes])
    return sorted(spread, key=lambda draft: order.key(draft.members[0].index))


def _spread(draft: FamilyDraft, copies: Sequence[Sequence[int]], distinct: Sequence[Quotation]) -> FamilyDraft:
    """The family with each of its quotes in all its copies; `draft` counts in `distinct`."""
    members: list[Member] = []
    origins = draft.origins
    for member in draft.members:
        first, *others = copies[member.index]
        members.append(replace(member, index=first))
        again = _copy_of(member, distinct[member.index].origin)
        members += [replace(again, index=index) for index in others]
        origins += 0 if again.relation == "wire copy" else len(others)
    return FamilyDraft(tuple(members), origins, draft.alarms)


def _copy_of(member: Member, wire: str | None) -> Member:
    if wire is not None:
        return Member(member.index, "wire copy", 1.0, (), f"the same words carried by {wire}")
    return Member(member.index, "same", 1.0, (), "the same words") if member.relation == "earliest" else member


def _copies_alone(quote: Quotation, indexes: Sequence[int]) -> FamilyDraft | None:
    """Equal quotes that nothing else is linked to, where their words are telling enough to be one utterance."""
    link = compare(quote, quote)
    if link is None:
        return None
    pair = _group([quote, quote], [(0, 1, link)])
    if not pair:
        return None
    first = pair[0].members[0]
    return _spread(FamilyDraft((replace(first, index=0),), 1, ()), [indexes], [quote])


def _group(quotes: Sequence[Quotation], links: Sequence[LinkedPair]) -> list[FamilyDraft]:
    """`group` for quotes that all differ."""
    texts = [words(quote.text).texts for quote in quotes]
    order = _Order(quotes, texts)
    kin = _Parts(len(quotes))
    for one, other, link in links:
        speaker = same_speaker(quotes[one].speaker, quotes[other].speaker)
        if _joins(texts[one], texts[other], link, speaker):
            kin.join(one, other)
    _attach(kin, order, links)
    by_pair = {frozenset((one, other)): link for one, other, link in links}
    drafts = [_draft(part, quotes, texts, order, links_of) for part, links_of in _with_links(kin, by_pair)]
    return sorted(drafts, key=lambda draft: order.key(draft.members[0].index))


class _Order:
    """Which quote comes first: by date, then by its words; never by where it stands in the list unless all is equal."""

    def __init__(self, quotes: Sequence[Quotation], texts: Sequence[tuple[str, ...]]) -> None:
        self._quotes, self._texts = quotes, texts

    def key(self, index: int) -> tuple[str, int, str, str, str, int]:
        quote = self._quotes[index]
        length = -len(self._texts[index])
        return (quote.date or "9999", length, quote.text, quote.speaker or "", quote.origin or "", index)

    def may_agree(self, one: int, other: int) -> bool:
        """Whether nothing says that two quotes are of different speakers."""
        return same_speaker(self._quotes[one].speaker, self._quotes[other].speaker) is not False

    def size(self, index: int) -> tuple[int, tuple[str, ...], tuple[str, int, str, str, str, int]]:
        """By length; of two of one length, by their words and then by which comes first."""
        return len(self._texts[index]), self._texts[index], self.key(index)


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

    def parts(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index in range(len(self._above)):
            found.setdefault(self.find(index), []).append(index)
        return found


def _joins(one: tuple[str, ...], other: tuple[str, ...], link: Link, speaker: bool | None) -> bool:
    """Whether a link makes its two quotes one family."""
    if link.relation == "fragment":
        return False
    if min(len(one), len(other)) >= FAMILY_WORDS:
        return True
    return one == other and speaker is True


def _attach(kin: _Parts, order: _Order, links: Sequence[LinkedPair]) -> None:
    """Hang each part that is a fragment of others on the one that fits, the longest parts first.

    When a part is reached, everything longer is settled, so that parts which have become one count as one place.
    """
    places: dict[int, list[tuple[int, Link]]] = {}
    for one, other, link in links:
        short, long = sorted((one, other), key=order.size)
        hangs = link.relation != "near" or order.may_agree(one, other)
        if hangs and kin.find(short) != kin.find(long):
            places.setdefault(kin.find(short), []).append((long, link))
    longest = {part: max(map(order.size, members)) for part, members in kin.parts().items() if part in places}
    for part in sorted(places, key=lambda one: longest[one], reverse=True):
        chosen = _one_place(kin, part, places[part])
        if chosen is not None:
            kin.join(part, chosen)


def _one_place(kin: _Parts, part: int, places: Sequence[tuple[int, Link]]) -> int | None:
    """A member of the family in which a fragment fits clearly best, None when there is no such family."""
    best: dict[int, float] = {}
    for long, link in places:
        place = kin.find(long)
        if place != kin.find(part):
            best[place] = max(best.get(place, 0.0), link.score)
    ranked = sorted(best.items(), key=lambda entry: -entry[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEARLY):
        return None
    return ranked[0][0]


def _with_links(kin: _Parts, by_pair: dict[frozenset[int], Link]) -> list[tuple[list[int], dict[frozenset[int], Link]]]:
    """Each part of two or more with the links inside it."""
    inside: dict[int, dict[frozenset[int], Link]] = {}
    for pair, link in by_pair.items():
        one, other = pair
        if kin.find(one) == kin.find(other):
            inside.setdefault(kin.find(one), {})[pair] = link
    return [(members, inside.get(part, {})) for part, members in kin.parts().items() if len(members) > 1]


def _draft(
    part: list[int],
    quotes: Sequence[Quotation],
    texts: Sequence[tuple[str, ...]],
    order: _Order,
    links: dict[frozenset[int], Link],
) -> FamilyDraft:
    indexes = sorted(part, key=order.key)
    strongest: dict[int, Link] = {}
    for pair, link in links.items():
        for index in pair:
            strongest[index] = max(link, strongest.get(index, link), key=lambda one: (one.score, one.why))
    wired: set[tuple[str, tuple[str, ...]]] = set()
    members = []
    for index in indexes:
        link = links.get(frozenset((indexes[0], index))) or strongest[index]
        wire = quotes[index].origin
        copied = wire is not None and (wire.casefold(), texts[index]) in wired
        wired |= {(wire.casefold(), texts[index])} if wire else set()
        members.append(_member(index, index == indexes[0], copied, wire, link))
    alarms = tuple(sorted({alarm for link in links.values() for alarm in link.alarms}, reverse=True))
    origins = sum(member.relation != "wire copy" for member in members)
    return FamilyDraft(tuple(members), origins, alarms)


def _member(index: int, first: bool, copied: bool, wire: str | None, link: Link) -> Member:
    if first:
        return Member(index, "earliest", 1.0, (), "the earliest")
    if copied:
        return Member(index, "wire copy", link.score, (), f"the same words carried by {wire}")
    return Member(index, link.relation, link.score, link.alarms, link.why)
