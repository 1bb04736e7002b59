"""JSON out of web pages: read as it is, and where that fails, with the mends that real pages need.

Mended: CDATA and comment marks around it, unescaped quotation marks inside strings, missing and trailing commas, raw
line ends in strings. Everything is one pass, linear in the length.
"""

from __future__ import annotations

import json
import re
from typing import Any

_JUNK = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|\]\]>|<!--|-->)\s*(?:\*/)?")
_BLANKS = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r'"@?\w{1,60}"[ \t\r\n]{0,20}:')
_STARTS = '"{[-0123456789tfn'


class Broken(ValueError):
    """The text is no JSON, also with the mends; `line` is where the plain reading failed, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def loads(given: str, *, mend: bool = True) -> Any:
    """The JSON value of `given`. NaN and infinities count as null. Raises Broken."""
    try:
        return json.loads(given, strict=False, parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        fault = Broken(error.msg.lower(), error.lineno)
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise Broken("nested too deeply" if isinstance(error, RecursionError) else "a number is too long", 1) from error
    if mend:
        try:
            return json.loads(mended(_JUNK.sub("", given)), strict=False, parse_constant=lambda name: None)
        except (RecursionError, ValueError):
            pass
    raise fault


def mended(given: str) -> str:
    """`given` with commas and quotation marks put right where their neighbours show what was meant."""
    out: list[str] = []
    at, inside, after_value = 0, False, False
    for mark in re.finditer(r'["\\,{}\[\]]', given):
        if mark.start() < at:
            continue
        out.append(given[at : mark.start()])
        if not inside and given[at : mark.start()].strip():
            after_value = given[at : mark.start()].strip() != ":"
        sign, at = mark.group(), mark.end()
        if inside:
            if sign == "\\":
                out.append(given[mark.start() : at + 1])
                at += 1
                continue
            if sign == '"' and _closes(given, at):
                inside, after_value = False, True
            elif sign == '"':
                sign = '\\"'
            out.append(sign)
            continue
        after_value = _outside(out, given, sign, at, after_value)
        inside = sign == '"'
    out.append(given[at:])
    return "".join(out)


def _outside(out: list[str], given: str, sign: str, at: int, after_value: bool) -> bool:
    """Write a sign that stands outside strings; returns whether a value has just ended."""
    if sign == ",":
        following = _next(given, at)
        if following and following in "}]":
            return after_value  # a trailing comma
        out.append(sign)
        return False
    if sign in '"{[' and after_value:
        out.append(",")  # the comma that was forgotten
    out.append(sign)
    return sign in "}]"


def _closes(given: str, at: int) -> bool:
    """Whether the quotation mark before `at` ends its string: what follows belongs to the structure."""
    gap = _BLANKS.match(given, at)
    end = gap.end() if gap else at
    following = given[end : end + 1]
    if following in ("", ":", "}", "]"):
        return True
    if following == ",":
        after = _next(given, end + 1)
        return not after or after in _STARTS + "}]"
    return following == '"' and ("\n" in given[at:end] or _NAME.match(given, end) is not None)


def _next(given: str, at: int) -> str:
    gap = _BLANKS.match(given, at)
    end = gap.end() if gap else at
    return given[end : end + 1]
