"""The README's tables of commands and keys, made from the program: `python -m tests.docs.tables` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from workbench.actions import ACTIONS, Action
from workbench.cli.main import COMMANDS, root

README = Path(__file__).parents[2] / "README.md"


def commands() -> str:
    """A row for every command of `workbench --help`, with what it takes."""
    context = click.Context(root, info_name="workbench")
    rows = ["| command | does |", "|---|---|", "| `workbench` | Open the desk. |"]
    for name, (_, said) in COMMANDS.items():
        command = root.get_command(context, name)
        assert command is not None
        for words, told in _usages(command, name, context, said):
            rows.append(f"| `workbench {words}` | {_cell(told)} |")
    return "\n".join(rows)


def _usages(command: click.Command, name: str, parent: click.Context, said: str) -> Iterator[tuple[str, str]]:
    """Each command, or each of a group's, with what it takes and what it does."""
    context = click.Context(command, info_name=name, parent=parent)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            for words, told in _usages(found, inner, context, found.get_short_help_str(200)):
                yield f"{name} {words}", told
        return
    taken = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    yield " ".join([name, *taken]).replace("...", "…"), said


def keys() -> str:
    """A row for every action of the desk: its key, where it works and what it does."""
    rows = ["| key | where | does |", "|---|---|---|"]
    for action in ACTIONS:
        rows.append(f"| {_key(action)} | {', '.join(action.places)} | {_cell(action.help)} |")
    return "\n".join(rows)


def _key(action: Action) -> str:
    return " ".join(f"`{_cell(part)}`" for part in (action.shown_key or action.key).split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES = {"commands": commands, "keys": keys}


def between(text: str, name: str) -> str:
    """What stands between the marks of a table. Raises ValueError when the marks are not there."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    if found is None:
        raise ValueError(f"no table {name!r}")
    return found.group(1).strip()


def filled(text: str) -> str:
    """The text with both tables as the program has them now."""
    for name, make in TABLES.items():
        between(text, name)
        pattern = rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)"
        text = re.sub(pattern, lambda _, made=make: f"{made()}\n", text, flags=re.DOTALL)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
