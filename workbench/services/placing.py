"""One change to the quotes of a store: which parts it touches, where those hang now, and what their families show.

Likeness and people join quotes into parts. A part hangs by a higher one, its family's root, where it fits clearly
best (`match.group` says by what rule). Only what a change can move is looked at, the highest parts first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import candidates, kin
from workbench.services import nearby
from workbench.services.journal import new_uid

if TYPE_CHECKING:
    from db.driver import Connection
    from db.kin import Part, Placed, Shown
    from workbench.match.compare import Profile
    from workbench.match.families import Rank
    from workbench.match.forms import Form

ALARMS = ("number", "negation", "hedge")


class Placing:
    """One change: quotes are taken out and put in, then `settle` finds what follows from it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._decided = kin.any_decided(connection)
        self._dirty: set[int] = set()  # parts that may hang elsewhere now
        self._roots: set[int] = set()  # of the families to show anew
        self._untold: dict[int, set[int] | None] = {}  # part -> forms to hold against the longest; None: all
        self._texts: dict[int, str] = {}
        self._wanted: Sequence[int] | None = None  # where a person decided: the families whose numbers stay
        self.numbers: set[int] = set()  # of the families that changed

    def take_out(self, quotes: Iterable[Placed], wholly: bool = False) -> None:
        """Take quotes out; a part that may fall apart is taken apart, and its other quotes join again.

        With `wholly` the quotes themselves join again too.
        """
        again: dict[int, Placed] = {}
        leaving = {quote.claim_id for quote in quotes} if not wholly else set()
        for quote in quotes:
            if kin.part(self._connection, quote.part_id) is None:
                continue
            self._around(quote.part_id)
            kin.take_quote(self._connection, quote.claim_id)
            if not wholly and kin.has_twin(self._connection, quote):
                continue
            again |= {row.claim_id: row for row in kin.dissolve(self._connection, quote.part_id)}
            again |= {quote.claim_id: quote} if wholly else {}
        for number, row in sorted(again.items()):
            if number not in leaving:
                self._join(row, self._profile(row.form_id), known=True)

    def put_in(self, quotes: Sequence[tuple[Shown, Form]]) -> None:
        """Bring quotes in: their forms are kept where they are new, then each joins what it is like."""
        from workbench.match.forms import form_profile

        for row, form in quotes:
            profile = form_profile(form.text)
            form_id = candidates.form(self._connection, form.key)
            if form_id is None:
                form_id = _put_form(self._connection, form, profile)
            self._texts[form_id] = form.text
            quote = kin.Placed(row.claim_id, form_id, row.speaker, row.date, row.origin, 0)
            self._join(quote, profile, known=row.family_id is not None)

    def _around(self, part_id: int) -> None:
        """Mark what hangs by a part, or is hung on by it, for settling, and the family that it is in."""
        part = kin.part(self._connection, part_id)
        if part is None:
            return
        self._mark(part.root_id)
        self._dirty |= {other for other, _ in kin.neighbours(self._connection, part_id)}
        self._dirty |= set(kin.strangers(self._connection, part_id)) if self._decided else set()

    def _mark(self, root_id: int) -> None:
        if root_id not in self._roots:
            self._roots.add(root_id)
            self.numbers |= set(kin.numbers(self._connection, root_id))

    def _join(self, quote: Placed, profile: Profile, known: bool) -> None:
        """Put one quote into the part that it belongs to, which may bring parts together, or into a new one.

        `known`: whether its claim may have been shown in a family before.
        """
        bloc, held = self._bloc(quote.claim_id)
        joined = set(kin.parts_of(self._connection, bloc).values()) if bloc else set()
        twin = None if held else self._twin(quote, profile)
        hung: dict[int, float] = {}
        if twin is not None:
            joined.add(twin)
        else:
            own = nearby.Own(profile, quote.speaker, quote.date, held)
            found = nearby.alike(self._connection, own, decided=self._decided)
            joined |= found.joined
            hung = {other: score for other, score in found.hung.items() if other not in joined}
        part_id = self._part_for(quote, profile, joined, twin, held, known)
        better = kin.put_hangs(self._connection, part_id, hung)
        kin.put_quote(self._connection, (*quote[:5], part_id))
        self._hang(part_id, better)
        if self._decided:
            self._dirty |= {part_id, *kin.strangers(self._connection, part_id)}

    def _part_for(
        self, quote: Placed, profile: Profile, joined: set[int], twin: int | None, held: bool, known: bool
    ) -> int:
        """The part that a quote is put into: that of its twin, one made of those that it joins, or a new one."""
        if twin is not None and len(joined) == 1:
            self._tell(twin, quote.form_id)
            return twin
        own = _rank(profile, quote, not held)
        if joined:
            return self._merge(sorted(joined), own, quote.form_id)
        part_id = kin.put_part(self._connection, own, quote.form_id)
        self._untold[part_id] = None
        if known:
            self._mark(part_id)
        return part_id

    def _tell(self, part_id: int, form_id: int) -> None:
        """Note that a part has a quote more: its family is shown anew, and the words held against the longest."""
        part = kin.part(self._connection, part_id)
        if part is not None:
            self._roots.add(part.root_id)
        forms = self._untold.setdefault(part_id, set())
        if forms is not None:
            forms.add(form_id)

    def _hang(self, part_id: int, others: Iterable[int]) -> None:
        """Mark the lower one of each two parts between which a better link came up."""
        rows = kin.parts(self._connection, [part_id, *others])
        own = rows[part_id]
        for other in others:
            if other in rows:
                self._dirty.add(min((own.rank, part_id), (rows[other].rank, other))[1])

    def _bloc(self, claim_id: int) -> tuple[set[int], bool]:
        """The claims that people put together with this one, and whether somebody put one of them apart."""
        if not self._decided:
            return set(), False
        bloc, fresh, apart = {claim_id}, [claim_id], []
        while fresh:
            rows = kin.decided(self._connection, fresh)
            apart += [(row[0], row[1]) for row in rows if row[2] == "rejected"]
            fresh = sorted({n for row in rows if row[2] == "confirmed" for n in row[:2]} - bloc)
            bloc |= set(fresh)
        return bloc - {claim_id}, any(one in bloc and other not in bloc for one, other in apart)

    def _twin(self, quote: Placed, profile: Profile) -> int | None:
        """The part of the same words of the same speaker on the same day, where those are one utterance."""
        found = kin.equal_part(self._connection, quote.form_id, quote.speaker, quote.date)
        return found if found is not None and nearby.itself(profile, quote.speaker, quote.date) else None

    def _merge(self, parts: list[int], own: Rank, form_id: int) -> int:
        """Make parts one, with the highest rank of all; returns the one that is left."""
        rows = kin.parts(self._connection, parts)
        ranked = [(tuple(own), form_id), *((row.rank, row.head_id) for row in rows.values())]
        highest, head = max(ranked, key=lambda each: (each[0], self._profile(each[1]).text))
        free = own.free and all(row.free for row in rows.values())
        kept, *others = (rows[part_id] for part_id in parts if part_id in rows)
        for row in others:
            self._around(row.id)
            kin.merge_part(self._connection, row.id, kept.id)
        if (free, *highest[1:]) != kept.rank or head != kept.head_id:
            self._around(kept.id)
            kin.set_rank(self._connection, kept.id, (free, *highest[1:]), head)
        changed = others or head != kept.head_id
        if changed:
            self._untold[kept.id] = None
            self._dirty.add(kept.id)
        self._tell(kept.id, form_id)
        return kept.id

    def settle(self) -> None:
        """Find for each part that was touched where it hangs now, the highest first; then write the families."""
        queue = [_entry(part) for part in kin.parts(self._connection, self._dirty).values()]
        heapq.heapify(queue)
        waiting = {entry[1] for entry in queue}
        while queue:
            _, part_id = heapq.heappop(queue)
            waiting.discard(part_id)
            lower = [other for other in self._settle(part_id) if other not in waiting]
            for part in kin.parts(self._connection, lower).values():
                waiting.add(part.id)
                heapq.heappush(queue, _entry(part))
        for root_id in sorted(self._roots, key=lambda root_id: (self._before(root_id) is None, root_id)):
            self._show(root_id)

    def settle_decided(self, wanted: Sequence[int]) -> None:
        """Settle what a person decided: of these families the number stays; one of before has its own again."""
        self._wanted = wanted
        self.settle()

    def _before(self, root_id: int) -> int | None:
        """The number of the family that the quotes of a root were before; only a person's decision asks for it."""
        if self._wanted is None:
            return None
        found = kin.summary(self._connection, root_id)
        if found["size"] < 2:
            return None
        text = kin.first_words(self._connection, found["first"])
        held = kin.numbers(self._connection, root_id)
        return kin.family_like(self._connection, held, found["size"], found["earliest"], text)

    def _settle(self, part_id: int) -> list[int]:
        """Find where one part hangs; returns the lower parts that this may move."""
        from workbench.match.families import chosen

        scores = dict(kin.neighbours(self._connection, part_id))
        strangers = set(kin.strangers(self._connection, part_id)) if self._decided else set()
        rows = kin.parts(self._connection, {part_id, *scores, *strangers})
        part = rows.pop(part_id)
        higher = {other for other, row in rows.items() if (row.rank, other) > (part.rank, part_id)}
        barred = {rows[other].root_id for other in strangers & higher}
        fits: dict[int, float] = {}
        for other in scores.keys() & higher:
            root = rows[other].root_id
            if root not in barred:
                fits[root] = max(fits.get(root, 0.0), scores[other])
        found = chosen(fits)
        root = part_id if found is None else found
        if root == part.root_id:
            return []
        self._mark(part.root_id)
        kin.set_root(self._connection, part_id, root)
        self._untold[part_id] = None
        self._mark(root)
        return sorted((scores.keys() | strangers) & rows.keys() - higher)

    def _show(self, root_id: int) -> None:
        """Write the family of a root, where there is one, and what its claims show of it."""
        held = kin.numbers(self._connection, root_id)
        self.numbers |= set(held)
        parts = kin.rooted(self._connection, root_id)
        root = next((part for part in parts if part.id == root_id), None)
        if root is None:
            return
        alarm = ", ".join(self._alarms(root, parts)) or None
        found = kin.summary(self._connection, root_id)
        if found["size"] < 2:
            kin.show_family(self._connection, root_id, None, 0, None)
            return
        kept = self._before(root_id)
        if kept is None:
            chosen = sorted(held, key=lambda number: number not in (self._wanted or ()))
            kept = next((number for number in chosen if kin.keeper(self._connection, number) == root_id), None)
        values = {**found, "alarm": alarm, "text": kin.first_words(self._connection, found["first"])}
        number = kin.put_family(self._connection, kept, new_uid(), values)
        self.numbers.add(number)
        kin.show_family(self._connection, root_id, number, found["size"], alarm)

    def _alarms(self, root: Part, parts: Sequence[Part]) -> list[str]:
        """What is in alarm in a family: each wording is held against the longest, and that of its own part.

        One that is like neither is held against all of its part.
        """
        turned = root.id in self._untold and self._untold[root.id] is None
        held: set[str] = set()
        for part in parts:
            forms = None if turned else self._untold.get(part.id, set())
            told = set(part.alarms.split()) if forms is not None else set()
            if forms is None or (forms and told < set(ALARMS)):
                strays = set(map(int, part.strays.split())) if forms is not None else set()
                self._hold(part.id, {root.head_id, part.head_id}, forms, told, strays)
                kin.set_alarms(self._connection, part.id, " ".join(sorted(told)), " ".join(map(str, sorted(strays))))
            held |= told
        return [alarm for alarm in ALARMS if alarm in held]

    def _hold(self, part_id: int, heads: set[int], forms: set[int] | None, told: set[str], strays: set[int]) -> None:
        """Hold forms of a part, all of them for None, against the longest; `told` and `strays` grow."""
        whole = kin.forms_of(self._connection, part_id) if forms is None else []
        for form_id in whole if forms is None else sorted(forms):
            against = [self._differing(form_id, head) for head in heads]
            if all(each is None for each in against):
                strays.add(form_id)
                whole = whole or kin.forms_of(self._connection, part_id)
                against += [self._differing(form_id, other) for other in whole if not set(ALARMS) <= told]
            elif forms is not None:
                against += [self._differing(form_id, stray) for stray in strays]
            told |= {alarm for each in against for alarm in each or ()}

    def _differing(self, one: int, other: int) -> tuple[str, ...] | None:
        from workbench.match.compare import differing

        return () if one == other else differing(self._profile(one), self._profile(other))

    def _profile(self, form_id: int) -> Profile:
        from workbench.match.forms import form_profile

        if form_id not in self._texts:
            self._texts |= candidates.texts(self._connection, [form_id])
        return form_profile(self._texts[form_id])


def _entry(part: Part) -> tuple[tuple[Any, ...], int]:
    """A key that sorts the highest part first."""
    turned = ((*(-ord(letter) for letter in text), 1) for text in part[5:8])
    return (not part.free, -part.words, -part.key, *turned, -part.id), part.id


def _rank(profile: Profile, quote: Placed, free: bool) -> Rank:
    from workbench.match.families import Rank, key_of

    return Rank(free, len(profile.texts), key_of(profile.texts), quote.date, quote.speaker, quote.origin)


def _put_form(connection: Connection, form: Form, profile: Profile) -> int:
    """The number of a new form, with its grams in the index."""
    grams = profile.grams
    words = len(profile.texts)
    form_id = candidates.put_form(connection, form.key, form.text, words, len(grams.all), len(grams.heavy))
    candidates.put_grams(connection, form_id, grams.kept())
    return form_id


def forget(connection: Connection, form_ids: Sequence[int]) -> None:
    """Take forms that no quote has any more out of the index."""
    from workbench.match.forms import form_profile

    found: Mapping[int, str] = candidates.unused(connection, form_ids) if form_ids else {}
    candidates.drop(connection, {number: form_profile(text).grams.kept() for number, text in found.items()})
