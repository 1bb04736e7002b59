"""The headline figures of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.records import JUDGEMENTS, ClaimCard, Judgement, Report


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims got one label of a scale."""

    judgement: Judgement
    label: str
    letter: str
    word: str
    claims: int


@dataclass(frozen=True, slots=True)
class Part:
    """How many claims have one outlet or source, and how many of them are judged."""

    name: str
    claims: int
    judged: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over all claims of a report. Checked includes approved, open includes in review."""

    articles: int
    claims: int
    checked: int
    open: int
    waived: int
    not_claims: int
    stale: int
    lost: int
    sentences: int
    settled: int
    tallies: tuple[Tally, ...]
    outlets: tuple[Part, ...] = ()  # most claims first
    sources: tuple[Part, ...] = ()

    @property
    def coverage(self) -> float:
        """Share of all sentences that are settled, 0..1 (1 when there are none)."""
        return self.settled / self.sentences if self.sentences else 1.0


def figures(report: Report) -> Figures:
    """The headline figures of `report`, labels in the order of their scales."""
    cards = [card for article in report.articles for card in article.cards]
    status = Counter(card.row.status for card in cards)
    rows = [article.view.row for article in report.articles]
    return Figures(
        articles=len(rows),
        claims=len(cards),
        checked=status["checked"] + status["approved"],
        open=status["open"] + status["in review"],
        waived=status["waived"],
        not_claims=status["not a claim"],
        stale=sum(card.row.stale for card in cards),
        lost=sum(card.row.anchor_state == "lost" for card in cards),
        sentences=sum(row.sentences for row in rows),
        settled=sum(row.settled for row in rows),
        tallies=_tallies(report, cards),
        outlets=_parts((card.row.outlet, card) for card in cards),
        sources=_parts((card.row.source, card) for card in cards),
    )


def _parts(named: Iterable[tuple[str | None, ClaimCard]]) -> tuple[Part, ...]:
    """Claims by name, most first and then in the order of the alphabet; what has no name is left out."""
    claims: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for name, card in named:
        if name:
            claims[name] += 1
            judged[name] += card.truth is not None or card.attribution is not None
    ordered = sorted(claims, key=lambda name: (-claims[name], name))
    return tuple(Part(name, claims[name], judged[name]) for name in ordered)


def _tallies(report: Report, cards: list[ClaimCard]) -> tuple[Tally, ...]:
    """Verdicts counted by label; a label that is no longer on any scale comes last."""
    order = {(scale.judgement, label.id): len(scale.labels) for scale in report.scales for label in scale.labels}
    place = {key: index for index, key in enumerate(order)}
    found: Counter[Tally] = Counter()
    keys: dict[Tally, tuple[int, int, str]] = {}
    for card in cards:
        for rank, verdict in enumerate((card.truth, card.attribution)):
            if verdict is None:
                continue
            judgement = JUDGEMENTS[rank]
            tally = Tally(judgement, verdict.label_text, verdict.letter, verdict.word, 0)
            found[tally] += 1
            keys[tally] = (rank, place.get((judgement, verdict.label), len(place)), verdict.label_text)
    return tuple(
        Tally(tally.judgement, tally.label, tally.letter, tally.word, found[tally])
        for tally in sorted(found, key=lambda tally: (*keys[tally], tally.letter, tally.word))
    )
