"""CT24 sentences (CLEF CheckThat! 2024 task 1, English) packed into windows, each sentence a paragraph of its own.

Packed, because in an article a sentence stands among others; some alone, because a ranker may be asked for one.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from workbench.models.features import Window, windows
from workbench.models.wordpiece import WordPiece

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence; `group` is its transcript, or its own id where there is none."""

    name: str
    text: str
    label: int
    group: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A window of sentences and the label of each of its paragraphs."""

    window: Window
    labels: list[int]


def read_sentences(path: Path) -> list[Sentence]:
    """The rows of a CheckThat! file (JSON lines, packed or not)."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]
    return [Sentence(str(row["id"]), row["text"], row["label"], str(row.get("doc", row["id"]))) for row in rows]


def fold_of(sentence: Sentence) -> int:
    """The fold of a sentence by its words, so that the same words never stand on both sides."""
    return int(sha256(" ".join(sentence.text.lower().split()).encode()).hexdigest()[:8], 16) % FOLDS


def packs(sentences: Sequence[Sentence], vocabulary: WordPiece, random_state: random.Random) -> list[Pack]:
    """All sentences once, in random order, in windows of one to twelve."""
    order = list(sentences)
    random_state.shuffle(order)
    found: list[Pack] = []
    while order:
        size = random_state.choice((1, 4, 8, 12))
        some, order = order[:size], order[size:]
        text = "\n".join(" ".join(sentence.text.split()) for sentence in some)
        spans: list[tuple[int, int]] = []
        at = 0
        for line in text.split("\n"):
            spans.append((at, at + len(line)))
            at += len(line) + 1
        found.extend(Pack(window, [one.label for one in some]) for window in windows(text, spans, vocabulary))
    return found
