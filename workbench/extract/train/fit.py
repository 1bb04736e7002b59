"""The training loop: AdamW with layer-wise rates, a warm-up and a straight way down, an average of the weights."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, nn

from workbench.extract.train.checkworthy import Pack, Sentence, packs
from workbench.extract.train.corpus import Article, Example, examples_of
from workbench.extract.train.losses import attribution_loss, worth_loss
from workbench.extract.train.network import FACTOR, LAYERS, Network
from workbench.models.wordpiece import WordPiece

log = logging.getLogger(__name__)
Item = TypeVar("Item")

LIMITS = (192, 192, 192, 160)  # window sizes drawn for each article, so that edges fall elsewhere in every epoch
AVERAGED_EVERY = 4  # steps between two updates of the averaged weights


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of one training run."""

    epochs: int = 4
    batch: int = 2
    rate: float = 1e-4
    decay: float = 0.9  # of the rate from one layer to the one below
    weight_decay: float = 0.01
    warmup: float = 0.06
    worth_epochs: float = 1.0  # passes over the check-worthiness sentences in the whole run
    worth_weight: float = 0.3
    average: float = 0.998  # of the weights, for each step
    clip: float = 1.0
    minutes: float = 0.0  # of wall clock after which the run has come to its end, 0: as long as its epochs take
    seed: int = 1


def groups(network: Network, plan: Plan) -> list[dict[str, object]]:
    """Parameters by learning rate: the top layer has the plan's rate, lower ones less, heads and tables more."""
    rates: dict[float, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            rate = plan.rate * plan.decay ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith(("heads.", "case.", "quotation.")):
            rate = plan.rate * FACTOR / 2
        elif name.startswith(("chain.", "to_")):
            rate = plan.rate * FACTOR * 2
        else:
            rate = plan.rate * plan.decay**LAYERS
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]


def shape(progress: float, warmup: float) -> float:
    """Share of the learning rate at a progress of 0..1: up in a straight line, then down to nothing."""
    return max(0.0, min(progress / warmup if warmup else 1.0, (1 - progress) / (1 - warmup)))


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]


class Trainer:
    """One training run; `fit` returns the averaged network."""

    def __init__(self, network: Network, plan: Plan, vocabulary: WordPiece) -> None:
        self.network, self.plan, self.vocabulary = network, plan, vocabulary
        self.random = random.Random(plan.seed)
        self.averaged = deepcopy(network)
        self.steps = 0

    def epoch(self, articles: Sequence[Article], sentences: Sequence[Sentence]) -> list[Sequence[Example | Pack]]:
        """The batches of one epoch in random order: attribution windows, and now and then sentences to rank."""
        examples = [
            example
            for article in articles
            for example in examples_of(article, self.vocabulary, self.random.choice(LIMITS))
        ]
        self.random.shuffle(examples)
        alike = self.plan.batch * 16  # windows of like length go together: less padding
        examples = [
            example
            for some in _batches(examples, alike)
            for example in sorted(some, key=lambda one: len(one.window.pieces))
        ]
        batches: list[Sequence[Example | Pack]] = list(_batches(examples, self.plan.batch))
        batches.extend(_batches(packs(sentences, self.vocabulary, self.random), self.plan.batch * 2))
        self.random.shuffle(batches)
        return batches

    def fit(self, articles: Sequence[Article], sentences: Sequence[Sentence]) -> Network:
        """Train on all articles in every epoch and on an equal part of the sentences in each."""
        share = int(len(sentences) * self.plan.worth_epochs / self.plan.epochs)
        order = self.random.sample(list(sentences), len(sentences)) * (1 + int(self.plan.worth_epochs))
        total = self.plan.epochs * len(self.epoch(articles, order[:share]))
        optimizer = torch.optim.AdamW(groups(self.network, self.plan), weight_decay=self.plan.weight_decay, fused=True)
        rates = [group["lr"] for group in optimizer.param_groups]
        began, losses = time.monotonic(), [0.0]
        self.network.train()
        for number in range(self.plan.epochs):
            for batch in self.epoch(articles, order[number * share : (number + 1) * share]):
                passed = (time.monotonic() - began) / 60
                progress = max(self.steps / total, passed / self.plan.minutes if self.plan.minutes else 0.0)
                if progress >= 1:
                    break
                for group, rate in zip(optimizer.param_groups, rates, strict=True):
                    group["lr"] = rate * shape(progress, self.plan.warmup)
                losses.append(self._step(batch, optimizer))
                if self.steps % 100 == 0:
                    mean = sum(losses[-100:]) / len(losses[-100:])
                    log.info("step %d of %d, loss %.4f, %.1f minutes", self.steps, total, mean, passed)
        return self.averaged.eval()

    def _step(self, batch: Sequence[Example | Pack], optimizer: torch.optim.Optimizer) -> float:
        packed = [item for item in batch if isinstance(item, Pack)]
        if packed:
            loss = worth_loss(self.network, [p.window for p in packed], [p.labels for p in packed])
            loss = loss * self.plan.worth_weight
        else:
            loss = attribution_loss(self.network, [item for item in batch if isinstance(item, Example)])
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), self.plan.clip)
        optimizer.step()
        optimizer.zero_grad()
        self.steps += 1
        if self.steps % AVERAGED_EVERY == 0:
            self._average()
        return float(loss.detach())

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(self.plan.average, self.steps / (self.steps + 10)) ** AVERAGED_EVERY
        pairs = zip(self.averaged.parameters(), self.network.parameters(), strict=True)
        moving = [(a, b) for a, b in pairs if b.requires_grad]
        torch._foreach_lerp_([a for a, _ in moving], [b.detach() for _, b in moving], 1 - keep)
