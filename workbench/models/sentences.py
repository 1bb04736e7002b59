"""The packaged sentence model: what a sentence means, as a vector of 384 numbers; alike sentences, alike vectors.

all-MiniLM-L6-v2 in int8. It has no table of word pieces of its own: that of the attribution model is the same,
number for number, and makes up half of either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbench.models import loader

if TYPE_CHECKING:
    from workbench.models.decoding import Floats

NAME = "sentences"
MODEL = "sentences-1"  # stored with every vector: other weights, another name
WIDTH = 384
MOST_PIECES = 128  # word pieces of a sentence that are read
LONGEST = 4_000  # characters
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Encoder:
    """The loaded model. Safe to use from several threads."""

    def __init__(self) -> None:
        from workbench.models.onnxfile import weight
        from workbench.models.wordpiece import WordPiece

        words = loader.packaged(loader.NAME)
        self.vocabulary = WordPiece.read(words / loader.VOCABULARY)
        self._table = weight(words / loader.WEIGHTS, "pieces.table", "int8")
        self._scale = weight(words / loader.WEIGHTS, "pieces.scale", "float32")
        self._session = loader.session(loader.packaged(NAME) / loader.WEIGHTS)

    def encode(self, text: str) -> Floats:
        """The vector of `text`, of length 1."""
        import numpy as np

        numbers = np.array(self._pieces(text), np.int64)
        rows = self._table[numbers].astype(np.float32) * self._scale[numbers]
        vector: Floats = self._session.run(None, {"words": rows[None]})[0][0]
        return vector

    def _pieces(self, text: str) -> list[int]:
        found = [self.vocabulary.start]
        for word in _TOKEN.findall(text[:LONGEST]):
            found += self.vocabulary.pieces(word)
            if len(found) >= MOST_PIECES:
                break
        return [*found[: MOST_PIECES - 1], self.vocabulary.separator]


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The packaged model, loaded on the first call. Raises WorkbenchError, or ImportError without onnxruntime."""
    return Encoder()


def vectors(texts: Sequence[str]) -> Any:
    """The vectors of `texts`, float32 [texts, WIDTH]. One after another: equal texts have equal vectors."""
    import numpy as np

    one = encoder()
    return np.array([one.encode(text) for text in texts], np.float32).reshape(-1, WIDTH)


def packed(vector: Floats) -> bytes:
    """A vector in WIDTH bytes: int8, its largest number 127. Its direction is kept, its length is not."""
    import numpy as np

    largest = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (127 / largest)).astype(np.int8).tobytes()
