"""Which cue speaks for which content, and whose source it is. numpy only.

Every attribution has one cue, so the cue is the anchor: a content piece chooses its cue, a cue its source or none. A
score is a bilinear product of the spans' mean encodings plus learned numbers for how the two lie to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.models.decoding import Floats, Integers, Piece

EDGES = np.array([1, 2, 3, 4, 6, 9, 16, 31])  # words between two spans, as classes
GAPS, ORDERS, STOPS, PARAGRAPHS = 2 * (len(EDGES) + 1), 4, 3, 3
RELATIONS = ("gap", "order", "stops", "paragraphs")
SIZES = (GAPS, ORDERS, STOPS, PARAGRAPHS)
CONTENT_QUERY, CUE_KEY, CUE_QUERY, SOURCE_KEY = range(4)
WIDTH = 64  # of each projection
SURE = 20.0  # a log score that decides


def relations(
    anchors: npt.NDArray[np.int64],
    candidates: npt.NDArray[np.int64],
    stop: npt.NDArray[np.int64],
    paragraph: npt.NDArray[np.int64],
) -> Integers:
    """How each anchor lies to each candidate: classes [4, anchors, candidates], in the order of `RELATIONS`.

    Spans are [n, 2] first and last word numbers; `stop[i]` counts sentence ends before word i, `paragraph[i]` is the
    paragraph of word i.
    """
    first, last = anchors[:, :1], anchors[:, 1:]
    behind = candidates[None, :, 0] > first
    gap = np.where(behind, candidates[None, :, 0] - last - 1, first - candidates[None, :, 1] - 1)
    near = np.searchsorted(EDGES, np.maximum(gap, 0), side="right")
    same_side = behind[:, :, None] == behind[:, None, :]
    order = (same_side & (gap[:, :, None] > gap[:, None, :])).sum(axis=2)
    left = np.where(behind, last, candidates[None, :, 1])
    right = np.where(behind, candidates[None, :, 0], first)
    stops = np.abs(stop[right] - stop[left])
    apart = np.abs(paragraph[right] - paragraph[left])
    return np.stack(
        [
            near + np.where(behind, len(EDGES) + 1, 0),
            np.minimum(order, ORDERS - 1),
            np.minimum(stops, STOPS - 1),
            np.minimum(apart, PARAGRAPHS - 1),
        ]
    ).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Tables:
    """Learned score of each class of each relation, for one of the two links."""

    gap: Floats
    order: Floats
    stops: Floats
    paragraphs: Floats

    def score(self, classes: Integers) -> Floats:
        """[anchors, candidates] from the classes of `relations`."""
        total: Floats = (
            self.gap[classes[0]] + self.order[classes[1]] + self.stops[classes[2]] + self.paragraphs[classes[3]]
        )
        return total


@dataclass(frozen=True, slots=True)
class Words:
    """What linking needs to know of a window's words."""

    projections: Floats  # [words, 4, WIDTH]
    none: Floats  # [words]: how much a cue speaks without a source
    stop: Integers  # sentence ends before each word
    paragraph: Integers
    dashes: frozenset[int] = frozenset()  # dashes at a paragraph's start or behind a quotation


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution of a window: word ranges, both ends inside."""

    source: Piece | None
    cue: Piece | None
    content: tuple[Piece, ...]
    probability: float


def _spans(pieces: Sequence[Piece]) -> Integers:
    return np.array([(piece.first, piece.last) for piece in pieces], dtype=np.int64).reshape(-1, 2)


def _means(projections: Floats, pieces: Sequence[Piece]) -> Floats:
    return np.stack([projections[piece.first : piece.last + 1].mean(axis=0) for piece in pieces])


def _scores(
    words: Words, anchors: Sequence[Piece], query: int, candidates: Sequence[Piece], key: int, tables: Tables
) -> Floats:
    left = _means(words.projections[:, query], anchors)
    right = _means(words.projections[:, key], candidates)
    near = tables.score(relations(_spans(anchors), _spans(candidates), words.stop, words.paragraph))
    total: Floats = left @ right.T / np.sqrt(np.float32(WIDTH)) + near
    return total


def _signature(scores: Floats, words: Words, contents: Integers, cues: Integers) -> None:
    """A cue that is a dash behind a quotation, or below it, signs that quotation and nothing else; in place."""
    for at, (first, _) in enumerate(cues):
        if int(first) in words.dashes:
            before = np.flatnonzero(contents[:, 1] < first)
            scores[:, at] -= SURE
            if len(before) and words.paragraph[first] - words.paragraph[contents[before[-1], 1]] <= 2:
                scores[before[-1], at] += 2 * SURE


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


@dataclass(frozen=True, slots=True)
class Costs:
    """What tuning found that a link costs, in log score."""

    further: float = 1.2  # a cue's further content, in any case
    same_side: float = 0.0  # a further content on the same side of the cue
    apart: float = 0.0  # a further content in another paragraph
    no_source: float = 0.0  # a cue without a source


def _assign(scores: Floats, contents: Integers, cues: Integers, paragraph: Integers, costs: Costs) -> list[int]:
    """The cue of each content, surest first; a cue that speaks for another content already costs more."""
    chosen = [-1] * len(scores)
    left = scores.copy()
    for content in np.argsort(-scores.max(axis=1), kind="stable"):
        cue = int(left[content].argmax())
        chosen[content] = cue
        before = contents[:, 0] < cues[cue, 0]
        away = paragraph[contents[:, 0]] != paragraph[contents[content, 0]]
        left[:, cue] -= costs.further + costs.same_side * (before == before[content]) + costs.apart * away
    return chosen


def _source_of(
    words: Words, cues: Sequence[Piece], sources: Sequence[Piece], tables: Tables, cost: float
) -> list[Piece | None]:
    if not sources:
        return [None] * len(cues)
    scores = _scores(words, cues, CUE_QUERY, sources, SOURCE_KEY, tables)
    none = np.array([words.none[cue.first : cue.last + 1].mean() for cue in cues])
    return [sources[int(row.argmax())] if row.max() > none[at] - cost else None for at, row in enumerate(scores)]


def link(words: Words, pieces: Sequence[Piece], to_cue: Tables, to_source: Tables, costs: Costs) -> list[Linked]:
    """The attributions of one window in text order: cues with their contents and sources.

    A cue that no content chose says nothing and is dropped, and so are contents of a window without a cue.
    """
    sources, cues, contents = ([piece for piece in pieces if piece.role == role] for role in range(3))
    if not cues or not contents:
        return []
    scores = _scores(words, contents, CONTENT_QUERY, cues, CUE_KEY, to_cue)
    _signature(scores, words, _spans(contents), _spans(cues))
    chosen = _assign(scores, _spans(contents), _spans(cues), words.paragraph, costs)
    sure = _softmax(scores)
    owners = _source_of(words, cues, sources, to_source, costs.no_source)
    found = []
    for at, cue in enumerate(cues):
        mine = [i for i, cue_number in enumerate(chosen) if cue_number == at]
        if mine:
            labels = float(np.mean([contents[i].probability for i in mine] + [cue.probability]))
            links = float(np.mean([sure[i, at] for i in mine]))
            found.append(Linked(owners[at], cue, tuple(contents[i] for i in mine), labels * links))
    return sorted(found, key=lambda one: one.content[0].first)
