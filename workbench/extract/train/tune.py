"""Finds label biases and the penalty for a cue used twice, on held-out articles, one setting at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import chain

import numpy as np

from workbench.extract.train.corpus import Article, Example, examples_of
from workbench.extract.train.measure import Said, count, f1, figures, found_of, gold_of
from workbench.models.decoding import Floats
from workbench.models.linking import Costs
from workbench.models.tagging import TOGETHER, Decoder, Run, decode
from workbench.models.wordpiece import WordPiece

log = logging.getLogger(__name__)

STEPS = (0.8, 0.4, 0.2)  # tried in both directions, coarse first
GAIN = 5e-4  # smaller differences are noise
LEASTS = (0.0, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)


@dataclass(frozen=True, slots=True)
class Seen:
    """A held-out window with the network's numbers and its gold attributions."""

    example: Example
    numbers: Floats
    text: str
    gold: list[Said]


def look(articles: Sequence[Article], vocabulary: WordPiece, run: Run) -> list[Seen]:
    """Run the network once over the articles."""
    return [
        Seen(example, run(example.window), article.text, gold_of(example, article.text))
        for article in articles
        for example in examples_of(article, vocabulary)
    ]


def measured(seen: Sequence[Seen], decoder: Decoder) -> Counter[str]:
    """Counts over all windows."""
    total: Counter[str] = Counter()
    batches = (seen[at : at + TOGETHER] for at in range(0, len(seen), TOGETHER))
    linked = chain.from_iterable(
        decode([one.example.window for one in batch], [one.numbers for one in batch], decoder) for batch in batches
    )
    for one, found in zip(seen, linked, strict=True):
        window = one.example.window
        total.update(count(window, one.text, one.gold, found_of(window, one.text, found)))
    return total


def worth_of(counts: Counter[str]) -> float:
    """What tuning raises: the mean of the three F1."""
    return (f1(counts, "content") + f1(counts, "exact") + f1(counts, "whole")) / 3


def _moved(decoder: Decoder, setting: int, step: float) -> Decoder:
    if setting >= len(decoder.biases):
        costs = list(astuple(decoder.costs))
        costs[setting - len(decoder.biases)] += 2 * step
        return replace(decoder, costs=Costs(*costs))
    biases = decoder.biases.copy()
    biases[setting] += np.float32(step)
    return replace(decoder, biases=biases)


def tune(seen: Sequence[Seen], decoder: Decoder) -> Decoder:
    """The decoder with better settings; the label O keeps its bias, only differences count."""
    best = worth_of(measured(seen, decoder))
    log.info("before tuning %s", figures(measured(seen, decoder)))
    for step in STEPS:
        for setting in range(1, len(decoder.biases) + len(fields(Costs))):
            for signed in (step, -step):
                while (score := worth_of(measured(seen, moved := _moved(decoder, setting, signed)))) > best + GAIN:
                    best, decoder = score, moved
    for other in [{"snap": not decoder.snap}, *({"least": least} for least in LEASTS)]:
        score = worth_of(measured(seen, moved := replace(decoder, **other)))  # type: ignore[arg-type]
        log.info("%s %s", other, figures(measured(seen, moved)))
        if score > best + GAIN:
            best, decoder = score, moved
    log.info("after tuning %s %s", figures(measured(seen, decoder)), settings_of(decoder))
    return decoder


def settings_of(decoder: Decoder) -> dict[str, object]:
    """The tuned settings, for metadata.json."""
    return {
        "biases": [round(float(bias), 3) for bias in decoder.biases],
        "costs": [round(cost, 3) for cost in astuple(decoder.costs)],
        "least": decoder.least,
        "snap": decoder.snap,
    }
