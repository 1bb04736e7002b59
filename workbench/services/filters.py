"""The filter line: `outlet:menafn check>0.3 "a phrase" words` to a ClaimFilter and back."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import Any

from workbench.errors import UsageError
from workbench.records import CLAIM_KINDS, STATUSES, ClaimFilter

MARKS = (
    *("anonymous", "named", "stale", "lost", "negated", "family", "alarm"),
    *("evidence", "number", "conflict", "flag", "open", "settled"),
)
_FIELDS = ("source", "outlet", "kind", "status", "verdict", "article", "since", "is", "has", "flag", "check", "family")

_TERM = re.compile(
    r'(?P<name>[a-z]+):(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))'
    r"|check\s*(?P<compare>>=?)\s*(?P<number>\S+)"
    r'|(?P<phrase>"[^"]*"?)'
    r"|(?P<word>\S+)"
)


def parse_filter(text: str) -> ClaimFilter:
    """The filter that a person typed. Raises UsageError on a word that looks like a condition and is none."""
    result = ClaimFilter()
    words: list[str] = []
    for found in _TERM.finditer(text):
        if found["name"]:
            value = found["quoted"] if found["quoted"] is not None else found["plain"]
            result = _condition(result, found["name"], value)
        elif found["compare"]:
            result = replace(result, min_check=_share(found["number"]))
        else:
            words.append(found["phrase"] or found["word"])
    tail = " " if words and text.endswith(" ") else ""
    return replace(result, search=" ".join(words) + tail)


_BEGUN = re.compile(r'(?:^|(?<=\s))"?\w$')


def without_begun(wanted: ClaimFilter) -> ClaimFilter:
    """The filter while its last word is being typed: one letter of it is no search yet."""
    search = _BEGUN.sub("", wanted.search)
    return wanted if search == wanted.search else replace(wanted, search=search)


def _condition(result: ClaimFilter, name: str, value: str) -> ClaimFilter:
    if name not in _FIELDS:
        near = difflib.get_close_matches(name, _FIELDS, 1)
        hint = f"did you mean {near[0]}:? " if near else ""
        raise UsageError(f"unknown filter {name}:", f"{hint}known are {': '.join(_FIELDS)}:")
    if not value:
        return result
    changes: dict[str, Any]
    if name in ("is", "has"):
        changes = {"marks": result.marks | {_one_of(value, MARKS, f"{name}:")}}
    elif name == "flag":
        changes = {"marks": result.marks | {f"flag:{value}"}}
    elif name == "check":
        changes = {"min_check": _share(value.lstrip(">="))}
    elif name == "article":
        changes = {"article_id": _number(value, "a")}
    elif name == "family":
        changes = {"family_id": _number(value, "f")}
    elif name == "kind":
        changes = {"kind": _one_of(value, CLAIM_KINDS, "kind:")}
    elif name == "status":
        changes = {"status": _one_of(value.replace("-", " "), STATUSES, "status:")}
    else:
        changes = {name: value}
    return replace(result, **changes)


def _one_of(value: str, known: tuple[str, ...], where: str) -> str:
    """`value` when it is known, or the one known word that it begins."""
    folded = value.casefold()
    begun = [word for word in known if word.startswith(folded)]
    if folded in known:
        return folded
    if len(begun) == 1:
        return begun[0]
    raise UsageError(f"unknown word in {where}{value}", f"known are {', '.join(known)}")


def _share(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        raise UsageError(f"check>{value} is no number", "write a share between 0 and 1, such as check>0.5") from None


def _number(value: str, letter: str) -> int:
    digits = value.removeprefix(letter)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise UsageError(f"{value} is no identifier", f"write {letter}3 or 3")
    return int(digits)


def format_filter(wanted: ClaimFilter) -> str:
    """The line that `parse_filter` reads as `wanted`."""
    parts = []
    for name in ("source", "outlet", "kind", "status", "verdict", "since"):
        value = getattr(wanted, name)
        if value:
            text = value.replace(" ", "-") if name == "status" else value
            parts.append(f'{name}:"{text}"' if re.search(r"\s", text) else f"{name}:{text}")
    if wanted.article_id is not None:
        parts.append(f"article:a{wanted.article_id}")
    if wanted.family_id is not None:
        parts.append(f"family:f{wanted.family_id}")
    if wanted.min_check is not None:
        parts.append(f"check>{wanted.min_check:g}")
    for mark in sorted(wanted.marks):
        parts.append(mark if mark.startswith("flag:") else f"is:{mark}")
    return " ".join([*parts, wanted.search]).rstrip() if wanted.search or parts else ""
