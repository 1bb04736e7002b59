"""Option types and groups of options that several commands share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.cli.groups import examples as examples  # every command takes it from here
from workbench.errors import NotFoundError, UsageError
from workbench.records import CLAIM_KINDS, STATUSES, ClaimFilter, Scale
from workbench.services.filters import MARKS

if TYPE_CHECKING:
    from workbench.services.store import Store

    TextType = click.ParamType[str]
    NumberType = click.ParamType[float]
    WholeType = click.ParamType[int]
else:  # generic only for the type checker: older versions of click know no parameters here
    TextType = NumberType = WholeType = click.ParamType

Command = TypeVar("Command", bound=Callable[..., Any])

ID_KINDS = {
    "c": "claim",
    "a": "article",
    "s": "source",
    "f": "family",
    "e": "evidence",
    "t": "transcript",
    "k": "fact-check",
}
LARGEST_ID = 2**63 - 1
SHOWN_ON_TERMINAL = 50  # rows of a list when nobody said how many


class Text(TextType):
    """Words of a person. Bytes of the shell that are no text become U+FFFD, as they do in an article."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text without lone surrogates."""
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


TEXT = Text()


class Words(TextType):
    """One of a few words, whatever its case, with `-` or `_` for a blank; a near match is suggested."""

    def __init__(self, words: Sequence[str], name: str) -> None:
        self.words = tuple(words)
        self.name = name  # how the help calls it: a|b as it is to be typed, anything else in capitals

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The words themselves where they are few."""
        return self.name if "|" in self.name else None

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is written in the store. Fails as wrong usage with what is known."""
        wanted = re.sub(r"[-_\s]+", " ", value.strip()).casefold()
        for word in self.words:
            if re.sub(r"[-_\s]+", " ", word).casefold() == wanted:
                return word
        option = _option_name(param)
        raise UsageError(f"{option}: unknown word “{value}”", advise(value, self.words))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The words that start like `incomplete`."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete.casefold())]


class Day(TextType):
    """A date, whole or only year or year and month: 2025, 2025-07, 2025-07-06."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as written, if there is such a day."""
        from datetime import date

        if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value, re.ASCII):
            try:
                date.fromisoformat(value + "-01" * (3 - len(value.split("-"))))
            except ValueError:
                pass
            else:
                return value
        raise UsageError(f"{_option_name(param)}: “{value}” is no date", "write it as 2025-07-06, 2025-07 or 2025")


class Place(TextType):
    """A place in a text: `210:254`, the first code point and the one after the last."""

    name = "START:END"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Both offsets."""
        match = re.fullmatch(r"([0-9]{1,10}):([0-9]{1,10})", str(value).strip(), re.ASCII)
        if match is None:
            raise UsageError(f"{_option_name(param)}: “{value}” is no place", "write it as 210:254")
        return int(match[1]), int(match[2])


class Share(NumberType):
    """A number from 0 to 1."""

    name = "0..1"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; what is no number, or outside, is wrong usage."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 <= number <= 1:
            raise UsageError(f"{_option_name(param)}: “{value}” is no number from 0 to 1", "write one such as 0.7")
        return number


class Whole(WholeType):
    """A whole number, from `least` to `most`."""

    name = "N"

    def __init__(self, least: int = 0, most: int | None = None) -> None:
        self.least, self.most = least, most

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; what is none, or outside, is wrong usage."""
        number = int(value) if re.fullmatch(r"[+-]?[0-9]{1,18}", str(value).strip(), re.ASCII) else None
        if number is None or number < self.least or (self.most is not None and number > self.most):
            upto = f" to {self.most}" if self.most is not None else " on"
            example = min(max(self.least, 20), self.most or 20)
            raise UsageError(
                f"{_option_name(param)}: “{value}” is no whole number from {self.least}{upto}",
                f"write one such as {example}",
            )
        return number


def _option_name(param: click.Parameter | None) -> str:
    return param.opts[-1] if param else "option"


def advise(value: str, known: Sequence[str], *, most: int = 20) -> str:
    """`did you mean …?` for a near match, else the words that are known."""
    near = get_close_matches(value.casefold(), known, n=1)
    listed = ", ".join(known[:most]) + (" …" if len(known) > most else "")
    return f"did you mean {near[0]}? known are {listed}" if near else f"known are {listed}"


# ---- identifiers ---------------------------------------------------------------------------------------------------


def parse_id(given: str, kinds: Mapping[str, str] = ID_KINDS) -> tuple[str, int]:
    """`c12` -> ("c", 12); a bare number is a claim. Raises NotFoundError for what can name nothing of `kinds`."""
    match = re.fullmatch(r"([a-z]?)([0-9]{1,25})", given.strip().casefold(), re.ASCII)
    letter = (match[1] or "c") if match else ""
    if match is None or letter not in kinds or not 0 < int(match[2]) <= LARGEST_ID:
        forms = ", ".join(f"{each}1 for {'' if each == 'e' else 'a '}{name}" for each, name in kinds.items())
        raise NotFoundError(
            f"there is no “{given}”", f"identifiers look like {forms.replace('a article', 'an article')}"
        )
    return letter, int(match[2])


def claim_id(given: str) -> int:
    """The number of a claim. Raises NotFoundError, and UsageError when another kind of thing is named."""
    letter, number = parse_id(given)
    if letter != "c":
        raise UsageError(f"{given} is not a claim", "name claims such as c12; workbench claims lists them")
    return number


def fact_check_id(given: str) -> int:
    """The number of a published fact-check. Raises NotFoundError, and UsageError when another thing is named."""
    letter, number = parse_id(given)
    if letter != "k":
        raise UsageError(f"{given} is not a fact-check", "name one such as k9; workbench match CLAIM lists them")
    return number


def article_id(given: str) -> int:
    """The number of an article. Raises NotFoundError, and UsageError when another kind of thing is named."""
    letter, number = parse_id(given)
    if letter != "a":
        raise UsageError(f"{given} is not an article", "name articles such as a3; workbench articles lists them")
    return number


# ---- filters -------------------------------------------------------------------------------------------------------

FILTERS = (
    click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only what holds these words."),
    click.option("--source", type=TEXT, metavar="NAME", help="Only claims of this source."),
    click.option("--outlet", type=TEXT, metavar="NAME", help="Only what this outlet published."),
    click.option("--kind", type=Words(CLAIM_KINDS, "kind"), help=f"Only this kind: {', '.join(CLAIM_KINDS)}."),
    click.option("--status", type=Words(STATUSES, "status"), help=f"Only this status: {', '.join(STATUSES)}."),
    click.option("--verdict", type=TEXT, metavar="LABEL", help="Only claims with this verdict, or none."),
    click.option("--min-check-worthiness", type=Share(), help="Only claims at least this much worth a check."),
    click.option("--since", type=Day(), help="Only what was published on this day or later."),
    click.option("--article", type=TEXT, metavar="ID", help="Only claims of this article, such as a3."),
    click.option("--flag", "flags", type=TEXT, metavar="FLAG", multiple=True, help="Only claims with this flag."),
    click.option("--is", "marks", type=Words(MARKS, "mark"), multiple=True, help=f"Only what is {', '.join(MARKS)}."),
)
_FILTER_NAMES = (
    *("search", "source", "outlet", "kind", "status", "verdict", "min_check_worthiness", "since"),
    *("article", "flags", "marks"),
)


def claim_filters(command: Command) -> Command:
    """Give a command the filters of claims, as one argument `filters`: a function from a store to a ClaimFilter."""

    @wraps(command)
    def with_filters(*arguments: Any, **options: Any) -> Any:
        chosen = {name: options.pop(name) for name in _FILTER_NAMES}
        return command(*arguments, filters=lambda store: claim_filter(store, chosen), **options)

    return apply(FILTERS, with_filters)  # type: ignore[return-value]


def claim_filter(store: Store, chosen: dict[str, Any]) -> ClaimFilter:
    """The filter that the options describe. Raises UsageError for a verdict that no scale of the store knows."""
    verdict = chosen["verdict"]
    return ClaimFilter(
        search=chosen["search"],
        source=chosen["source"],
        outlet=chosen["outlet"],
        kind=chosen["kind"],
        status=chosen["status"],
        verdict=verdict_label(store, verdict) if verdict is not None else None,
        min_check=chosen["min_check_worthiness"],
        since=chosen["since"],
        article_id=stored_article(store, chosen["article"]) if chosen["article"] is not None else None,
        marks=frozenset([*chosen["marks"], *(f"flag:{known_flag(store, flag)}" for flag in chosen["flags"])]),
    )


class Mapped(TextType):
    """Which column or key holds a field of an article: `text=Story`."""

    name = "FIELD=COLUMN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The field and the column."""
        if not isinstance(value, str):
            return value
        field, _, column = value.partition("=")
        if not field.strip() or not column.strip():
            raise UsageError(f"{_option_name(param)}: “{value}” names no column", "write it as text=Story")
        return field.strip().lower(), column.strip()


mapped = click.option(
    "--map", "fields", type=Mapped(), multiple=True,
    help="The column of a table, or the key of JSON, that holds a field: text, title, outlet …",
)  # fmt: skip


WEB = (
    click.option("--allow-private", is_flag=True, help="Also fetch from hosts that are not public, such as your own."),
    click.option("--ignore-robots", is_flag=True, help="Also fetch what the host's robots.txt asks programs to leave."),
    click.option("--user-agent", type=TEXT, metavar="NAME", help="The name to go by at the host."),
)


def web_options(command: Command) -> Command:
    """Give a command the options of fetching, as one argument `web`."""

    @wraps(command)
    def with_web(*arguments: Any, **options: Any) -> Any:
        chosen = {name: options.pop(name) for name in ("allow_private", "ignore_robots", "user_agent")}
        return command(*arguments, web=chosen, **options)

    return apply(WEB, with_web)  # type: ignore[return-value]


def stored_article(store: Store, given: str) -> int:
    """The number of an article of the store, `a3` or 3. Raises UsageError for another kind, NotFoundError for none."""
    number = article_id(f"a{given.strip()}" if given.strip().isdigit() else given)
    from workbench.services import show

    show.article_view(store, number)
    return number


def known_flag(store: Store, given: str) -> str:
    """The id of the flag that `given` names, by its id or its label. Raises UsageError for one that no one knows."""
    from workbench.services import show

    wanted = re.sub(r"[-_\s]+", " ", given.strip()).casefold()
    known = show.flags(store)
    for flag in known:
        if wanted in (flag.id.replace("-", " ").casefold(), flag.label.casefold()):
            return flag.id
    raise UsageError(f"--flag: unknown flag “{given}”", advise(given, [flag.id for flag in known]))


def verdict_label(store: Store, given: str) -> str:
    """The id of the label that `given` names on either scale, or "none"."""
    if given.strip().casefold() == "none":
        return "none"
    from workbench.services import show

    scales: tuple[Scale, ...] = show.scales(store)
    for scale in scales:
        if label := scale.find(given):
            return label.id
    known = ["none", *(label.id for scale in scales for label in scale.labels)]
    raise UsageError(f"--verdict: unknown label “{given}”", advise(given, known))


def apply(options: Sequence[Callable[[Command], Command]], command: Command) -> Command:
    """Put click options on a command so that the help lists them in the order given."""
    for option in reversed(options):
        command = option(command)
    return command
