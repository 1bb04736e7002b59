"""What stood in the same sentence before a quote begins and after it ends: a frame, a condition, or nothing much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.language.figures import begins
from workbench.language.words import group as closed_group
from workbench.language.words import words as lexicon
from workbench.match.differences import negative, parted, weakness, without_fillers
from workbench.match.passages import Spoken

_STOP = re.compile(r"[.!?](?=[\s\"”’)\]]|$)|\.\.\.|…|\n|--|—")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov)$")
_FRAME = 6  # words before the quote that may govern it
_SOME = frozenset({"some", "most", "many", "several", "few", "certain", "nearly", "almost"})
_NEAR = frozenset({"not", "never", "no", "nobody", "none", "neither", "hardly", "barely", "scarcely", "without"})


@dataclass(frozen=True, slots=True)
class Margin:
    """The words of the sentence outside the quote at one side, and whether a mark divides them from it."""

    words: tuple[str, ...]
    parted: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """What the margins say of a quote: it was cut where that limits it, under a hedge or under a negation."""

    limited: bool = False
    hedge: bool = False
    negation: bool = False


def stops(made: Spoken, first: int, last: int) -> int:
    """How many sentences end between two neighbouring or distant words of one voice, `first` before `last`."""
    return sum(_ends(made, at) for at in range(first, last))


def _between(made: Spoken, at: int) -> str:
    """The text between word `at` and the next one of its voice, at most 60 code points."""
    here, there = made.words[at].end, made.words[at + 1].start if at + 1 < len(made.words) else len(made.text)
    return made.text[here : min(max(here, there), here + 60)]


def _ends(made: Spoken, at: int) -> bool:
    """Whether a sentence ends behind word `at`."""
    if at + 1 >= len(made.words) or made.turn_of[at].line != made.turn_of[at + 1].line:
        return True
    between = _between(made, at)
    stop = _STOP.search(between)
    if stop is None:
        return False
    if stop.group() == "." and _TITLE.search(made.text[max(0, made.words[at].end - 6) : made.words[at].end]):
        return False
    following = made.text[made.words[at + 1].start]
    return stop.group() not in ("--", "—", "...", "…") or following.isupper()


def before(made: Spoken, at: int) -> Margin:
    """What stands in the sentence before word `at`."""
    low, _ = made.voice(at)
    start = at
    while start > low and at - start < 80 and not _ends(made, start - 1):
        start -= 1
    divided = at > start and parted(_between(made, at - 1))
    return Margin(tuple(word.text for word in made.words[start:at]), divided)


def after(made: Spoken, at: int) -> Margin:
    """What stands in the sentence after word `at`."""
    _, high = made.voice(at)
    end = at + 1
    while end < high and end - at < 80 and not _ends(made, end - 1):
        end += 1
    divided = end > at + 1 and parted(_between(made, at))
    return Margin(tuple(word.text for word in made.words[at + 1 : end]), divided)


def cut_before(margin: Margin, quote: Sequence[str], sentence: bool) -> Cut:
    """What a quote lost at its beginning. `sentence`: it is printed as a sentence of its own."""
    left = margin.words
    if left and not margin.parted and _guessed(left):
        denied = bool(negative(left[-5:]))  # “I don’t think that …”
        return Cut(denied, not denied, denied)
    if left and not margin.parted and _qualified(left, quote, sentence):
        return Cut(False, True)
    if not left or not without_fillers(left, True) or not is_clause(quote):
        near = bool(left) and left[-1] in _NEAR and len(quote) > 2
        return Cut(near, False, near)
    frame = [word for word in left[-_FRAME:] if word != "that"]
    if not margin.parted or left[-1] == "that":
        if negative(frame[-4:]) and not (set(frame[-2:]) & {"but", "and", "so"}):
            return Cut(True, False, True)
        if _hedged(frame):
            return Cut(False, True, False)
    if _limits(left, margin.parted):
        return Cut(True)
    joined = margin.parted or left[-1] in closed_group("joining") or left[-1] in ("but", "that", "which", "who")
    return Cut(sentence and not joined)


def _qualified(left: Sequence[str], quote: Sequence[str], sentence: bool) -> bool:
    """Whether words right before the quote qualify the figure or the subject that it begins with: “about | half”,
    “some | members voted”."""
    if begins(quote, 0) or quote[:1] in (("all",), ("every",), ("everybody",), ("everyone",)):
        return any(weakness(left[-size:], quote[0]) > 0 for size in (1, 2, 3) if len(left) >= size)
    whole = left[-2:] if left[-1] == "of" and quote[0] in ("the", "these", "those", "them", "us") else left[-1:]
    return sentence and len(left) <= 3 and whole[0] in _SOME and quote[0] not in lexicon("small_words")


def _guessed(left: Sequence[str]) -> bool:
    """Whether somebody thinks, believes or hopes what begins right after."""
    frame = [word for word in left[-5:] if word != "that"]
    sizes = [size for size in (2, 3, 4) if len(frame) >= size and frame[-size] in ("i", "we", "it", "this")]
    return any(frame[-1] in closed_group("thinking") and weakness(frame[-size:]) > 0 for size in sizes)


def _hedged(frame: Sequence[str]) -> bool:
    """Whether the words just before the quote make it a guess ("I think", "it is possible that")."""
    return any(weakness(frame[-size:]) > 0 for size in (1, 2, 3, 4) if len(frame) >= size) and not (
        set(frame[-1:]) & {"and", "but", "so", "or"}
    )


def _limits(left: Sequence[str], divided: bool) -> bool:
    """Whether a clause that begins with "if", "unless", … stands right before the quote."""
    bare = without_fillers(left, True) or tuple(left)
    starts = [
        at for at, word in enumerate(bare) if word in lexicon("qualifiers") and word not in ("but", "or", "not", "yet")
    ]
    return divided and bool(starts) and starts[0] <= 2 and bare[-1] not in ("and", "but", "so")


def cut_after(margin: Margin, quote: Sequence[str], sentence: bool) -> Cut:
    """What a quote lost at its end."""
    right = margin.words
    if not right or not is_clause(quote):
        return Cut()
    if margin.parted and right[0] in closed_group("doubting"):
        return Cut(True, True)
    first = right[1] if right[0] in ("and", "but") and len(right) > 1 and right[0] == "but" else right[0]
    if (right[0] in lexicon("qualifiers") or first in lexicon("qualifiers")) and not (
        right[0] == "or" and not sentence
    ):
        return Cut(True)
    if " ".join(right[:3]) in lexicon("qualifiers") or " ".join(right[:2]) in lexicon("qualifiers"):
        return Cut(True)
    if margin.parted or right[0] in closed_group("joining"):
        return Cut()
    return Cut(sentence)


def is_clause(quote: Sequence[str]) -> bool:
    """Whether a quote has a subject and a verb, as far as small words tell: a fragment has not."""
    head = quote[:12]
    if len(head) > 1 and head[0] in closed_group("clause_subjects"):
        return True
    at = next((index for index, word in enumerate(head) if word in closed_group("plain_verbs")), None)
    return at is not None and at > 0
