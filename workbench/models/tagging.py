"""From the network's numbers to attributions and check-worthiness: what training measures and the product runs.

numpy only; `run` stands for the network, be it torch while training or onnxruntime in the product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from workbench.models import decoding, linking
from workbench.models.decoding import LABELS, Chain, Floats, Piece
from workbench.models.features import Window
from workbench.models.linking import WIDTH, Costs, Linked, Tables, Words
from workbench.models.snapping import snapped

TOGETHER = 32  # windows decoded side by side; bounds memory
Run = Callable[[Window], Floats]  # numbers of each word, [words, OUTPUTS]


@dataclass(frozen=True, slots=True)
class Decoder:
    """Everything between the network and its spans: learned tables and tuned settings."""

    chain: Chain
    biases: Floats  # added to the label scores
    to_cue: Tables
    to_source: Tables
    costs: Costs
    least: float = 0.0  # attributions of a lower probability are left out
    snap: bool = False  # whether contents are stretched to quotation marks


@dataclass(frozen=True, slots=True)
class Read:
    """A window, the attributions found in it, and [words, 2] check-worthiness value and weight."""

    window: Window
    linked: list[Linked]
    worth: Floats


def words_of(window: Window, numbers: Floats) -> Words:
    """The part of the numbers that linking needs."""
    links = numbers[:, len(LABELS) : len(LABELS) + 4 * WIDTH].reshape(-1, 4, WIDTH)
    stops = np.cumsum([0, *window.stop])
    return Words(
        links, numbers[:, len(LABELS) + 4 * WIDTH], stops, np.array(window.paragraph), frozenset(window.dashes)
    )


def label_pieces(numbers: Sequence[Floats], batch: Sequence[Window], decoder: Decoder) -> list[list[Piece]]:
    """The labelled stretches of each window."""
    rows = []
    for window, row in zip(batch, numbers, strict=True):
        scores = row[:, : len(LABELS)] + decoder.biases
        decoding.forbid_across_paragraphs(scores, window.paragraph)
        rows.append(scores)
    scores, lengths = decoding.pad(rows)
    paths = decoding.viterbi(scores, lengths, decoder.chain)
    chances = decoding.posteriors(scores, lengths, decoder.chain)
    return [decoding.pieces_of(path, chances[at]) for at, path in enumerate(paths)]


def decode(batch: Sequence[Window], numbers: Sequence[Floats], decoder: Decoder) -> list[list[Linked]]:
    """The attributions of each window."""
    found = []
    for window, row, pieces in zip(batch, numbers, label_pieces(numbers, batch, decoder), strict=True):
        if decoder.snap:
            pieces = snapped(pieces, window.mark)
        linked = linking.link(words_of(window, row), pieces, decoder.to_cue, decoder.to_source, decoder.costs)
        found.append([one for one in linked if one.probability >= decoder.least])
    return found


def read(found: Iterable[Window], run: Run, decoder: Decoder) -> Iterator[Read]:
    """Every window read, in order; at most `TOGETHER` are in memory."""
    waiting = iter(found)
    while batch := list(islice(waiting, TOGETHER)):
        numbers = [run(window) for window in batch]
        for window, row, linked in zip(batch, numbers, decode(batch, numbers, decoder), strict=True):
            yield Read(window, linked, row[:, -2:])


def spans_of(window: Window, pieces: Iterable[Piece | None]) -> tuple[tuple[int, int], ...]:
    """Code-point spans of word ranges."""
    return tuple((window.words[p.first][0], window.words[p.last][1]) for p in pieces if p)


class Worth:
    """Adds up the check-worthiness of sentences over windows: two numbers a sentence, whatever their length."""

    def __init__(self, sentences: Sequence[tuple[int, int]]) -> None:
        self.starts = np.array([start for start, _ in sentences], dtype=np.int64)
        self.ends = np.array([end for _, end in sentences], dtype=np.int64)
        self.weight = np.zeros(len(sentences))
        self.value = np.zeros(len(sentences))

    def add(self, one: Read) -> None:
        """Count the words of one window; words outside every sentence count nowhere."""
        if not len(self.starts):
            return
        at = np.array([start for start, _ in one.window.words], dtype=np.int64)
        sentence = np.searchsorted(self.starts, at, side="right") - 1
        inside = (sentence >= 0) & (at < self.ends[sentence])
        weight = np.exp(np.clip(one.worth[:, 1], -10, 10)).astype(np.float64)
        np.add.at(self.weight, sentence[inside], weight[inside])
        np.add.at(self.value, sentence[inside], (weight * one.worth[:, 0])[inside])

    def scores(self) -> npt.NDArray[np.float64]:
        """0..1 for each sentence; 0 for one without a word."""
        logits = self.value / np.maximum(self.weight, 1e-6)
        scores: npt.NDArray[np.float64] = np.where(self.weight > 0, 1 / (1 + np.exp(-logits)), 0.0)
        return scores
