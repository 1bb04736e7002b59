"""Verdicts out as ClaimReview, and the linter over files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbench.errors import InputError, UsageError
from workbench.factchecks import Lint
from workbench.records import ClaimFilter, ClaimRow, Progress
from workbench.services import lists, settings, show
from workbench.services import report as reports
from workbench.services.journal import now
from workbench.services.store import Store
from workbench.services.writing import write_aside

if TYPE_CHECKING:
    from workbench.report.claimreview import Desk, Lacking, Made

JUDGED = "checked and approved claims"  # the rule of an internal file

# Settings that ClaimReview needs -> what stands in a preview while they have no value.
_UNSET = {"desk-name": "desk-name", "home-page": "home-page", "check-url": "check-url#{claim}"}


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the bytes, how many reviews they hold, the claims that lack something, and the rule.

    Nothing is written where there is no review: `data` and `path` are empty then. `holds` says what the rule let in and
    what it left out.
    """

    data: bytes
    reviews: int
    lacking: tuple[Lacking, ...]
    path: Path | None
    holds: str
    without_appearance: int = 0  # reviews that do not say where the claim appeared


def export(
    store: Store,
    wanted: ClaimFilter,
    *,
    public: bool = True,
    page: bool = False,
    output: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Written:
    """The judged claims of the filter as a JSON-LD array, or as a page that carries it.

    Raises UsageError when a setting of the desk is missing, InputError when the file cannot be written.
    """
    from workbench.report import claimreview

    desk = _desk(store)
    chosen = _chosen(store, lists.claim_rows(store, wanted, "article", limit=None), public)
    made = _made(store, wanted, chosen.rows, chosen.rule, desk, progress)
    if not made.reviews:
        return Written(b"", 0, made.lacking, None, chosen.holds)
    data = claimreview.page(made, desk) if page else claimreview.array(made.reviews)
    if output is not None:
        write_aside(output, data)
    unplaced = sum("appearance" not in review["itemReviewed"] for review in made.reviews)
    return Written(data, len(made.reviews), made.lacking, output, chosen.holds, unplaced)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What `export` would write: the first reviews as JSON-LD, the claims that lack something, and unset settings.

    `judged` counts the claims that it is about; `looked_at` is how many of them reviews and lacks are told of.
    """

    text: str
    reviews: int
    lacking: tuple[Lacking, ...]
    unset: tuple[settings.Setting, ...]
    judged: int
    looked_at: int
    left_out: int
    holds: str

    @property
    def claims(self) -> str:
        """How many judged claims it is about, in words."""
        return f"{self.judged:,}"


def foresee(store: Store, wanted: ClaimFilter, rows: Sequence[ClaimRow], *, public: bool, most: int) -> Foreseen:
    """What would be written of `rows`, which are the judged claims of the filter; reads `most` of them whole."""
    from workbench.report import claimreview

    given = _given(store)
    desk = _desk_of({name: given[name] or _UNSET.get(name, "") for name in given})
    chosen = _chosen(store, rows, public)
    made = _made(store, wanted, chosen.rows[:most], chosen.rule, desk)
    return Foreseen(
        text=claimreview.array(made.reviews).decode("utf-8"),
        reviews=len(made.reviews),
        lacking=made.lacking,
        unset=unset(store),
        judged=len(chosen.rows),
        looked_at=min(most, len(chosen.rows)),
        left_out=chosen.left_out,
        holds=chosen.holds,
    )


def unset(store: Store) -> tuple[settings.Setting, ...]:
    """The settings that ClaimReview needs and that have no value yet."""
    return tuple(one for one in settings.settings(store) if one.name in _UNSET and not one.value)


class _Chosen(NamedTuple):
    """The claims that may be published, the rule that let them in ("" for an internal file), and what it left out."""

    rows: Sequence[ClaimRow]
    rule: str
    left_out: int
    holds: str


def _chosen(store: Store, rows: Sequence[ClaimRow], public: bool) -> _Chosen:
    rule = reports.rule_of(store) if public else ""
    judged = [row for row in rows if row.status in ("checked", "approved")]
    held = [row for row in judged if reports.why_left_out(row, rule) is None] if rule else judged
    reasons = reports.left_out(rows, rule) if rule else Counter[str]()
    told = reports.Exported(b"", 0, None, rule or JUDGED, reasons.total(), tuple(reasons.most_common()))
    return _Chosen(held, rule, reasons.total(), told.holds)


def _made(
    store: Store,
    wanted: ClaimFilter,
    rows: Sequence[ClaimRow],
    rule: str,
    desk: Desk,
    progress: Callable[[Progress], None] | None = None,
) -> Made:
    from workbench.report import claimreview
    from workbench.services.collecting import gather

    return claimreview.make(gather(store, wanted, rows, rule, progress), desk, show.scales(store, every=True))


def _given(store: Store) -> dict[str, str]:
    return {one.name: one.value for one in settings.settings(store)}


def _desk(store: Store) -> Desk:
    """The desk as its settings describe it. Raises UsageError naming what is missing."""
    if missing := [one.name for one in unset(store)]:
        raise UsageError(
            f"ClaimReview needs the settings {', '.join(missing)}", f"workbench settings {missing[0]} VALUE sets one"
        )
    return _desk_of(_given(store))


def _desk_of(given: Mapping[str, str]) -> Desk:
    from workbench.report.claimreview import Desk

    return Desk(
        given["desk-name"], given["home-page"], given["check-url"], given["licence"] or None, given["language"] or "en"
    )


@dataclass(frozen=True, slots=True)
class Linted:
    """What the linter found in one file."""

    name: str
    reviews: int
    findings: tuple[Lint, ...]

    @property
    def holds(self) -> bool:
        """Whether there is no error."""
        return not any(one.level == "error" for one in self.findings)


def lint(path: Path, *, google: bool = True, page: str | None = None) -> Linted:
    """Check a page or a JSON file against the rules of ClaimReview. Raises InputError when it cannot be read."""
    from workbench.report import lint as linter
    from workbench.services.checkimports import encoding_of

    if path.exists() and not path.is_file():
        raise InputError(f"{path} is not a regular file", "name a file")
    try:
        if path.stat().st_size > linter.LARGEST:
            raise InputError(f"{path.name} is larger than {linter.LARGEST >> 20} MB", "lint a part of it")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "check the path") from error
    text = data.decode(encoding_of(data[:4]), "replace")
    checked = linter.lint(text, google=google, page=page, today=now())
    return Linted(path.name, checked.reviews, checked.findings)
