"""`workbench extract`."""

from __future__ import annotations

import os

import click

from workbench.cli import messages, output
from workbench.cli.history import day
from workbench.cli.options import Words, examples
from workbench.errors import UsageError
from workbench.records import Document, ExtractedClaim, Extraction, IngestOutcome


@click.command(
    epilog=examples(
        "workbench extract article.txt",
        "workbench extract articles/ | jq -c '.claims[] | [.kind, .text]'",
        "cat article.html | workbench extract - --format text",
    )
)
@click.argument("src", nargs=-1, required=True)
@click.option(
    "--format",
    "shape",
    type=Words(("json", "text"), "json|text"),
    default="json",
    show_default=True,
    help="What to write.",
)
def command(src: tuple[str, ...], shape: str) -> None:
    """Read claims and quotes out of articles, without a store.

    SRC is a file, a folder, a glob or - for standard input. One JSON object a line and document; offsets count
    code points of its "text".
    """
    from workbench.services.ingest import IngestOptions, extract_documents

    for each in src:
        if "://" in each and not os.path.lexists(each):
            raise UsageError(f"{each}: extract fetches nothing", "workbench ingest URL fetches and stores a page")
    failed = 0
    cores = os.cpu_count() or 1
    for result in extract_documents(src, IngestOptions(), messages.ProgressLine(), workers=cores):
        if isinstance(result, IngestOutcome):
            failed += 1
            messages.error(result.source, result.reason or "cannot be read")
            continue
        _write(*result, shape)
    output.finish()
    messages.clear_progress()
    if failed:
        raise messages.Failed


def _write(document: Document, extraction: Extraction, shape: str) -> None:
    if shape == "json":
        from workbench.services.ingest import extraction_json

        output.json_line(extraction_json(document, extraction))
        return
    output.heading(document.title or document.name)
    place = " · ".join(filter(None, [document.outlet or document.agency, day(document.published)]))
    if place:
        output.line(place)
    for claim in extraction.claims:
        output.line()
        output.block("  " + " … ".join(" ".join(span.of(extraction.text).split()) for span in claim.content))
        output.line("  " + " · ".join(_about(claim)))
    output.line()


def _about(claim: ExtractedClaim) -> list[str]:
    parts: list[str] = [claim.kind]
    if claim.source:
        parts.append(claim.source.name)
    if claim.cue:
        parts.append(f"“{' '.join(claim.cue.text.split())}”")
    if claim.anonymity and claim.anonymity != "A":
        parts.append(f"voice {claim.anonymity}")
    if claim.negated:
        parts.append("negated")
    return [*parts, f"check {claim.check_worthiness:.2f}"]
