"""Files that people name: written aside, readable by their owner alone, and moved in whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from workbench.errors import InputError


def write_aside(path: Path, data: bytes) -> None:
    """Write a whole file or leave what was there. Raises InputError."""
    with written_aside(path) as file:
        file.write(data)


@contextlib.contextmanager
def written_aside(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes the place of `path` when the block ends, and is gone when it raises.

    Raises InputError where it cannot be written.
    """
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is not a regular file", "name another file")
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}", "name a folder that exists and is yours"
        ) from error
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, 0o600)
        os.replace(aside, path)
        _synchronise(path.parent)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}", "free space, or name another file") from error
    finally:
        Path(aside).unlink(missing_ok=True)  # when it was moved in, it is not there any more


def _synchronise(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where the system can do that."""
    with contextlib.suppress(OSError):  # the file itself is whole already, under one name or the other
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
