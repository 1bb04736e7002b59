"""Reading one unit for cues: verbs, nouns, “according to”, hearsay, and what each of them governs."""

from __future__ import annotations

from workbench.extract.attribution import Attribution
from workbench.extract.content import content_end, trimmed
from workbench.extract.cues import Cue
from workbench.extract.governed import VerbReader
from workbench.extract.phrases import main_subject, subject_before
from workbench.extract.state import Found, Range
from workbench.extract.units import QUOTED, Unit
from workbench.spans import Span


def read(unit: Unit) -> list[Attribution]:
    """The attributions of one unit, in the order of their cues."""
    reader = _Reader(unit)
    return [_attribution(unit, item) for item in reader.found()]


def introduction(unit: Unit) -> tuple[Span, Span] | None:
    """Source and cue of a unit that only leads up to speech in the next one: “He said:”."""
    if unit.title or not unit.tokens or unit.tokens[-1].lower != ":":
        return None
    reader = _Reader(unit)
    for cue in reversed(reader.cues):
        if cue.kind == "verb" and (source := subject_before(unit.tokens, cue.first)) is not None:
            return unit.span_of(*source), unit.span_of(cue.first, cue.last)
    subject = main_subject(unit.tokens)
    colon = len(unit.tokens) - 1
    return (unit.span_of(*subject), unit.span_of(colon, colon)) if subject is not None else None


def _attribution(unit: Unit, item: Found) -> Attribution:
    def spans(ranges: tuple[Range, ...]) -> tuple[Span, ...]:
        return tuple(sorted(unit.span_of(*place) for place in ranges))

    source = spans((item.source,)) if item.source is not None else ()
    return Attribution(source, spans((item.cue,)), spans(item.content), item.confidence)


class _Reader(VerbReader):
    """Goes through the cues from left to right and remembers who spoke last, for cues that share a subject."""

    def found(self) -> list[Found]:
        result: list[Found] = []
        for cue in self.cues:
            if cue.first in self.used:
                continue
            item = self._one(cue)
            if item is None or not item.content:
                continue
            result.append(item)
            self.used.update(range(item.cue[0], item.cue[1] + 1))
            if cue.kind == "hearsay":
                continue
            if item.source is not None:
                self.used.update(range(item.source[0], item.source[1] + 1))
            if item.cue[0] > self.inside and item.source is not None:  # a cue inside a content leads no other one
                self.subject = item.source
                self.inside = max(self.inside, item.content[-1][1])
            if item.content[0][0] < item.cue[0]:  # what stands before this cue belongs to it
                self.left = max(item.cue[1], item.content[-1][1], item.source[1] if item.source else 0) + 1
        return result

    def _one(self, cue: Cue) -> Found | None:
        if cue.kind == "according":
            return self._according(cue)
        if cue.kind == "colon":
            return self._colon(cue)
        if cue.kind == "noun":
            return self._noun(cue)
        if cue.kind == "hearsay":
            return self._hearsay(cue)
        if cue.kind == "passive":
            return self._passive(cue)
        return self.verb(cue)

    def _according(self, cue: Cue) -> Found | None:
        start = cue.last + 1
        end = next(
            (i for i in range(start, len(self.toks)) if self.toks[i].lower in (",", ".", ";", QUOTED)), len(self.toks)
        )
        if end <= start:
            return None
        source = (start, end - 1)
        if not self._has_words(self.left, cue.first):
            after = trimmed(self.toks, end, len(self.toks))
            if after is None:
                return None
            return Found((cue.first, cue.last), source, (after,), 0.9)
        before = trimmed(self.toks, self._clause_start(cue.first), cue.first)
        return Found((cue.first, cue.last), source, (before,), 0.9) if before is not None else None

    def _colon(self, cue: Cue) -> Found | None:
        after = trimmed(self.toks, cue.last + 1, len(self.toks))
        if after is None:
            return None
        if self.toks[cue.last + 1].lower == QUOTED and not all(token.is_capital for token in self.toks[: cue.first]):
            source = self.subject or main_subject(self.toks)
            return Found((cue.first, cue.last), source, (after,), 0.6) if source is not None else None
        return Found((cue.first, cue.last), (0, cue.first - 1), (after,), 0.6)

    def _noun(self, cue: Cue) -> Found | None:
        """`Ruiz’s claim that …`, `his claim that …`."""
        owner = self._owner(cue.first)
        after = trimmed(self.toks, cue.last + 1, content_end(self.toks, cue.last + 1, "n", frozenset()))
        if owner is None or after is None:
            return None
        return Found((cue.first, cue.last), owner, (after,), 0.7)

    def _owner(self, noun: int) -> Range | None:
        at = noun - 1
        while at > 0 and not self.toks[at].is_capital and at > noun - 3 and not self._is_possessive(at):
            at -= 1
        if at < 0 or not self._is_possessive(at):
            return None
        first = at
        while first > 0 and (self.toks[first - 1].is_capital or self.toks[first - 1].lower in ("the", "of")):
            first -= 1
        return first, at

    def _is_possessive(self, at: int) -> bool:
        lower = self.toks[at].lower
        return lower.endswith(("'s", "s'")) or lower in ("his", "her", "their", "its")

    def _hearsay(self, cue: Cue) -> Found | None:
        """`Ruiz reportedly met Hale`, `…, reportedly seeking more`: the claim is told, nobody tells it."""
        toks = self.toks
        end = content_end(toks, cue.last + 1, "h", frozenset())
        after = trimmed(toks, cue.last + 1, end)
        if after is None:
            return None
        before = None
        if cue.first > 0 and toks[cue.first - 1].lower != ",":
            start = cue.first
            while start > 0 and toks[start - 1].lower in ("has", "have", "had", "is", "was", "are", "were", "been"):
                start -= 1
            subject = subject_before(toks, start)
            before = (subject[0], cue.first - 1) if subject is not None else None
        return Found((cue.first, cue.last), None, (before, after) if before is not None else (after,), 0.7)

    def _passive(self, cue: Cue) -> Found | None:
        """`Ruiz is said to have met Hale`, `it is alleged that …`, `Ruiz was accused of … by Hale`."""
        toks = self.toks
        after = cue.last + 1
        if after >= len(toks):
            return None
        subject = subject_before(toks, cue.first)
        follower = toks[after].lower
        if follower == "that" and (subject is None or toks[subject[0]].lower in ("it", "there")):
            content = trimmed(toks, after, content_end(toks, after, "h", frozenset()))
            return Found((cue.first, cue.last), None, (content,), 0.8) if content is not None else None
        if subject is None or follower not in ("to", "of", "as", "for", "that"):
            return None
        if (follower == "to") != bool(cue.frames & {"i", "c", "t"}) and follower != "that":
            return None
        content = trimmed(toks, after, content_end(toks, after, "h", frozenset()))
        return Found((cue.first, cue.last), None, (subject, content), 0.75) if content is not None else None
