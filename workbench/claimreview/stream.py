"""JSON of any size, one element at a time: a Data Commons feed, an array, one value or many (JSON Lines).

Only a piece of the file is in memory. Elements that begin alike are parsed many at once by msgspec, others one by one
by the standard library's C scanner, which takes more; what is ours is finding where the elements of the long array
begin. A broken element is told, and reading goes on at the next
one that can be recognised.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from msgspec.json import decode

CHUNK = 1 << 16  # characters that are read at once: what is made of them stays in the processor's cache
LARGEST = 4 << 20  # characters of one element
MOST_FAULTS = 100  # broken elements after which the rest is not read
STREAMED = frozenset({"dataFeedElement", "@graph", "itemListElement"})  # keys of the long arrays

_BLANKS = re.compile(r"[ \t\r\n]*")
_ELEMENT = re.compile(r'\{\s*"@(?:type|context)"\s*:\s*"(?:DataFeedItem|ClaimReview|https?://schema\.org/?)"')
_BEGINNING = re.compile(r'\{\s*"[^"\\]{1,40}"\s*:\s*"[^"\\]{1,80}"')
_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda name: None)


@dataclass(frozen=True, slots=True)
class Element:
    """One element; `number` counts from 1 in the order of the file."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that could not be read. `fatal` says that nothing after it was read."""

    number: int
    reason: str
    fatal: bool = False


@dataclass(slots=True)
class Head:
    """What stands beside the long array: the type and the name of a feed, as far as it was read."""

    values: dict[str, Any]
    complete: bool = False  # the file was read to its end without a fault


class _Buffer:
    def __init__(self, read: Callable[[int], str]) -> None:
        self.read, self.text, self.at, self.ended = read, "", 0, False
        self.fresh = False  # something was read since `alike` looked last

    def more(self, size: int = CHUNK) -> bool:
        """Read on, dropping what was used. False at the end."""
        if self.ended:
            return False
        piece = self.read(size)
        self.ended = not piece
        self.text, self.at, self.fresh = self.text[self.at :] + piece, 0, True
        return bool(piece)

    def peek(self) -> str:
        """The next character that is not blank, "" at the end."""
        while True:
            gap = _BLANKS.match(self.text, self.at)
            self.at = gap.end() if gap else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, sign: str) -> bool:
        """Step over `sign` if it is next."""
        if self.peek() != sign:
            return False
        self.at += 1
        return True

    def value(self) -> Any:
        """The value that begins here. Raises ValueError in words; then `at` stands where it began."""
        self.peek()
        size = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
                if end < len(self.text) or not self.more():  # a number may go on in what is not read yet
                    self.at = end if end <= len(self.text) else self.at
                    return value
                continue
            except json.JSONDecodeError as error:
                cut_off = error.msg.startswith("Unterminated string") or error.pos > len(self.text) - 32
                if not cut_off or len(self.text) - self.at > LARGEST or not self.more(size):
                    reason = "an element is too large" if len(self.text) - self.at > LARGEST else error.msg.lower()
                    raise ValueError(reason) from error
                size *= 2
            except RecursionError as error:
                raise ValueError("nested too deeply") from error

    def alike(self) -> list[Any]:
        """The values that begin here and are read already, up to the last one that begins as this one does.

        Many at once take half of the time. Empty where that cannot be done: `value` reads them one by one.
        """
        if not self.fresh:
            return []
        self.fresh = False
        beginning = _BEGINNING.match(self.text, self.at)
        last = self.text.rfind(beginning.group(), beginning.end()) if beginning else -1
        if last < 0:
            return []
        body = self.text[self.at : last].rstrip(" \t\r\n")
        try:
            found: list[Any] = decode(f"[{body[:-1]}]") if body.endswith(",") else []
        except (ValueError, RecursionError):
            return []
        self.at = last if found else self.at
        return found

    def skip_to_element(self) -> bool:
        """Step to the next place that looks like an element, past the one that begins here. False when none is left."""
        self.at = min(self.at + 1, len(self.text))
        while True:
            found = _ELEMENT.search(self.text, self.at)
            if found:
                self.at = found.start()
                return True
            self.at = max(self.at, len(self.text) - 200)
            if not self.more():
                return False


class Reader:
    """Reads one file; `head` fills while its elements are taken."""

    def __init__(self, read: Callable[[int], str]) -> None:
        self._buffer = _Buffer(read)
        self.head = Head({})
        self._number = 0
        self._faults = 0

    def elements(self) -> Iterator[Element | Fault]:
        """Every element of the file: of its long array, of the array that it is, or its values one after another."""
        buffer = self._buffer
        buffer.take("\ufeff")
        while sign := buffer.peek():
            if sign == "{" and self._number == 0:
                buffer.at += 1
                yield from self._object()
            elif sign == "[":
                buffer.at += 1
                yield from self._array()
            else:
                yield from self._one()
            buffer.take(",")
            if self._faults > MOST_FAULTS:
                yield Fault(self._number, "too many broken elements, the rest was not read", fatal=True)
                return
        self.head.complete = not self._faults

    def _fault(self, reason: str) -> Fault:
        self._faults += 1
        return Fault(self._number, reason)

    def _one(self) -> Iterator[Element | Fault]:
        self._number += 1
        try:
            yield Element(self._number, self._buffer.value())
        except ValueError as error:
            yield self._fault(str(error))
            if not self._buffer.skip_to_element():
                self._buffer.at = len(self._buffer.text)

    def _array(self) -> Iterator[Element | Fault]:
        buffer = self._buffer
        while not buffer.take("]"):
            if not buffer.peek():
                yield self._fault("the file ends in the middle")
                return
            if self._faults > MOST_FAULTS:
                return
            for value in buffer.alike():
                self._number += 1
                yield Element(self._number, value)
            yield from self._one()
            if not buffer.take(",") and buffer.peek() not in ("]", "{", ""):
                yield self._fault("something stands between two elements")
                if not buffer.skip_to_element():
                    return

    def _object(self) -> Iterator[Element | Fault]:
        """A top-level object: its long array element by element, or the object itself as the one element."""
        buffer, kept, streamed = self._buffer, self.head.values, False
        try:
            while not buffer.take("}"):
                key = buffer.value()
                if not isinstance(key, str) or not buffer.take(":"):
                    raise ValueError("a name is missing")
                if key in STREAMED and buffer.peek() == "[":
                    buffer.at += 1
                    streamed = True
                    yield from self._array()
                else:
                    kept[key] = buffer.value()
                if not buffer.take(",") and buffer.peek() != "}":
                    raise ValueError("the file ends in the middle" if not buffer.peek() else "a comma is missing")
        except ValueError as error:
            yield self._fault(str(error))
            if not self._buffer.skip_to_element():
                self._buffer.at = len(self._buffer.text)
        if not streamed:
            self._number += 1
            yield Element(self._number, dict(kept))
