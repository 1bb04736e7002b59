"""A quote as a sequence of words to compare: case, marks and dashes folded, contractions opened, edits set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple

from workbench.language.words import table
from workbench.language.words import words as lexicon
from workbench.spans import Span
from workbench.text import fold

MOST_WORDS = 5000  # of one quote; what follows is not compared

_TOKEN = re.compile(
    r"(?P<edited>\[\w{1,3}\]\w+)"  # “[w]e will”: the editor changed letters, not words
    r"|(?P<gap>\[\s?(?:…|\.\.\.|\. \. \.)\s?\]|…|\.\.\.|\. \. \.)"
    r"|(?P<open>\[)|(?P<close>\])"
    r"|(?P<sign>[$€£¥₹%]|\bper\s?cent\b)"
    r"|(?P<figure>\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W_]+(?:['’ʼ][^\W_]+)*)",
    re.IGNORECASE,
)
_BRACKET = 200  # code points; a longer stretch is no editor's remark
_SCALES = {"bn": "billion", "mn": "million", "tn": "trillion"}
_SIGNS = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees"}
_BEFORE_IS = frozenset({"it", "he", "she", "that", "there", "what", "who", "here", "let", "how", "where", "this"})
_ENDINGS = (("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would"))
_WHOLE = {
    "cannot": ("can", "not", 3),
    "can't": ("can", "not", 2),
    "won't": ("will", "not", 3),
    "shan't": ("shall", "not", 3),
}


class Word(NamedTuple):
    """One word as it is compared, and its place in the quote. Two words may share a place (“don't”: do, not)."""

    text: str
    start: int
    end: int


class Words(NamedTuple):
    """The compared words of a quote; `gaps` counts ellipses, `bracketed` the editor's remarks that were set aside."""

    words: tuple[Word, ...]
    gaps: int
    bracketed: tuple[Span, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The words alone."""
        return tuple(word.text for word in self.words)


@lru_cache(maxsize=512)
def words(text: str) -> Words:
    """The words of a quote, at most `MOST_WORDS`. What an editor put in brackets is no word of the speaker.

    A “[not]” or “[may]” counts as said all the same: it turns what the quote says.
    """
    found: list[Word] = []
    bracketed: list[Span] = []
    gaps, until = 0, 0
    for token in _TOKEN.finditer(text):
        if token.start() < until:
            continue
        if token.lastgroup == "open":
            until = text.find("]", token.end(), token.end() + _BRACKET) + 1
            if until and fold(text[token.end() : until - 1]).strip() in _turning():
                until = 0
            bracketed += [Span(token.start(), until)] if until else []
        elif token.lastgroup == "gap":
            gaps += 1
        elif token.lastgroup != "close":
            found += _opened(token)
        if len(found) >= MOST_WORDS:
            break
    return Words(tuple(found[:MOST_WORDS]), gaps, tuple(bracketed))


@cache
def _turning() -> frozenset[str]:
    return lexicon("negations") | {"may", "might", "could", "perhaps", "possibly", "probably"}


def _opened(token: re.Match[str]) -> list[Word]:
    """The words of one token: a contraction is opened into its words, a possessive loses its ending."""
    start, end = token.span()
    word = fold(token.group()).replace("ʼ", "'")
    if token.lastgroup == "edited":
        return [Word(word.replace("[", "").replace("]", ""), start, end)]
    if token.lastgroup == "sign":
        return [Word(_SIGNS.get(token.group(), "percent"), start, end)]
    if token.lastgroup == "figure":
        return [Word(word.replace(",", ""), start, end)]
    if word in _WHOLE:
        first, second, length = _WHOLE[word]
        return _parted(first, second, length, start, end)
    for ending, second in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return _parted(word[: -len(ending)].replace("'", ""), second, len(ending), start, end)
    if word.endswith("'s"):
        stem = word[:-2].replace("'", "")
        return _parted(stem, "is", 2, start, end) if stem in _BEFORE_IS else [Word(_number(stem), start, end)]
    return [Word(_number(word.replace("'", "")), start, end)]


def _number(word: str) -> str:
    """A number word as its figure and a short scale in full: "seven" is compared as "7". "one" is seldom a number."""
    return _SCALES.get(word) or _figures().get(word, word)


@cache
def _figures() -> dict[str, str]:
    return {word: value for word, value in table("numbers") if word != "one"}


def _parted(first: str, second: str, length: int, start: int, end: int) -> list[Word]:
    """Two words of one token; the second stands on its last `length` code points."""
    middle = max(start, end - length)
    return [Word(first, start, middle), Word(second, middle, end)]


def hashed(texts: Sequence[str]) -> str:
    """One code point per word, the same for a word in every quote; seldom two words share one.

    For a quick first look: two such strings have in common at least what their words have.
    """
    return "".join(map(_hashed, texts))


@lru_cache(maxsize=65536)
def _hashed(word: str) -> str:
    return chr(
        0x10000 + int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "big") % 0xFFFF0
    )


def coded(*quotes: Sequence[str]) -> list[str]:
    """Each quote as a string of one code point per word, the same for the same word in all of `quotes`.

    rapidfuzz compares such strings by word ten times as fast as by character (matching.md).
    """
    codes: dict[str, str] = {}
    return ["".join(_code(codes, word) for word in quote) for quote in quotes]


def _code(codes: dict[str, str], word: str) -> str:
    if word not in codes:
        codes[word] = chr(len(codes) + 1 if len(codes) < 0xD000 else len(codes) + 0x1000)
    return codes[word]
