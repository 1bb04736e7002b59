"""Groups of commands that name a near match for a mistyped one."""

from __future__ import annotations

from difflib import get_close_matches

import click

from workbench.errors import UsageError


class Group(click.Group):
    """A group that answers an unknown or a missing command with one line."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first word. Raises UsageError with a near match when there is none."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known and not ctx.resilient_parsing:
            near = get_close_matches(args[0].casefold(), known, n=1)
            todo = f"did you mean {near[0]}?" if near else f"{ctx.command_path} --help lists them"
            raise UsageError(f"no such command “{args[0]}”", todo)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse. Raises UsageError when a command is needed and none is given."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            raise UsageError("a command is missing", f"{ctx.command_path} --help lists them")
        return super().parse_args(ctx, args)


def examples(*lines: str) -> str:
    """The end of a help text: examples, one a line, that click must not fold."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])
