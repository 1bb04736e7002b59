"""Foreign text for Markdown (CommonMark and GitHub's): shown literally, never markup, link, heading or HTML."""

from __future__ import annotations

import re

from workbench.text import clean, clean_line

_ALWAYS = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?[0-9A-Za-z])")
_MATHS = re.compile(r"\$(?![0-9])")  # “$5.9 billion” stays readable: a figure opens no formula
_AUTOLINK = re.compile(r":(?=//)|(?<=www)\.|@|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
_LINE_START = re.compile(r"^(?:(?=[#=+:-])|([0-9]{1,9})(?=[.)](?: |$)))")


def inline(text: str | None) -> str:
    """`text` on one line, cleaned and escaped, for any place but the start of a line."""
    return within(" ".join(clean_line(text or "").split()))


def opening(text: str | None) -> str:
    """Like `inline`, for the start of a line, an entry of a list or a heading."""
    return line(" ".join(clean_line(text or "").split()))


def heading(text: str | None) -> str:
    """Like `inline`, for a heading, whose last number sign would be taken for its end."""
    escaped = inline(text)
    return escaped[:-1] + "\\#" if escaped.endswith("#") else escaped


def line(text: str) -> str:
    """One line of cleaned text, escaped."""
    return _LINE_START.sub(lambda found: f"{found[1] or ''}\\", within(text))


def within(text: str) -> str:
    """Cleaned text that does not start a line, escaped; blanks at its edges stay."""
    escaped = _ALWAYS.sub(r"\\\1", text)
    escaped = _ENTITY.sub(r"\\&", escaped)
    escaped = _MATHS.sub(r"\\$", escaped)
    return _AUTOLINK.sub(lambda found: "\\" + found[0], escaped)


def quoted(text: str, indent: str = "") -> list[str]:
    """`text` as the lines of a block quote; an empty line parts paragraphs and stays inside the quote."""
    lines = [" ".join(part.split()) for part in clean(text.replace("\r\n", "\n").strip()).split("\n")]
    result: list[str] = []
    for index, part in enumerate(lines):
        # A hard break keeps lines that belong together apart; without it Markdown joins them.
        broken = "\\" if part and index + 1 < len(lines) and lines[index + 1] else ""
        result.append(f"{indent}> {line(part)}{broken}".rstrip())
    return result
