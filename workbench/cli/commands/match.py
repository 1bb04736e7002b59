"""`workbench match`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.cards import rating_words
from workbench.cli.options import Whole, claim_filters, claim_id, examples
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
@click.option("--most", type=Whole(1, 50), default=5, show_default=True, help="Suggestions for a claim.")
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
    """List published fact-checks that may already answer claims.

    Of the claims that are named, else of all that the filters show.

    Everything here is a suggestion until somebody confirms it. Fact-checks come in by workbench import.
    """
    numbers = [claim_id(one) for one in claims]
    from workbench.services import lists, matching

    store = general.open()
    note = _read_new(store, all_of_them=index)
    if index:
        return
    if not numbers:
        numbers = [row.id for row in lists.claim_rows(store, filters(store), "check", limit=None)]
    for number in numbers:
        found = matching.match_claim(store, number, limit=most)
        note = note or found.note
        if found.matches or claims:
            _write(store, number, found, json)
    output.finish()
    if note:
        messages.remark(note)
    if not matching.count(store):
        messages.remark("no fact-check is stored: workbench import FILE brings them")


def _read_new(store: Store, *, all_of_them: bool) -> str | None:
    """Let the sentence model read new checks: the few that wait, or all of them where that is asked for."""
    from workbench.services import matching

    if not all_of_them:
        note = matching.index_few(store, messages.ProgressLine())
        messages.clear_progress()
        return note
    done = matching.index_meaning(store, messages.ProgressLine())
    messages.clear_progress()
    messages.remark(f"read {done:,} fact-checks for their meaning")
    return None


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
    """The publisher's own rating, and the common words beside it where they say more."""
    own, common = match.check.rating or "no rating", rating_words(match.check)
    return own if not common or common.casefold() == own.casefold() else f"{own} ({common})"
