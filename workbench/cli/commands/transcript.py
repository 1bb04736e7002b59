"""`workbench transcript add`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, examples
from workbench.cli.settings import General, pass_general


@click.group(cls=Group, epilog=examples("workbench transcript add press-conference.txt --held-at 2026-03-11"))
def command() -> None:
    """Store a record of what was said."""


@command.command(
    epilog=examples(
        "workbench transcript add press-conference.txt --held-at 2026-03-11",
        "workbench transcript add debate.vtt --title 'Second debate' --url https://example.org/debate",
        "pdftotext hearing.pdf - | workbench transcript add - --title 'Hearing of 3 May'",
    )
)
@click.argument("file", metavar="FILE|-")
@click.option("--title", type=TEXT, metavar="TEXT", help="What it is called. [its title or first line]")
@click.option("--held-at", type=TEXT, metavar="DATE", help="When it was said, such as 2026-03-11.")
@click.option("--url", type=TEXT, metavar="URL", help="Where it is published. The page is not fetched.")
@pass_general
def add(general: General, file: str, title: str | None, held_at: str | None, url: str | None) -> None:
    """Store a transcript: plain text, captions (SRT, WebVTT) or a web page. A copy of the file is kept."""
    from workbench.services import transcripts

    given = sys.stdin.buffer.read() if file == "-" else Path(file)
    kept, action = transcripts.add(general.open(create=True), given, title=title, held_at=held_at, url=url)
    count = len(kept.speakers)
    who = "no speakers named" if not count else f"{count} speaker{'s' if count > 1 else ''}"
    output.line(f"{action.label} · {kept.words:,} words, {who} · workbench undo takes it back")
