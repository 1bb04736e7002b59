"""`workbench sentence list` and `mark`."""

from __future__ import annotations

import re

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, Words, examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.errors import NotFoundError, UsageError
from workbench.records import SENTENCE_MARKS, SentenceRow
from workbench.text import clean_line


@click.group(
    cls=Group, epilog=examples("workbench sentence list a3", "workbench sentence mark a3:12 --as 'nothing to check'")
)
def command() -> None:
    """Settle sentences that hold no claim to check."""


@command.command("list", epilog=examples("workbench sentence list a3"))
@click.argument("article")
@pass_general
def list_(general: General, article: str) -> None:
    """List the sentences of an article by number, with what settles each."""
    letter, number = parse_id(article)
    if letter != "a":
        raise UsageError(f"{article} is not an article", "name one such as a3")
    from workbench.services import show

    view = show.article_view(general.open(), number)
    for place, sentence in enumerate(view.sentences, 1):
        words = clean_line(" ".join(view.text[sentence.start : sentence.end].split()))
        output.line(f"a{number}:{place}  {state_of(sentence):<16}  {words}")


def state_of(sentence: SentenceRow) -> str:
    """What settles a sentence, or that nothing does."""
    if sentence.mark:
        return sentence.mark
    if sentence.settled:
        return "settled"
    return "open" if sentence.claims else "no claim"


@command.command(
    epilog=examples(
        "workbench sentence mark a3:12 --as 'nothing to check'",
        "workbench sentence mark a3:12 a3:14-16 --as opinion",
        "workbench sentence mark a3:12 --as waived --why 'the desk has no expert'",
        "workbench sentence mark a3:12 --clear",
    )
)
@click.argument("sentence", nargs=-1, required=True)
@click.option("--as", "as_what", type=Words(SENTENCE_MARKS, "mark"), help=f"One of {', '.join(SENTENCE_MARKS)}.")
@click.option("--clear", is_flag=True, help="Take the mark away.")
@click.option("--why", type=TEXT, metavar="REASON", help="The reason, for the history.")
@pass_general
def mark(general: General, sentence: tuple[str, ...], as_what: str | None, clear: bool, why: str | None) -> None:
    """Mark sentences as nothing to check, opinion or waived; all in one action."""
    if (as_what is None) == (not clear):
        raise UsageError("give either --as or --clear", "see workbench sentence mark --help")
    places = [_places(each) for each in sentence]
    if len({number for number, _, _ in places}) > 1:
        raise UsageError("the sentences stand in several articles", "mark one article at a time")
    from workbench.services import sentences, show

    store = general.open()
    view = show.article_view(store, places[0][0])
    wanted = [_row(view.sentences, each, place) for each, first, last in places for place in range(first, last + 1)]
    done = sentences.mark(store, [row.id for row in wanted], as_what, why=why)
    output.line(f"{done.label} · workbench undo takes it back")


def _places(given: str) -> tuple[int, int, int]:
    """`a3:14-16` as article, first and last sentence."""
    match = re.fullmatch(r"(a[0-9]{1,18}):([0-9]{1,9})(?:-([0-9]{1,9}))?", given.strip().casefold(), re.ASCII)
    if match is None:
        raise UsageError(f"“{clean_line(given)}” names no sentence", "write a3:12, or a3:12-14 for several")
    first = int(match[2])
    last = int(match[3] or first)
    if not 0 < first <= last or last - first > 100_000:
        raise UsageError(f"“{clean_line(given)}” names no sentence", "write the first before the last")
    return int(match[1][1:]), first, last


def _row(rows: tuple[SentenceRow, ...], article: int, place: int) -> SentenceRow:
    if place > len(rows):
        raise NotFoundError(f"a{article} has {len(rows)} sentences", f"workbench sentence list a{article}")
    return rows[place - 1]
