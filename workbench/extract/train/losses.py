"""What the network is trained for: labels (CRF), links (softmax over candidates), check-worthiness (logistic)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from workbench.extract.train.corpus import Example
from workbench.extract.train.network import Network, Parts
from workbench.models.features import Window
from workbench.models.linking import CONTENT_QUERY, CUE_KEY, CUE_QUERY, SOURCE_KEY, WIDTH, relations

LINK_WEIGHT = 0.25
STEP = (
    32  # lengths are padded to multiples: the CPU library compiles a kernel for every new shape, a quarter of the time
)
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Windows as padded tensors; `inside` marks the real words."""

    pieces: Tensor
    case: Tensor
    quotation: Tensor
    first: Tensor
    inside: Tensor


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    longest = -(-max(map(len, rows)) // STEP) * STEP
    out = torch.zeros(len(rows), longest, dtype=torch.long)
    for at, row in enumerate(rows):
        out[at, : len(row)] = torch.tensor(row)
    return out


def inputs_of(batch: Sequence[Window]) -> Inputs:
    """The windows side by side."""
    first = _padded([window.first for window in batch])
    lengths = torch.tensor([len(window.first) for window in batch])
    inside = torch.arange(first.shape[1])[None, :] < lengths[:, None]
    pieces, case = _padded([w.pieces for w in batch]), _padded([w.case for w in batch])
    return Inputs(pieces, case, _padded([w.quotation for w in batch]), first, inside)


def run(network: Network, inputs: Inputs) -> Parts:
    """The heads' numbers, the encoder in bfloat16."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        parts = network(inputs.pieces, inputs.case, inputs.quotation, inputs.first)
    assert isinstance(parts, Parts)
    return parts


def _means(links: Tensor, spans: Spans) -> Tensor:
    return torch.stack([links[first : last + 1].mean(0) for first, last in spans])


def _scores(links: Tensor, window: Window, pairs: tuple[Spans, int, Spans, int], tables: nn.ParameterList) -> Tensor:
    anchors, query, candidates, key = pairs
    product: Tensor = _means(links[:, query], anchors) @ _means(links[:, key], candidates).T / WIDTH**0.5
    stops = np.cumsum([0, *window.stop])
    classes = relations(np.array(anchors), np.array(candidates), stops, np.array(window.paragraph))
    for table, numbers in zip(tables, torch.from_numpy(classes), strict=True):
        product = product + table[numbers]
    return product


def link_loss(network: Network, links: Tensor, none: Tensor, example: Example) -> Tensor:
    """Mean cross-entropy of content -> cue, plus that of cue -> source or none, on the gold spans of one window."""
    loss = links.sum() * 0.0
    known = [at for at, cue in enumerate(example.cue_of_content) if cue >= 0]
    if known:
        contents = [example.contents[at] for at in known]
        pairs = (contents, CONTENT_QUERY, example.cues, CUE_KEY)
        scores = _scores(links, example.window, pairs, network.to_cue)
        loss = loss + functional.cross_entropy(scores, torch.tensor([example.cue_of_content[at] for at in known]))
    if example.cues and example.sources:
        pairs = (example.cues, CUE_QUERY, example.sources, SOURCE_KEY)
        scores = _scores(links, example.window, pairs, network.to_source)
        absent = _means(none[:, None], example.cues)
        owners = torch.tensor([at if at >= 0 else len(example.sources) for at in example.source_of_cue])
        loss = loss + functional.cross_entropy(torch.cat([scores, absent], 1), owners)
    return loss


def attribution_loss(network: Network, batch: Sequence[Example]) -> Tensor:
    """CRF loss per word plus link losses, mean over the windows."""
    inputs = inputs_of([example.window for example in batch])
    parts = run(network, inputs)
    labels = _padded([example.labels for example in batch])
    tagged: Tensor = network.chain(parts.labels, labels, inputs.inside).sum() / inputs.inside.sum()
    linked = [link_loss(network, parts.links[at], parts.none[at], example) for at, example in enumerate(batch)]
    return tagged + LINK_WEIGHT * torch.stack(linked).mean()


def worth_of(worth: Tensor, paragraph: Tensor, count: int) -> Tensor:
    """Logit of each sentence: the mean of its words' values, weighted by the softmax of their weights.

    `worth` is [words, 2], `paragraph` the sentence of each word (here a sentence is a paragraph of its window).
    """
    weight = torch.exp(worth[:, 1].clamp(-10, 10))
    zero = torch.zeros(count)
    total = zero.index_add(0, paragraph, weight)
    return zero.index_add(0, paragraph, weight * worth[:, 0]) / total.clamp(min=1e-6)


def worth_loss(network: Network, batch: Sequence[Window], labels: Sequence[Sequence[int]]) -> Tensor:
    """Mean logistic loss over the sentences of the windows; `labels[i][p]` belongs to paragraph p of window i."""
    parts = run(network, inputs_of(batch))
    losses = []
    for at, window in enumerate(batch):
        logits = worth_of(parts.worth[at, : len(window.first)], torch.tensor(window.paragraph), len(labels[at]))
        present = sorted(set(window.paragraph))
        wanted = torch.tensor([float(labels[at][sentence]) for sentence in present])
        losses.append(functional.binary_cross_entropy_with_logits(logits[present], wanted, reduction="sum"))
    return torch.stack(losses).sum() / sum(len(set(window.paragraph)) for window in batch)
