"""From label scores to spans: a linear-chain CRF decoded by Viterbi, with posteriors for confidence. numpy only.

Windows are decoded side by side: arrays are [windows, words, labels], padded, with the true lengths beside them.
Method: Lafferty, McCallum, Pereira 2001; forward-backward in log space as in Rabiner 1989.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
OUTSIDE = 0
NEVER = -1e4  # log score of what cannot be


def begins(role: int) -> int:
    """The label that begins a span of role number `role`."""
    return 1 + 2 * role


def allowed() -> npt.NDArray[np.bool_]:
    """[from, to]: whether a label may follow another; I-x only follows B-x or I-x."""
    table = np.ones((len(LABELS), len(LABELS)), dtype=bool)
    for role in range(len(ROLES)):
        begin = begins(role)
        table[:, begin + 1] = False
        table[[begin, begin + 1], begin + 1] = True
    return table


@dataclass(frozen=True, slots=True)
class Chain:
    """Learned scores of neighbouring labels."""

    transitions: Floats  # [from, to]
    starts: Floats  # [label] of a first word

    @classmethod
    def constrained(cls, transitions: Floats, starts: Floats) -> Chain:
        """The chain in which what BIO forbids scores `NEVER`."""
        table = np.where(allowed(), transitions, NEVER).astype(np.float32)
        first = starts.copy()
        first[2::2] = NEVER
        return cls(table, first.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Piece:
    """One labelled stretch of words of a window: `first` and `last` are word numbers, both inside."""

    role: int
    first: int
    last: int
    probability: float


def pad(rows: Sequence[Floats]) -> tuple[Floats, Integers]:
    """Rows of [words, labels] as one array [rows, most words, labels], and their lengths."""
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    out = np.zeros((len(rows), int(lengths.max()), rows[0].shape[1]), dtype=np.float32)
    for at, row in enumerate(rows):
        out[at, : len(row)] = row
    return out, lengths


def viterbi(scores: Floats, lengths: Integers, chain: Chain) -> list[Integers]:
    """The best label of each word, for every window: arrays of their lengths."""
    count, longest, labels = scores.shape
    best = scores[:, 0] + chain.starts
    back = np.zeros((count, longest, labels), dtype=np.int64)
    finals = np.where((lengths == 1)[:, None], best, 0.0)
    for at in range(1, longest):
        paths = best[:, :, None] + chain.transitions
        back[:, at] = paths.argmax(axis=1)
        best = paths.max(axis=1) + scores[:, at]
        finals = np.where((lengths == at + 1)[:, None], best, finals)
    return [_follow(back[row], int(lengths[row]), int(finals[row].argmax())) for row in range(count)]


def _follow(back: Integers, length: int, last: int) -> Integers:
    path = np.zeros(length, dtype=np.int64)
    for at in range(length - 1, -1, -1):
        path[at] = last
        last = int(back[at, last])
    return path


def _logsumexp(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return total


def posteriors(scores: Floats, lengths: Integers, chain: Chain) -> Floats:
    """Probability of each label at each word, [windows, words, labels]; padding holds nothing of meaning."""
    forward = np.empty_like(scores)
    forward[:, 0] = scores[:, 0] + chain.starts
    for at in range(1, scores.shape[1]):
        forward[:, at] = _logsumexp(forward[:, at - 1][:, :, None] + chain.transitions, 1) + scores[:, at]
    backward = np.zeros_like(scores)
    for at in range(scores.shape[1] - 2, -1, -1):
        following = (scores[:, at + 1] + backward[:, at + 1])[:, None, :] + chain.transitions
        inside = (at + 1 < lengths)[:, None]
        backward[:, at] = np.where(inside, _logsumexp(following, 2), 0.0)
    both = forward + backward
    probabilities: Floats = np.exp(both - _logsumexp(both, 2)[:, :, None])
    return probabilities


def forbid_across_paragraphs(scores: Floats, paragraph: Sequence[int]) -> None:
    """Set I-labels of each paragraph's first word to `NEVER`, in place: no span crosses a paragraph's end."""
    for at in range(1, len(paragraph)):
        if paragraph[at] != paragraph[at - 1]:
            scores[at, 2::2] = NEVER


def pieces_of(path: Integers, probabilities: Floats) -> list[Piece]:
    """The labelled stretches of a path, in text order, with the mean posterior of their labels."""
    found: list[Piece] = []
    at = 0
    while at < len(path):
        label = int(path[at])
        end = at + 1
        if label != OUTSIDE:
            inside = label + 1 if label % 2 else label
            while end < len(path) and path[end] == inside:
                end += 1
            mean = float(np.mean([probabilities[i, path[i]] for i in range(at, end)]))
            found.append(Piece((label - 1) // 2, at, end - 1, mean))
        at = end
    return found
