"""What a quote is like among those in the store: the parts that it joins, and those by which it may hang.

Which of them these are rests on the quotes alone, two by two (`match.compare`); here it is found without a look at
every one. A part that is joined already is not looked at again, nor a quote that can't hang better than another did:
so a copy of words that were printed a thousand times costs hardly more than one of words printed once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    from workbench.match.compare import needed

    found = Alike(set(), {})
    if own.profile.mass < needed(True if own.speaker else None, 0):
        return found  # words too light for any link
    sharing = _sharing(connection, own.profile.grams)
    ranked = sorted(sharing, key=lambda number: -sharing[number].grams)
    _look(connection, own, {number: sharing[number] for number in ranked[:_FIRST]}, found, decided=decided)
    rest = ranked[_FIRST:]
    if rest and found.joined:
        rest = candidates.outside(connection, rest, found.joined)
    _look(connection, own, {number: sharing[number] for number in rest}, found, decided=decided)
    return found


_FIRST = 48  # candidates that are looked at before it is asked which others stand in no part that was joined


def _look(connection: Connection, own: Own, sharing: Mapping[int, Shared], found: Alike, *, decided: bool) -> None:
    """Hold a quote against candidates; what it joins and hangs by goes into `found`."""
    from workbench.match.compare import related

    likely = [each for each in _enough(connection, own.profile.grams, sharing) if _at_a_glance(own.profile, each.text)]
    stand = candidates.places(connection, [each.form_id for each in likely], decided=decided) if likely else {}
    for each in _best_first(likely, len(own.profile.texts)):
        places = [place for place in stand.get(each.form_id, ()) if place.part_id not in found.joined]
        if not places or not _may_matter(own, each, places, found):
            continue
        likeness = related(own.profile, _profile(each.text))
        if likeness is not None:
            _take(own, likeness, places, found)


def _at_a_glance(own: Profile, text: str) -> bool:
    """Whether a form has words enough in common with a quote for a closer look."""
    from workbench.match.compare import in_common
    from workbench.match.forms import form_code

    return in_common(own.code, form_code(text))[0] > 0


class Shared(NamedTuple):
    """How many grams a form shares, whether a heavy one, and whether heavy ones alone were counted."""

    grams: int
    heavy: bool
    long: bool


def candidates_of(connection: Connection, own: Grams) -> list[Candidate]:
    """The forms in the index that are comparable with one of these grams, each once."""
    return _enough(connection, own, _sharing(connection, own))


def _sharing(connection: Connection, own: Grams) -> dict[int, Shared]:
    """The forms that may share grams enough."""
    sought = own.sought()
    spared = [_most_common(each.together) for each in sought]
    keys = [key for each, spare in zip(sought, spared, strict=True) for key in each.keys(spare)]
    held = candidates.holders(connection, keys)
    found: dict[int, Shared] = {}
    for each, spare in zip(sought, spared, strict=True):
        counted, heavy = _shared(connection, each, spare, held)
        found |= {number: Shared(count, number in heavy, each.long) for number, count in counted.items()}
    return found


def _enough(connection: Connection, own: Grams, sharing: Mapping[int, Shared]) -> list[Candidate]:
    """Those of the forms that do, with their words."""
    from workbench.match.grams import enough, enough_heavy

    found: list[Candidate] = []
    for form_id, text, words, grams, heavies in candidates.forms(connection, sharing) if sharing else ():
        count, heavy, long = sharing[form_id]
        smaller = min(len(own.heavy), heavies) if long else min(len(own.all), grams)
        if enough_heavy(count, smaller) if long else enough(count, smaller, heavy):
            found.append(candidates.Candidate(form_id, text, words, count))
    return found


_COMMON: dict[int, int] = {}  # keys that very many forms were found under, and how many: what it saves is time alone
_MANY = 500
_KNOWN = 20_000


def _most_common(grams: Sequence[list[int]]) -> int | None:
    """Which of the grams, of which two are needed, to leave unread at first; None where none is known to be common."""
    known = [(sum(_COMMON.get(key, 0) for key in keys), at) for at, keys in enumerate(grams)]
    most, at = max(known, default=(0, 0))
    return at if most else None


def _shared(
    connection: Connection, sought: Sought, spare: int | None, held: Mapping[int, list[int]]
) -> tuple[dict[int, int], set[int]]:
    """form -> how many of the grams it holds, where that may be enough, and the forms that hold one that may alone.

    Of one gram that very many hold, and that is never enough alone, only those are read that hold another as well.
    """
    counted: Counter[int] = Counter()
    for key in sought.alone:
        counted.update(held.get(key, ()))
    heavy = set(counted)
    for key in (key for at, keys in enumerate(sought.together) if at != spare for key in keys):
        forms = held.get(key, ())
        counted.update(forms)
        if len(forms) >= _MANY:
            _remember(key, len(forms))
    if spare is not None:
        counted.update(candidates.holding(connection, sought.together[spare], counted))
    return {form_id: count for form_id, count in counted.items() if count > 1 or form_id in heavy}, heavy


def _remember(key: int, count: int) -> None:
    if len(_COMMON) >= _KNOWN:
        _COMMON.clear()
    _COMMON[key] = count


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
