"""The one module that writes to stderr and knows exit statuses: error lines, remarks and progress.

An error is one line, `workbench: what is wrong: what to do`. Nothing of a text or a database reaches stderr except
through an error of ours; `--debug` adds the traceback.
"""

from __future__ import annotations

import contextlib
import sys
import time
import traceback
from typing import TYPE_CHECKING

import click

from workbench.errors import WorkbenchError
from workbench.text import clean_line

if TYPE_CHECKING:
    from workbench.records import Progress

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


class OutputClosed(Exception):
    """Whoever read stdout has gone, as `head` does."""


class Failed(Exception):
    """The command did what it could and some of it failed: exit status 1, no further line."""


def error(what: str, todo: str = "") -> None:
    """Write one line that says what is wrong and what to do."""
    parts = [part.strip().rstrip(":") for part in (what, todo) if part.strip()]
    _write(": ".join(["workbench", *parts]))


def remark(text: str) -> None:
    """Write one line that is no error: what was left out of a list, where a file went."""
    _write(text)


def exit_status(failure: BaseException, *, debug: bool) -> int:
    """Write the line that `failure` deserves and return the exit status of the process."""
    if isinstance(failure, OutputClosed):
        return DONE
    if debug:
        for line in "".join(traceback.format_exception(failure)).splitlines():
            _write(line)
    if isinstance(failure, Failed):
        return FAILED
    if isinstance(failure, (KeyboardInterrupt, click.Abort)):
        error("interrupted", "what was stored before stays")
        return INTERRUPTED
    if isinstance(failure, WorkbenchError):
        error(failure.what, failure.todo)
        return failure.exit_status
    if isinstance(failure, click.ClickException):
        error(*_usage(failure))
        return failure.exit_code
    error(*_unexpected(failure))
    return FAILED


def _usage(failure: click.ClickException) -> tuple[str, str]:
    """click's words for a wrong usage in our form: what is wrong, what to do."""
    context = getattr(failure, "ctx", None)
    see = f"see {context.command_path} --help" if context else "see workbench --help"
    if isinstance(failure, click.NoSuchOption):
        return f"no such option {failure.option_name}", _option_advice(failure, see)
    if isinstance(failure, click.BadArgumentUsage | click.MissingParameter):
        return _sentence(failure.format_message()), see
    if isinstance(failure, click.BadParameter) and failure.param is not None:
        name = next((each for each in failure.param.opts if each.startswith("--")), failure.param.make_metavar(context))  # type: ignore[arg-type]
        return f"{name}: {_sentence(failure.message)}", see
    return _sentence(failure.format_message()), see


def _option_advice(failure: click.NoSuchOption, see: str) -> str:
    context = failure.ctx
    root = context.find_root() if context else None
    if context and root and context is not root:
        general = {option for parameter in root.command.params for option in parameter.opts}
        if failure.option_name in general:
            return f"it stands before the command, as in {root.info_name} {failure.option_name} … {context.info_name}"
    return f"did you mean {failure.possibilities[0]}?" if failure.possibilities else see


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".").replace("'", "")
    return text[:1].lower() + text[1:]


def _unexpected(failure: BaseException) -> tuple[str, str]:
    if isinstance(failure, MemoryError):
        return "out of memory", "give smaller inputs, or fewer at once"
    if isinstance(failure, OSError) and failure.strerror:
        place = f"{failure.filename}: " if isinstance(failure.filename, str) else ""
        return f"{place}{failure.strerror[:1].lower()}{failure.strerror[1:]}", "mend that and run it again"
    # The message of a foreign exception may hold article text or SQL, so only its type is told.
    return f"unexpected error {type(failure).__name__}", "run it again as workbench --debug … and report that"


def _write(line: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # a closed stderr must not hide the exit status
        _clear_progress()
        encoding = sys.stderr.encoding or "utf-8"
        text = clean_line(line).encode(encoding, "backslashreplace").decode(encoding)
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


class ProgressLine:
    """One line on a terminal that says how far a long command is, its rate and the time left; elsewhere nothing."""

    shown = False  # whether any progress line stands on the terminal now

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._drawn = -1.0

    def __call__(self, progress: Progress) -> None:
        """Redraw the line, at most ten times a second."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self._drawn < 0.1:
            return
        self._drawn = now
        from shutil import get_terminal_size

        from workbench.text import fit

        width = max(get_terminal_size().columns - 1, 20)
        sys.stderr.write("\r" + fit(describe(progress, now - self._started), width))
        sys.stderr.flush()
        ProgressLine.shown = True


def describe(progress: Progress, seconds: float) -> str:
    """`12 of 84 · 3.4/s · 21 s left · name`, as far as it is known after `seconds`."""
    parts = [str(progress.done) if progress.total is None else f"{progress.done} of {progress.total}"]
    rate = progress.done / seconds if seconds > 0 else 0.0
    if rate:
        parts.append(f"{rate:.1f}/s")
        if progress.total is not None:
            parts.append(f"{_duration((progress.total - progress.done) / rate)} left")
    return " · ".join([*parts, progress.what])


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(max(seconds, 0)), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def clear_progress() -> None:
    """Take the progress line off the terminal, before something else is written there."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        _clear_progress()


def _clear_progress() -> None:
    if ProgressLine.shown:
        from shutil import get_terminal_size

        sys.stderr.write("\r" + " " * (get_terminal_size().columns - 1) + "\r")
        sys.stderr.flush()
        ProgressLine.shown = False
