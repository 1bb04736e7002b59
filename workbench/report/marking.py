"""A text cut at every boundary of the spans that are marked in it, however they overlap or nest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from workbench.spans import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same claims: the innermost one, how many lie over it, and which begin or end."""

    text: str
    claim: int | None
    depth: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def cut(text: str, around: Span, marked: Iterable[tuple[Span, int]]) -> tuple[Segment, ...]:
    """`around` of `text` cut at every boundary of the `marked` spans, however they overlap or nest.

    The innermost claim of a segment is the one whose span there is the shortest. Sorting is what costs most.
    """
    inside = [(max(span.start, around.start), min(span.end, around.end), claim) for span, claim in marked]
    inside = sorted(piece for piece in inside if piece[0] < piece[1])
    first = {claim: start for start, _, claim in reversed(inside)}
    last: dict[int, int] = {}
    for _, end, claim in inside:
        last[claim] = max(end, last.get(claim, end))
    begins, ends = _by_place(first), _by_place(last)
    edges = sorted({around.start, around.end, *(piece[0] for piece in inside), *(piece[1] for piece in inside)})
    return tuple(
        Segment(text[start:end], claim, depth, begins.get(start, ()), ends.get(end, ()))
        for start, end, claim, depth in _sweep(edges, inside)
    )


def _by_place(places: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """Claims by the offset where they begin or end."""
    result: dict[int, list[int]] = {}
    for claim, place in sorted(places.items()):
        result.setdefault(place, []).append(claim)
    return {place: tuple(claims) for place, claims in result.items()}


def _sweep(edges: list[int], inside: list[tuple[int, int, int]]) -> Iterable[tuple[int, int, int | None, int]]:
    """Start, end, innermost claim and depth of each stretch between two edges."""
    shortest: list[tuple[int, int, int]] = []  # (length, end, claim); those that are over leave when they surface
    over: list[int] = []
    at = 0
    for start, end in pairwise(edges):
        while at < len(inside) and inside[at][0] == start:
            heappush(shortest, (inside[at][1] - inside[at][0], inside[at][1], inside[at][2]))
            heappush(over, inside[at][1])
            at += 1
        while over and over[0] <= start:
            heappop(over)
        while shortest and shortest[0][1] <= start:
            heappop(shortest)
        yield start, end, shortest[0][2] if shortest else None, len(over)
