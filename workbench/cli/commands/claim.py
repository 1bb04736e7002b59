"""`workbench claim add`, `split`, `merge`, `respan`, `kind` and `voice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, Place, Whole, Words, claim_id, examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import ANONYMITY, CLAIM_KINDS
from workbench.spans import Span

if TYPE_CHECKING:
    from workbench.records import ActionRow, ArticleView
    from workbench.services.store import Store

EXAMPLES = (
    "workbench claim add a3 --text 'The wall is 310 metres long.'",
    "workbench claim split c12 --before 'and the harbour'",
    "workbench claim merge c12",
    "workbench claim respan c12 --text 'the wall is 310 metres long'",
    "workbench claim kind c12 indirect",
)


@click.group(cls=Group, epilog=examples(*EXAMPLES))
def command() -> None:
    """Change where claims stand and what they are."""


@command.command(
    epilog=examples(EXAMPLES[0], "workbench claim add a3 --at 210:254 --kind indirect --source 'Ada Penn'")
)
@click.argument("article")
@click.option("--text", "words", type=TEXT, metavar="TEXT", help="The words of the article that are the claim.")
@click.option("--at", "place", type=Place(), help="Their place: first character and the one after the last.")
@click.option(
    "--kind", type=Words(CLAIM_KINDS, "|".join(CLAIM_KINDS)), help="What it is. [statement, without a source]"
)
@click.option("--source", type=TEXT, metavar="NAME", help="Whose words these are.")
@pass_general
def add(
    general: General,
    article: str,
    words: str | None,
    place: tuple[int, int] | None,
    kind: str | None,
    source: str | None,
) -> None:
    """Make words of an article a claim."""
    letter, number = parse_id(article)
    if letter != "a":
        raise UsageError(f"{article} is not an article", "name one such as a3")
    _one_of("--text", words, "--at", place)
    from workbench.services import claims, places, show

    store = general.open()
    start, end = place or places.find(show.article_view(store, number).text, words or "")
    _said(claims.add(store, number, start, end, kind=kind, source=source)[1])


@command.command(epilog=examples(EXAMPLES[1], "workbench claim split c12 --at 231"))
@click.argument("claim")
@click.option("--before", "words", type=TEXT, metavar="TEXT", help="The words with which the second part begins.")
@click.option(
    "--at", "place", type=Whole(), metavar="OFFSET", help="The character of the article with which it begins."
)
@pass_general
def split(general: General, claim: str, words: str | None, place: int | None) -> None:
    """Cut a claim in two; an attribution stays whole and gets parts."""
    number = claim_id(claim)
    _one_of("--before", words, "--at", place)
    store = general.open()
    from workbench.services import claims, places

    at = place if place is not None else places.find(*_text_of(store, number, words or "", inside=True)).start
    _said(claims.split(store, number, at)[1])


@command.command(epilog=examples(EXAMPLES[2], "workbench claim merge c12 c13"))
@click.argument("claim")
@click.argument("other", required=False)
@pass_general
def merge(general: General, claim: str, other: str | None) -> None:
    """Take another claim, by default the next one, into this one."""
    number, taken = claim_id(claim), claim_id(other) if other is not None else None
    from workbench.services import claims

    _said(claims.merge(general.open(), number, taken))


@command.command(
    epilog=examples(EXAMPLES[3], "workbench claim respan c12 --start 215", "workbench claim respan c12 --end 260")
)
@click.argument("claim")
@click.option("--text", "words", type=TEXT, metavar="TEXT", help="The words that the claim is to stand on.")
@click.option("--start", type=Whole(), metavar="OFFSET", help="Its first character in the article.")
@click.option("--end", type=Whole(), metavar="OFFSET", help="The character after its last.")
@pass_general
def respan(general: General, claim: str, words: str | None, start: int | None, end: int | None) -> None:
    """Move the edges of a claim."""
    number = claim_id(claim)
    if (words is None) == (start is None and end is None):
        raise UsageError("give either --text, or --start or --end", "see workbench claim respan --help")
    store = general.open()
    from workbench.services import claims, places

    if words is not None:
        start, end = places.find(*_text_of(store, number, words, inside=False))
    _said(claims.respan(store, number, start, end))


@command.command(epilog=examples(EXAMPLES[4], "workbench claim kind c12 c13 statement"))
@click.argument("claim", nargs=-1, required=True)
@click.argument("kind", type=Words(CLAIM_KINDS, "kind"))
@pass_general
def kind(general: General, claim: tuple[str, ...], kind: str) -> None:
    """Say what kind claims are: direct, mixed, indirect or statement."""
    numbers = [claim_id(each) for each in claim]
    from workbench.services import claims

    _said(claims.set_kind(general.open(), numbers, kind))


@command.command(epilog=examples("workbench claim voice c12 C", "workbench claim voice c12 ''"))
@click.argument("claim", nargs=-1, required=True)
@click.argument("level", type=TEXT)
@pass_general
def voice(general: General, claim: tuple[str, ...], level: str) -> None:
    """Say how near readers are to who speaks: A named, on record, to H nobody, I a document, J another medium."""
    numbers = [claim_id(each) for each in claim]
    if level.strip().upper() not in ("", *ANONYMITY):
        raise UsageError(f"unknown level “{level}”", "A to J, or '' for none; workbench show CLAIM tells what stands")
    from workbench.services import claims

    _said(claims.set_voice(general.open(), numbers, level))


def _one_of(first: str, one: object, second: str, other: object) -> None:
    if (one is None) == (other is None):
        raise UsageError(f"give either {first} or {second}", "see --help")


def _text_of(store: Store, number: int, words: str, *, inside: bool) -> tuple[str, str, Span]:
    """What `places.find` takes: the text of the claim's article, the words, and where to look for them.

    Words for another span are looked for near the claim first: in the paragraphs that it stands in.
    """
    from workbench.services import show

    card = show.claim_card(store, number)
    view: ArticleView = show.article_view(store, card.row.article_id)
    if inside:
        return view.text, words, Span(card.start, card.end)
    start = view.text.rfind("\n", 0, card.start) + 1
    end = view.text.find("\n", card.end)
    return view.text, words, Span(start, len(view.text) if end < 0 else end)


def _said(action: ActionRow) -> None:
    output.line(f"{action.label} · workbench undo takes it back")
