"""The root of the command line: options before the command, the table of commands, and the one place that exits."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import workbench
from workbench.cli import messages, output
from workbench.cli.groups import Group, examples
from workbench.cli.settings import General

# Name -> (module below workbench.cli.commands, the help in one line): the help is here so that --help imports none.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Open the desk on a throw-away store that holds the seeds."),
    "ingest": ("ingest", "Store articles and read their claims."),
    "extract": ("extract", "Read claims and quotes out of articles, without a store."),
    "articles": ("articles", "List the articles."),
    "claims": ("claims", "List the claims."),
    "filters": ("filters", "List the saved filters of the desk, or print one."),
    "sources": ("sources", "List the sources: to whom words are attributed."),
    "family": ("family", "Say which quotes are one, and which are not."),
    "families": ("families", "List the families: quotes that several articles carry."),
    "show": ("show", "Show one thing, whole, in context."),
    "transcript": ("transcript", "Store a record of what was said."),
    "transcripts": ("transcripts", "List the transcripts."),
    "verify": ("verify", "Check a quote against what was said, word for word."),
    "import": ("import_", "Take in published fact-checks, an archive or a report."),
    "match": ("match", "List published fact-checks that may already answer claims."),
    "check": ("check", "Say whether a published fact-check answers a claim."),
    "mark": ("mark", "Give verdicts, notes, flags, a source, a wording or a status."),
    "note": ("note", "Change notes; mark --note writes one, remove takes one away."),
    "claim": ("claim", "Change where claims stand and what they are."),
    "sentence": ("sentence", "Settle sentences that hold no claim to check."),
    "source": ("source", "Name sources, join those that are one, and say what they are."),
    "evidence": ("evidence", "Say what a verdict rests on."),
    "reread": ("reread", "Read stored articles again, keeping what people decided."),
    "remove": ("remove", "Hide articles, claims, evidence, notes or transcripts."),
    "purge": ("purge", "Overwrite articles for good: texts, claims, notes, kept copies."),
    "log": ("log", "Show the history, or verify that nobody changed it."),
    "undo": ("undo", "Take back your last action."),
    "redo": ("redo", "Do again what you took back."),
    "export": ("export", "Write a report of verdicts, or the whole store."),
    "lint": ("lint", "Check ClaimReview in web pages and JSON files."),
    "stats": ("stats", "Say how far, how fast, who says what, and who repeats what."),
    "audit": ("audit", "Audit coverage, anonymous voices, verbs and single sources."),
    "settings": ("settings", "Show or change the desk's name, addresses and scales."),
    "backup": ("backup", "Copy the store, also while others work on it."),
    "migrate": ("migrate", "Bring an older store to today's schema."),
    "doctor": ("doctor", "Say what is installed, where, and whether the store is sound."),
}

_EPILOG = examples(
    "workbench demo                         try it on the seed articles",
    "workbench ingest articles/             store a folder of articles",
    "workbench claims --status open         what is still to check",
    "workbench mark c12 --truth false       give a verdict",
    "workbench export --format html -o report.html",
    "workbench                              open the desk",
) + (
    "\n\n\b\nIdentifiers: c12 claim (or just 12), a3 article, s5 source, f7 family, e4 evidence,"
    "\n             t2 transcript, k9 fact-check."
    "\nExit status: 0 done, 1 an input failed or a named thing does not exist, 2 wrong usage,"
    "\n             3 the store cannot be used, 130 interrupted."
    '\nCompletion in bash: eval "$(_WORKBENCH_COMPLETE=bash_source workbench)" (also zsh_source, fish_source).'
)


class LazyGroup(Group):
    """A group whose commands are modules that are imported when they are chosen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the work, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of that command; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"workbench.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.option("--db", metavar="PATH|URL", help="The store. [WORKBENCH_DB, else the user's data folder]")
@click.option("--as", "as_name", metavar="NAME", help="Who works. [WORKBENCH_REVIEWER, else the login name]")
@click.option("--debug", is_flag=True, help="Add the traceback to an error.")
@click.version_option(workbench.__version__, message="workbench %(version)s")
@click.pass_context
def root(context: click.Context, db: str | None, as_name: str | None, debug: bool) -> None:
    """Check the claims and quotes of news articles.

    Without a command the desk opens: the queue of claims, and beside each claim its article.
    """
    general = context.obj = General(context, db, as_name, debug)
    if context.invoked_subcommand is None:
        from workbench.cli.desk import open_desk

        open_desk(general.location, general.reviewer)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on `arguments` (those of the process when None) and return the exit status."""
    _stand_in_for_closed_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if "_WORKBENCH_COMPLETE" in os.environ:
            root.main(words, prog_name="workbench")  # writes the completion and exits
        return _invoke(list(words))  # click takes what it has read out of its list
    except BaseException as failure:
        return _settle(failure, debug="--debug" in words)


def _stand_in_for_closed_streams() -> None:
    """Give every stream that the caller closed a null device, so that nothing below meets None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115 - it lives as long as the process


def _invoke(words: list[str]) -> int:
    try:
        with root.make_context("workbench", words) as context:
            root.invoke(context)
    except click.exceptions.Exit as leave:
        if leave.exit_code:
            return leave.exit_code
    output.finish()
    return messages.DONE


def _settle(failure: BaseException, *, debug: bool) -> int:
    if isinstance(failure, SystemExit):
        return failure.code if isinstance(failure.code, int) else messages.DONE
    with contextlib.suppress(OSError, messages.OutputClosed):  # the failure that led here is the one to tell
        output.finish()
    return messages.exit_status(failure, debug=debug)
