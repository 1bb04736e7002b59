"""Carrying an article's claims into a new reading: of a new text, or of the same text once more.

Each claim of the reading in use is found again in the new text (`workbench.alignment`), and paired with what the
machine now reads at that place, so that one claim keeps one identity. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from db.models import Anchor, Claim
from workbench.alignment import Alignment, Place, plain
from workbench.records import ExtractedClaim, Extraction
from workbench.spans import AnchorState, Span

SAME_PLACE = 0.5  # share of the code points that two readings of one claim have in common at least
_BUCKET = 512  # code points of a cell of the grid in which overlaps are looked for
GAP = " … "  # between the pieces of a content


@dataclass(slots=True)
class Carried:
    """What becomes of one earlier claim. `fresh` is the index of the new reading's claim that it is, if any.

    `adopts` says that the new reading's spans and values hold; else the earlier ones, at `places`.
    """

    claim: Claim
    anchors: list[Anchor]
    decided: bool
    state: AnchorState
    content: tuple[Span, ...] = ()
    places: dict[int, Place] = field(default_factory=dict)  # index in `anchors` -> where it stands now
    fresh: int | None = None
    adopts: bool = False


def text_of(text: str, content: Iterable[Span]) -> str:
    """The words of a content, its pieces joined."""
    return GAP.join(piece.of(text) for piece in content)


def find(claim: Claim, anchors: list[Anchor], decided: bool, alignment: Alignment) -> Carried:
    """Where an earlier claim stands in the new text; "lost" when less than half of it is left."""
    places: dict[int, Place] = {}
    for index, anchor in enumerate(anchors):
        place = alignment.place(Span(anchor.start, anchor.end))
        if place is not None:
            places[index] = place
    pieces = [index for index, anchor in enumerate(anchors) if anchor.role == "content"]
    kept = [index for index in pieces if index in places]
    size = sum(len(anchors[index].exact) for index in pieces)
    spans = [places[index].span for index in kept]
    in_order = all(left.end <= right.start for left, right in pairwise(spans))
    if not kept or 2 * sum(len(anchors[index].exact) for index in kept) < size or not in_order:
        return Carried(claim, anchors, decided, "lost")
    states = {places[index].state for index in kept}
    state: AnchorState = "as was"
    if "changed" in states or len(kept) < len(pieces):
        state = "changed"
    elif "moved" in states:
        state = "moved"
    return Carried(claim, anchors, decided, state, tuple(spans), places)


def stay(claim: Claim, anchors: list[Anchor], decided: bool) -> Carried:
    """An earlier claim in a new reading of the same text: where it was."""
    content = tuple(Span(anchor.start, anchor.end) for anchor in anchors if anchor.role == "content")
    return Carried(claim, anchors, decided, claim.anchor_state, content)  # type: ignore[arg-type]


def pair(carried: Sequence[Carried], claims: Sequence[ExtractedClaim]) -> None:
    """Say for each earlier claim which claim of the new reading it is: one to one, the best agreement first."""
    grid: dict[int, list[int]] = {}
    for index, claim in enumerate(claims):
        for cell in range(claim.start // _BUCKET, claim.end // _BUCKET + 1):
            grid.setdefault(cell, []).append(index)
    found: list[tuple[float, bool, int, int]] = []
    for number, earlier in enumerate(carried):
        for index in sorted(_near(earlier.content, grid)):
            share = _share(earlier.content, claims[index].content)
            if share >= SAME_PLACE:
                other_kind = (claims[index].kind == "statement") != (earlier.claim.kind == "statement")
                found.append((-share, other_kind, number, index))
    taken: set[int] = set()
    for _, _, number, index in sorted(found):
        if carried[number].fresh is None and index not in taken:
            carried[number].fresh = index
            taken.add(index)


def _near(content: Sequence[Span], grid: dict[int, list[int]]) -> set[int]:
    if not content:
        return set()
    cells = range(content[0].start // _BUCKET, content[-1].end // _BUCKET + 1)
    return {index for cell in cells for index in grid.get(cell, ())}


def _share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Shared code points over all code points of two contents."""
    common, right = 0, 0
    for left in one:
        while right < len(other) and other[right].end <= left.start:
            right += 1
        at = right
        while at < len(other) and other[at].start < left.end:
            common += min(left.end, other[at].end) - max(left.start, other[at].start)
            at += 1
    size = sum(piece.end - piece.start for piece in (*one, *other))
    return common / (size - common) if size > common else 1.0


def judge(carried: Carried, reading: Extraction, alignment: Alignment, source_before: str | None) -> None:
    """Settle state, content and whether the new reading's spans hold, for a claim that stands in a new text."""
    if carried.state == "lost" or carried.fresh is None:
        return
    claim = reading.claims[carried.fresh]
    if claim.content != carried.content:
        grown = any(alignment.is_new(rest) for rest in _outside(claim.content, carried.content))
        if carried.state != "changed" and not grown:
            return
        carried.state, carried.content = "changed", claim.content
    carried.adopts = True
    if carried.state == "changed" and plain(text_of(reading.text, claim.content)) == plain(carried.claim.text):
        carried.state = "moved"
    if carried.state != "changed" and _attributed_otherwise(carried.claim, claim, source_before):
        carried.state = "changed"


def _outside(spans: Sequence[Span], others: Sequence[Span]) -> Iterable[Span]:
    """The parts of `spans` that no one of `others` covers; both sorted."""
    for span in spans:
        at = span.start
        for other in others:
            if other.end <= at or other.start >= span.end:
                continue
            if other.start > at:
                yield Span(at, other.start)
            at = max(at, other.end)
        if at < span.end:
            yield Span(at, span.end)


def _attributed_otherwise(before: Claim, now: ExtractedClaim, source_before: str | None) -> bool:
    """Whether the words that attribute changed so that they name another source or say it with another force."""
    named = now.source.name if now.source else None
    words = now.source.text if now.source else None
    if (
        plain(before.source_text or "") != plain(words or "")
        and (source_before or "").casefold() != (named or "").casefold()
    ):
        return True
    cue = now.cue.text if now.cue else None
    said = now.cue.cue_class if now.cue else None
    return plain(before.cue_text or "") != plain(cue or "") and before.cue_class != said


def unchanged_spans(carried: Carried, claim: ExtractedClaim) -> bool:
    """Whether a new reading of the same text gives a claim the very spans that it has."""
    roles = {
        "content": claim.content, "source": claim.source_spans, "cue": claim.cue_spans, "quote": claim.quotes,
    }  # fmt: skip
    now = {(role, Span(*span)) for role, spans in roles.items() for span in spans}
    return now == {(anchor.role, Span(anchor.start, anchor.end)) for anchor in carried.anchors}
