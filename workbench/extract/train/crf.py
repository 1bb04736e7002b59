"""The log-likelihood of a linear-chain CRF in torch, by a tree of matrix products instead of a walk along the words.

log n steps instead of n: on a CPU the walk would cost as much as the encoder (associative scan; Blelloch 1990).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from workbench.models.decoding import LABELS, NEVER, Chain


class ChainLayer(nn.Module):
    """Learned transitions and starts; forward gives the negative log-likelihood of each window."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.starts = nn.Parameter(torch.zeros(len(LABELS)))

    def forward(self, scores: Tensor, labels: Tensor, inside: Tensor) -> Tensor:
        """[windows] from scores [windows, words, labels], labels [windows, words] and the mask of real words."""
        return self._partition(scores, inside) - self._path(scores, labels, inside)

    def _path(self, scores: Tensor, labels: Tensor, inside: Tensor) -> Tensor:
        emitted = (scores.gather(2, labels[:, :, None]).squeeze(2) * inside).sum(1)
        moved = self.transitions[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]
        return emitted + moved.sum(1) + self.starts[labels[:, 0]]

    def _partition(self, scores: Tensor, inside: Tensor) -> Tensor:
        still = torch.full((len(LABELS), len(LABELS)), NEVER).fill_diagonal_(0.0)
        steps = self.transitions + scores[:, 1:, None, :]
        steps = torch.where(inside[:, 1:, None, None], steps, still)
        while steps.shape[1] > 1:
            if steps.shape[1] % 2:
                steps = torch.cat([steps, still.expand(len(steps), 1, -1, -1)], 1)
            steps = torch.logsumexp(steps[:, 0::2, :, :, None] + steps[:, 1::2, None, :, :], 3)
        first = self.starts + scores[:, 0]
        if steps.shape[1]:
            return torch.logsumexp(first[:, :, None] + steps[:, 0], (1, 2))
        return torch.logsumexp(first, 1)

    def chain(self) -> Chain:
        """The learned scores for the numpy decoder, forbidden moves closed."""
        return Chain.constrained(self.transitions.detach().numpy(), self.starts.detach().numpy())
