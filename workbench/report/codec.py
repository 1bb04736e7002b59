"""Records to plain JSON values and back, by their type hints. Identifiers are written typed (`c12`, `a3`)."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from workbench import records
from workbench.errors import InputError
from workbench.spans import Span

Record = TypeVar("Record")

# Which fields hold identifiers, and of what; every other number is a plain number.
_IDENTIFIERS: dict[tuple[type, str], str] = {
    (records.ClaimRow, "id"): "c",
    (records.ArticleRow, "id"): "a",
    (records.ArticleRow, "copy_of"): "a",
    (records.Evidence, "id"): "e",
    (records.Family, "id"): "f",
}
_LATER = frozenset(
    {(records.Occurrence, "changes"), (records.ArticleRow, "copy_of")}
)  # fields that earlier files do not have: they have their default
_LETTERS = {"claim_id": "c", "parent_id": "c", "article_id": "a", "family_id": "f"}


@cache
def _shape(kind: Any) -> tuple[tuple[str, Any, str | None], ...]:
    """Name, type and identifier letter of each field of a record."""
    hints = get_type_hints(kind)
    return tuple(
        (field.name, hints[field.name], _IDENTIFIERS.get((kind, field.name)) or _LETTERS.get(field.name))
        for field in fields(kind)
    )


def dump(value: Any) -> Any:
    """`value` as JSON: records as objects, tuples as arrays, a number that is not finite as null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (str, int)):
        return value
    if is_dataclass(value):
        return dump_record(value)
    if isinstance(value, (list, tuple)):
        return [dump(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(dump(item) for item in value)
    if isinstance(value, dict):
        return {str(key): dump(item) for key, item in value.items()}
    return str(value)


def dump_record(record: Any, leave: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A record as an object in the order of its fields, without those in `leave`."""
    result = {}
    for name, _, letter in _shape(cast(Any, type(record))):
        if name not in leave:
            value = getattr(record, name)
            result[name] = dump(value) if letter is None or value is None else f"{letter}{value}"
    return result


def load_record(kind: type[Record], value: Any, where: str, given: dict[str, Any] | None = None) -> Record:
    """A record of `kind` out of an object; `given` are fields that are already read.

    Raises InputError that names the place when a field is missing or of the wrong type.
    """
    known = given or {}
    source = mapping(value, where)
    read = {
        name: known[name] if name in known else _field(source, name, hint, letter, where)
        for name, hint, letter in _shape(cast(Any, kind))
        if name in known or name in source or (kind, name) not in _LATER
    }
    return kind(**read)


def _field(source: dict[str, Any], name: str, hint: Any, letter: str | None, where: str) -> Any:
    if name not in source:
        raise wrong(where, f"has no “{name}”")
    place = f"{where}.{name}"
    if letter is None or source[name] is None:
        return load(hint, source[name], place)
    return identifier(letter, source[name], place)


def load(hint: Any, value: Any, where: str) -> Any:
    """`value` as the type `hint`. Raises InputError that names the place."""
    if hint is Any:
        return value
    if isinstance(hint, type) and (is_dataclass(hint) or hint is Span):
        return span(value, where) if hint is Span else load_record(hint, value, where)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _load_optional(get_args(hint), value, where)
    if origin is tuple:
        item = get_args(hint)[0]
        return tuple(load(item, entry, f"{where}[{index}]") for index, entry in enumerate(array(value, where)))
    if origin is Literal:
        return _load_word(get_args(hint), value, where)
    return _PLAIN[hint](value, where)


def _load_optional(choices: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in choices:
        return None
    return load(next(choice for choice in choices if choice is not type(None)), value, where)


def _load_word(words: tuple[Any, ...], value: Any, where: str) -> Any:
    if value not in words:
        raise wrong(where, f"is none of {', '.join(map(str, words))}")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise wrong(where, "is not a text")
    return value


def _truth(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise wrong(where, "is neither true nor false")
    return value


def whole(value: Any, where: str) -> int:
    """A whole number. Raises InputError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(where, "is not a whole number")
    return value


def _number(value: Any, where: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or abs(value) > 1e300:
        raise wrong(where, "is not a number")
    return float(value)


_PLAIN: dict[Any, Callable[[Any, str], Any]] = {str: _text, bool: _truth, int: whole, float: _number}


def array(value: Any, where: str) -> list[Any]:
    """A list. Raises InputError."""
    if not isinstance(value, list):
        raise wrong(where, "is not a list")
    return value


def mapping(value: Any, where: str) -> dict[str, Any]:
    """An object. Raises InputError."""
    if not isinstance(value, dict):
        raise wrong(where, "is not an object")
    return value


def span(value: Any, where: str) -> Span:
    """A pair of offsets. Raises InputError."""
    pair = array(value, where)
    if len(pair) != 2:
        raise wrong(where, "is not a pair of offsets")
    return Span(whole(pair[0], where), whole(pair[1], where))


def identifier(letter: str, value: Any, where: str) -> int:
    """The number of a typed identifier such as `c12`. Raises InputError."""
    digits = value[1:] if isinstance(value, str) and value.startswith(letter) else ""
    if not (digits.removeprefix("-").isascii() and digits.removeprefix("-").isdigit() and len(digits) < 20):
        raise wrong(where, f"is no identifier such as “{letter}12”")
    return int(digits)


def wrong(where: str, what: str) -> InputError:
    """The error for a place in a file that does not hold what it should."""
    return InputError(f"this is not a report of ours: {where} {what}", "export it again with --format json")
