"""A quote against what was said: the best passage of any number of texts, and how the words differ. Pure.

The classes are those of the taxonomy of misquotes (reference taxonomies 4.2). The machine says how the words differ;
whether that changes the meaning is a person's answer. What is not found is not found in the texts given, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.match import margins
from workbench.match.accounts import Account, QuoteClass, Step
from workbench.match.differences import opposite, without_fillers
from workbench.match.passages import Spoken, spoken
from workbench.match.printed import Printed, printed
from workbench.match.speakers import same_voice
from workbench.match.spoken import mass, telling
from workbench.match.tracing import Match, Trace, trace
from workbench.spans import Span

_ENOUGH = 0.55  # of what the quote tells must be found
_ENOUGH_WORDS = 0.5
_TOGETHER = 0.85  # of a quote that is put together from several places
_TELLING = 7.0  # what a changed quote must still tell
_DISTANT = 30  # words that a quote may leap without being a splice
_SENTENCES = 2
_SCATTERED = 1.6  # words of the text for each word of the quote


@dataclass(frozen=True, slots=True)
class Found:
    """The best account of a quote. `text` is the index of the text; `lines` count from 1; `score` is 0..1."""

    quote_class: QuoteClass
    alarms: tuple[str, ...]
    text: int | None
    lines: tuple[int, ...]
    speakers: tuple[str, ...]
    passages: tuple[Span, ...]
    steps: tuple[Step, ...]
    score: float
    searched: int

    @property
    def found(self) -> bool:
        """Whether anything like the quote stands in the texts."""
        return self.quote_class != "not_found"


def verify(quote: str, texts: Sequence[Spoken | str], speaker: str | None = None) -> Found:
    """The best account of `quote` out of `texts`; `speaker` is to whom it is attributed.

    A text may be given as an index made before (`spoken`): then a quote costs milliseconds.
    """
    words = printed(quote)
    best: tuple[float, int, Trace] | None = None
    for index, given in enumerate(texts):
        made = given if isinstance(given, Spoken) else spoken(str(index), given)
        traced = trace(made, words, _voices(made, speaker).get)
        if traced is not None and (best is None or traced.told > best[0] + 1e-9):
            best = (traced.told, index, traced)
    if best is None or not _enough(words, best[2]):
        return Found("not_found", (), None, (), (), (), (), 0.0, len(texts))
    return _account(words, best[2], best[1], speaker, len(texts))


def _voices(made: Spoken, speaker: str | None) -> dict[str | None, bool | None]:
    """Whether each speaker of a text is the one named. Where one is, those that could be are not."""
    offices = {turn.speaker: turn.office for turn in made.speech.turns if turn.speaker}
    known: dict[str | None, bool | None] = {name: same_voice(speaker, name, office) for name, office in offices.items()}
    if any(known.values()):
        return {name: bool(answer) for name, answer in known.items()}
    return known


def _enough(words: Printed, traced: Trace) -> bool:
    """Whether what was found is more than an accident of common words."""
    own = [word.text for index, word in enumerate(words.words) if index not in words.bracketed]
    count, told = len(traced.matches), mass(own)
    runs = _runs(traced)
    longest = max(runs)
    if count == len(own) and longest == count:
        return True
    if _whole_sentence(words, traced) and count >= 0.7 * len(own) and _reach(list(traced.matches)) <= count + 3:
        return True
    found = traced.told + _turned(words, traced)
    if found < _ENOUGH * told or count < _ENOUGH_WORDS * len(own) or count < 2:
        return False
    stretches = _stretches(words, traced)
    if len(stretches) > 1 and traced.told < _TOGETHER * told and not words.cuts:
        return False
    reach = sum(map(_reach, stretches))
    compact = reach <= _SCATTERED * count + 4 or longest >= 4
    fewest = 2 if words.cuts else min(3, len(own) - 1)
    return compact and (found >= _TELLING or count >= 0.8 * len(own)) and longest >= fewest


def _turned(words: Printed, traced: Trace) -> float:
    """What the words tell that were only turned round (“safe”, “unsafe”) right behind a word in common."""
    made, held = traced.spoken, dict(traced.matches)
    return sum(
        telling(words.words[index + 1].text)
        for index, at in traced.matches
        if index + 1 < len(words.words) and index + 1 not in held and at + 1 < len(made.words)
        and opposite(words.words[index + 1].text, made.words[at + 1].text)
    )  # fmt: skip


def _whole_sentence(words: Printed, traced: Trace) -> bool:
    """Whether the quote begins and ends where a sentence does: then few words tell that it is this one."""
    first, last = traced.matches[0], traced.matches[-1]
    whole = first[0] == 0 and last[0] == len(words.words) - 1 and last[1] > first[1] and len(traced.matches) > 2
    made = traced.spoken
    led = without_fillers(margins.before(made, first[1]).words, True)
    return whole and not led and not margins.after(made, last[1]).words


def _runs(traced: Trace) -> list[int]:
    runs = [1]
    for one, other in pairwise(traced.matches):
        if other[1] == one[1] + 1 and other[0] == one[0] + 1:
            runs[-1] += 1
        else:
            runs.append(1)
    return runs


def _reach(stretch: list[Match]) -> int:
    return stretch[-1][1] - stretch[0][1] + 1


def _stretches(words: Printed, traced: Trace) -> list[list[Match]]:
    """The matches by stretch: a new one begins where the quote leaps to another voice, backwards, or far ahead."""
    made = traced.spoken
    stretches: list[list[Match]] = []
    for match in traced.matches:
        last = stretches[-1][-1] if stretches else None
        if last is None or _leaps(words, made, last, match):
            stretches.append([])
        stretches[-1].append(match)
    return stretches


def _leaps(words: Printed, made: Spoken, one: Match, other: Match) -> bool:
    if made.voice(one[1]) != made.voice(other[1]) or other[1] <= one[1]:
        return True
    if any(one[0] < cut <= other[0] for cut in words.cuts):
        return False
    return other[1] - one[1] > _DISTANT and margins.stops(made, one[1], other[1]) >= _SENTENCES


def _account(words: Printed, traced: Trace, index: int, speaker: str | None, searched: int) -> Found:
    made = traced.spoken
    stretches = _stretches(words, traced)
    report = Account(words, made)
    for number, stretch in enumerate(stretches):
        if number == 0:
            report.beginning(stretch[0])
        else:
            report.leap(stretches[number - 1][-1], stretch[0])
        report.inside(stretch)
    report.ending(stretches[-1][-1])
    speakers = tuple(dict.fromkeys(name for stretch in stretches if (name := made.speaker(stretch[0][1]))))
    agrees = [_voices(made, speaker).get(name) for name in speakers]
    if len(speakers) > 1 or (speakers and all(answer is False for answer in agrees)):
        report.alarms.add("speaker")
    quote_class = report.quote_class(len(stretches), len(speakers), "speaker" in report.alarms)
    lines = sorted({made.line(at) for stretch in stretches for _, at in stretch})
    passages = _with_edges([_hull(made, stretch) for stretch in stretches], report.steps)
    whole = mass(word.text for word in words.words) or 1.0
    alarms = tuple(name for name in ("negation", "hedge", "number", "speaker") if name in report.alarms)
    return Found(
        quote_class, alarms, index, tuple(lines), speakers, passages, tuple(report.steps),
        round(min(1.0, traced.told / whole), 4), searched,
    )  # fmt: skip


def _with_edges(hulls: list[Span], steps: Sequence[Step]) -> tuple[Span, ...]:
    """The passages with the words at their ends for which others are printed, or whose hedge is not."""
    first, last = steps[0], steps[-1]
    if _replaces(first) and first.said.end <= hulls[0].start:
        hulls[0] = Span(first.said.start, hulls[0].end)
    if _replaces(last) and last.said.start >= hulls[-1].end:
        hulls[-1] = Span(hulls[-1].start, last.said.end)
    return tuple(hulls)


def _replaces(step: Step) -> bool:
    return step.said.start < step.said.end and (step.operation == "replace" or step.kind == "hedge")


def _hull(made: Spoken, stretch: list[Match]) -> Span:
    said = [made.words[at] for _, at in stretch]
    return Span(min(word.start for word in said), max(word.end for word in said))
