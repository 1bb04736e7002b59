"""`workbench ingest`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterator
from typing import Any

import click

from workbench.cli import messages, output
from workbench.cli.options import TEXT, article_id, examples, mapped, web_options
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import IngestOutcome, ReadingChanges
from workbench.text import counted

SINGLE = ("id", "url", "title", "replaces")  # what only one document can have


@click.command(
    epilog=examples(
        "workbench ingest article.txt",
        "workbench ingest articles/ more/*.html dump.zip",
        "workbench ingest https://example.org/story",
        "workbench ingest --refresh             ask again for what was fetched; corrections are new versions",
        "curl -s https://example.org/story | workbench ingest - --id story --outlet Example",
        "workbench ingest export.csv --map text=Story --map title=Headline",
        "workbench ingest corrected.txt --replaces a3",
        "workbench ingest articles/ --dry-run",
    )
)
@click.argument("src", nargs=-1)
@click.option("--format", type=TEXT, metavar="FORMAT", help="What the files are, where the content does not tell.")
@click.option("--encoding", type=TEXT, metavar="NAME", help="The encoding of the text, where it is guessed wrong.")
@click.option("--id", type=TEXT, metavar="NAME", help="The name that identifies the article. [the file's name]")
@click.option("--outlet", type=TEXT, metavar="NAME", help="Who published it.")
@click.option("--published", type=TEXT, metavar="DATE", help="When it was published.")
@click.option("--url", type=TEXT, metavar="URL", help="Where it was published; identifies the article.")
@click.option("--title", type=TEXT, metavar="TEXT", help="Its title.")
@mapped
@click.option("--replaces", metavar="ARTICLE", help="Store it as a new version of this article, such as a3.")
@click.option("--refresh", is_flag=True, help="Fetch again what was fetched: all, or the articles or URLs of SRC.")
@web_options
@click.option("--dry-run", is_flag=True, help="Say what would be stored, store nothing.")
@pass_general
def command(
    general: General, /, src: tuple[str, ...], refresh: bool, dry_run: bool, web: dict[str, Any], **given: Any
) -> None:
    """Store articles and read their claims.

    SRC is a file, a folder, a glob, the URL of a page, or - for standard input. The format is found by the content. A
    text that is stored already changes nothing; a new text under the same identity becomes a new version.
    """
    _check_usage(src, refresh, given)
    if given["replaces"] is not None:
        given["replaces"] = article_id(given["replaces"])
    from workbench.services import pages
    from workbench.services.ingest import IngestOptions, ingest

    options = IngestOptions(dry_run=dry_run, web=pages.fetch_options(**web), **given)
    store = general.open_for_list() if dry_run else general.open(create=not refresh)
    progress = messages.ProgressLine()
    if refresh:
        _take(pages.refresh(store, src, options, progress) if store else iter(()))
    else:
        _take(ingest(store, src, options=options, progress=progress, workers=os.cpu_count() or 1))


def _check_usage(src: tuple[str, ...], refresh: bool, given: dict[str, Any]) -> None:
    """Raise UsageError for what does not go together."""
    named = [name.replace("fields", "map") for name, value in given.items() if value not in (None, ())]
    if not src and not refresh:
        raise UsageError("SRC is missing", "name a file, a folder or a URL; see workbench ingest --help")
    if refresh and named:
        raise UsageError(f"--refresh and --{named[0]} exclude each other", "give one of them")
    if len(src) > 1 and (single := next((name for name in SINGLE if given[name] is not None), None)):
        raise UsageError(f"--{single} fits one article, and {len(src)} inputs are given", "ingest them one by one")


def _take(outcomes: Iterator[IngestOutcome]) -> None:
    """Write each outcome as it comes and the summary at the end, also when it is interrupted."""
    counts: Counter[str] = Counter()
    try:
        for outcome in outcomes:
            counts[outcome.status] += 1
            tell(outcome)
    except KeyboardInterrupt:
        _finish(counts)
        raise
    finally:
        if isinstance(outcomes, Generator):
            outcomes.close()  # ends the processes, also where an interrupt came from outside of it
    _finish(counts)
    if counts["failed"]:
        raise messages.Failed


def _finish(counts: Counter[str]) -> None:
    messages.clear_progress()
    output.line(summary(counts))
    output.finish()


def tell(outcome: IngestOutcome) -> None:
    """Write what became of one document: a failure to stderr, the rest to stdout."""
    if outcome.status == "failed":
        messages.error(outcome.source, outcome.reason or "cannot be read")
        return
    article = f"a{outcome.article_id} " if outcome.article_id is not None else ""
    claims = "" if outcome.status == "unchanged" else f", {counted(outcome.claims, 'claim')}"
    notes = "".join(f"; {note}" for note in outcome.notes)
    output.line(f"{article}{outcome.status}: {outcome.source}{claims}{changed(outcome.changes)}{notes}")


def changed(changes: ReadingChanges | None) -> str:
    """`: 15 moved, 2 changed, 1 lost, 5 new; 3 that people decided on are to be looked at again`."""
    if changes is None:
        return ""
    parts = [f"{count} {name}" for name, count in changes.counts().items() if count and name != "decided"]
    again = f"; {changes.decided} that people decided on to be looked at again" if changes.decided else ""
    return f" ({', '.join(parts) or 'none'}{again})"


def summary(counts: Counter[str]) -> str:
    """`3 stored, 1 unchanged, 0 new versions, 0 failed`."""
    parts = [f"{counts['stored']} stored"]
    would, versions = counts["would store"], counts["would be a new version"]
    if would or versions:
        parts = [f"{would} would be stored", f"{counts['unchanged']} unchanged"]
        parts.append(f"{versions} would be new versions" if versions != 1 else "1 would be a new version")
    else:
        parts += [f"{counts['unchanged']} unchanged", counted(counts["new version"], "new version")]
    parts.append(f"{counts['failed']} failed")
    return ", ".join(parts)
