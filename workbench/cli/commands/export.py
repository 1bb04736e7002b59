"""`workbench export`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.options import Words, claim_filters, examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import PUBLIC_HOLDS, ClaimFilter

if TYPE_CHECKING:
    from workbench.services.store import Store

FORMATS = ("md", "html", "json", "jsonl", "csv", "xlsx", "docx", "claimreview", "archive")

BINARY = ("xlsx", "docx")


@click.command(
    epilog=examples(
        "workbench export --format html -o report.html",
        "workbench export --format md --public --verdict false",
        "workbench export f7 --format html -o family.html",
        "workbench export --format claimreview --page -o checks.html",
        "workbench export --format archive -o desk.zip",
        "workbench export --format csv --outlet MENAFN > menafn.csv",
    )
)
@click.argument("subject", required=False, metavar="[ARTICLE|FAMILY]")
@click.option("--format", "shape", type=Words(FORMATS, "|".join(FORMATS)), required=True, help="What to write.")
@click.option(
    "--public/--internal",
    "public",
    default=None,
    help=f"What may be published ({PUBLIC_HOLDS}; no notes, names or history), or everything. "
    "[internal; claimreview public]",
)
@click.option("--page", is_flag=True, help="With claimreview: a web page that shows and carries the checks.")
@click.option("-o", "--output", "path", metavar="FILE", help="Where to write it. [standard output]")
@claim_filters
@pass_general
def command(
    general: General,
    subject: str | None,
    shape: str,
    public: bool | None,
    page: bool,
    path: str | None,
    filters: Callable[[Store], ClaimFilter],
) -> None:
    """Write a report of verdicts, or the whole store.

    It is about one article (a3), one family (f7), or all that the filters let through. An internal one holds every
    claim of the filter, open ones shown as open; a public one says on standard error what it holds and how many
    judged claims it leaves out. ClaimReview is for publishing: claims that lack a wording under 75 characters, an
    explanation or a verdict are listed, and the exit status is 1. An archive is the whole store, and `workbench
    import` restores it exactly. An existing FILE is replaced in one step.
    """
    from workbench.services import report

    if path is None and shape in BINARY and output.on_terminal():
        raise UsageError(f"{shape} is no text for a terminal", "name a file with -o, or send the output elsewhere")
    store = general.open()
    place = Path(path) if path is not None else None
    wanted = filters(store) if subject is None else _about(store, filters(store), subject)
    if page and shape != "claimreview":
        raise UsageError("--page goes with --format claimreview", "leave it out")
    if shape == "claimreview":
        _claimreview(store, wanted, public is not False, page, place)
        return
    public, progress = bool(public), messages.ProgressLine()
    written = report.export(store, wanted, shape, public=public, output=place, progress=progress)
    messages.clear_progress()
    if written.path is None:
        output.raw(written.data)
    kind = "public" if public else "internal"
    count = "1 claim" if written.claims == 1 else f"{written.claims} claims"
    target = written.path if written.path is not None else "standard output"
    output.finish()
    messages.remark(f"wrote {count} to {target}: {shape}, {kind}")
    if public:
        messages.remark(written.holds)


def _about(store: Store, wanted: ClaimFilter, subject: str) -> ClaimFilter:
    """The filter narrowed to one article or one family. Raises NotFoundError."""
    from workbench.services import show

    letter, number = parse_id(subject, {"a": "article", "f": "family"})
    if letter == "a":
        show.article_named(store, number)
        return replace(wanted, article_id=number)
    show.family(store, number)
    return replace(wanted, family_id=number)


def _claimreview(store: Store, wanted: ClaimFilter, public: bool, page: bool, place: Path | None) -> None:
    """Write ClaimReview, and list the claims that lack something."""
    from workbench.services import claimreviews

    progress = messages.ProgressLine()
    written = claimreviews.export(store, wanted, public=public, page=page, output=place, progress=progress)
    messages.clear_progress()
    if written.reviews and written.path is None:
        output.raw(written.data)
    output.finish()
    count = "1 check" if written.reviews == 1 else f"{written.reviews} checks"
    target = written.path if written.path is not None else "standard output"
    kind = "public" if public else "internal"
    if written.reviews:
        messages.remark(f"wrote {count} to {target}: claimreview, {kind}")
    elif not written.lacking:
        messages.error(
            "no claim here may be published yet, nothing was written", "workbench mark gives verdicts and approves them"
        )
    messages.remark(written.holds)
    if written.without_appearance:
        messages.remark(
            f"{written.without_appearance} of them cannot say where the claim appeared: no address is known"
        )
    for one in written.lacking:
        messages.error(
            f"c{one.claim_id} lacks {' and '.join(one.lacks)}", f"workbench mark c{one.claim_id} {one.options}"
        )
    if written.lacking and not written.reviews:
        messages.error("no check was written", "give the claims what they lack, then export again")
    if written.lacking or not written.reviews:
        raise messages.Failed
