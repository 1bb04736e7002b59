"""`workbench source rename`, `merge`, `apart`, `part` and `kind`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.groups import Group
from workbench.cli.options import TEXT, Words, article_id, examples, parse_id
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import SOURCE_KINDS


@click.group(
    cls=Group,
    epilog=examples(
        "workbench source rename s5 'Ada Penn'", "workbench source merge s7 s5", "workbench source kind s5 person"
    ),
)
def command() -> None:
    """Name sources, join those that are one, and say what they are."""


@command.command(epilog=examples("workbench source rename s5 'Ada Penn'"))
@click.argument("source")
@click.argument("name", type=TEXT)
@pass_general
def rename(general: General, source: str, name: str) -> None:
    """Give a source another name; it is still found by the old one."""
    number = source_id(source)
    from workbench.services import sources

    output.line(f"{sources.rename(general.open(), number, name).label} · workbench undo takes it back")


@command.command(
    epilog=examples("workbench source merge s7 s5        what s7 said, s5 said", "workbench source merge s7 s8 s9 s5")
)
@click.argument("source", nargs=-1, required=True)
@click.argument("into")
@pass_general
def merge(general: General, source: tuple[str, ...], into: str) -> None:
    """Say that a source, or each of several, is another."""
    numbers, target = [source_id(each) for each in source], source_id(into)
    from workbench.services import sources

    output.line(f"{sources.merge(general.open(), numbers, target).label} · workbench undo takes it back")


@command.command(
    epilog=examples(
        "workbench source apart s7 s5        they are not proposed as one again", "workbench source apart s7 s8 s5"
    )
)
@click.argument("source")
@click.argument("other", nargs=-1, required=True)
@pass_general
def apart(general: General, source: str, other: tuple[str, ...]) -> None:
    """Say that two sources, or any two of several, are not one."""
    numbers = [source_id(each) for each in (source, *other)]
    from workbench.services import same_sources

    output.line(f"{same_sources.keep_apart(general.open(), *numbers).label} · workbench undo takes it back")


@command.command(epilog=examples("workbench source part s5 a3     the Ada Penn of a3 is another"))
@click.argument("source")
@click.argument("article")
@pass_general
def part(general: General, source: str, article: str) -> None:
    """Say that an article means somebody else by a source's name."""
    number, place = source_id(source), article_id(article)
    from workbench.services import same_sources

    output.line(f"{same_sources.part(general.open(), number, place).label} · workbench undo takes it back")


@command.command(epilog=examples("workbench source kind s5 body"))
@click.argument("source")
@click.argument("kind", type=Words(SOURCE_KINDS, "kind"))
@pass_general
def kind(general: General, source: str, kind: str) -> None:
    """Say what a source is: person, body, document, anonymous or unknown."""
    number = source_id(source)
    from workbench.services import sources

    output.line(f"{sources.set_kind(general.open(), number, kind).label} · workbench undo takes it back")


def source_id(given: str) -> int:
    """The number of a source. Raises NotFoundError, and UsageError when another thing is named."""
    letter, number = parse_id(given)
    if letter != "s":
        raise UsageError(f"{given} is not a source", "name a source such as s5; workbench sources lists them")
    return number
