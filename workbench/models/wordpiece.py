"""WordPiece (Wu and others 2016, as in BERT uncased): a word becomes the longest pieces of a fixed vocabulary.

Our own fifty lines instead of the `tokenizers` wheel: offsets are needed for whole words alone, and a cache of words
makes it faster than the wheel on news prose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

LONGEST_WORD = 64  # characters; longer ones are noise, and matching is quadratic in this
MOST_PIECES = 12  # of one word, so that a single word never fills a window
CACHED_WORDS = 50_000  # bounds memory on a text of endless new words

PAD, UNKNOWN, START, SEPARATOR = "[PAD]", "[UNK]", "[CLS]", "[SEP]"


RARE_MARKS = str.maketrans("―‒‑‟„″", '—–-““"')  # marks that the base model hardly saw -> their common kin


def normalised(word: str) -> str:
    """`word` in lower case without accents, as BERT uncased was trained, rare marks as common ones."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    lowered = lowered.translate(RARE_MARKS)
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if unicodedata.category(c) != "Mn")


class WordPiece:
    """Turns words into piece numbers; the number of a piece is its line in the vocabulary."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self.number = {piece: at for at, piece in enumerate(pieces)}
        self.pad, self.unknown = self.number[PAD], self.number[UNKNOWN]
        self.start, self.separator = self.number[START], self.number[SEPARATOR]
        self._cache: dict[str, tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> WordPiece:
        """The vocabulary file at `path`: one piece a line, UTF-8."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def pieces(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces of one word (no white space inside): at least one, at most `MOST_PIECES`."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= CACHED_WORDS:
                self._cache.clear()
            found = self._cache[word] = self._split(normalised(word[:LONGEST_WORD]))
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        at = 0
        while at < len(word):
            number, end = self._longest(word, at)
            if number is None:
                return (self.unknown,)
            found.append(number)
            at = end
        return tuple(found[:MOST_PIECES]) or (self.unknown,)

    def _longest(self, word: str, at: int) -> tuple[int | None, int]:
        mark = "##" if at else ""
        for end in range(len(word), at, -1):
            number = self.number.get(mark + word[at:end])
            if number is not None:
                return number, end
        return None, at
