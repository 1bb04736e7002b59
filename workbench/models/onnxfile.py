"""One weight out of an ONNX file, without the library that writes such files.

The sentence model shares the attribution model's table of word pieces: that file is walked (protocol buffers: a key,
then a length, then that many bytes) until the weight of the wanted name, and its bytes are mapped, not read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import mmap

_GRAPH, _INITIALIZER, _NAME, _RAW, _DIMS = 7, 5, 8, 9, 1  # numbers of the fields in ModelProto, GraphProto, TensorProto
_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5


def weight(path: Path, name: str, kind: str) -> Any:
    """The weight `name` as a numpy array of the type `kind` ("int8", "float32"), mapped from the file.

    Raises WorkbenchError when the file has no such weight.
    """
    import mmap

    import numpy as np

    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place = _find(data, name.encode())
    if place is None:
        raise WorkbenchError(f"the packaged model {path.parent.name} has no {name}", "install workbench again")
    start, shape = place
    return np.memmap(path, dtype=kind, mode="r", offset=start, shape=shape)


def _find(data: mmap.mmap, name: bytes) -> tuple[int, tuple[int, ...]] | None:
    """Where the bytes of a weight begin, and its shape."""
    for number, start, end in _fields(data, 0, len(data)):
        if number != _GRAPH:
            continue
        for inner, first, last in _fields(data, start, end):
            if inner == _INITIALIZER and (found := _tensor(data, first, last, name)):
                return found
    return None


def _tensor(data: mmap.mmap, start: int, end: int, name: bytes) -> tuple[int, tuple[int, ...]] | None:
    shape: list[int] = []
    called, raw = b"", 0
    for number, first, last in _fields(data, start, end):
        if number == _DIMS:
            at = first
            while at < last:
                value, at = _varint(data, at)
                shape.append(value)
        elif number == _NAME:
            called = data[first:last]
        elif number == _RAW:
            raw = first
    return (raw, tuple(shape)) if called == name and raw else None


def _fields(data: mmap.mmap, at: int, end: int) -> Any:
    """(number, first byte, end) of each field between two places."""
    while at < end:
        key, at = _varint(data, at)
        kind, start = key & 7, at
        if kind == _VARINT:
            _, at = _varint(data, at)
        elif kind == _LENGTH:
            length, start = _varint(data, at)
            at = start + length
        elif kind in (_FIXED64, _FIXED32):
            at += 8 if kind == _FIXED64 else 4
        else:
            raise WorkbenchError("a packaged model is damaged", "install workbench again")
        yield key >> 3, start, at


def _varint(data: mmap.mmap, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
