"""The network: MiniLM-L6 (Wang and others 2020) with case and quotation embeddings, and linear heads on each word.

Heads, one vector of `OUTPUTS` numbers a word: label scores, four link projections, "no source", check-worthiness.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from workbench.extract.train.crf import ChainLayer
from workbench.models.decoding import LABELS, NEVER
from workbench.models.features import CASES, QUOTATIONS
from workbench.models.linking import SIZES, WIDTH

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
POSITIONS = 512
POOL = 2**22  # numbers in the pool of dropout masks
NORM = 1e-12  # epsilon of the layer norms, as in BERT
OUTPUTS = len(LABELS) + 4 * WIDTH + 1 + 2
FACTOR = 10.0  # heads and relation tables learn this much faster than the encoder


@dataclass(frozen=True, slots=True)
class Parts:
    """The heads' numbers for each word, float32: [windows, words, …]."""

    labels: Tensor
    links: Tensor  # [windows, words, 4, WIDTH]
    none: Tensor
    worth: Tensor  # [windows, words, 2]: value and weight


class Dropout(nn.Module):
    """Dropout that reads its masks from a pool: drawing them afresh takes a twelfth of a step on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.pool = torch.empty(0)

    def forward(self, states: Tensor) -> Tensor:
        """The states with a random share of numbers at zero, while training."""
        if not self.training or not self.share:
            return states
        if not len(self.pool):
            kept = 1 - self.share
            self.pool = torch.empty(POOL, dtype=torch.bfloat16).bernoulli_(kept).div_(kept)
        count = states.numel()
        at = int(torch.randint(POOL - count, ()))
        return states * self.pool[at : at + count].view(states.shape)


def attend(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None) -> Tensor:
    """Scaled dot-product attention written out: torch's fused one has a slow way back on CPUs."""
    scores: Tensor = queries @ keys.transpose(-1, -2) * queries.shape[-1] ** -0.5
    if mask is not None:
        scores = scores + mask
    seen: Tensor = scores.softmax(-1, dtype=scores.dtype) @ values
    return seen


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.mixed = nn.Linear(HIDDEN, 3 * HIDDEN)  # queries, keys, values
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, NORM)
        self.wide = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.narrow_norm = nn.LayerNorm(HIDDEN, NORM)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States [windows, pieces, HIDDEN] after this layer."""
        rows, length, _ = states.shape
        mixed = self.mixed(states).view(rows, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = attend(mixed[0], mixed[1], mixed[2], mask)
        seen = self.attended(seen.transpose(1, 2).reshape(rows, length, HIDDEN))
        states = self.attended_norm(states + self.dropout(seen))
        told: Tensor = self.narrow(functional.gelu(self.wide(states)))
        out: Tensor = self.narrow_norm(states + self.dropout(told))
        return out


class Network(nn.Module):
    """Pieces in, numbers of each word out."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.pieces.weight.requires_grad_(False)  # frozen: half of the weights, and new words stay near known ones
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(CASES, HIDDEN)
        self.quotation = nn.Embedding(QUOTATIONS, HIDDEN)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quotation.weight)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))  # BERT's embedding of "first segment"
        self.norm = nn.LayerNorm(HIDDEN, NORM)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = nn.Linear(HIDDEN, OUTPUTS)
        self.chain = ChainLayer()
        self.to_cue = nn.ParameterList(nn.Parameter(torch.zeros(size)) for size in SIZES)
        self.to_source = nn.ParameterList(nn.Parameter(torch.zeros(size)) for size in SIZES)

    def encode(self, pieces: Tensor, case: Tensor, quotation: Tensor) -> Tensor:
        """States [windows, pieces, HIDDEN]; piece 0 is padding and is not attended to."""
        at = torch.arange(pieces.shape[1])
        states: Tensor = (
            self.pieces(pieces) + self.positions(at) + self.kind + self.case(case) + self.quotation(quotation)
        )
        states = self.dropout(self.norm(states))
        real = pieces != 0
        mask = None
        if not bool(real.all()):
            mask = torch.where(real, 0.0, NEVER)[:, None, None, :].to(torch.bfloat16)
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def forward(self, pieces: Tensor, case: Tensor, quotation: Tensor, first: Tensor) -> Parts:
        """The heads' numbers at `first`, the positions [windows, words] of the words' first pieces."""
        states = self.encode(pieces, case, quotation)
        states = states.gather(1, first[:, :, None].expand(-1, -1, HIDDEN))
        return parted(self.heads(self.dropout(states)).float())


def parted(numbers: Tensor) -> Parts:
    """The heads' numbers [windows, words, OUTPUTS] by meaning."""
    labels, links, none, worth = torch.split(numbers, [len(LABELS), 4 * WIDTH, 1, 2], 2)
    return Parts(labels, links.reshape(*links.shape[:2], 4, WIDTH), none.squeeze(2), worth)


def _linear(target: nn.Linear, weights: dict[str, Tensor], *names: str) -> None:
    target.weight.data.copy_(torch.cat([weights[f"{name}.weight"] for name in names]))
    target.bias.data.copy_(torch.cat([weights[f"{name}.bias"] for name in names]))


def _norm(target: nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    target.weight.data.copy_(weights[f"{name}.weight"])
    target.bias.data.copy_(weights[f"{name}.bias"])


def load_encoder(network: Network, path: Path, rows: list[int]) -> None:
    """Fill the encoder from the safetensors file of a BERT of the same shape; `rows` are its piece numbers to keep."""
    from safetensors.torch import load_file

    weights = load_file(path)
    network.pieces.weight.data.copy_(weights["embeddings.word_embeddings.weight"][rows])
    network.positions.weight.data.copy_(weights["embeddings.position_embeddings.weight"])
    network.kind.data.copy_(weights["embeddings.token_type_embeddings.weight"][0])
    _norm(network.norm, weights, "embeddings.LayerNorm")
    for at, layer in enumerate(network.layers):
        assert isinstance(layer, Layer)
        name = f"encoder.layer.{at}"
        _linear(layer.mixed, weights, *(f"{name}.attention.self.{part}" for part in ("query", "key", "value")))
        _linear(layer.attended, weights, f"{name}.attention.output.dense")
        _norm(layer.attended_norm, weights, f"{name}.attention.output.LayerNorm")
        _linear(layer.wide, weights, f"{name}.intermediate.dense")
        _linear(layer.narrow, weights, f"{name}.output.dense")
        _norm(layer.narrow_norm, weights, f"{name}.output.LayerNorm")
