"""A transcript or any text as an index in which the passages that a quote may come from are found in milliseconds.

Words are kept by voice: what one speaker says in one go, short interruptions by others aside, so that a passage never
runs over from one speaker to the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workbench.language.speech import Speech, Turn, speech
from workbench.match.spoken import Token, telling, tokens

_INTERRUPTION = 6  # words of another speaker across which one goes on
_COMMON = 60  # places of a word beyond which it points nowhere by itself
_COMMON_PAIR = 400
_BEST = 6  # windows looked into


@dataclass(frozen=True, slots=True)
class Window:
    """A range of word numbers inside one voice, and how much of the quote seems to be there."""

    start: int
    end: int
    promise: float


@dataclass(slots=True)
class Spoken:
    """One text, indexed. Built once a text; `name` is how people know it.

    `words` are numbered voice by voice; `voices` holds where each voice begins, `turn_of` the turn of every word.
    """

    name: str
    text: str
    speech: Speech
    words: list[Token] = field(default_factory=list)
    turn_of: list[Turn] = field(default_factory=list)
    voices: list[int] = field(default_factory=list)
    single: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[tuple[str, str], int | list[int]] = field(default_factory=dict)  # most stand in one place only

    @property
    def named(self) -> bool:
        """Whether the text says who speaks."""
        return any(turn.speaker for turn in self.speech.turns)

    def voice(self, at: int) -> tuple[int, int]:
        """The range of word numbers of the voice that holds word `at`."""
        index = bisect_right(self.voices, at)
        return self.voices[index - 1], self.voices[index] if index < len(self.voices) else len(self.words)

    def speaker(self, at: int) -> str | None:
        """Who says word `at`."""
        return self.turn_of[at].speaker

    def line(self, at: int) -> int:
        """The line that word `at` stands on, from 1."""
        return self.speech.line(self.words[at].start)


def spoken(name: str, text: str) -> Spoken:
    """Index a text. Linear in its length."""
    made = Spoken(name, text, speech(text))
    said = [_said(made, turn) for turn in made.speech.turns]
    for voice in _voices(made.speech.turns, said):
        made.voices.append(len(made.words))
        for index in voice:
            made.words += said[index]
            made.turn_of += [made.speech.turns[index]] * len(said[index])
    made.voices = [start for start in made.voices if start < len(made.words)] or [0]
    _index(made)
    return made


def _said(made: Spoken, turn: Turn) -> list[Token]:
    """The words of a turn without remarks such as [applause]."""
    found = tokens(made.text, turn.words.start, turn.words.end)
    asides = made.speech.asides
    at = bisect_right(asides, turn.words.start, key=lambda aside: aside.end)
    for aside in asides[at:]:
        if aside.start >= turn.words.end:
            break
        found = [word for word in found if word.end <= aside.start or word.start >= aside.end]
    return found


def _voices(turns: Sequence[Turn], said: Sequence[list[Token]]) -> list[list[int]]:
    """Indexes of turns by voice: a speaker goes on after his own turn, or after a word or two of somebody else."""
    voices: list[list[int]] = []
    current = previous = -1  # the voice that speaks, and the one that it broke into
    for index, turn in enumerate(turns):
        if current >= 0 and turns[voices[current][0]].speaker == turn.speaker:
            voices[current].append(index)
        elif (
            previous >= 0
            and turn.speaker
            and turns[voices[previous][0]].speaker == turn.speaker
            and (sum(len(said[one]) for one in voices[current]) <= _INTERRUPTION)
        ):
            voices[previous].append(index)
            current, previous = previous, current
        else:
            voices.append([index])
            current, previous = len(voices) - 1, current
    return voices


def _index(made: Spoken) -> None:
    starts = set(made.voices)
    before = ""
    for at, word in enumerate(made.words):
        made.single[word.text].append(at)
        if at not in starts:
            _note(made.pairs, (before, word.text), at - 1)
        before = word.text


def _note(pairs: dict[tuple[str, str], int | list[int]], pair: tuple[str, str], at: int) -> None:
    known = pairs.get(pair)
    if known is None:
        pairs[pair] = at
    elif isinstance(known, int):
        pairs[pair] = [known, at]
    else:
        known.append(at)


def _places(made: Spoken, pair: tuple[str, str]) -> Sequence[int]:
    known = made.pairs.get(pair, ())
    return (known,) if isinstance(known, int) else known


def windows(made: Spoken, quote: Sequence[str]) -> list[Window]:
    """The places where most of the quote seems to stand, best first."""
    width = max(24, len(quote) + len(quote) // 2)
    buckets: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for at, index, tells in _hits(made, quote) or _rarest_pair(made, quote):
        start, _ = made.voice(at)
        number = (at - start) // width
        for bucket in (number, number - 1):
            buckets[start, bucket][index] = tells
    ranked = sorted(buckets.items(), key=lambda entry: (-sum(entry[1].values()), entry[0]))[:_BEST]
    return [_window(made, start, bucket, width, len(quote), sum(found.values())) for (start, bucket), found in ranked]


def _window(made: Spoken, start: int, bucket: int, width: int, size: int, promise: float) -> Window:
    low, high = made.voice(start)
    room = size // 2 + 6
    first, last = start + bucket * width - room, start + (bucket + 2) * width + room
    return Window(max(low, first), min(high, last), promise)


def _hits(made: Spoken, quote: Sequence[str]) -> list[tuple[int, int, float]]:
    """Places in the text, each with the word of the quote that it may be and what that tells."""
    found: list[tuple[int, int, float]] = []
    for index, word in enumerate(quote):
        places = made.single.get(word, ())
        if len(places) <= _COMMON:
            found += [(at, index, telling(word)) for at in places]
        pair = _places(made, (word, quote[index + 1])) if index + 1 < len(quote) else ()
        if len(pair) <= _COMMON_PAIR:
            tells = telling(word) + 0.5 * telling(quote[index + 1]) if pair else 0.0
            found += [(at, index, tells) for at in pair]
    return found


def _rarest_pair(made: Spoken, quote: Sequence[str]) -> list[tuple[int, int, float]]:
    """The first places of the rarest two neighbours of a quote that is all of common words."""
    known = [
        (len(_places(made, pair)), index, pair) for index, pair in enumerate(pairwise(quote)) if pair in made.pairs
    ]
    if not known:
        return [(at, 0, 1.0) for at in made.single.get(quote[0], ())[:_COMMON_PAIR]] if len(quote) == 1 else []
    _, index, pair = min(known)
    return [(at, index, 1.0) for at in _places(made, pair)[:_COMMON_PAIR]]
