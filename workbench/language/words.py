"""Words as data: the packaged lists in `lexicon/`, one entry a line, `#` for comments. Each is read once."""

from __future__ import annotations

from functools import cache


def lines(name: str) -> list[str]:
    """The entries of `lexicon/NAME.txt` in their order, without comments and blank lines."""
    from importlib.resources import files

    content = files("workbench.language").joinpath("lexicon", f"{name}.txt").read_text("utf-8")
    stripped = (line.strip() for line in content.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list as a set."""
    return frozenset(lines(name))


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list whose columns are divided by `|`."""
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines(name))


@cache
def group(name: str) -> frozenset[str]:
    """A small closed group of `lexicon/grammar.txt`, such as the modals. Raises KeyError."""
    return frozenset({row[0]: row[1] for row in table("grammar")}[name].split())
