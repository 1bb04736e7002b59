"""The training loop: AdamW with layer-wise rates, a warm-up and a straight way down, an average of the weights."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
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


def _shape(plan: Plan, steps: int) -> Callable[[int], float]:
    warm = max(1, int(plan.warmup * steps))
    return lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))


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
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _shape(self.plan, total))
        self.network.train()
        for number in range(self.plan.epochs):
            began, losses = time.monotonic(), [0.0]
            for batch in self.epoch(articles, order[number * share : (number + 1) * share]):
                losses.append(self._step(batch, optimizer))
                schedule.step()
                if self.steps % 250 == 0:
                    mean = sum(losses[-250:]) / len(losses[-250:])
                    log.info("step %d of %d loss %.4f, %.0f s", self.steps, total, mean, time.monotonic() - began)
            log.info("epoch %d loss %.4f in %.0f s", number, sum(losses) / len(losses), time.monotonic() - began)
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
