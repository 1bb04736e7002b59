"""`workbench match`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.options import claim_filters, claim_id, examples
from workbench.cli.settings import General, pass_general
from workbench.records import ClaimFilter

if TYPE_CHECKING:
    from workbench.factchecks import CheckMatch
    from workbench.services.matching import Matches
    from workbench.services.store import Store

_SIGNS = {"confirmed": "✓", "rejected": "x", "suggested": "~"}


@click.command(
    epilog=examples(
        "workbench match c12             the checks that may answer one claim",
        "workbench match --status open   every open claim that has one",
        "workbench match --index         read new checks for their meaning, then stop",
        "workbench check confirm c12 k9  say that one answers it",
    )
)
@click.argument("claims", nargs=-1, metavar="[CLAIM]…")
@click.option("--most", type=click.IntRange(1, 50), default=5, show_default=True, help="Suggestions for a claim.")
@click.option("--index", is_flag=True, help="Only read the checks that the sentence model has not read yet.")
@click.option("--json", is_flag=True, help="JSON Lines: one object a claim.")
@claim_filters
@pass_general
def command(
    general: General,
    claims: tuple[str, ...],
    most: int,
    index: bool,
    json: bool,
    filters: Callable[[Store], ClaimFilter],
) -> None:
    """List published fact-checks that may already answer claims: of those named, else of all that the filters show.

    Everything here is a suggestion until somebody confirms it. Fact-checks come in by workbench import.
    """
    numbers = [claim_id(one) for one in claims]
    from workbench.services import lists, matching

    store = general.open()
    _read_new(store, needed=index)
    if index:
        return
    if not numbers:
        numbers = [row.id for row in lists.claim_rows(store, filters(store), "check", limit=None)]
    note = None
    for number in numbers:
        found = matching.match_claim(store, number, limit=most)
        note = note or found.note
        if found.matches or claims:
            _write(store, number, found, json)
    output.finish()
    if note:
        messages.remark(note)
    if not numbers or not _any_check(store):
        messages.remark("no fact-check is stored: workbench import FILE brings them" if numbers else "no claim matches")


def _any_check(store: Store) -> bool:
    from workbench.services import matching

    return matching.count(store) > 0


def _read_new(store: Store, *, needed: bool) -> None:
    """Let the sentence model read new checks; words alone must do where it cannot run, unless it is `needed`."""
    from workbench.errors import WorkbenchError
    from workbench.services import matching

    try:
        done = matching.index_meaning(store, messages.ProgressLine())
    except WorkbenchError:
        if needed:
            raise
        return
    messages.clear_progress()
    if done or needed:
        messages.remark(f"read {done:,} fact-checks for their meaning")


def _write(store: Store, number: int, found: Matches, json: bool) -> None:
    if json:
        matches = [{**asdict(match), "check": asdict(match.check)} for match in found.matches]
        output.json_line({"claim": number, "matches": matches, "note": found.note})
        return
    from workbench.services import show

    output.heading(f"c{number}  {show.claim_card(store, number).row.text}")
    for line in _lines(found.matches):
        output.line(line)
    output.line()


def _lines(matches: Iterable[CheckMatch]) -> Iterator[str]:
    shown = False
    for match in matches:
        shown, check = True, match.check
        state = match.state + (f" by {match.decided_by}" if match.decided_by else f" {match.score:.2f}")
        gone = " · withdrawn by its publisher" if check.withdrawn else ""
        yield f"  {_SIGNS[match.state]} k{check.id}  {check.claim}"
        yield f"        {rated(match)} · {check.publisher or check.site} · {(check.published or 'no date')[:10]}{gone}"
        yield f"        {check.url}"
        words = f" · {', '.join(match.words[:8])}" if match.words else ""
        yield f"        {state} · {match.why}{words}"
    if not shown:
        yield "  no fact-check that fits"


def rated(match: CheckMatch) -> str:
    """The publisher's own rating, and the common word beside it where that says more."""
    check = match.check
    own = check.rating or "no rating"
    common = " ".join([*([check.word] if check.word != "none" else []), *(flag.replace("-", " ") for flag in check.flags)])
    return own if not common or common.casefold() == own.casefold() else f"{own} ({common})"
