"""Verbs that attribute: who their subject is, and which words they govern."""

from __future__ import annotations

from workbench.extract.content import content_end, trimmed
from workbench.extract.cues import Cue
from workbench.extract.phrases import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DAYS,
    PREPOSITIONS,
    is_adverb,
    is_mark,
    main_subject,
    phrase_after,
    subject_before,
)
from workbench.extract.state import Found, Range, UnitState
from workbench.extract.units import QUOTED
from workbench.language.words import group

_THAT = frozenset(("that", "whether", "if", "how", "why", "what", "who", "where", "when"))
_TOLD = frozenset(("that", "how", "whether", "if", "about", "what"))
_REACH = 14  # tokens between a cue and the "that", colon or quotation that it governs


class VerbReader(UnitState):
    """Reads what a verb governs: a clause, a quotation on either side, a charge, a noun phrase, an infinitive."""

    def verb(self, cue: Cue) -> Found | None:
        """The attribution of a verb, or None where it attributes nothing."""
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
                both = before is not None and self._both(before, start)
                pieces = (before, right) if before is not None and both else (right,)
                return Found((cue.first, cue.last), source, pieces, 0.85 if not shared else 0.7)
        if said and not shared and (halves := self._around(source[0], after)):
            return Found((cue.first, cue.last), source, halves, 0.8)
        if before is not None:
            return Found((cue.first, cue.last), source, (before,), 0.85)
        return self._plain(cue, source, shared)

    def _around(self, speaker: int, after: int) -> tuple[Range, ...]:
        """`Taxes, Ruiz said, went up`: a clause that the speaker interrupts between two commas."""
        toks = self.toks
        if speaker < 2 or after + 1 >= len(toks) or toks[speaker - 1].lower != "," or toks[after].lower != ",":
            return ()
        opener = toks[after + 1].lower
        if opener in CLAUSE_WORDS - {"and", "but"} or opener.endswith("ing") or opener in ("who", "according"):
            return ()
        left = trimmed(toks, self.left, speaker)
        right = trimmed(toks, after, content_end(toks, after, "c", frozenset()))
        leading = toks[self.left].lower in PREPOSITIONS | CLAUSE_WORDS if self.left < speaker else True
        return (left, right) if left is not None and right is not None and not leading else ()

    def _plain(self, cue: Cue, source: Range, shared: bool) -> Found | None:
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
        return Found((cue.first, cue.last), source, (content,), 0.6 - 0.1 * shared) if content is not None else None

    def _inverted(self, cue: Cue) -> Found | None:
        """`“…,” said Ana Ruiz, the mayor.`"""
        toks = self.toks
        if "ing" in cue.tenses or not cue.frames & {"c", "q"} or cue.first == 0 or cue.last + 1 >= len(toks):
            return None
        previous = toks[cue.first - 1]
        if previous.lower != QUOTED and (previous.lower != "," or "o" in cue.frames):
            return None
        source = phrase_after(toks, cue.last + 1)
        if source is None or not (previous.lower == QUOTED or self._names_somebody(source[0])):
            return None
        if previous.lower == "," and not self._ends_after(source[1] + 1):
            return None
        before = self._before(cue.first)
        if before is None or (previous.lower == "," and before[1] - before[0] < 2):
            return None
        pieces = (before, *self._resumed(source[1] + 1))
        return Found((cue.first, cue.last), source, pieces, 0.9)

    def _names_somebody(self, at: int) -> bool:
        token = self.toks[at]
        return token.is_capital or token.lower in group("speaker_openers")

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

    def _accusing(self, cue: Cue, source: Range) -> Found | None:
        """`accused Hale of …`, `attributed the loss to …`, `described it as …`: the person and the charge."""
        toks, after = self.toks, cue.last + 1
        if after >= len(toks) or is_mark(toks[after]) or toks[after].lower in PREPOSITIONS:
            return None
        joints = ("of", "for", "to", "as", "on")
        if not any(toks[i].lower in joints for i in range(after, min(len(toks), after + _REACH))):
            return None
        content = trimmed(toks, after, content_end(toks, after, "a", cue.tenses))
        return Found((cue.first, cue.last), source, (content,), 0.8) if content is not None else None

    def _told(self, cue: Cue, source: Range) -> Found | None:
        """`told Hale that …`, `told reporters he would …`, `“…,” he told the board`."""
        toks, after = self.toks, cue.last + 1
        before = self._before(source[0])
        if before is not None:
            return Found((cue.first, cue.last), source, (before, *self._resumed(after)), 0.85)
        if after >= len(toks) or is_mark(toks[after]) or toks[after].lower in PREPOSITIONS | CLAUSE_WORDS:
            return None
        start = next((i for i in range(after, min(len(toks), after + _REACH)) if self._told_starts(i, after)), None)
        if start is None:
            return None
        content = trimmed(toks, start, content_end(toks, start, "c", cue.tenses))
        return Found((cue.first, cue.last), source, (content,), 0.85) if content is not None else None

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
