"""Reading one unit for cues: verbs, nouns, “according to”, hearsay, and what each of them governs."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.extract.attribution import Attribution
from workbench.extract.content import content_end, trimmed
from workbench.extract.cues import Cue, find_cues
from workbench.extract.phrases import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DAYS,
    PREPOSITIONS,
    is_adverb,
    is_finite,
    is_mark,
    main_subject,
    phrase_after,
    subject_before,
)
from workbench.extract.units import QUOTED, Unit
from workbench.spans import Span

Range = tuple[int, int]  # first and last token, both included
_THAT = frozenset(("that", "whether", "if", "how", "why", "what", "who", "where", "when"))
_TOLD = frozenset(("that", "how", "whether", "if", "about", "what"))
_REACH = 14  # tokens between a cue and the "that", colon or quotation that it governs


@dataclass(frozen=True, slots=True)
class _Found:
    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    confidence: float


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


def _attribution(unit: Unit, item: _Found) -> Attribution:
    def spans(ranges: tuple[Range, ...]) -> tuple[Span, ...]:
        return tuple(sorted(unit.span_of(*place) for place in ranges))

    source = spans((item.source,)) if item.source is not None else ()
    return Attribution(source, spans((item.cue,)), spans(item.content), item.confidence)


class _Reader:
    """Goes through the cues from left to right and remembers who spoke last, for cues that share a subject."""

    def __init__(self, unit: Unit) -> None:
        self.toks = unit.tokens
        self.unit = unit
        self.cues = find_cues(self.toks)
        self.subject: Range | None = None
        self.left = 0  # first token that no earlier attribution has used
        self.used: set[int] = set()
        self.inside = -1  # last token of the content that an outer cue governs

    def found(self) -> list[_Found]:
        result: list[_Found] = []
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

    # ---- by the kind of cue

    def _one(self, cue: Cue) -> _Found | None:
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
        return self._verb(cue)

    def _according(self, cue: Cue) -> _Found | None:
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
            return _Found((cue.first, cue.last), source, (after,), 0.9)
        before = trimmed(self.toks, self._clause_start(cue.first), cue.first)
        return _Found((cue.first, cue.last), source, (before,), 0.9) if before is not None else None

    def _colon(self, cue: Cue) -> _Found | None:
        after = trimmed(self.toks, cue.last + 1, len(self.toks))
        if after is None:
            return None
        if self.toks[cue.last + 1].lower == QUOTED and not all(token.is_capital for token in self.toks[: cue.first]):
            source = self.subject or main_subject(self.toks)
            return _Found((cue.first, cue.last), source, (after,), 0.6) if source is not None else None
        return _Found((cue.first, cue.last), (0, cue.first - 1), (after,), 0.6)

    def _noun(self, cue: Cue) -> _Found | None:
        """`Ruiz’s claim that …`, `his claim that …`."""
        owner = self._owner(cue.first)
        after = trimmed(self.toks, cue.last + 1, content_end(self.toks, cue.last + 1, "n", frozenset()))
        if owner is None or after is None:
            return None
        return _Found((cue.first, cue.last), owner, (after,), 0.7)

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

    def _hearsay(self, cue: Cue) -> _Found | None:
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
        return _Found((cue.first, cue.last), None, (before, after) if before is not None else (after,), 0.7)

    def _passive(self, cue: Cue) -> _Found | None:
        """`Ruiz is said to have met Hale`, `it is alleged that …`, `Ruiz was accused of … by Hale`."""
        toks = self.toks
        after = cue.last + 1
        if after >= len(toks):
            return None
        subject = subject_before(toks, cue.first)
        follower = toks[after].lower
        if follower == "that" and (subject is None or toks[subject[0]].lower in ("it", "there")):
            content = trimmed(toks, after, content_end(toks, after, "h", frozenset()))
            return _Found((cue.first, cue.last), None, (content,), 0.8) if content is not None else None
        if subject is None or follower not in ("to", "of", "as", "for", "that"):
            return None
        if (follower == "to") != bool(cue.frames & {"i", "c", "t"}) and follower != "that":
            return None
        content = trimmed(toks, after, content_end(toks, after, "h", frozenset()))
        return _Found((cue.first, cue.last), None, (subject, content), 0.75) if content is not None else None

    # ---- verbs

    def _verb(self, cue: Cue) -> _Found | None:
        toks = self.toks
        after = cue.last + 1
        inverted = self._inverted(cue)
        if inverted is not None:
            return inverted
        source, shared = self._source(cue)
        if source is None:
            return None
        if "a" in cue.frames and (found := self._accusing(cue, source)) is not None:
            return found
        if "o" in cue.frames and (found := self._told(cue, source)) is not None:
            return found
        said = bool(cue.frames & {"c", "t", "q"})
        before = None if shared or not said else self._before(source[0])
        start = self._governed(cue, after, before is not None) if said else None
        if start is not None:
            right = trimmed(toks, start, content_end(toks, start, "c", cue.tenses))
            if right is not None:
                pieces = (before, right) if before is not None and self._both(before, start) else (right,)
                return _Found((cue.first, cue.last), source, pieces, 0.85 if not shared else 0.7)
        if before is not None:
            return _Found((cue.first, cue.last), source, (before,), 0.85)
        return self._plain(cue, source, shared)

    def _plain(self, cue: Cue, source: Range, shared: bool) -> _Found | None:
        """Infinitives and noun phrases: `vowed to …`, `backed the plan`."""
        toks, after = self.toks, cue.last + 1
        if after >= len(toks):
            return None
        follower = toks[after]
        if ("i" in cue.frames and follower.lower == "to") or (
            "n" in cue.frames and not is_mark(follower) and follower.lower not in PREPOSITIONS | CLAUSE_WORDS
        ):
            content = trimmed(toks, after, content_end(toks, after, "n", cue.tenses))
        else:
            return None
        return _Found((cue.first, cue.last), source, (content,), 0.6 - 0.1 * shared) if content is not None else None

    def _inverted(self, cue: Cue) -> _Found | None:
        """`“…,” said Ana Ruiz, the mayor.`"""
        toks = self.toks
        if not cue.frames & {"c", "q"} or cue.first == 0 or cue.last + 1 >= len(toks):
            return None
        previous = toks[cue.first - 1]
        if previous.lower != QUOTED and (previous.lower != "," or "o" in cue.frames):
            return None
        source = phrase_after(toks, cue.last + 1)
        if source is None or not (
            toks[source[0]].is_capital
            or toks[source[0]].lower in ("the", "a", "an", "one", "he", "she", "they", "his", "her")
        ):
            return None
        if previous.lower == "," and not self._ends_after(source[1] + 1):
            return None
        before = self._before(cue.first)
        if before is None or (previous.lower == "," and before[1] - before[0] < 2):
            return None
        pieces = (before, *self._resumed(source[1] + 1))
        return _Found((cue.first, cue.last), source, pieces, 0.9)

    def _ends_after(self, at: int) -> bool:
        return at >= len(self.toks) or is_mark(self.toks[at]) or self.toks[at].lower in PREPOSITIONS | DAYS

    def _resumed(self, at: int) -> tuple[Range, ...]:
        """The quotation that goes on after `he said,`: a comma or a stop, then marks, to the end of the unit."""
        toks = self.toks
        for index in range(at, min(len(toks), at + _REACH)):
            if toks[index].lower == QUOTED:
                rest = trimmed(toks, index, content_end(toks, index, "c", frozenset()))
                ok = index > 0 and toks[index - 1].lower in (",", ".", ":", "—", "–", "-", "--")
                return (rest,) if rest is not None and ok else ()
        return ()

    def _source(self, cue: Cue) -> tuple[Range | None, bool]:
        """The subject of a verb, and whether it is that of a verb before."""
        toks = self.toks
        if "ing" in cue.tenses and not cue.progressive:
            if cue.first == 0 or toks[cue.first - 1].lower in (
                ",",
                QUOTED,
                "by",
                "and",
                "—",
                "–",
                "in",
                "while",
                "after",
                "before",
            ):
                return self.subject or main_subject(toks), True
            if any(
                token.lower in AUXILIARIES or token.lower == "to" for token in toks[max(0, cue.first - 3) : cue.first]
            ):
                return self.subject or main_subject(toks), True  # “could not resist saying …”
            return subject_before(toks, cue.first), False  # “a letter saying …”
        if cue.infinitive:
            return None, False
        if cue.first > 0 and toks[cue.first - 1].lower in ("and", "but", "or", ",", QUOTED, "then"):
            subject = subject_before(toks, cue.first) if toks[cue.first - 1].lower == "," else None
            if subject is None or subject[0] < self.left:
                return self.subject or main_subject(toks[: cue.first + 1]), True
            return subject, False
        return subject_before(toks, cue.first), False

    def _before(self, end: int) -> Range | None:
        """Content that stands before a speaker: up to a comma, or a quotation with its own comma."""
        toks = self.toks
        if end == 0:
            return None
        previous = toks[end - 1]
        quoted = previous.lower == QUOTED and previous.text.rstrip("\"”’»'")[-1:] in (",", "?", "!", ".", "-", "—", "…")
        if not quoted and not (previous.lower in (",", "—", "–") and end > 1 and self._is_clause(end - 1)):
            return None
        return trimmed(toks, self._clause_start(end), end)

    def _is_clause(self, end: int) -> bool:
        """Whether a finite verb or a quotation stands before: “In his speech,” is no content."""
        first = self.toks[self.left] if self.left < end else None
        if first is None or first.lower in ("if", "when", "after", "while", "asked", "as", "although", "though"):
            return first is not None and first.lower == "if"
        return any(is_finite(token) or token.lower == QUOTED for token in self.toks[self.left : end])

    def _clause_start(self, end: int) -> int:
        start = self.left
        for index in range(self.left, end):
            if self.toks[index].lower in (";",) and index + 1 < end:
                start = index + 1
        return start

    def _both(self, before: Range, start: int) -> bool:
        """Whether speech stands on both sides of the cue: `“…,” he said, “…”`."""
        return self.toks[before[1]].lower == QUOTED and self.toks[start].lower == QUOTED

    def _governed(self, cue: Cue, after: int, has_left: bool) -> int | None:
        """Where the content to the right of a verb begins, or None when there is none."""
        toks = self.toks
        if after >= len(toks):
            return None
        for index in range(after, min(len(toks), after + _REACH)):
            lower = toks[index].lower
            if lower in _THAT and (index == after or lower == "that"):
                return index if index == after or not has_left else None
            if lower == QUOTED:
                return index if self._introduces(index, after) else self._clause(cue, after, has_left)
            if lower == ":" and index + 1 < len(toks):
                return index + 1
            if lower in (".", ";") or (lower == "," and not self._comma_quote(index)):
                break
        return self._clause(cue, after, has_left)

    def _introduces(self, index: int, after: int) -> bool:
        return index == after or self.toks[index - 1].lower in (",", ":", "—", "–")

    def _comma_quote(self, index: int) -> bool:
        return index + 1 < len(self.toks) and self.toks[index + 1].lower == QUOTED

    def _clause(self, cue: Cue, after: int, has_left: bool) -> int | None:
        """A clause without “that”: it starts with anything but a mark, a preposition, a day or an adverb."""
        if "c" not in cue.frames:
            return None
        token = self.toks[after]
        if is_mark(token) or token.lower in DAYS:
            return self._past_time(after) if token.lower in DAYS and not has_left else None
        if has_left and (token.lower in PREPOSITIONS or is_adverb(token) or token.lower in CLAUSE_WORDS):
            return None
        if token.lower in CLAUSE_WORDS - _THAT and token.lower != "while":
            return None
        return after

    def _past_time(self, after: int) -> int | None:
        """`said Tuesday he would go`: past the day."""
        index = after
        while index < len(self.toks) and (self.toks[index].lower in DAYS or self.toks[index].text[0].isdigit()):
            index += 1
        return index if index < len(self.toks) and not is_mark(self.toks[index]) else None

    def _accusing(self, cue: Cue, source: Range) -> _Found | None:
        """`accused Hale of …`, `attributed the loss to …`, `described it as …`: the person and the charge."""
        toks, after = self.toks, cue.last + 1
        if after >= len(toks) or is_mark(toks[after]) or toks[after].lower in PREPOSITIONS:
            return None
        joints = ("of", "for", "to", "as", "on")
        if not any(toks[i].lower in joints for i in range(after, min(len(toks), after + _REACH))):
            return None
        content = trimmed(toks, after, content_end(toks, after, "a", cue.tenses))
        return _Found((cue.first, cue.last), source, (content,), 0.8) if content is not None else None

    def _told(self, cue: Cue, source: Range) -> _Found | None:
        """`told Hale that …`, `told reporters he would …`, `“…,” he told the board`."""
        toks, after = self.toks, cue.last + 1
        before = self._before(source[0])
        if before is not None:
            return _Found((cue.first, cue.last), source, (before, *self._resumed(after)), 0.85)
        if after >= len(toks) or is_mark(toks[after]) or toks[after].lower in PREPOSITIONS | CLAUSE_WORDS:
            return None
        start = next((i for i in range(after, min(len(toks), after + _REACH)) if self._told_starts(i, after)), None)
        if start is None:
            return None
        content = trimmed(toks, start, content_end(toks, start, "c", cue.tenses))
        return _Found((cue.first, cue.last), source, (content,), 0.85) if content is not None else None

    def _told_starts(self, index: int, after: int) -> bool:
        """Whether what was told begins here: past the hearer, at “that”, a quotation, an infinitive or a subject."""
        toks = self.toks
        lower, previous = toks[index].lower, toks[index - 1]
        if lower == QUOTED or previous.lower == ":":
            return True
        if index == after or is_mark(toks[index]):
            return False
        if lower == "to":
            return index + 1 < len(toks) and toks[index + 1].text.isalpha() and previous.lower != "up"
        if lower in _TOLD:
            return True
        plural = previous.lower.endswith("s") and not previous.is_capital
        return lower in ("he", "she", "they", "it", "we", "i", "there") or (toks[index].is_capital and plural)

    def _has_words(self, start: int, end: int) -> bool:
        return any(token.is_word or token.lower == QUOTED for token in self.toks[start:end])
