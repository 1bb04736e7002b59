"""Which claims colour which code points of an article, and the signs of its margins. Pure; offsets are code points."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from workbench.records import ArticleView, ClaimRow, ClaimSpan, SentenceRow
from workbench.spans import Span
from workbench.tui.wrapping import Row

SETTLED_STATUS = frozenset({"checked", "approved", "waived", "not a claim"})


class Run(NamedTuple):
    """A stretch of text whose innermost claim is `claim_id`."""

    start: int
    end: int
    claim_id: int


def runs(spans: Iterable[ClaimSpan]) -> list[Run]:
    """Disjoint stretches in order, each with the claim of the shortest content span over it. O(n log n)."""
    contents = sorted((span for span in spans if span.role == "content"), key=lambda span: span.start)
    edges = sorted({offset for span in contents for offset in (span.start, span.end)})
    found: list[Run] = []
    active: list[tuple[int, int, int]] = []  # length, end, claim: the shortest on top
    following = 0
    for left, right in pairwise(edges):
        while following < len(contents) and contents[following].start <= left:
            span = contents[following]
            heapq.heappush(active, (span.end - span.start, span.end, span.claim_id))
            following += 1
        while active and active[0][1] <= left:
            heapq.heappop(active)
        if active:
            found.append(Run(left, right, active[0][2]))
    return found


def role_of(row: ClaimRow) -> str:
    """How the words of a claim are drawn when it is not the current one."""
    if row.status in SETTLED_STATUS:
        return "settled"
    return "open" if row.kind == "statement" else "quote"


@dataclass(frozen=True, slots=True)
class Marking:
    """Everything that is marked in one version of an article, for drawing line by line."""

    runs: tuple[Run, ...]
    starts: tuple[int, ...]  # of the runs, for bisecting
    roles: Mapping[int, str]  # claim -> role
    contents: Mapping[int, tuple[Span, ...]]  # claim -> its content spans
    title: Span | None
    header: Span | None

    def claim_at(self, offset: int) -> int | None:
        """The innermost claim over a code point."""
        place = bisect_left(self.starts, offset + 1) - 1
        return self.runs[place].claim_id if place >= 0 and offset < self.runs[place].end else None

    def pieces(self, row: Row, current: int | None) -> list[tuple[int, int, str]]:
        """A screen line as (start, end, role), in order and without gaps."""
        base = self._base(row)
        now = [span for span in self.contents.get(current or 0, ()) if span.start < row.end and span.end > row.start]
        cuts = {row.start, row.end}
        first = max(bisect_left(self.starts, row.start) - 1, 0)
        for run in self.runs[first : bisect_left(self.starts, row.end)]:
            cuts.update((run.start, run.end))
        cuts.update(edge for span in now for edge in span)
        edges = sorted(edge for edge in cuts if row.start <= edge <= row.end)
        return [
            (left, right, "now" if any(span.start <= left < span.end for span in now) else base or self._role(left))
            for left, right in pairwise(edges)
        ]

    def _base(self, row: Row) -> str | None:
        """The role of a whole line of the header or the title."""
        for span, role in ((self.header, "faint"), (self.title, "title")):
            if span is not None and span.start <= row.start and row.end <= span.end and row.start < row.end:
                return role
        return None

    def _role(self, offset: int) -> str:
        claim = self.claim_at(offset)
        return "plain" if claim is None else self.roles.get(claim, "plain")


def marking_of(view: ArticleView) -> Marking:
    """The marks of a view."""
    made = tuple(runs(view.spans))
    contents: dict[int, tuple[Span, ...]] = {}
    for span in view.spans:
        if span.role == "content":
            contents[span.claim_id] = (*contents.get(span.claim_id, ()), Span(span.start, span.end))
    roles = {row.id: role_of(row) for row in view.claims}
    return Marking(made, tuple(run.start for run in made), roles, contents, view.title_span, view.header)


MARK_SIGNS: Mapping[str, str] = {"nothing to check": "·", "opinion": "*", "waived": "w"}


def sign_of(sentence: SentenceRow) -> str:
    """A sentence in the margin: ✓ settled, ○ open, ◦ without a claim; marked · nothing, * opinion, w waived."""
    if sentence.mark:
        return MARK_SIGNS.get(sentence.mark, "·")
    if sentence.settled:
        return "✓"
    return "○" if sentence.claims else "◦"


def overlaid(pieces: Sequence[tuple[int, int, str]], start: int, end: int, role: str) -> list[tuple[int, int, str]]:
    """Pieces of a line with the part from `start` to `end` in another role."""
    made: list[tuple[int, int, str]] = []
    for left, right, old in pieces:
        cuts = sorted({left, right, min(max(start, left), right), min(max(end, left), right)})
        made += [(one, other, role if start <= one < end else old) for one, other in pairwise(cuts)]
    return made


def coverage(rows: Sequence[Row], sentences: Sequence[SentenceRow]) -> list[str]:
    """The coverage sign of each screen line: that of the sentences which begin on it, open ones first."""
    signs = [""] * len(rows)
    strength = {"": 0, "✓": 1, "·": 2, "w": 3, "*": 4, "◦": 5, "○": 6}
    place = 0
    for sentence in sentences:
        while place + 1 < len(rows) and rows[place + 1].start <= sentence.start:
            place += 1
        sign = sign_of(sentence)
        if strength[sign] > strength[signs[place]]:
            signs[place] = sign
    return signs


def gutter(rows: Sequence[Row], view: ArticleView, letter_of: Mapping[str, str]) -> list[str]:
    """For each screen line the letters of the claims that begin on it.

    An open claim shows its kind (d, m, i, s), a settled one its truth verdict's letter or –.
    """
    begins: dict[int, int] = {}
    for span in view.spans:
        if span.role == "content":
            begins[span.claim_id] = min(span.start, begins.get(span.claim_id, span.start))
    signs = [""] * len(rows)
    place = 0
    for row in sorted((row for row in view.claims if row.id in begins), key=lambda row: begins[row.id]):
        while place + 1 < len(rows) and rows[place + 1].start <= begins[row.id]:
            place += 1
        signs[place] += _letter(row, letter_of)
    return signs


def _letter(row: ClaimRow, letter_of: Mapping[str, str]) -> str:
    if row.stale:
        return "!"
    if row.status not in SETTLED_STATUS:
        return row.kind[0]
    if row.truth:
        return letter_of.get(row.truth, "?")
    return {"waived": "w", "not a claim": "x"}.get(row.status, "–")
