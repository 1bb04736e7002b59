"""Quotation marks of every usual kind, found in one pass.

A quotation ends at its own mark. One that is never closed ends at its paragraph, unless the next paragraph opens with
the same mark again: the convention for speech that goes on. Apostrophes, inches and stray marks are no quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.spans import Span, trim

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛'＂「」『』]")
_CLOSERS = {
    '"': frozenset('"”＂'), "“": frozenset('”"“'), "”": frozenset("”"), "„": frozenset('“”"‟'), "‟": frozenset("”"),
    "«": frozenset("»"), "»": frozenset("«"), "‹": frozenset("›"), "›": frozenset("‹"), "＂": frozenset("＂"),
    "‘": frozenset("’'"), "‚": frozenset("‘’"), "‛": frozenset("’"), "'": frozenset("'’"),
    "``": frozenset(["''"]), "''": frozenset(["''"]), "「": frozenset("」"), "『": frozenset("』"),
}  # fmt: skip
_BOTH_WAYS = frozenset(("”", "»", "›", "＂", "''"))  # marks that open in some languages and houses only
_SINGLE = frozenset("‘’‚‛'")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_ELISION = re.compile(r"\d\d\s?s?\b|(?:em|tis|twas|til|till|cause|bout|round|n)\b", re.IGNORECASE)
_FEET = re.compile(r"\d['’′]\s?\d{1,2}$")
_DEEPEST = 6  # levels of nesting; real prose has two
LONGEST = 3000  # code points inside one pair of marks; beyond it the pairing is a mistake
_LONGEST_UNCLOSED = 700


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation, or one paragraph of it: `outer` includes the marks, `inner` does not.

    `depth` is 0 for the outermost. `group` is the same for the paragraphs of one long quotation.
    """

    outer: Span
    inner: Span
    depth: int
    closed: bool
    group: int


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    inner: int
    group: int


def quotes(text: str, paragraphs: Iterable[Span]) -> list[Quote]:
    """All quotations of `text`, in the order of their opening marks. Never raises; linear in the length."""
    scanner = _Scanner(text)
    for paragraph in paragraphs:
        scanner.paragraph(paragraph)
    return sorted(scanner.found, key=lambda quote: (quote.outer.start, -quote.outer.end))


class _Scanner:
    """Keeps the open marks of a paragraph, and the mark that the next paragraph may repeat."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quote] = []
        self.open: list[_Open] = []
        self.pending: tuple[str, int] | None = None  # mark and group of a quotation that may go on
        self.groups = 0

    def paragraph(self, span: Span) -> None:
        marks = list(_MARK.finditer(self.text, span.start, span.end))
        singles = [m.start() for m in marks if m.group() in "’'" and self._may_close(m, span)]
        straight = sum(m.group() == '"' for m in marks)
        for match in marks:
            mark = match.group()
            if mark == '"':
                straight -= 1
            self._mark(match, span, straight, singles[-1] if singles else -1)
        self._finish(span)

    def _mark(self, match: re.Match[str], span: Span, straight_left: int, last_single: int) -> None:
        mark = match.group()
        if mark in _SINGLE:
            self._single(match, span, last_single)
        elif mark == '"' and self._is_inch(match):
            return
        elif self._closes(mark, match, span, straight_left):
            self._close(match)
        elif mark in _CLOSERS and self._may_open(match, span):
            self._push(match)

    def _closes(self, mark: str, match: re.Match[str], span: Span, straight_left: int) -> bool:
        """Whether a double mark ends the quotation that is open."""
        opened = next((item for item in reversed(self.open) if mark in _CLOSERS[item.mark]), None)
        if opened is None:
            return False
        if mark == "“" and opened.mark == "“":  # a wrong mark at the end: “It is,“ she said
            return self._may_close(match, span) and self.text[match.start() - 1] in ",.!?…"
        if mark == '"' and opened.mark != '"' and self._looks_opening(match, span):
            return False  # straight marks inside typographic ones
        if mark == '"' and opened.mark == '"' and self._looks_opening(match, span) and straight_left % 2:
            self._drop_from(opened, match.start())  # one mark too few: the earlier quotation was not closed
            return False
        return True

    def _single(self, match: re.Match[str], span: Span, last_single: int) -> None:
        opened = next((item for item in reversed(self.open) if item.mark in _SINGLE), None)
        mark = match.group()
        if opened is not None and mark in _CLOSERS[opened.mark] and self._may_close(match, span):
            if not self._is_possessive(match, last_single):
                self._close(match)
        elif mark in "‘‚'" and self._opens_single(match, span, last_single):
            self._push(match)

    def _opens_single(self, match: re.Match[str], span: Span, last_single: int) -> bool:
        """Whether a single mark opens: it looks so, is no elision, and another one can close it."""
        if not self._looks_opening(match, span) or _ELISION.match(self.text, match.end()):
            return False
        return last_single > match.start() or (match.group() == "‘" and match.start() == span.start)

    def _is_possessive(self, match: re.Match[str], last_single: int) -> bool:
        """`the voters’ choice’`: an s before, a small letter after, and a better mark to come."""
        after = self.text[match.end() : match.end() + 2]
        before = self.text[match.start() - 1]
        return before == "s" and after[:1] == " " and after[1:].islower() and last_single > match.start()

    def _may_close(self, match: re.Match[str], span: Span) -> bool:
        before = self.text[match.start() - 1] if match.start() > span.start else " "
        after = self.text[match.end()] if match.end() < span.end else " "
        return not before.isspace() and not after.isalnum()

    def _looks_opening(self, match: re.Match[str], span: Span) -> bool:
        before = self.text[match.start() - 1] if match.start() > span.start else " "
        after = self.text[match.end()] if match.end() < span.end else " "
        return not after.isspace() and not before.isalnum() and before not in ".,!?…%"

    def _may_open(self, match: re.Match[str], span: Span) -> bool:
        if match.group() in _BOTH_WAYS:
            return self._looks_opening(match, span)
        return match.end() < span.end

    def _is_inch(self, match: re.Match[str]) -> bool:
        before = self.text[max(0, match.start() - 6) : match.start()]
        if not before[-1:].isdigit():
            return False
        return bool(_FEET.search(before)) or not any(item.mark == '"' for item in self.open)

    def _push(self, match: re.Match[str]) -> None:
        if len(self.open) >= _DEEPEST:
            return
        group = self._continued(match)
        if group is None:
            self.groups += 1
            group = self.groups
        self.open.append(_Open(match.group(), match.start(), match.end(), group))

    def _continued(self, match: re.Match[str]) -> int | None:
        """The group of the quotation that this paragraph's first mark goes on with."""
        pending, self.pending = self.pending, None
        if pending is None or pending[0] != match.group() or self.open:
            return None
        line_start = self.text[max(0, match.start() - 1) : match.start()]
        return pending[1] if not line_start.strip(" \t\n\r\u2028\u2029\x0b\x0c\x85") else None

    def _close(self, match: re.Match[str]) -> None:
        mark = match.group()
        while self.open:
            item = self.open.pop()
            if mark in _CLOSERS[item.mark]:
                self._add(item, match.start(), match.end(), True)
                return

    def _drop_from(self, opened: _Open, at: int) -> None:
        """End an unclosed quotation, and forget what was open inside it."""
        depth = self.open.index(opened)
        del self.open[depth + 1 :]
        self.open.pop()
        self._unclosed(opened, at)

    def _finish(self, span: Span) -> None:
        self.pending = None
        if not self.open:
            return
        outer = next((item for item in self.open if item.mark not in _SINGLE or item.at == span.start), None)
        self.open.clear()
        if outer is not None:
            self._unclosed(outer, span.end)
            if self.text[span.end - 1] not in ",:":
                self.pending = (outer.mark, outer.group)

    def _unclosed(self, item: _Open, end: int) -> None:
        if end - item.inner > _LONGEST_UNCLOSED:
            stop = _SENTENCE_END.search(self.text, item.inner, item.inner + _LONGEST_UNCLOSED)
            end = stop.end() if stop else item.inner
        self._add(item, end, end, False)

    def _add(self, item: _Open, inner_end: int, outer_end: int, closed: bool) -> None:
        inner = trim(self.text, Span(item.inner, inner_end))
        if inner.start >= inner.end or inner_end - item.inner > LONGEST:
            return
        outer = trim(self.text, Span(item.at, outer_end))
        if any(character.isalnum() for character in self.text[inner.start : inner.end]):
            self.found.append(Quote(outer, inner, len(self.open), closed, item.group))


def outermost(found: Iterable[Quote]) -> list[Quote]:
    """The quotations that lie in no other one, in order; their `depth` is 0."""
    result: list[Quote] = []
    end = -1
    for quote in found:
        if quote.outer.start >= end:
            result.append(replace(quote, depth=0))
            end = quote.outer.end
    return result
