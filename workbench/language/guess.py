"""A cheap guess of a text's language: its script, else its most telling small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from workbench.language.words import table

_SAMPLE = 6000  # code points looked at
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", "぀", "ヿ"), ("ko", "가", "힣"), ("zh", "一", "鿿"), ("ru", "Ѐ", "ӿ"), ("el", "Ͱ", "Ͽ"), ("he", "֐", "׿"),
    ("ar", "؀", "ۿ"), ("hi", "ऀ", "ॿ"), ("th", "฀", "๿"),
)  # fmt: skip


@cache
def _telling() -> dict[str, frozenset[str]]:
    return {code: frozenset(entries.split()) for code, entries in table("stopwords")}


def language(text: str, start: int = 0) -> str:
    """ISO 639-1 code of the language of `text` from `start` on, or "und" where nothing tells it."""
    sample = text[start : start + _SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for code, first, last in _SCRIPTS:
        share = 0.1 if code == "ja" else 0.4
        if letters and sum(first <= character <= last for character in sample) > share * letters:
            return code
    counts = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {code: sum(counts[word] for word in telling) for code, telling in _telling().items()}
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    total = counts.total()
    if scores[best] >= max(1, 0.08 * total):
        return best
    return "en" if total and sample.isascii() and scores["en"] >= 0.5 * scores[best] else "und"
