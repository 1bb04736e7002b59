"""The demonstration: the packaged seed articles in a store, and the whole path walked through without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.records import ClaimFilter, IngestOutcome, Progress
from workbench.services import evidence, history, lists, report, review, show, transcripts, verification
from workbench.services.ingest import IngestOptions, Run, documents
from workbench.services.store import Store


def seed(store: Store, progress: Callable[[Progress], None] | None = None) -> list[IngestOutcome]:
    """Store the articles of `seeds/manifest.json`, in their order, as one action; before them its transcripts."""
    listed = json.loads(files("seeds").joinpath("manifest.json").read_text(encoding="utf-8"))
    articles = [entry for entry in listed if entry["kind"] == "article"]
    _transcripts(store, [entry for entry in listed if entry["kind"] == "transcript"])
    with as_file(files("seeds")) as folder:
        _import_checks(store, folder / "marlow-quay" / "factchecks.json")
    run = Run(store, "ingest the seed articles")
    outcomes: list[IngestOutcome] = []
    with as_file(files("seeds")) as folder:
        for number, entry in enumerate(articles):
            if progress:
                progress(Progress(number, len(articles), entry["file"]))
            outcomes += _take(run, folder / entry["file"], entry)
    return outcomes


def _transcripts(store: Store, listed: list[dict[str, str | None]]) -> None:
    with as_file(files("seeds")) as folder:
        for entry in listed:
            path = folder / str(entry["file"])
            transcripts.add(store, path, name=entry["id"], held_at=entry["published"], url=entry["url"])


def _import_checks(store: Store, path: Path) -> None:
    """Take in the published fact-checks of the invented case, so that some claims have one."""
    from workbench.services import checkimports, matching

    checkimports.import_checks(store, path)
    matching.index_few(store)


def _take(run: Run, path: Path, entry: dict[str, str | None]) -> Iterator[IngestOutcome]:
    lines = path.suffix == ".jsonl"  # each line has an id of its own
    options = IngestOptions(
        id=None if lines else entry["id"],
        outlet=entry["outlet"],
        agency=entry["agency"],
        published=entry["published"],
        url=entry["url"],
    )
    for found in documents([str(path)], options):
        yield found if isinstance(found, IngestOutcome) else run.take(found[0], found[1])


def run_check(store: Store, folder: Path) -> Iterator[str]:
    """Walk the whole path and say what was done, a line a step. Raises WorkbenchError where something does not hold."""
    outcomes = seed(store)
    for outcome in outcomes:
        _hold(outcome.status != "failed", f"{outcome.source} was not ingested: {outcome.reason}")
    figures = lists.totals(store)
    yield f"ingested {len(outcomes)} seed texts: {figures.articles} articles, {figures.claims} claims"
    yield from _judge(store)
    yield from _verify(store)
    yield from _undo_and_redo(store)
    yield from _export(store, folder)
    chain = history.verify(store)
    _hold(chain.ok, f"the history does not verify: {chain.what}")
    yield f"the history of {chain.length} events verifies, head {chain.head[:16]}"


def _hold(condition: bool, what: str) -> None:
    if not condition:
        raise WorkbenchError(what, "run workbench doctor and report this")


def _judge(store: Store) -> Iterator[str]:
    rows = lists.claim_rows(store, ClaimFilter(), "check", limit=3)
    for row, label in zip(rows, ("true", "mostly-true", "false"), strict=True):
        done = review.mark(store, [row.id], truth=label, explain="Checked against the seed text for demonstration.")
        yield done.label
    quoted = next(row for row in lists.claim_rows(store, ClaimFilter(), "article", limit=None) if row.kind == "mixed")
    yield review.mark(store, [quoted.id], attribution="accurate").label
    _, done = evidence.add(
        store, rows[0].id, url="https://records.example/contract", quote="as recorded", stance="supports"
    )
    yield done.label


def _verify(store: Store) -> Iterator[str]:
    row = lists.claim_rows(store, ClaimFilter(search="inspection report", outlet="The Skerrow Standard"), "article")[0]
    found = verification.verify(*verification.quote_of(store, row.id), verification.texts_for(store).texts, row.id)
    _hold(found.quote_class == "negation", f"c{row.id} lacks a “not” that its record has, and nobody noticed")
    yield verification.keep(store, found, "changed")[1].label


def _undo_and_redo(store: Store) -> Iterator[str]:
    before = lists.claim_rows(store, ClaimFilter(), "check", limit=1)[0]
    undone = history.undo(store)
    yield undone.label
    yield history.redo(store).label
    after = lists.claim_rows(store, ClaimFilter(), "check", limit=1)[0]
    _hold(before == after, "undo and redo did not lead back to the same state")


def _export(store: Store, folder: Path) -> Iterator[str]:
    from workbench.report import read_json

    for name in report.FORMATS:
        done = report.export(store, ClaimFilter(), name, output=folder / f"report.{name}")
        yield f"exported {done.claims} claims as {name}: {len(done.data):,} bytes"
    collected = report.collect(store, ClaimFilter(), public=False)
    read = read_json((folder / "report.json").read_bytes())
    _hold(read.articles == collected.articles, "the JSON report does not read back as what was exported")
    checked = sum(card.truth is not None for article in read.articles for card in article.cards)
    for article in read.articles:
        for card in article.cards:
            pieces = [span for span in card.spans if span.role == "content"]
            shown = " … ".join(article.view.text[span.start : span.end] for span in pieces)
            _hold(shown == card.row.text, f"c{card.row.id} does not show the words that stand in its article")
    yield f"read the JSON back: {len(read.articles)} articles, {checked} truth verdicts, every span exact"
    _hold(show.scales(store) == read.scales, "the scales did not come back")
