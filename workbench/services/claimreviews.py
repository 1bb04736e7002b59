"""Verdicts out as ClaimReview, and the linter over files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, UsageError
from workbench.factchecks import Lint
from workbench.records import ClaimFilter
from workbench.services import report as reports
from workbench.services import settings, show
from workbench.services.journal import now
from workbench.services.store import Store
from workbench.services.writing import write_aside

if TYPE_CHECKING:
    from workbench.report.claimreview import Desk, Lacking

_NEEDED = ("desk-name", "home-page", "check-url")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the bytes, how many reviews they hold, the claims that lack something, and the rule."""

    data: bytes
    reviews: int
    lacking: tuple[Lacking, ...]
    path: Path | None
    rule: str


def export(
    store: Store, wanted: ClaimFilter, *, public: bool = True, page: bool = False, output: Path | None = None
) -> Written:
    """The judged claims of the filter as a JSON-LD array, or as a page that carries it.

    Raises UsageError when a setting of the desk is missing, InputError when the file cannot be written.
    """
    from workbench.report import claimreview

    desk = _desk(store)
    report = reports.collect(store, wanted, public=public)
    made = claimreview.make(report, desk, show.scales(store, every=True))
    data = claimreview.page(made, desk) if page else claimreview.array(made.reviews)
    if output is not None:
        write_aside(output, data)
    return Written(data, len(made.reviews), made.lacking, output, report.rule)


def _desk(store: Store) -> Desk:
    """The desk as its settings describe it. Raises UsageError naming what is missing."""
    from workbench.report.claimreview import Desk

    given = {one.name: one.value for one in settings.settings(store)}
    missing = [name for name in _NEEDED if not given[name]]
    if missing:
        raise UsageError(
            f"ClaimReview needs the settings {', '.join(missing)}", f"workbench settings {missing[0]} VALUE sets one"
        )
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
