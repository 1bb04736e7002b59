"""What a quote is like among those in the store: the parts that it joins, and those by which it may hang.

Which of them these are rests on the quotes alone, two by two (`match.compare`); here it is found without a look at
every one. A part that is joined already is not looked at again, nor a quote that can't hang better than another did:
so a copy of words that were printed a thousand times costs hardly more than one of words printed once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from db import candidates

if TYPE_CHECKING:
    from db.candidates import Candidate, Place
    from db.driver import Connection
    from workbench.match.compare import Likeness, Profile
    from workbench.match.grams import Grams, Sought


class Own(NamedTuple):
    """A quote that looks for its like: its words, who said them and when; `held` where somebody put it out."""

    profile: Profile
    speaker: str
    date: str
    held: bool


class Alike(NamedTuple):
    """The parts that a quote joins, and those that it may hang by, or they by it, with the best score of a link."""

    joined: set[int]
    hung: dict[int, float]


def alike(connection: Connection, own: Own, *, decided: bool) -> Alike:
    """What a quote is like. `decided`: whether anybody decided anything about families."""
    from workbench.match.compare import related

    found = Alike(set(), {})
    likely = candidates_of(connection, own.profile.grams)
    stand = candidates.places(connection, [each.form_id for each in likely], decided=decided)
    for each in _best_first(likely, len(own.profile.texts)):
        places = [place for place in stand.get(each.form_id, ()) if place.part_id not in found.joined]
        if not places or not _may_matter(own, each, places, found):
            continue
        likeness = related(own.profile, _profile(each.text))
        if likeness is not None:
            _take(own, likeness, places, found)
    return found


def candidates_of(connection: Connection, own: Grams) -> list[Candidate]:
    """The forms in the index that are comparable with one of these grams, each once."""
    from workbench.match.grams import enough, enough_heavy

    found: list[Candidate] = []
    for sought in own.sought():
        shared, heavy = _shared(connection, sought)
        size = len(own.heavy if sought.long else own.all)
        for form_id, text, words, grams, heavies in candidates.forms(connection, shared):
            smaller = min(size, heavies if sought.long else grams)
            count = shared[form_id]
            if enough_heavy(count, smaller) if sought.long else enough(count, smaller, form_id in heavy):
                found.append(candidates.Candidate(form_id, text, words, count))
    return found


def _shared(connection: Connection, sought: Sought) -> tuple[dict[int, int], set[int]]:
    """form -> how many of the grams it holds, where that may be enough, and the forms that hold one that may alone.

    Of one gram that very many hold, and that is never enough alone, only those are read that hold another as well.
    """
    counted = Counter(candidates.holders(connection, sought.alone)) if sought.alone else Counter()
    heavy = set(counted)
    common: list[list[int]] = []
    for keys in sought.together:
        read = candidates.holders(connection, keys, candidates.MANY)
        if len(read) < candidates.MANY:
            counted.update(read)
        else:
            common.append(keys)
    for keys in common[1:]:
        counted.update(candidates.holders(connection, keys))
    for keys in common[:1]:
        counted.update(candidates.holding(connection, keys, counted))
    return {form_id: count for form_id, count in counted.items() if count > 1 or form_id in heavy}, heavy


def itself(own: Profile, speaker: str, date: str) -> bool:
    """Whether the same words of the same speaker on the same day are one utterance."""
    from workbench.match.compare import itself as same_words
    from workbench.match.families import joins

    likeness = same_words(own)
    agree, days = occasion(speaker, date, speaker, date)
    return joins("same", likeness.shorter, agree, True) and likeness.links(agree, days)


def occasion(speaker: str, date: str, who: str, when: str) -> tuple[bool | None, int | None]:
    """Whether two quotes are of one speaker, and how many days lie between them; None where that is not known."""
    from workbench.match.compare import days_between
    from workbench.match.speakers import same_speaker

    return same_speaker(speaker or None, who or None), days_between(date or None, when or None)


def _best_first(likely: Sequence[Candidate], words: int) -> list[Candidate]:
    """Those that may be near before those that can only hold the quote or be held, and the likest first."""
    return sorted(likely, key=lambda each: (not _may_be_near(each, words), -each.shared / max(each.words, words)))


def _may_be_near(each: Candidate, words: int) -> bool:
    from workbench.match.compare import NEAR

    return min(each.words, words) >= NEAR * max(each.words, words)


def _may_matter(own: Own, each: Candidate, places: Sequence[Place], found: Alike) -> bool:
    """Whether a look at a candidate could change anything: what is not near can only hang, at this score at best."""
    from workbench.match.compare import Likeness

    words = len(own.profile.texts)
    if _may_be_near(each, words):
        return True
    best = Likeness("fragment", own.profile.mass, 1.0, 0.0, 1.0, 0, 0)
    return any(
        place.part_id not in found.hung
        or best.score(*occasion(own.speaker, own.date, place.speaker, place.date)) > found.hung[place.part_id]
        for place in places
    )


def _take(own: Own, likeness: Likeness, places: Sequence[Place], found: Alike) -> None:
    from workbench.match.families import hangs, joins

    for place in places:
        agree, days = occasion(own.speaker, own.date, place.speaker, place.date)
        if place.part_id in found.joined or not likeness.links(agree, days):
            continue
        may_join = place.free and not own.held
        named_alike = own.speaker == place.speaker
        if may_join and joins(likeness.relation or "near", likeness.shorter, agree, named_alike):
            found.joined.add(place.part_id)
        elif hangs(agree, days):
            score = likeness.score(agree, days)
            found.hung[place.part_id] = max(found.hung.get(place.part_id, 0.0), score)


def _profile(text: str) -> Profile:
    from workbench.match.forms import form_profile

    return form_profile(text)
