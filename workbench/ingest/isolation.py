"""Reading in a child process with limits on time and memory: a parser that goes wrong takes nothing along."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.ingest.options import BadInput, refuse
from workbench.records import Document, Remark
from workbench.spans import Span

_SPANS = ("header", "title_span", "agency_span")
_TODO = "convert it to plain text and ingest that"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: seconds on the clock and of the processor, bytes of address space."""

    seconds: float = 120.0
    memory: int = 1536 << 20


LIMITS = Limits()


def read_apart(format_name: str, data: bytes, *, name: str, limits: Limits = LIMITS) -> Iterator[Document | BadInput]:
    """The articles of `data` as `readers.read_as` finds them, read in a child process.

    Raises InputError for what the reader refuses, and in one line when the child crashes or goes over its limits.
    """
    request = json.dumps({"format": format_name, "name": name, "seconds": limits.seconds, "memory": limits.memory})
    words = [sys.executable, "-P", "-m", "workbench.ingest.child"]
    try:
        child = subprocess.run(
            words, input=request.encode("ascii") + b"\n" + data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), timeout=limits.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refuse(name, f"reading it took longer than {limits.seconds:.0f} seconds", _TODO) from None
    yield from _answers(child.stdout, data, name, child.returncode)


def _environment() -> dict[str, str]:
    """Where the child finds Python's modules, and nothing else of ours."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH") if key in os.environ}
    root = str(Path(__file__).parents[2])
    return kept | {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}


def _answers(answer: bytes, data: bytes, name: str, status: int) -> Iterator[Document | BadInput]:
    lines = answer.split(b"\n")
    for raw in lines[:-1]:
        said = json.loads(raw)
        if "end" in said:
            return
        if "refused" in said:
            raise InputError(*said["refused"])
        yield BadInput(*said["bad"]) if "bad" in said else _document(said["document"], data)
    reasons = {86: "reading it needs too much memory"}
    raise refuse(name, reasons.get(status, "it makes the reader fail: the file is damaged or made to do harm"), _TODO)


def to_json(document: Document, data: bytes) -> dict[str, Any]:
    """A document as JSON can hold it; its bytes only where they are not all of `data`."""
    fields = {each.name: getattr(document, each.name) for each in dataclasses.fields(Document)}
    whole = document.data == data
    return fields | {
        "data": None if whole else base64.b64encode(document.data).decode("ascii"),
        "metadata": dict(document.metadata),
        "guessed": sorted(document.guessed),
        "remarks": [dataclasses.asdict(remark) for remark in document.remarks],
    }


def _document(fields: dict[str, Any], data: bytes) -> Document:
    spans = {key: Span(*fields[key]) if fields[key] else None for key in _SPANS}
    kept = data if fields["data"] is None else base64.b64decode(fields["data"])
    return Document(**fields | spans | {
        "data": kept, "notes": tuple(fields["notes"]), "guessed": frozenset(fields["guessed"]),
        "remarks": tuple(Remark(**remark) for remark in fields["remarks"]),
    })  # fmt: skip
