"""Two texts of one article laid side by side, word by word, and where a span of the earlier stands in the later.

The texts are aligned once, in about linear time: lines and sentences that stand in both are paired wherever they
stand (so a moved paragraph is found), by Heckel's rule (P. Heckel, "A technique for isolating differences between
files", CACM 21(4), 1978): what occurs once in both is the same, and so are equal neighbours. Runs of four words
follow by the same rule, and what is left between two pairs is aligned within its gap (patience first, difflib in
small gaps). A span is then mapped through the pairs and judged by the words that stand there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from workbench.spans import AnchorState, Span
from workbench.text import fold

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w")
_ENDS = frozenset(".!?…")
_RUN = 4  # words that pair by themselves, wherever they stand
_SMALL = 40_000  # old times new words of a gap that difflib aligns; larger gaps are cut by patience first
_FAR = 40  # new words that may have come between two words of one span
ALIKE = 0.45  # share of words that two readings of one claim have in common at least
ALIKE_IN_PLACE = 0.3  # the same, where the words around it in its sentence still stand
_SHORT = 3  # words that may all have been exchanged, where the words around them still stand
_CONTEXT = 3  # words around a span, in its sentence, that must still stand to vouch for its place

_MARKS = str.maketrans(
    dict.fromkeys("“”„‟«»‹›‘’‚‛`´\"", "'") | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", None)
)  # fmt: skip
_HYPHENS = re.compile(r"-+")


def plain(text: str) -> str:
    """`text` without what does not count as an edit: white space, and the style of quotation marks and dashes."""
    line = " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())
    return _HYPHENS.sub("-", line).replace(" -", "-").replace("- ", "-")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span of the earlier text stands in the later one, and what became of its words."""

    span: Span
    state: AnchorState


class _Text:
    """A text cut into words and marks, each with the number of its sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [Span(*found.span()) for found in _TOKEN.finditer(text)]
        self.starts = [span.start for span in self.tokens]
        self.ends = [span.end for span in self.tokens]
        known: dict[str, str] = {}
        words = [span.of(text) for span in self.tokens]
        self.keys = [known.setdefault(word, fold(word)) for word in words]
        self.is_word = [_WORD.match(word) is not None for word in words]
        self.lines, self.sentences = self._units()

    def _units(self) -> tuple[list[int], list[int]]:
        """For each token the number of its line and of its sentence."""
        lines, sentences, line, sentence, ended = [], [], 0, 0, False
        for index, span in enumerate(self.tokens):
            between = self.text[self.ends[index - 1] : span.start] if index else ""
            if "\n" in between or "\r" in between:
                line, sentence, ended = line + 1, sentence + 1, False
            elif ended and between:
                sentence, ended = sentence + 1, False
            if self.text[span.start] in _ENDS:
                ended = True
            elif self.is_word[index]:
                ended = False
            lines.append(line)
            sentences.append(sentence)
        return lines, sentences

    def covered(self, span: Span) -> tuple[int, int]:
        """First and one past the last token that `span` touches."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)


class Alignment:
    """Which words of `new` are which words of `old`."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = _Text(old), _Text(new)
        self._to = [-1] * len(self._old.tokens)
        self._from = [-1] * len(self._new.tokens)
        self._pair_units(self._old.lines, self._new.lines)
        self._pair_units(self._old.sentences, self._new.sentences)
        self._pair_runs()
        self._pair_gaps()

    # ---- pairing -------------------------------------------------------------------------------------------------

    def _join(self, old: int, new: int) -> bool:
        """Pair two words if they are the same and both still free."""
        if self._to[old] >= 0 or self._from[new] >= 0 or self._old.keys[old] != self._new.keys[new]:
            return False
        self._to[old], self._from[new] = new, old
        return True

    def _pair_units(self, old_units: list[int], new_units: list[int]) -> None:
        """Pair whole lines or sentences that stand in both texts."""
        old = list(_groups(old_units, self._to, self._old.keys))
        new = list(_groups(new_units, self._from, self._new.keys))
        for left, right in _heckel([key for _, key in old], [key for _, key in new]):
            for offset in range(len(old[left][1])):
                self._join(old[left][0] + offset, new[right][0] + offset)

    def _pair_runs(self) -> None:
        """Pair runs of words that stand once in both texts, and go on from them while the words agree."""
        old, new = _runs(self._old.keys, self._to), _runs(self._new.keys, self._from)
        for key, at in old.items():
            there = new.get(key, -1)
            if at < 0 or there < 0:
                continue
            for step in (1, -1):
                left, right = (at, there) if step > 0 else (at - 1, there - 1)
                while 0 <= left < len(self._to) and 0 <= right < len(self._from) and self._join(left, right):
                    left, right = left + step, right + step

    def _pair_gaps(self) -> None:
        """Align what is left between two pairs."""
        for start, end in _free(self._to):
            before = self._to[start - 1] if start else -1
            after = self._to[end] if end < len(self._to) else len(self._from)
            size = end - start
            if before < after <= before + 1 + 8 * size + 400:
                self._align(list(range(start, end)), self._free_new(before + 1, after))
                continue
            self._align(list(range(start, end)), self._run_after(before, 2 * size + _FAR) if start else [])
            rest = [index for index in range(start, end) if self._to[index] < 0]
            self._align(rest, self._run_before(after, 2 * size + _FAR) if end < len(self._to) else [])

    def _free_new(self, start: int, end: int) -> list[int]:
        return [index for index in range(start, end) if self._from[index] < 0]

    def _run_after(self, at: int, most: int) -> list[int]:
        end = at + 1
        while end < len(self._from) and self._from[end] < 0 and end - at <= most:
            end += 1
        return list(range(at + 1, end))

    def _run_before(self, at: int, most: int) -> list[int]:
        start = at
        while start > 0 and self._from[start - 1] < 0 and at - start < most:
            start -= 1
        return list(range(start, at))

    def _align(self, old: list[int], new: list[int]) -> None:
        """Pair free words of a gap in their order."""
        todo = [(old, new)]
        while todo:
            left, right = todo.pop()
            if not left or not right:
                continue
            left_keys, right_keys = [self._old.keys[i] for i in left], [self._new.keys[i] for i in right]
            if len(left) * len(right) <= _SMALL:
                for one, other, size in SequenceMatcher(None, left_keys, right_keys, False).get_matching_blocks():
                    for offset in range(size):
                        self._join(left[one + offset], right[other + offset])
                continue
            one, other = 0, 0
            anchors = _patience(left_keys, right_keys)
            for after, beyond in [*anchors, (len(left), len(right))] if anchors else []:
                todo.append((left[one:after], right[other:beyond]))
                if after < len(left):
                    self._join(left[after], right[beyond])
                one, other = after + 1, beyond + 1

    # ---- mapping -------------------------------------------------------------------------------------------------

    def place(self, span: Span) -> Place | None:
        """Where the words of `span` stand in the later text; None when they are lost."""
        first, end = self._old.covered(span)
        found = self._range(first, end) if first < end else None
        if found is not None:
            there = self._exactly(span, first, end, *found)
            state = self._judge(span, first, end, *found, there)
            if state is not None:
                return Place(there, state)
        return self._elsewhere(span)

    def _range(self, first: int, end: int) -> tuple[int, int] | None:
        """The first and last word of the later text that stand for the words `first` to `end`."""
        cluster = self._cluster(first, end)
        before = self._to[first - 1] if first else -1
        after = self._to[end] if end < len(self._to) else len(self._from)
        if not cluster:
            beside = (first == 0 or before >= 0) and after > before + 1 and after - before - 1 <= 2 * (end - first) + 6
            return (before + 1, after - 1) if beside else None
        low, high = min(self._to[i] for i in cluster), max(self._to[i] for i in cluster)
        leading, trailing = cluster[0] - first, end - 1 - cluster[-1]
        if leading and before < low <= before + 1 + 3 * leading + 8 and (before >= 0 or first == 0):
            low = before + 1
        if trailing and high < after <= high + 1 + 3 * trailing + 8:
            high = after - 1
        return low, high

    def _cluster(self, first: int, end: int) -> list[int]:
        """Those of the words that stand together in the later text: the largest group, in order."""
        groups: list[list[int]] = []
        for index in range(first, end):
            there = self._to[index]
            if there < 0:
                continue
            if groups and 0 < there - self._to[groups[-1][-1]] <= _FAR + 2 * (end - first):
                groups[-1].append(index)
            else:
                groups.append([index])
        return max(groups, key=lambda group: sum(self._old.is_word[i] for i in group), default=[])

    def _exactly(self, span: Span, first: int, end: int, low: int, high: int) -> Span:
        """The span of the words `low` to `high`; one that began or ended inside a word still does."""
        start, stop = self._new.tokens[low].start, self._new.tokens[high].end
        into = span.start - self._old.tokens[first].start
        short = self._old.tokens[end - 1].end - span.end
        if into > 0 and self._to[first] == low and self._same_length(first, low):
            start += into
        if short > 0 and self._to[end - 1] == high and self._same_length(end - 1, high):
            stop -= short
        return Span(start, max(stop, start + 1))

    def _same_length(self, old: int, new: int) -> bool:
        left, right = self._old.tokens[old], self._new.tokens[new]
        return left.end - left.start == right.end - right.start

    def _judge(self, span: Span, first: int, end: int, low: int, high: int, there: Span) -> AnchorState | None:
        """What became of the words; None when too little of them is left."""
        before, now = span.of(self._old.text), there.of(self._new.text)
        if before == now or plain(before) == plain(now):
            return "as was" if span == there else "moved"
        kept = sum(
            self._old.is_word[index] and low <= self._to[index] <= high for index in range(first, end)
        )  # fmt: skip
        words = sum(self._old.is_word[first:end])
        now_words = sum(self._new.is_word[low : high + 1])
        alike = 2 * kept / (words + now_words) if words + now_words else 0.0
        if alike >= ALIKE:
            return "changed"
        in_place = self._context(first, end, low, high) >= _CONTEXT
        short = words <= _SHORT and now_words <= 2 * words + 2
        return "changed" if in_place and (alike >= ALIKE_IN_PLACE or short) else None

    def _context(self, first: int, end: int, low: int, high: int) -> int:
        """How many words beside the span, in its sentence, still stand beside its place."""
        old, count = self._old, 0
        for here, there, step in ((first - 1, low - 1, -1), (end, high + 1, 1)):
            sentence = old.sentences[first if step < 0 else end - 1]
            while 0 <= here < len(self._to) and self._to[here] == there and old.sentences[here] == sentence:
                count += old.is_word[here]
                here, there = here + step, there + step
        return count

    def _elsewhere(self, span: Span) -> Place | None:
        """The very words, where they stand once in the later text and are long enough to be no accident."""
        exact, text = span.of(self._old.text), self._new.text
        if sum(self._old.is_word[slice(*self._old.covered(span))]) < _SHORT:
            return None
        at = text.find(exact)
        if at < 0 or text.find(exact, at + 1) >= 0:
            return None
        return Place(Span(at, at + len(exact)), "as was" if at == span.start else "moved")

    def is_new(self, span: Span) -> bool:
        """Whether a word in `span` of the later text stands for none of the earlier."""
        first, end = self._new.covered(span)
        return any(self._from[index] < 0 and self._new.is_word[index] for index in range(first, end))


def _groups(units: Sequence[int], taken: Sequence[int], keys: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(first token, keys) of each unit of which no token is paired yet."""
    start = 0
    for index in range(1, len(units) + 1):
        if index == len(units) or units[index] != units[start]:
            if all(taken[place] < 0 for place in range(start, index)):
                yield start, tuple(keys[start:index])
            start = index


def _heckel(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of equal items: those that occur once in both, then equal neighbours of pairs, both ways."""
    once_old, once_new = _once(old), _once(new)
    to = {place: once_new[key] for key, place in once_old.items() if place >= 0 and once_new.get(key, -1) >= 0}
    taken = set(to.values())
    for step in (1, -1):
        for place in sorted(to, reverse=step < 0):
            left, right = place + step, to[place] + step
            while (
                0 <= left < len(old) and 0 <= right < len(new) and left not in to and right not in taken
                and old[left] == new[right]
            ):  # fmt: skip
                to[left] = right
                taken.add(right)
                left, right = left + step, right + step
    return sorted(to.items())


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    """item -> its only place, or -1 when it occurs several times."""
    places: dict[Hashable, int] = {}
    for place, item in enumerate(items):
        places[item] = -1 if item in places else place
    return places


def _runs(keys: Sequence[str], taken: Sequence[int]) -> dict[tuple[str, ...], int]:
    """Each run of free words -> its only place, or -1."""
    places: dict[tuple[str, ...], int] = {}
    free = 0
    for index, key in enumerate(keys):
        free = free + 1 if taken[index] < 0 else 0
        if free >= _RUN and key:
            run = tuple(keys[index - _RUN + 1 : index + 1])
            places[run] = -1 if run in places else index - _RUN + 1
    return places


def _free(taken: Sequence[int]) -> list[tuple[int, int]]:
    """The runs of words that are not paired."""
    runs, start = [], -1
    for index in range(len(taken) + 1):
        free = index < len(taken) and taken[index] < 0
        if free and start < 0:
            start = index
        elif not free and start >= 0:
            runs.append((start, index))
            start = -1
    return runs


def _patience(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Words that occur once in both, in the longest order that both share (patience sorting)."""
    there = _once(new)
    pairs = sorted((place, there[key]) for key, place in _once(old).items() if place >= 0 and there.get(key, -1) >= 0)
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        back.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            ends.append(number)
        else:
            tops[pile], ends[pile] = place, number
    chain, at = [], ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a comparison: they stand in both texts, were taken out, or were put in."""

    how: Literal["same", "gone", "new"]
    words: str


LONGEST_COMPARED = 600  # words a side: comparing takes time in the product of the two lengths


def changed_words(before: str, now: str) -> str:
    """Both texts as one line: words that went out in [-…-], words that came in in {+…+}."""
    signs = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    return " ".join(piece.words.join(signs[piece.how]) for piece in word_diff(before, now))


def word_diff(before: str, now: str) -> tuple[Piece, ...]:
    """`before` and `now` word by word. Longer texts than `LONGEST_COMPARED` words come whole, one gone and one new."""
    left, right = before.split(), now.split()
    if max(len(left), len(right)) > LONGEST_COMPARED:
        return tuple(Piece(how, words) for how, words in (("gone", before), ("new", now)) if words)  # type: ignore[arg-type]
    matcher = SequenceMatcher(None, [plain(word) for word in left], [plain(word) for word in right], False)
    pieces = []
    for how, start, end, begin, stop in matcher.get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", " ".join(right[begin:stop])))
            continue
        if end > start:
            pieces.append(Piece("gone", " ".join(left[start:end])))
        if stop > begin:
            pieces.append(Piece("new", " ".join(right[begin:stop])))
    return tuple(pieces)
