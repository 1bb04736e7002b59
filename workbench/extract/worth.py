"""Check-worthiness by a sum that anyone can follow: what can be looked up and matters counts up, the rest down."""

from __future__ import annotations

import re

from workbench.language.words import group, words
from workbench.records import CueClass, Number

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
MODEL_SHARE = 0.7
MOST_IDLE = 0.05  # of what only asks or greets
_SHORT = 5  # words of a sentence that may stand beside a greeting
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_BASE = 0.26
_MONEY = group("money")
_CUES: dict[CueClass, float] = {"forward": -0.1, "inner": -0.16, "directive": -0.16, "accusing": -0.06, "other": -0.05}
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|\w{2,}ed|met|won|lost|paid|sold|told|gave|took|made|cut|rose|fell|held)\b"
)
_FUTURE = re.compile(r"\b(?:will|would|going to|shall|may|might|could|wants? to|plans? to|hopes? to)\b")


def check_worthiness(
    content: str, *, numbers: tuple[Number, ...], names: int, hedges: int, cue_class: CueClass | None = None
) -> float:
    """0..1, how much a check would matter. It sorts; nothing is hidden by it.

    `names` counts the people and bodies named in the content, `hedges` its hedging words.
    """
    found = [word.lower() for word in _WORD.findall(content)]
    if not found:
        return 0.0
    score = _BASE + _figures(numbers) + 0.05 * min(names, 3)
    score += 0.06 * min(sum(word in words("comparisons") for word in found), 2)
    score += 0.06 * min(sum(word in words("weighty") for word in found), 3)
    score += 0.1 * bool(_PAST.search(content)) - 0.09 * bool(_FUTURE.search(content))
    score -= 0.08 * min(sum(word in words("opinions") for word in found), 2) + 0.04 * min(hedges, 2)
    score += _length(len(found)) - 0.2 * content.rstrip("\"”’»' ").endswith("?")
    score -= (0.08 if cue_class is None else 0.02) * bool({"i", "we", "you", "my", "our"} & set(found))
    score += _CUES.get(cue_class, 0.0) if cue_class is not None else 0.0
    return round(min(max(score, 0.02), 0.98), 2)


def is_idle(content: str) -> bool:
    """Whether spoken words only ask or greet: “Thank you. Right, questions.”, “And what does it say?”."""
    sentences = [part.strip(' \t\n"“”') for part in _SENTENCE.findall(content)]
    sentences = [part for part in sentences if _WORD.search(part)]
    kinds = [_idleness(sentence) for sentence in sentences]
    return bool(kinds) and 0 not in kinds and 2 in kinds


def _idleness(sentence: str) -> int:
    """2: a question or a greeting; 1: a few words without a figure; 0: anything else."""
    found = [word.lower() for word in _WORD.findall(sentence)]
    short = len(found) <= _SHORT and not any(character.isdigit() for character in sentence)
    if sentence.endswith("?") or (short and found[0] in group("greetings")):
        return 2
    return int(short)


def blended(by_model: float, by_rules: float) -> float:
    """The model's score of the sentence and the rules' score of the very words, 0..1.

    The model ranks sentences better; the rules tell the clauses of one sentence apart.
    """
    return round(MODEL_SHARE * by_model + (1 - MODEL_SHARE) * by_rules, 2)


def _figures(numbers: tuple[Number, ...]) -> float:
    """Money and shares most, counts nearly as much, years and dates a little."""
    score = 0.0
    for number in numbers:
        if number.unit in _MONEY or number.unit in ("%", "percentage points"):
            score += 0.2
        else:
            score += 0.07 if number.unit in ("year", "date", "time") else 0.1
    return min(score, 0.34)


def _length(count: int) -> float:
    if count < 4:
        return -0.18
    return -0.08 if count < 7 else 0.04 if count >= 12 else 0.0
