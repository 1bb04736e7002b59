"""A quote against what was said: the best passage of any number of texts, and how the words differ. Pure.

The classes are those of the taxonomy of misquotes (reference taxonomies 4.2). The machine says how the words differ;
whether that changes the meaning is a person's answer. What is not found is not found in the texts given, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.match import margins
from workbench.match.differences import Difference, Finding, judge, parted
from workbench.match.diff import Operation
from workbench.match.passages import Spoken, spoken
from workbench.match.printed import Printed, printed
from workbench.match.speakers import same_voice
from workbench.match.tracing import Trace, trace
from workbench.match.weights import mass
from workbench.spans import Span
from workbench.text import fold

QuoteClass = Literal[
    "verbatim", "cleaned", "altered_word", "negation", "hedge_dropped", "number_changed", "truncated_marked",
    "truncated_unmarked", "spliced", "inserted", "bracketed", "misattributed", "composite", "not_found",
]  # fmt: skip

_ENOUGH = 0.55  # of what the quote tells must be found
_ENOUGH_WORDS = 0.5
_TELLING = 7.0  # what a changed quote must still tell
_DISTANT = 30  # words that a quote may leap without being a splice
_SENTENCES = 2
_SCATTERED = 1.6  # words of the text for each word of the quote


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the quote against a stretch of the text: spans are code points into each, empty where absent."""

    operation: Operation
    printed: Span
    said: Span
    kind: str  # "", or what the difference is: cleaned, negation, hedge, number, altered, inserted, cut, marked cut, …


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
        traced = trace(made, words, lambda said: same_voice(speaker, said))
        if traced is not None and (best is None or traced.told > best[0] + 1e-9):
            best = (traced.told, index, traced)
    if best is None or not _enough(words, best[2]):
        return Found("not_found", (), None, (), (), (), (), 0.0, len(texts))
    return _account(words, best[2], best[1], speaker, len(texts))


def _enough(words: Printed, traced: Trace) -> bool:
    """Whether what was found is more than an accident of common words."""
    own = [word.text for index, word in enumerate(words.words) if index not in words.bracketed]
    count, told = len(traced.matches), mass(own)
    runs = _runs(traced)
    longest = max(runs)
    if count == len(own) and longest == count:
        return True
    if traced.told < _ENOUGH * told or count < _ENOUGH_WORDS * len(own) or count < 2:
        return False
    reach = sum(_reach(stretch) for stretch in _stretches(words, traced))
    compact = reach <= _SCATTERED * count + 4 or longest >= 4
    return compact and (traced.told >= _TELLING or count >= 0.8 * len(own)) and longest >= min(3, len(own) - 1)


def _runs(traced: Trace) -> list[int]:
    runs = [1]
    for one, other in zip(traced.matches, traced.matches[1:], strict=False):
        if other[1] == one[1] + 1 and other[0] == one[0] + 1:
            runs[-1] += 1
        else:
            runs.append(1)
    return runs


def _reach(stretch: list[tuple[int, int]]) -> int:
    return stretch[-1][1] - stretch[0][1] + 1


def _stretches(words: Printed, traced: Trace) -> list[list[tuple[int, int]]]:
    """The matches by stretch: a new one begins where the quote leaps to another voice, backwards, or far ahead."""
    made = traced.spoken
    stretches: list[list[tuple[int, int]]] = []
    for match in traced.matches:
        last = stretches[-1][-1] if stretches else None
        if last is None or _leaps(words, made, last, match):
            stretches.append([])
        stretches[-1].append(match)
    return stretches


def _leaps(words: Printed, made: Spoken, one: tuple[int, int], other: tuple[int, int]) -> bool:
    if made.voice(one[1]) != made.voice(other[1]) or other[1] <= one[1]:
        return True
    if any(one[0] < cut <= other[0] for cut in words.cuts):
        return False
    return other[1] - one[1] > _DISTANT and margins.stops(made, one[1], other[1]) >= _SENTENCES


def _account(words: Printed, traced: Trace, index: int, speaker: str | None, searched: int) -> Found:
    made = traced.spoken
    stretches = _stretches(words, traced)
    report = _Report(words, made)
    for number, stretch in enumerate(stretches):
        if number == 0:
            report.beginning(stretch[0])
        else:
            report.leap(stretches[number - 1][-1], stretch[0])
        report.inside(stretch)
    report.ending(stretches[-1][-1])
    speakers = tuple(dict.fromkeys(name for stretch in stretches if (name := made.speaker(stretch[0][1]))))
    agrees = [same_voice(speaker, name, made.turn_of[stretches[0][0][1]].office) for name in speakers]
    if len(speakers) > 1 or (speakers and all(answer is False for answer in agrees)):
        report.alarms.add("speaker")
    quote_class = report.quote_class(len(stretches), len(speakers), "speaker" in report.alarms)
    lines = sorted({made.line(at) for stretch in stretches for _, at in stretch})
    passages = tuple(_hull(made, stretch) for stretch in stretches)
    whole = mass(word.text for word in words.words) or 1.0
    alarms = tuple(name for name in ("negation", "hedge", "number", "speaker") if name in report.alarms)
    return Found(
        quote_class, alarms, index, tuple(lines), speakers, passages, tuple(report.steps),
        round(min(1.0, traced.told / whole), 4), searched,
    )  # fmt: skip


def _hull(made: Spoken, stretch: list[tuple[int, int]]) -> Span:
    said = [made.words[at] for _, at in stretch]
    return Span(min(word.start for word in said), max(word.end for word in said))


class _Report:
    """Goes along a traced quote and gathers what differs, with the places."""

    def __init__(self, words: Printed, made: Spoken) -> None:
        self.words, self.made = words, made
        self.steps: list[Step] = []
        self.kinds: set[str] = set()
        self.alarms: set[str] = set()

    # ---- along the quote ------------------------------------------------------------------------------------------

    def inside(self, stretch: list[tuple[int, int]]) -> None:
        """The words in common and the differences between them."""
        pairs = list(zip(stretch, stretch[1:], strict=False))
        gaps = [(one, other) for one, other in pairs if other[0] != one[0] + 1 or other[1] != one[1] + 1 or
                self._dotted(one[0], other[0])]  # fmt: skip
        joined = self._joined(gaps)
        start = stretch[0]
        for one, other in joined:
            self._equal([match for match in stretch if start[0] <= match[0] <= one[0]])
            self._gap(one, other)
            start = other
        self._equal([match for match in stretch if match[0] >= start[0]])

    def _joined(self, gaps: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Gaps with one or two small words between them are one difference where words came in at one and went at the other."""
        merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        for one, other in gaps:
            if merged:
                first, last = merged[-1]
                between = [self.words.words[at].text for at in range(last[0], one[0] + 1)]
                went = (last[1] - first[1] - 1, other[1] - one[1] - 1)
                came = (last[0] - first[0] - 1, other[0] - one[0] - 1)
                if len(between) <= 2 and mass(between) < 3.5 and any(went) and any(came) and (
                    (went[0] > 0 and came[0] == 0 and came[1] > 0) or (came[0] > 0 and went[0] == 0 and went[1] > 0)
                ) and not any(self.words.bracketed & set(range(a[0], b[0])) for a, b in ((first, last), (one, other))):
                    merged[-1] = (first, other)
                    continue
            merged.append((one, other))
        return merged

    def _dotted(self, one: int, other: int) -> bool:
        return any(one < cut <= other for cut in self.words.cuts)

    def _equal(self, matches: list[tuple[int, int]]) -> None:
        if not matches:
            return
        said, shown = self._said(matches[0][1], matches[-1][1] + 1), self._shown(matches[0][0], matches[-1][0] + 1)
        plain = all(self._raw_equal(*match) for match in matches)
        if not plain:
            self.kinds.add("cleaned")
        self.steps.append(Step("equal", shown, said, "" if plain else "cleaned"))

    def _raw_equal(self, shown: int, said: int) -> bool:
        one, other = self.words.words[shown], self.made.words[said]
        if one.text in ("dollars", "euros", "pounds", "percent"):
            return one.text != "percent" or _bare(self.words.text, one) == _bare(self.made.text, other)
        return _bare(self.words.text, one) == _bare(self.made.text, other)

    def _said(self, first: int, last: int) -> Span:
        words = self.made.words[first:last]
        return Span(min(w.start for w in words), max(w.end for w in words)) if words else Span(0, 0)

    def _shown(self, first: int, last: int) -> Span:
        words = self.words.words[first:last]
        return Span(min(w.start for w in words), max(w.end for w in words)) if words else Span(0, 0)

    def _gap(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        removed, added = range(one[1] + 1, other[1]), range(one[0] + 1, other[0])
        own = [at for at in added if at not in self.words.bracketed]
        dotted = self._dotted(one[0], other[0])
        finding = self._finding(removed, own, one, other)
        if len(own) < len(added):
            self.kinds.add("bracketed")
            if not own:
                finding = Finding("cleaned") if not removed or len(removed) <= 2 * len(added) + 2 else finding
                return self._add("bracketed", finding, added, removed, count=finding.kind != "cleaned")
        if dotted and removed and not own:
            self.kinds.add("marked")
            return self._add("marked cut", Finding("cleaned"), added, removed, count=False)
        if dotted and not removed and not own:
            return None
        return self._add(finding.kind, finding, added, removed)

    def _finding(self, removed: range, own: list[int], one: tuple[int, int], other: tuple[int, int]) -> Finding:
        made, words = self.made, self.words.words
        if own and all(at in self.words.round for at in own) and not removed:
            return Finding("inserted")
        before_text = made.text[made.words[one[1]].end : made.words[min(one[1] + 1, len(made.words) - 1)].start]
        last = made.words[other[1] - 1] if removed else made.words[one[1]]
        after_text = made.text[last.end : made.words[other[1]].start]
        between = (before_text, after_text)
        return judge(
            Difference(
                tuple(made.words[at].text for at in removed),
                tuple(words[at].text for at in own),
                words[one[0]].text,
                words[other[0]].text,
                any(parted(text[:20]) for text in between),
                bool(removed) and margins.stops(made, one[1], one[1] + 1) > 0,
                tuple(word.text for word in made.words[other[1] : other[1] + max(4, len(removed))]),
                tuple(word.text for word in made.words[max(0, one[1] + 1 - max(4, len(removed))) : one[1] + 1]),
            )
        )

    def _add(self, kind: str, finding: Finding, added: range, removed: range, count: bool = True) -> None:
        if count:
            self.kinds.add(finding.kind)
            self.alarms |= set(finding.alarms)
        shown, said = self._shown(added.start, added.stop), self._said(removed.start, removed.stop)
        operation: Operation = "replace" if added and removed else "insert" if added else "delete"
        if added or removed:
            self.steps.append(Step(operation, shown, said, kind))

    def leap(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        """From one stretch to the next; words that stand in neither were put in."""
        own = [at for at in range(one[0] + 1, other[0]) if at not in self.words.bracketed]
        finding = judge(Difference((), tuple(self.words.words[at].text for at in own)))
        self._add("leap", finding, range(one[0] + 1, other[0]), range(0), count=bool(own))

    # ---- where it begins and ends ------------------------------------------------------------------------------------

    def beginning(self, first: tuple[int, int]) -> None:
        """What stands in the text before the quote begins, and words printed that were not said there."""
        margin = margins.before(self.made, first[1])
        if first[0] > 0:
            low = max(first[1] - len(margin.words), first[1] - first[0] - 2)
            self._loose(range(first[0]), range(low, first[1]), first, True)
        elif 0 in self.words.cuts:
            self.kinds.add("marked")
        else:
            self._margin(margins.cut_before(margin, self.words.texts, self._sentence()), "before", first[1], len(margin.words))

    def ending(self, last: tuple[int, int]) -> None:
        """The same for the end."""
        margin = margins.after(self.made, last[1])
        left = range(last[0] + 1, len(self.words.words))
        if left:
            high = min(last[1] + 1 + len(margin.words), last[1] + len(left) + 6)
            self._loose(left, range(last[1] + 1, high), last, False)
        elif len(self.words.words) in self.words.cuts:
            if not self._trails(last[1]):
                self.kinds.add("marked")
        else:
            self._margin(margins.cut_after(margin, self.words.texts, self._sentence()), "after", last[1], len(margin.words))

    def _trails(self, at: int) -> bool:
        """Whether the speaker breaks off where the dots stand."""
        end = self.made.words[at].end
        return self.made.text[end : end + 3].strip().startswith(("...", "…", "--", "—"))

    def _loose(self, shown: range, said: range, anchor: tuple[int, int], first: bool) -> None:
        """Words at an end of the quote that were not said: instead of others, or besides."""
        own = [at for at in shown if at not in self.words.bracketed]
        if not own:
            self.kinds.add("bracketed")
            self._add("bracketed", Finding("cleaned"), shown, said[-1:] if first else said[:1], count=False)
            return
        if len(own) < len(shown):
            self.kinds.add("bracketed")
        removed = tuple(self.made.words[at].text for at in said)
        added = tuple(self.words.words[at].text for at in own)
        word = self.words.words[anchor[0]].text
        finding = judge(Difference(removed, added, "" if first else word, word if first else ""))
        if not removed:
            finding = judge(Difference((), added, "" if first else word, word if first else ""))
        self._add(finding.kind, finding, shown, said)

    def _margin(self, cut: margins.Cut, side: str, at: int, size: int) -> None:
        if cut.hedge:
            self.kinds.add("hedge")
            self.alarms.add("hedge")
        if cut.negation:
            self.alarms.add("negation")
        if cut.limited:
            self.kinds.add("cut")
        if cut.hedge or cut.limited or cut.negation:
            said = range(at - size, at) if side == "before" else range(at + 1, at + 1 + size)
            step = Step("delete", Span(0, 0), self._said(said.start, said.stop), "hedge" if cut.hedge else "cut")
            if side == "before":
                self.steps.insert(0, step)
            else:
                self.steps.append(step)

    def _sentence(self) -> bool:
        """Whether the quote is printed as a sentence of its own: a capital first, a mark at the end or none."""
        text = self.words.text.strip().strip("\"“”‘’'«»")
        first = next((letter for letter in text if letter.isalpha()), "a")
        if not first.isupper():
            return False
        return text[-1:] in ".!?," or not (text.startswith(("I ", "I’", "I'")))

    # ---- what it all comes to ----------------------------------------------------------------------------------------------

    def quote_class(self, stretches: int, speakers: int, other_speaker: bool) -> QuoteClass:
        """The class that says most about how the words differ."""
        if speakers > 1:
            return "composite"
        if other_speaker:
            return "misattributed"
        if stretches > 1:
            return "spliced"
        for kind, name in _ORDER:
            if kind in self.kinds:
                return name
        return "bracketed" if self.words.edited else "verbatim"


_ORDER: tuple[tuple[str, QuoteClass], ...] = (
    ("negation", "negation"),
    ("number", "number_changed"),
    ("hedge", "hedge_dropped"),
    ("altered", "altered_word"),
    ("inserted", "inserted"),
    ("cut", "truncated_unmarked"),
    ("marked", "truncated_marked"),
    ("bracketed", "bracketed"),
    ("cleaned", "cleaned"),
)


def _bare(text: str, word: object) -> str:
    start, end = word.start, word.end  # type: ignore[attr-defined]
    return "".join(letter for letter in fold(text[start:end]).replace("ʼ", "'") if letter not in "[]()-‑ \n,")
