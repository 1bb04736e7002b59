"""Contents meet quotation marks: a direct quote is its words with both marks. numpy-free and linear.

PolNeAR marks a direct quote from the opening mark to the closing one, the comma or full stop before it included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.models.decoding import Piece
from workbench.models.features import CLOSING, INSIDE_LONG, OPENING

CONTENT = 2  # the role's number
SHARE = 0.5  # of a long quotation that a content piece must hold to be stretched over all of it


def regions(mark: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For every word of a closed long quotation: the first and last word of it, marks included."""
    found: dict[int, tuple[int, int]] = {}
    at = 0
    while at < len(mark):
        if mark[at] != INSIDE_LONG:
            at += 1
            continue
        first, last = at, at
        while last + 1 < len(mark) and mark[last + 1] == INSIDE_LONG:
            last += 1
        while first > 0 and mark[first - 1] == OPENING:
            first -= 1
        while last + 1 < len(mark) and mark[last + 1] == CLOSING:
            last += 1
        found.update(dict.fromkeys(range(first, last + 1), (first, last)))
        at = last + 1
    return found


def _stretched(piece: Piece, around: dict[int, tuple[int, int]], mark: Sequence[int]) -> tuple[int, int]:
    first, last = piece.first, piece.last
    for edge in (first, last):
        region = around.get(edge)
        if region:
            shared = min(last, region[1]) - max(first, region[0]) + 1
            if shared >= SHARE * (region[1] - region[0] + 1):
                first, last = min(first, region[0]), max(last, region[1])
    while first > 0 and mark[first - 1] == OPENING and mark[first] != OPENING:
        first -= 1
    while last + 1 < len(mark) and mark[last + 1] == CLOSING and mark[last] != CLOSING:
        last += 1
    return first, last


def snapped(pieces: Sequence[Piece], mark: Sequence[int]) -> list[Piece]:
    """The pieces of one window in order, contents stretched to quotation marks where no other piece is in the way."""
    around = regions(mark)
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.role == CONTENT:
            first, last = _stretched(piece, around, mark)
            floor = out[-1].last + 1 if out else 0
            ceiling = pieces[at + 1].first - 1 if at + 1 < len(pieces) else len(mark) - 1
            piece = replace(piece, first=max(first, floor), last=min(last, ceiling))
        out.append(piece)
    return out
