"""`workbench audit`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import output
from workbench.cli.lists import typed
from workbench.cli.options import Whole, article_id, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column

if TYPE_CHECKING:
    from workbench.records import ClaimRow
    from workbench.services.audit import Audit, Coverage

WORDS = ("true", "mostly true", "mixed", "mostly false", "false", "none", "open")


@click.command(
    epilog=examples(
        "workbench audit",
        "workbench audit a3 a4",
        "workbench audit --json | jq '.single[].claim.id'",
    )
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--top", type=Whole(1), default=20, show_default=True, help="Single-source claims at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_general
def command(general: General, articles: tuple[str, ...], top: int, as_json: bool) -> None:
    """Audit coverage, anonymous voices, verbs and single sources."""
    numbers = [article_id(each) for each in articles] or None
    store = general.open_for_list()
    if store is None:
        return
    from workbench.services import audit

    found = audit.audit(store, numbers, top)
    if as_json:
        output.json_line(_record(found))
    else:
        _write(found, audit.LEVELS)


def _record(found: Audit) -> dict[str, Any]:
    record: dict[str, Any] = output.plain(found)
    for each, coverage in zip(record["articles"], found.articles, strict=True):
        each.update(article=f"a{each.pop('article_id')}", share=coverage.share, anonymous=coverage.anonymous)
    record["doubted"] = [typed(each, {"id": "s"}) for each in record["doubted"]]
    for each in (*record["colourings"], *record["single"]):
        each["claim"] = typed(each["claim"], {"id": "c", "article_id": "a", "family_id": "f"})
    return record


def _write(found: Audit, levels: dict[str, str]) -> None:
    _coverage(found.articles)
    _voices(found, levels)
    _verbs(found)
    _section(
        "Verbs against verdicts",
        (f"{_claim(each.claim)}\n      “{each.cue}” is {each.cue_class}, the verdict {each.word}: {each.why}"
         for each in found.colourings),
    )  # fmt: skip
    _section(
        "Sources that mostly “claim”",
        (f"s{each.id} {each.name}: {each.distancing} of {each.claims} attributions distance" for each in found.doubted),
    )
    _section(
        "Claims on a single source, without independent evidence",
        (f"{'anonymous  ' if each.anonymous else ''}{_claim(each.claim)}" for each in found.single),
    )


def _coverage(articles: tuple[Coverage, ...]) -> None:
    output.heading("Coverage")
    columns = [
        Column("id"), Column("settled", right=True), Column("sentences", right=True),
        Column("nothing", right=True, optional=True), Column("opinion", right=True, optional=True),
        Column("waived", right=True, optional=True), Column("anonymous", right=True), Column("outlet", least=6),
        Column("title", least=20),
    ]  # fmt: skip
    output.table(
        columns,
        (
            (
                f"a{each.article_id}", f"{each.share:.0%}", str(each.sentences), str(each.nothing_to_check),
                str(each.opinion), str(each.waived), f"{each.anonymous} of {sum(each.voices.values())}",
                each.outlet or "–", each.title,
            )
            for each in articles
        ),
    )  # fmt: skip


def _voices(found: Audit, levels: dict[str, str]) -> None:
    shown = [level for level in levels if any(level in numbers for numbers in found.outlets.values())]
    if not shown:
        return
    output.line()
    output.heading("Voices by outlet (attributed claims)")
    columns = [Column("outlet", least=8), *(Column(level, right=True) for level in shown)]
    output.table(
        columns,
        (
            (outlet or "–", *(str(numbers.get(level, "–")) for level in shown))
            for outlet, numbers in found.outlets.items()
        ),
    )
    output.line("  " + " · ".join(f"{level} {levels[level]}" for level in shown))


def _verbs(found: Audit) -> None:
    if not found.verbs:
        return
    output.line()
    output.heading("Attribution verbs and truth verdicts")
    shown = [word for word in WORDS if any(word in numbers for numbers in found.verbs.values())]
    columns = [Column("verbs"), *(Column(word, right=True) for word in shown)]
    rows = ((name, *(str(numbers.get(word, "–")) for word in shown)) for name, numbers in found.verbs.items())
    output.table(columns, rows)


def _claim(row: ClaimRow) -> str:
    source = row.source or "–"
    return f"c{row.id} in a{row.article_id}  {source}: {row.text}"


def _section(title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if not shown:
        return
    output.line()
    output.heading(title)
    for each in shown:
        output.block("  " + each)
