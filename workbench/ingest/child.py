"""The child process of `isolation`: one request on stdin, one JSON object a line on stdout, and nothing else."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from typing import Any

OUT_OF_MEMORY = 86


def main() -> None:
    """Read the request and the bytes, go under the limits, answer. The status says when memory ran out."""
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what a library prints is no answer
    confine(request["seconds"], request["memory"])
    try:
        for said in _answers(request["format"], request["name"], data):
            out.write(json.dumps(said, ensure_ascii=True).encode("ascii") + b"\n")
        out.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def confine(seconds: float, memory: int) -> None:
    """Limit processor time, address space, files and core dumps. Nothing where the system has no limits."""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_CPU, math.ceil(seconds)),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    )
    for which, value in limits:
        with contextlib.suppress(ValueError, OSError):  # lower than that already, or not to be set here
            resource.setrlimit(which, (value, value))


def _answers(format_name: str, name: str, data: bytes) -> Any:
    from workbench.errors import InputError
    from workbench.ingest.isolation import to_json
    from workbench.ingest.options import BadInput
    from workbench.ingest.readers import read_as

    try:
        for found in read_as(format_name, data, name=name):
            yield (
                {"bad": [found.where, found.reason]}
                if isinstance(found, BadInput)
                else {"document": to_json(found, data)}
            )
    except InputError as error:
        yield {"refused": [error.what, error.todo]}
    except RecursionError:
        yield {"refused": [f"{name}: it is nested too deeply", "convert it to plain text and ingest that"]}
    else:
        yield {"end": True}


if __name__ == "__main__":
    main()
