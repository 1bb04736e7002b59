"""Families: the same words in several articles, kept up as quotes come and go.

What is here must be a function of the quotes and of what people decided, whatever the order in which they came in:
`match.group` says which function. Only what a change touches is read and written: quotes of one form are compared
once, a part (what likeness joins) is found by its links, and where a part hangs is settled from the highest down.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from db import candidates, kin
from workbench.services.journal import new_uid

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.match.compare import Likeness
    from workbench.match.families import Rank
    from workbench.match.grams import Grams

ALARMS = ("number", "negation", "hedge")


def update(session: Session, article_id: int) -> None:
    """Place the quotes of an article that came in, changed or went away."""
    refresh(session, kin.claims_of_article(session, article_id))


def refresh(session: Session, claim_ids: Sequence[int]) -> None:
    """Place these claims anew where their words, speaker, date or wire are no longer those that were placed."""
    from workbench.match.forms import form_of

    session.flush()
    shown = {row.id: row for row in kin.shown(session, claim_ids)}
    stored = {row.claim_id: row for row in kin.stored(session, claim_ids)}
    forms = {number: form_of(row.words) for number, row in shown.items()}
    shown = {number: row for number, row in shown.items() if forms[number].text}

    def same(number: int) -> bool:
        was, now = stored[number], shown.get(number)
        return now is not None and (was.key, was.speaker, was.date, was.origin) == (
            forms[number].key, now.speaker, now.date, now.origin,
        )  # fmt: skip

    gone = [number for number in stored if not same(number)]
    placing = _Placing(session)
    placing.take_out([stored[number] for number in gone])
    placing.put_in([(shown[n], forms[n]) for n in sorted(shown) if n not in stored or n in set(gone)])
    placing.settle()
    candidates.drop_unused(session, sorted({stored[number].form_id for number in gone}))
    kin.unplaced(session, claim_ids)
    kin.hide_empty(session, placing.numbers)
    session.expire_all()


def decided(session: Session, claim_ids: Iterable[int]) -> None:
    """Place claims anew after a person decided about them, or took that back."""
    claims = sorted(set(claim_ids))
    placing = _Placing(session)
    placing.take_out(kin.stored(session, claims), wholly=True)
    placing.settle()
    kin.hide_empty(session, placing.numbers)
    session.expire_all()


def respoken(session: Session, claim_ids: Sequence[int] | None) -> None:
    """Place the quotes anew, of these claims or of all, that are attributed to somebody else than before."""
    session.flush()
    claims = kin.misnamed(session, claim_ids)
    if claims:
        refresh(session, claims)


def rebuild(session: Session, batch: int = 500) -> None:
    """Form every family anew from the quotes and decisions, with the same result as article by article."""
    candidates.empty(session)
    claims = kin.quoting(session)
    for start in range(0, len(claims), batch):
        refresh(session, claims[start : start + batch])


class _Placing:
    """One change: which parts it touched, and the settling of where they hang."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._dirty: set[int] = set()
        self._roots: set[int] = set()
        self._decisions = kin.any_decided(session)
        self.numbers: set[int] = set()  # of the families that changed

    def take_out(self, quotes: Iterable[Any], wholly: bool = False) -> None:
        """Take quotes out; a part that may fall apart is taken apart, and its other quotes join again.

        With `wholly` the quotes themselves join again too.
        """
        again: dict[int, Any] = {}
        leaving = {quote.claim_id for quote in quotes} if not wholly else set()
        for quote in quotes:
            if kin.part(self._session, quote.part_id) is None:
                continue
            self._around(quote.part_id)
            kin.take_quote(self._session, quote.claim_id)
            if not wholly and kin.has_twin(self._session, *quote[1:6]):
                continue
            again |= {row.claim_id: row for row in kin.dissolve(self._session, quote.part_id)}
            again |= {quote.claim_id: quote} if wholly else {}
        for number, row in sorted(again.items()):
            if number not in leaving:
                self._join(number, row.form_id, row.speaker, row.date, row.origin)

    def put_in(self, quotes: Sequence[tuple[Any, Any]]) -> None:
        """Bring quotes in: their forms are compared where they are new, then each joins what it is like."""
        for row, form in quotes:
            form_id = _form_id(self._session, form)
            self._join(row.id, form_id, row.speaker, row.date, row.origin)

    def _around(self, part_id: int) -> None:
        """Mark what hangs by a part, or is hung on by it, for settling, and the family that it is in."""
        part = kin.part(self._session, part_id)
        if part is None:
            return
        self._mark(part.root_id)
        self._dirty |= {other for other, _ in kin.neighbours(self._session, part_id)}
        self._dirty |= set(kin.strangers(self._session, part_id)) if self._decisions else set()

    def _mark(self, root_id: int) -> None:
        if root_id not in self._roots:
            self._roots.add(root_id)
            self.numbers |= set(kin.numbers(self._session, root_id))

    def _join(self, claim_id: int, form_id: int, speaker: str, date: str, origin: str) -> None:
        """Put one quote into the part that it belongs to, which may bring parts together, or into a new one."""
        bloc, held = self._bloc(claim_id)
        joined = set(kin.parts_of(self._session, bloc).values())
        twin = None if held else self._twin(form_id, speaker, date)
        hung: dict[int, float] = {}
        if twin is not None:
            joined.add(twin)
        else:
            found, hung = self._alike(form_id, speaker, date, held)
            joined |= found
        if len(joined) == 1 and twin is not None:
            part_id = twin
        else:
            own = self._rank(form_id, speaker, date, origin, not held)
            part_id = self._merge(sorted(joined), own) if joined else kin.put_part(self._session, own)
        kin.put_hangs(self._session, part_id, ((other, score) for other, score in hung.items() if other not in joined))
        kin.put_quote(self._session, (claim_id, form_id, speaker, date, origin, part_id))
        self._dirty.add(part_id)

    def _bloc(self, claim_id: int) -> tuple[set[int], bool]:
        """The claims that people put together with this one, and whether somebody put one of them apart."""
        if not self._decisions:
            return set(), False
        bloc, fresh, apart = {claim_id}, [claim_id], []
        while fresh:
            rows = kin.decided(self._session, fresh)
            apart += [(row[0], row[1]) for row in rows if row[2] == "rejected"]
            fresh = sorted({n for row in rows if row[2] == "confirmed" for n in row[:2]} - bloc)
            bloc |= set(fresh)
        return bloc - {claim_id}, any(one in bloc and other not in bloc for one, other in apart)

    def _twin(self, form_id: int, speaker: str, date: str) -> int | None:
        """The part of the same words of the same speaker on the same day, where those are one utterance."""
        found = kin.equal_part(self._session, form_id, speaker, date)
        return found if found is not None and self._links_itself(form_id, speaker, date) else None

    def _alike(self, form_id: int, speaker: str, date: str, held: bool) -> tuple[set[int], dict[int, float]]:
        """The parts that a quote joins by likeness, and those that it may hang by, or they by it, with their scores."""
        from workbench.match.families import hangs, joins

        joined: set[int] = set()
        hung: dict[int, float] = {}
        for row in kin.partners(self._session, form_id):
            who, when, part_id, free = row[7:]
            agree, days = _occasion(speaker, date, who, when)
            likeness = _likeness(row[:7])
            if part_id in joined or not likeness.links(agree, days):
                continue
            may_join = free and not held
            if may_join and joins(likeness.relation or "near", likeness.shorter, agree, speaker == who):
                joined.add(part_id)
            elif hangs(agree, days):
                hung[part_id] = max(hung.get(part_id, 0.0), likeness.score(agree, days))
        return joined, hung

    def _links_itself(self, form_id: int, speaker: str, date: str) -> bool:
        """Whether the same words of the same speaker on the same day are one utterance."""
        from workbench.match.families import joins

        found = candidates.itself(self._session, form_id)
        if found is None:
            return False
        likeness = _likeness(found)
        agree, days = _occasion(speaker, date, speaker, date)
        return joins("same", likeness.shorter, agree, True) and likeness.links(agree, days)

    def _rank(self, form_id: int, speaker: str, date: str, origin: str, free: bool) -> Rank:
        from workbench.match.families import Rank, key_of
        from workbench.match.forms import form_profile

        texts = form_profile(candidates.text_of(self._session, form_id)).texts
        return Rank(free, len(texts), key_of(texts), date, speaker, origin)

    def _merge(self, parts: list[int], own: Rank) -> int:
        """Make parts one, with the highest rank of all; returns the one that is left."""
        from workbench.match.families import Rank

        rows = [found for part_id in parts if (found := kin.part(self._session, part_id)) is not None]
        highest = max([own, *(Rank(bool(row.free), *row[3:]) for row in rows)])
        highest = highest._replace(free=own.free and all(row.free for row in rows))
        kept = rows[0]
        for row in rows[1:]:
            self._around(row.id)
            kin.merge_part(self._session, row.id, kept.id)
        if tuple(highest) != tuple(kept[2:]):
            kin.set_rank(self._session, kept.id, highest)
        return int(kept.id)

    def settle(self) -> None:
        """Find for each part that was touched where it hangs now, the highest first; then write the families."""
        queue = [entry for part_id in self._dirty if (entry := self._entry(part_id)) is not None]
        heapq.heapify(queue)
        waiting = {entry[1] for entry in queue}
        while queue:
            _, part_id = heapq.heappop(queue)
            waiting.discard(part_id)
            for lower in self._settle(part_id):
                entry = self._entry(lower)
                if entry is not None and lower not in waiting:
                    waiting.add(lower)
                    heapq.heappush(queue, entry)
        for root_id in sorted(self._roots):
            self._show(root_id)

    def _entry(self, part_id: int) -> tuple[tuple[Any, ...], int] | None:
        from workbench.match.families import Rank

        part = kin.part(self._session, part_id)
        return None if part is None else (_Down(Rank(bool(part.free), *part[3:]), part_id).key, part_id)

    def _settle(self, part_id: int) -> list[int]:
        """Find where one part hangs; returns the lower parts that this may move."""
        from workbench.match.families import Rank, chosen

        part = kin.part(self._session, part_id)
        if part is None:
            return []
        own = (Rank(bool(part.free), *part[3:]), part_id)
        fits: dict[int, float] = {}
        lower: set[int] = set()
        strangers = kin.strangers(self._session, part_id) if self._decisions else []
        barred = set()
        for other in strangers:
            row = kin.part(self._session, other)
            if row is not None and (Rank(bool(row.free), *row[3:]), other) > own:
                barred.add(row.root_id)
            else:
                lower.add(other)
        for other, score in kin.neighbours(self._session, part_id):
            there = kin.part(self._session, other)
            if there is None or (Rank(bool(there.free), *there[3:]), other) < own:
                lower.add(other)
            elif there.root_id not in barred:
                fits[there.root_id] = max(fits.get(there.root_id, 0.0), score)
        found = chosen(fits)
        root = part_id if found is None else found
        moved = root != part.root_id
        if moved:
            self._mark(part.root_id)
            kin.set_root(self._session, part_id, root)
        self._mark(root)
        grown = part_id in self._dirty
        self._dirty.discard(part_id)
        return sorted(lower) if moved or grown else []

    def _show(self, root_id: int) -> None:
        """Write the family of a root, where there is one, and what its claims show of it."""
        held = kin.numbers(self._session, root_id)
        self.numbers |= set(held)
        root = kin.part(self._session, root_id)
        if root is None or root.root_id != root_id:
            return
        found = kin.summary(self._session, root_id, ALARMS)
        if found["size"] < 2:
            kin.show_family(self._session, root_id, None, 0, None)
            return
        alarm = ", ".join(found["alarms"]) or None
        kept = next((number for number in held if kin.keeper(self._session, number) == root_id), None)
        values = {**found, "alarm": alarm, "text": kin.first_words(self._session, found["first"])}
        number = kin.put_family(self._session, kept, new_uid(), values)
        self.numbers.add(number)
        kin.show_family(self._session, root_id, number, found["size"], alarm)


class _Down:
    """A key that sorts the highest rank first."""

    def __init__(self, rank: Rank, part_id: int) -> None:
        self.key = (not rank.free, -rank.words, -rank.key, *(_turned(text) for text in rank[3:]), -part_id)


def _turned(text: str) -> tuple[int, ...]:
    return (*(-ord(letter) for letter in text), 1)


def _occasion(speaker: str, date: str, who: str, when: str) -> tuple[bool | None, int | None]:
    from workbench.match.compare import days_between
    from workbench.match.speakers import same_speaker

    return same_speaker(speaker or None, who or None), days_between(date or None, when or None)


def _likeness(row: Sequence[Any]) -> Likeness:
    from workbench.match.compare import Likeness

    return Likeness(*row)


def _form_id(session: Session, form: Any) -> int:
    """The number of a form; a new one is put into the index and linked to those that it is like."""
    from workbench.match.forms import form_profile

    known = candidates.form(session, form.key)
    if known is not None:
        return known
    own = form_profile(form.text)
    others = likely(session, own.grams)
    form_id = candidates.put_form(session, form.key, form.text, len(own.grams.all), len(own.grams.heavy))
    candidates.put_grams(session, form_id, own.grams.kept())
    rows: list[tuple[Any, ...]] = []
    for other, text in [(form_id, form.text), *others]:
        rows += _link_rows(form_id, form.text, other, text)
    candidates.put_links(session, rows)
    return form_id


def likely(session: Session, own: Grams) -> list[tuple[int, str]]:
    """The forms in the index (number, words) that are comparable with one of these grams."""
    found: dict[int, str] = {}
    for keys, count, heavy in own.sought():
        found |= dict(candidates.sharing(session, keys, count, heavy=heavy))
    return sorted(found.items())


def related(text: str, theirs: str) -> tuple[Likeness, tuple[str, ...]] | None:
    """What two comparable forms have in common, with what is in alarm; None where no occasion links them."""
    from workbench.match.compare import alike
    from workbench.match.forms import form_profile

    return alike(form_profile(text), form_profile(theirs))


def _link_rows(form_id: int, text: str, other: int, theirs: str) -> list[tuple[Any, ...]]:
    from workbench.match.compare import FAMILY_WORDS

    found = related(text, theirs)
    if found is None:
        return []
    likeness, alarms = found
    hangs = int(likeness.relation == "fragment" or likeness.shorter < FAMILY_WORDS)
    values = (*likeness, " ".join(alarms))
    pairs = {(form_id, hangs, other, *values), (other, hangs, form_id, *values)}
    return sorted(pairs)
