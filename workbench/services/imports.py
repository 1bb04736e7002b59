"""Taking a file in that a program wrote: which kind it is by its content, and the reader of that kind.

A kind is a row of `_KINDS`: its name for people, whether the first bytes are of that kind, and who reads it. Readers
are imported when they are chosen. The first kind that recognises a file reads it, so the particular stands before
the general.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InputError
from workbench.records import ActionRow, Progress
from workbench.services.store import Store

HEAD = 65_536  # bytes at the beginning of a file by which its kind is told


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person states about the file. Only the kinds that know an option look at it."""

    publishers: tuple[str, ...] = ()  # hosts whose fact-checks are taken; empty takes all


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `said` is one sentence; `failed` has a line for each part that could not be taken.

    `action` is the undoable action that it was, None where everything was in the store already.
    """

    kind: str
    said: str
    failed: tuple[str, ...] = ()
    action: ActionRow | None = None


Report = Callable[[Progress], None]
Reader = Callable[[Store, Path, ImportOptions, "Report | None"], Imported]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `recognises` is given the first HEAD bytes; `read` raises InputError and then changed nothing."""

    name: str
    recognises: Callable[[bytes], bool]
    read: Reader


def import_file(
    store: Store, path: Path, *, options: ImportOptions | None = None, progress: Report | None = None
) -> Imported:
    """Take in what `path` holds. Raises InputError for a file of no known kind or broken, changing nothing."""
    return kind_of(path).read(store, path, options or ImportOptions(), progress)


def kind_of(path: Path) -> Kind:
    """The kind of a file, by its content. Raises InputError."""
    head = _head(path)
    for kind in _KINDS:
        if kind.recognises(head):
            return kind
    raise InputError(
        f"{path.name} is nothing that can be imported", f"known are {', '.join(kind.name for kind in _KINDS)}"
    )


def _head(path: Path) -> bytes:
    """The first bytes of a regular file."""
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is not a regular file", "name a file")
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "check the path") from error


def _is_archive(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _read_archive(store: Store, path: Path, options: ImportOptions, progress: Report | None) -> Imported:
    from workbench.services import archive

    return archive.restore(store, path, progress)


def _is_report(head: bytes) -> bool:
    """Whether a file begins as our JSON or JSON Lines do."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].replace(b" ", b"").replace(b"\n", b"")
    return start.startswith(b'{"format":') and b'"program":"workbench' in start


def _read_report(store: Store, path: Path, options: ImportOptions, progress: Report | None) -> Imported:
    from workbench.services import reportimport

    return reportimport.read(store, path, progress)


def _is_checks(head: bytes) -> bool:
    from workbench.services import checkimports

    return checkimports.recognises(head)


def _read_checks(store: Store, path: Path, options: ImportOptions, progress: Report | None) -> Imported:
    from workbench.services import checkimports

    return checkimports.read(store, path, options, progress)


_KINDS: tuple[Kind, ...] = (
    Kind("an archive of a store", _is_archive, _read_archive),
    Kind("a report of ours in JSON or JSON Lines", _is_report, _read_report),
    Kind("ClaimReview (page, JSON-LD, Data Commons feed)", _is_checks, _read_checks),
)
