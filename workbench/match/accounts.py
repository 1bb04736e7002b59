"""Going along a quote that was followed through a text: each difference, its place and what it amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from workbench.language.figures import changed, figures
from workbench.match import margins
from workbench.match.diff import Operation
from workbench.match.differences import Difference, Finding, judge, negative, parted
from workbench.match.passages import Spoken
from workbench.match.printed import Printed
from workbench.match.spoken import Token, mass
from workbench.match.tracing import Match
from workbench.spans import Span
from workbench.text import fold

QuoteClass = Literal[
    "verbatim", "cleaned", "altered_word", "negation", "hedge_dropped", "number_changed", "truncated_marked",
    "truncated_unmarked", "spliced", "inserted", "bracketed", "misattributed", "composite", "not_found",
]  # fmt: skip

_SMALL = 3.5  # words that tell less do not divide two differences


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the quote against a stretch of the text: spans are code points into each, empty where absent."""

    operation: Operation
    printed: Span
    said: Span
    kind: str  # "", or what the difference is: cleaned, negation, hedge, number, altered, inserted, cut, marked cut, …


class Account:
    """Goes along a traced quote and gathers what differs, with the places."""

    def __init__(self, words: Printed, made: Spoken) -> None:
        self.words, self.made = words, made
        self.steps: list[Step] = []
        self.kinds: set[str] = set()
        self.alarms: set[str] = set()
        self.beside: set[int] = set()  # words of the quote after which something went out that dots near by mark

    # ---- along the quote ------------------------------------------------------------------------------------------

    def inside(self, stretch: list[Match]) -> None:
        """The words in common and the differences between them."""
        pairs = list(pairwise(stretch))
        gaps = [(one, other) for one, other in pairs if other[0] != one[0] + 1 or other[1] != one[1] + 1 or
                self._dotted(one[0], other[0])]  # fmt: skip
        joined = self._joined(gaps)
        first = stretch[0][0]
        for one, other in joined:
            left, right = self._shared(one, other)
            self._equal([match for match in stretch if first <= match[0] <= one[0] - left])
            self._gap(one, other, (left, right))
            first = other[0] + right
        self._equal([match for match in stretch if match[0] >= first])

    def _shared(self, one: Match, other: Match) -> tuple[int, int]:
        """Whether what differs shares its place with a word in common before or after (“isn’t” holds “is”): then
        that word is shown with it."""
        said, shown = self.made.words, self.words.words
        left = (other[1] - one[1] > 1 and _overlap(said[one[1]], said[one[1] + 1])) or (
            other[0] - one[0] > 1 and _overlap(shown[one[0]], shown[one[0] + 1])
        )
        right = (other[1] - one[1] > 1 and _overlap(said[other[1] - 1], said[other[1]])) or (
            other[0] - one[0] > 1 and _overlap(shown[other[0] - 1], shown[other[0]])
        )
        return int(left), int(right)

    def _joined(self, gaps: list[tuple[Match, Match]]) -> list[tuple[Match, Match]]:
        """Gaps that only a small word or two divide are one difference, where that says more than two."""
        merged: list[tuple[Match, Match]] = []
        for gap in gaps:
            if merged and self._beside_dots(merged[-1], gap):
                self.beside |= {merged[-1][0][0], gap[0][0]}
            if merged and self._belong(merged[-1], gap):
                merged[-1] = (merged[-1][0], gap[1])
            else:
                merged.append(gap)
        return merged

    def _belong(self, one: tuple[Match, Match], other: tuple[Match, Match]) -> bool:
        """Whether words went out at one gap and others came in at the next."""
        between = [self.words.words[at].text for at in range(one[1][0], other[0][0] + 1)]
        if len(between) > 2 or mass(between) >= _SMALL:
            return False
        went = [gap[1][1] - gap[0][1] - 1 for gap in (one, other)]
        came = [gap[1][0] - gap[0][0] - 1 for gap in (one, other)]
        if any(self.words.bracketed & set(range(gap[0][0], gap[1][0])) for gap in (one, other)):
            return False
        if self._dotted(one[0][0], one[1][0]) or self._dotted(other[0][0], other[1][0]):
            return False
        return (bool(went[0]) and not came[0] and bool(came[1])) or (bool(came[0]) and not went[0] and bool(went[1]))

    def _beside_dots(self, one: tuple[Match, Match], other: tuple[Match, Match]) -> bool:
        """Whether dots at one of two gaps, a small word or two apart, mark what went out at the other."""
        between = [self.words.words[at].text for at in range(one[1][0], other[0][0] + 1)]
        if len(between) > 2 or mass(between) >= _SMALL:
            return False
        came = any(gap[1][0] - gap[0][0] > 1 for gap in (one, other))
        return not came and (self._dotted(one[0][0], one[1][0]) != self._dotted(other[0][0], other[1][0]))

    def _dotted(self, one: int, other: int) -> bool:
        return one in self.beside or any(one < cut <= other for cut in self.words.cuts)

    def _equal(self, matches: list[Match]) -> None:
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
        words, text = self.words.words[first:last], self.words.text
        if not words:
            return Span(0, 0)
        start, end = min(w.start for w in words), max(w.end for w in words)
        if (
            self.words.bracketed.issuperset(range(first, last))
            and text[start - 1 : start] + text[end : end + 1] == "[]"
        ):
            return Span(start - 1, end + 1)
        return Span(start, end)

    def _gap(self, one: Match, other: Match, wider: tuple[int, int]) -> None:
        removed, added = range(one[1] + 1, other[1]), range(one[0] + 1, other[0])
        own = [at for at in added if at not in self.words.bracketed]
        dotted = self._dotted(one[0], other[0])
        finding = self._finding(removed, own, one, other)
        if len(own) < len(added):
            self.kinds.add("bracketed")
            self._declared([at for at in added if at in self.words.bracketed], removed)
            if not own:
                finding = Finding("cleaned") if not removed or len(removed) <= 2 * len(added) + 2 else finding
                return self._add("bracketed", finding, added, removed, finding.kind != "cleaned", wider)
        if dotted and removed and not own:
            self.kinds.add("marked")
            return self._add("marked cut", Finding("cleaned"), added, removed, False, wider)
        if dotted and not removed and not own:
            return None
        return self._add(finding.kind, finding, added, removed, True, wider)

    def _declared(self, added: list[int], removed: range) -> None:
        """What stands in brackets is declared, but a “[not]” turns the quote, and a figure for another changes it."""
        came = [self.words.words[at].text for at in added]
        went = [self.made.words[at].text for at in removed]
        if negative(came) != negative(went) and (negative(came) or len(went) <= len(came) + 2):
            self.alarms.add("negation")
        if went and figures(went).amounts and figures(came).amounts and changed(went, came):
            self.alarms.add("number")

    def _finding(self, removed: range, own: list[int], one: Match, other: Match) -> Finding:
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
                tuple(word.text for word in made.words[max(0, one[1] + 1 - max(8, len(removed))) : one[1] + 1]),
            )
        )

    def _add(
        self, kind: str, finding: Finding, added: range, removed: range, count: bool = True,
        wider: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        if count:
            self.kinds.add(finding.kind)
            self.alarms |= set(finding.alarms)
        left, right = wider
        shown = self._shown(added.start - left, added.stop + right)
        said = self._said(removed.start - left, removed.stop + right)
        operation: Operation = "replace" if (added and removed) or left or right else "insert" if added else "delete"
        if added or removed:
            self.steps.append(Step(operation, shown, said, kind))

    def leap(self, one: Match, other: Match) -> None:
        """From one stretch to the next; words that stand in neither were put in."""
        own = [at for at in range(one[0] + 1, other[0]) if at not in self.words.bracketed]
        finding = judge(Difference((), tuple(self.words.words[at].text for at in own)))
        self._add("leap", finding, range(one[0] + 1, other[0]), range(0), count=bool(own))

    # ---- where it begins and ends ------------------------------------------------------------------------------------

    def beginning(self, first: Match) -> None:
        """What stands in the text before the quote begins, and words printed that were not said there."""
        margin = margins.before(self.made, first[1])
        size = len(margin.words)
        if size and margin.words == self.words.texts[first[0] : first[0] + size]:
            self.kinds.add("cleaned")  # begun twice
        elif first[0] > 0:
            low = max(first[1] - len(margin.words), first[1] - first[0] - 2)
            self._loose(range(first[0]), range(low, first[1]), first, True)
        elif 0 in self.words.cuts:
            self.kinds.add("marked")
        else:
            self._margin(
                margins.cut_before(margin, self.words.texts, self._sentence()), "before", first[1], len(margin.words)
            )

    def ending(self, last: Match) -> None:
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
            self._margin(
                margins.cut_after(margin, self.words.texts, self._sentence()), "after", last[1], len(margin.words)
            )

    def _trails(self, at: int) -> bool:
        """Whether the speaker breaks off where the dots stand."""
        end = self.made.words[at].end
        return self.made.text[end : end + 3].strip().startswith(("...", "…", "--", "—"))

    def _loose(self, shown: range, said: range, anchor: Match, first: bool) -> None:
        """Words at an end of the quote that were not said: instead of others, or besides."""
        own = [at for at in shown if at not in self.words.bracketed]
        if not own:
            self.kinds.add("bracketed")
            self._declared(list(shown), range(0))
            self._add("bracketed", Finding("cleaned"), shown, said[-1:] if first else said[:1], count=False)
            return
        if len(own) < len(shown):
            self.kinds.add("bracketed")
        near = said[-len(own) - 1 :] if first else said[: len(own) + 1]  # what the words stand for, not the whole rest
        near = self._clause(near, anchor[1], first)
        removed = tuple(self.made.words[at].text for at in near)
        added = tuple(self.words.words[at].text for at in own)
        beside = self.words.texts[anchor[0] : anchor[0] + 4] if first else self.words.texts[: anchor[0] + 1][-4:]
        sides = {"after": beside[0], "resumed": beside} if first else {"before": beside[-1], "led": beside}
        finding = judge(Difference(removed, added, **sides))  # type: ignore[arg-type]
        self._add(finding.kind, finding, shown, near)

    def _clause(self, said: range, anchor: int, first: bool) -> range:
        """Of the words beside `anchor` those that no mark divides from it, without a leading “and”."""
        words, text = self.made.words, self.made.text
        kept = list(said)
        for at in kept[-2::-1] if first else kept[1:]:
            one, other = (at, at + 1) if first else (at - 1, at)
            if parted(text[words[one].end : words[other].start]):
                kept = [each for each in kept if (each > at if first else each < at)]
                break
        while first and len(kept) > 1 and words[kept[0]].text in ("and", "but", "so"):
            kept = kept[1:]
        return range(kept[0], kept[-1] + 1) if kept else said

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

    # ---- what it all comes to --------------------------------------------------------------------------------

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


def _overlap(one: Token, other: Token) -> bool:
    return one.start < other.end and other.start < one.end


def _bare(text: str, word: Token) -> str:
    start, end = word.start, word.end
    return "".join(letter for letter in fold(text[start:end]).replace("ʼ", "'") if letter not in "[]()-‑ \n,")
