"""What people type, checked at the door: texts of a bearable length, and words that are known."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from workbench.errors import UsageError

LONGEST_LINE = 2_000  # code points of a wording, explanation, name or reason
LONGEST_TEXT = 100_000  # code points of a note, rationale or excerpt


def line_given(value: str | None, what: str) -> str | None:
    """One line of text from a person; surrounding white space aside, it is kept as typed."""
    if value is None:
        return None
    line = " ".join(text_given(value, what, LONGEST_LINE).splitlines()) if value.strip() else ""  # type: ignore[union-attr]
    return line.strip()


def text_given(value: str | None, what: str, longest: int = LONGEST_TEXT) -> str | None:
    """Text from a person without white space around it. Raises UsageError when it is too long."""
    if value is None:
        return None
    if len(value) > longest:
        raise UsageError(f"the {what} is longer than {longest} characters", "shorten it")
    return value.strip().replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


def one_of(value: str | None, known: Sequence[str], what: str) -> str | None:
    """`value` when it is one of the known words. Raises UsageError with the nearest one."""
    if value is None or value in known:
        return value
    near = difflib.get_close_matches(value, known, 1)
    hint = f"did you mean “{near[0]}”? " if near else ""
    raise UsageError(f"unknown {what} {value!r}", f"{hint}known are {', '.join(known)}")
