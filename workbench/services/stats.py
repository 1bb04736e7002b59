"""How far, how fast, who says what, who repeats what: the figures of `workbench stats` and of the desk's Stats."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import groupby
from statistics import median
from typing import Any

from db import figures, pages
from workbench.records import JUDGEMENTS, STATUSES, ClaimFilter, Judgement
from workbench.services import show
from workbench.services.store import Store

SITTING = 600.0  # seconds: a longer gap between two verdicts is a pause, not work on a claim
MOST = 10  # rows of speakers, outlets and families


@dataclass(frozen=True, slots=True)
class Tally:
    """A label of a scale and how many judgements carry it."""

    judgement: Judgement
    label: str
    letter: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source's claims; `truths` counts the normalised words of their truth verdicts."""

    id: int
    name: str
    kind: str
    claims: int
    open: int
    articles: int
    truths: dict[str, int]


@dataclass(frozen=True, slots=True)
class OutletFigures:
    """An outlet's claims; None is copy whose outlet is not known."""

    name: str | None
    articles: int
    claims: int
    open: int
    anonymous: int


@dataclass(frozen=True, slots=True)
class Pace:
    """A reviewer's work: verdicts that stand, days with a verdict, the median seconds from one to the next."""

    reviewer: str
    verdicts: int
    days: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A family that several articles carry."""

    id: int
    text: str
    size: int
    origins: int
    alarm: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """All figures over the claims of one filter. `days` maps a day (UTC) to its verdicts, gaps left out."""

    claims: int
    open: int
    articles: int
    stale: int
    lost: int
    statuses: dict[str, int]
    verdicts: tuple[Tally, ...]
    days: dict[str, int]
    paces: tuple[Pace, ...]
    speakers: tuple[Speaker, ...]
    outlets: tuple[OutletFigures, ...]
    repeated: tuple[Repeated, ...]

    @property
    def settled(self) -> float:
        """Share of the claims that want no decision any more, 0..1; 1 of none."""
        return 1 - self.open / self.claims if self.claims else 1.0


def collect(store: Store, wanted: ClaimFilter = ClaimFilter(), most: int = MOST) -> Stats:  # noqa: B008 - frozen
    """The figures over the claims of a filter; speakers, outlets and families at most `most` each, largest first."""
    where = pages.claims_where(asdict(wanted))
    scales = {scale.id: scale for scale in show.scales(store)}
    with store.reading() as reader:
        totals = figures.progress(reader, where)
        found = {row["status"]: row["number"] for row in figures.statuses(reader, where)}
        days = figures.days(reader, where)
        return Stats(
            totals["claims"],
            totals["open"],
            totals["articles"],
            totals["stale"],
            totals["lost"],
            {status: found[status] for status in STATUSES if status in found},
            _tallies(scales, figures.verdicts(reader, where)),
            _per_day(days),
            _paces(days, figures.gaps(reader, where, SITTING)),
            _speakers(reader, where, most),
            tuple(OutletFigures(*row) for row in figures.outlets(reader, where, most)),
            tuple(Repeated(*row) for row in figures.repeated(reader, where, most)),
        )


def _tallies(scales: dict[str, Any], rows: list[Any]) -> tuple[Tally, ...]:
    """In the order of the scales' labels, truth first; a label of a scale that is gone keeps its id."""
    numbers = {(row["judgement"], row["scale_id"], row["label"]): row["number"] for row in rows}
    known = [
        (scale.judgement, scale.id, label.id, (label.label, label.letter, label.word))
        for scale in scales.values()
        for label in scale.labels
    ]
    told = {key[:3] for key in known}
    known += [(*key, (key[2], "", "none")) for key in numbers if key not in told]
    known.sort(key=lambda each: JUDGEMENTS.index(each[0]))
    return tuple(
        Tally(judgement, *names, numbers[judgement, scale, label])
        for judgement, scale, label, names in known
        if (judgement, scale, label) in numbers
    )


def _per_day(rows: list[Any]) -> dict[str, int]:
    result: dict[str, int] = defaultdict(int)
    for row in rows:
        result[row["day"]] += row["number"]
    return dict(result)


def _paces(days: list[Any], gaps: list[Any]) -> tuple[Pace, ...]:
    between = {who: [row["seconds"] for row in rows] for who, rows in groupby(gaps, key=lambda row: row["reviewer"])}
    worked: dict[str, list[int]] = defaultdict(list)
    for row in days:
        worked[row["reviewer"]].append(row["number"])
    found = [
        Pace(who, sum(numbers), len(numbers), median(between[who]) if who in between else None)
        for who, numbers in worked.items()
    ]
    return tuple(sorted(found, key=lambda pace: (-pace.verdicts, pace.reviewer)))


def _speakers(reader: Any, where: pages.Where, most: int) -> tuple[Speaker, ...]:
    rows = figures.sources(reader, where, most)
    truths: dict[int, dict[str, int]] = defaultdict(dict)
    for row in figures.truth_of_sources(reader, where, [row["source_id"] for row in rows]):
        truths[row["source_id"]][row["word"] or "none"] = row["number"]
    return tuple(
        Speaker(
            row["source_id"], row["name"], row["kind"], row["claims"], row["open"], row["articles"],
            truths[row["source_id"]],
        )
        for row in rows
    )  # fmt: skip
