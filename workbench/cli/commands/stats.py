"""`workbench stats`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from workbench import plots
from workbench.cli import output
from workbench.cli.lists import typed
from workbench.cli.options import Whole, claim_filters, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import ClaimFilter

if TYPE_CHECKING:
    from workbench.services.stats import Stats
    from workbench.services.store import Store

BAR = 24  # cells
DAYS = 60  # of the sparkline


@click.command(
    epilog=examples(
        "workbench stats",
        "workbench stats --outlet MENAFN --since 2025-07",
        "workbench stats --source Musk --json",
    )
)
@claim_filters
@click.option("--top", type=Whole(1, 1000), default=10, show_default=True, help="Rows of each list.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_general
def command(general: General, filters: Callable[[Store], ClaimFilter], top: int, as_json: bool) -> None:
    """Say how far, how fast, who says what, and who repeats what."""
    store = general.open_for_list()
    if store is None:
        return
    from workbench.services import stats

    found = stats.collect(store, filters(store), top)
    if as_json:
        output.json_line(_record(found))
    else:
        _write(found)


def _record(found: Stats) -> dict[str, object]:
    record: dict[str, object] = output.plain(found)
    record["settled"] = found.settled
    record["speakers"] = [typed(output.plain(each), {"id": "s"}) for each in found.speakers]
    record["repeated"] = [typed(output.plain(each), {"id": "f"}) for each in found.repeated]
    return record


def _write(found: Stats) -> None:
    articles = "1 article" if found.articles == 1 else f"{found.articles} articles"
    claims = "1 claim" if found.claims == 1 else f"{found.claims} claims"
    output.line(f"{claims} in {articles}, {found.open} open, {found.settled:.0%} settled")
    if found.stale or found.lost:
        output.line(f"{found.stale} stale (the text changed under the verdict), {found.lost} lost from the text")
    _bars("progress", found.statuses.items())
    _bars("truth", ((each.label, each.number) for each in found.verdicts if each.judgement == "truth"))
    _bars("attribution", ((each.label, each.number) for each in found.verdicts if each.judgement == "attribution"))
    _speed(found)
    _table(
        "speakers",
        ("source", "kind", "claims", "open", "verdicts"),
        [
            (f"s{each.id}  {each.name}", each.kind, str(each.claims), str(each.open), _words(each.truths))
            for each in found.speakers
        ],
    )
    _table(
        "outlets",
        ("outlet", "articles", "claims", "open", "anonymous"),
        [
            (
                each.name or "–", str(each.articles), str(each.claims), str(each.open),
                f"{each.anonymous / each.claims:.0%}",
            )
            for each in found.outlets
        ],
    )  # fmt: skip
    _table(
        "repeated",
        ("family", "quotes", "origins", "alarm", "words"),
        [
            (f"f{each.id}", str(each.size), str(each.origins), f"⚠ {each.alarm}" if each.alarm else "", each.text)
            for each in found.repeated
        ],
    )


def _bars(title: str, rows: Iterable[tuple[str, int]]) -> None:
    shown = list(rows)
    if not shown:
        return
    output.line()
    output.heading(title)
    most = max(number for _, number in shown)
    room = max(len(name) for name, _ in shown)
    for name, number in shown:
        output.line(f"  {name:<{room}}  {number:>6}  {plots.bar(number, most, BAR)}")


def _speed(found: Stats) -> None:
    if not found.days:
        return
    output.line()
    output.heading("speed")
    recent = list(found.days.items())[-DAYS:]
    output.line(f"  {recent[0][0]} {plots.sparkline([number for _, number in recent])} {recent[-1][0]}")
    for pace in found.paces:
        between = "" if pace.seconds is None else f", {pace.seconds:.0f} s from one to the next"
        days = "1 day" if pace.days == 1 else f"{pace.days} days"
        verdicts = "1 verdict" if pace.verdicts == 1 else f"{pace.verdicts} verdicts"
        output.line(f"  {pace.reviewer}: {verdicts} on {days}{between}")


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    if not rows:
        return
    output.line()
    output.heading(title)
    columns = [
        Column(head, right=head in ("claims", "open", "articles", "quotes", "origins", "anonymous"), least=8)
        for head in heads
    ]
    output.table(columns, rows)


def _words(numbers: dict[str, int]) -> str:
    return ", ".join(f"{word} {number}" for word, number in sorted(numbers.items()))
