"""Single values of JSON-LD as the wild writes them: text, numbers, dates, addresses. Nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeGuard
from urllib.parse import urlsplit

LONGEST = 5_000  # code points of one field; what follows is cut
LONGEST_URL = 2_000
_DEEPEST = 12  # levels of objects around an address
_SHOWN_TYPE = re.compile(r"[^/#:]+$")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,20}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?\Z")
_URLS = re.compile(r"https?://[^\s,;<>\"'|\\^`{}]+", re.IGNORECASE)
_PLAIN = re.compile(r"https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?:[/?#]|\Z)")
_WHOLE = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?:[/?#][!#-&()*+\-./0-9:=?@\[\]_a-z~]*)?\Z", re.IGNORECASE
)
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
    if type(value) is str:
        return _line(value, longest) or None
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            one = one.get("@value") or one.get("name")
        if isinstance(one, int | float) and not isinstance(one, bool):
            one = f"{one:g}" if isinstance(one, float) else str(one) if abs(one) < 10**15 else None
        if isinstance(one, str) and (found := _line(one, longest)):
            return found
    return None


def _line(given: str, longest: int) -> str:
    """`given` on one line, with single blanks, sound; most texts are so already, which is told quickly."""
    if len(given) <= longest and given.isprintable() and "  " not in given and " " not in (given[:1], given[-1:]):
        return given
    return sound(" ".join(given.split())[:longest])


def types(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The short names of a node's types: "http://schema.org/ClaimReview" gives "ClaimReview"."""
    given = listed(node.get("@type", node.get("type")))
    found = [_short(one) for one in given if isinstance(one, str) and len(one) < 200]
    return tuple(one for one in found if one)


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    found = _SHOWN_TYPE.search(name.strip())
    return found.group() if found else ""


def number(value: Any) -> float | None:
    """A finite number, from a number or a string of ASCII digits such as "5" or "4.0"."""
    if isinstance(value, str):
        return _parsed(value) if len(value) < 40 else None
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if -1e15 < value < 1e15 else None
    return _parsed(value) if isinstance(value, str) and len(value) < 40 else None


@lru_cache(maxsize=1024)
def _parsed(value: str) -> float | None:
    return float(value.strip()) if _NUMBER.match(value.strip()) else None


def date(value: Any) -> str | None:
    """An ISO 8601 date or time, else None."""
    given = text(value, 60)
    return None if given is None else _dated(given)


@lru_cache(maxsize=16_384)
def _dated(given: str) -> str | None:
    if not _DATE.match(given):
        return None
    try:
        datetime.fromisoformat(given)
    except ValueError:
        return None
    return given


def address(value: Any) -> str | None:
    """An absolute http(s) address, from a string, a list or an object with `url` or `@id`."""
    return value if _is_plain(value) else next(iter(addresses(value)), None)


def addresses(*given: Any) -> list[str]:
    """Every http(s) address in `given`; one string may hold several, joined by commas, blanks or nothing."""
    found: list[str] = []
    for value in given:
        if value is not None:
            _gather(value, found, 0)
    return found


def _gather(value: Any, found: list[str], depth: int) -> None:
    """Put every address of a value into `found`."""
    if _is_plain(value):
        found.append(value)
    elif isinstance(value, dict):
        inner = value.get("url") or value.get("@id") or value.get("contentUrl") or value.get("@value")
        if inner is not None and depth < _DEEPEST:
            _gather(inner, found, depth + 1)
    elif isinstance(value, str):
        for whole in _URLS.findall(value[: 20 * LONGEST_URL]):
            found += [part for part in _JOINED.split(whole) if part and is_address(part)]
    elif isinstance(value, list):
        for one in value:
            if not isinstance(one, list):
                _gather(one, found, depth)


def _is_plain(value: Any) -> TypeGuard[str]:
    """Whether `value` is one address and nothing else, as nearly all are: told ten times as fast as by parsing it."""
    if not isinstance(value, str) or not value.isascii() or len(value) > LONGEST_URL:
        return False
    return "://" not in value[8:] and _WHOLE.match(value) is not None


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
