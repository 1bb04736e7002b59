"""Single values of JSON-LD as the wild writes them: text, numbers, dates, addresses. Nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

LONGEST = 5_000  # code points of one field; what follows is cut
LONGEST_URL = 2_000
_DEEPEST = 12  # levels of objects around an address
_SHOWN_TYPE = re.compile(r"[^/#:]+$")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,20}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?\Z")
_URLS = re.compile(r"https?://[^\s,;<>\"'|\\^`{}]+", re.IGNORECASE)
_PLAIN = re.compile(r"https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?:[/?#]|\Z)")
_JOINED = re.compile(r"(?=https?://)", re.IGNORECASE)


def sound(value: str) -> str:
    """Text without NUL and lone surrogates, which no store keeps."""
    if value.isascii() and "\x00" not in value:
        return value
    return value.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


def listed(value: Any) -> list[Any]:
    """A value as a list: none, one or many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any, longest: int = LONGEST) -> str | None:
    """The first text in `value` (a string, a number, {"@value": …} or a list of these) on one line."""
    if value is None:
        return None
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            one = one.get("@value") or one.get("name")
        if isinstance(one, int | float) and not isinstance(one, bool):
            one = f"{one:g}" if isinstance(one, float) else str(one) if abs(one) < 10**15 else None
        if isinstance(one, str) and (found := " ".join(one.split())):
            return sound(found[:longest])
    return None


def types(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The short names of a node's types: "http://schema.org/ClaimReview" gives "ClaimReview"."""
    given = listed(node.get("@type", node.get("type")))
    found = (_SHOWN_TYPE.search(one.strip()) for one in given if isinstance(one, str) and len(one) < 200)
    return tuple(one.group() for one in found if one)


def number(value: Any) -> float | None:
    """A finite number, from a number or a string of ASCII digits such as "5" or "4.0"."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if -1e15 < value < 1e15 else None
    if isinstance(value, str) and len(value) < 40 and _NUMBER.match(value.strip()):
        return float(value.strip())
    return None


def date(value: Any) -> str | None:
    """An ISO 8601 date or time, else None."""
    given = text(value, 60)
    if given is None or not _DATE.match(given):
        return None
    try:
        datetime.fromisoformat(given)
    except ValueError:
        return None
    return given


def address(value: Any) -> str | None:
    """An absolute http(s) address, from a string, a list or an object with `url` or `@id`."""
    return next(addresses(value), None)


def addresses(value: Any, depth: int = 0) -> Iterator[str]:
    """Every http(s) address in `value`; one string may hold several, joined by commas, blanks or nothing."""
    if value is None or depth > _DEEPEST:
        return
    for one in listed(value):
        if isinstance(one, dict):
            yield from addresses(one.get("url") or one.get("@id") or one.get("contentUrl"), depth + 1)
        elif isinstance(one, str):
            for found in _URLS.findall(one[: 20 * LONGEST_URL]):
                yield from (part for part in _JOINED.split(found) if is_address(part))


def is_address(given: str) -> bool:
    """Whether `given` is an absolute http(s) address with a host."""
    return bool(host(given)) and len(given) <= LONGEST_URL and sound(given) == given


def host(url: str) -> str:
    """The host of an address in lower case, without "www."; "" where there is none."""
    if plain := _PLAIN.match(url):  # nearly all addresses, ten times as fast
        return plain.group(1).removeprefix("www.")
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "." not in name:
        return ""
    return name.lower().removeprefix("www.").rstrip(".")
