"""Opening the desk from the command line: only where there is a terminal, and nothing heavy before."""

from __future__ import annotations

import sys

from workbench.errors import UsageError


def need_terminal() -> None:
    """Raise UsageError when standard input or output is no terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the desk needs a terminal", "run it in one, or see workbench --help for what works without")


def open_desk(location: str, reviewer: str) -> None:
    """Open the desk on the store at `location`; returns when the reviewer leaves it, exits when the desk failed."""
    need_terminal()
    from workbench.tui.app import run_desk

    status = run_desk(location, reviewer)
    if status:
        raise SystemExit(status)
