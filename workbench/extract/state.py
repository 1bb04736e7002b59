"""What a reader of one unit keeps in mind, and what may stand as content before a speaker."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.extract.content import trimmed
from workbench.extract.cues import find_cues
from workbench.extract.phrases import is_finite
from workbench.extract.units import QUOTED, Unit

Range = tuple[int, int]  # first and last token, both included


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in tokens."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    confidence: float


class UnitState:
    """The tokens and cues of a unit, who spoke last in it, and how much of it is used."""

    def __init__(self, unit: Unit) -> None:
        self.toks = unit.tokens
        self.unit = unit
        self.cues = find_cues(self.toks)
        self.subject: Range | None = None
        self.left = 0  # first token that no earlier attribution has used
        self.used: set[int] = set()
        self.inside = -1  # last token of the content that an outer cue governs

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

    def _has_words(self, start: int, end: int) -> bool:
        return any(token.is_word or token.lower == QUOTED for token in self.toks[start:end])
