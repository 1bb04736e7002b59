"""Archives, unpacked in memory within limits: bytes count as they come out, not as the archive declares them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from workbench.ingest.options import BadInput, refuse
from workbench.ingest.sources import ENDINGS, LIMIT

MEMBERS = 10_000
TOTAL = 1 << 30  # bytes that one archive may hold unpacked, archives within it included
RATIO = 250  # a text seldom packs better; a bomb does a thousand to one
_FREE = 1 << 20  # unpacked bytes below which the ratio does not matter
_CHUNK = 1 << 16
_TODO = "unpack it yourself and ingest what you trust"


class Budget:
    """How much may still come out of an archive and of the archives in it."""

    def __init__(self, total: int = TOTAL, members: int = MEMBERS) -> None:
        self.total = total
        self.members = members

    def take(self, name: str, count: int) -> None:
        """Count unpacked bytes. Raises InputError when it is too much."""
        self.total -= count
        if self.total < 0:
            raise refuse(name, f"it unpacks to more than {TOTAL >> 20} MiB", _TODO)

    def open(self, name: str, members: int) -> None:
        """Count an archive's members. Raises InputError when there are too many."""
        self.members -= members
        if self.members < 0:
            raise refuse(name, f"it holds more than {MEMBERS:,} files", _TODO)


def open_zip(data: bytes, name: str, budget: Budget) -> ZipFile:
    """The archive. Raises InputError for one that is damaged or holds too many files."""
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, IndexError, OverflowError):
        raise refuse(name, "the ZIP archive or office document is damaged", "pack or save it anew") from None
    budget.open(name, len(archive.infolist()))
    return archive


def unpack(archive: ZipFile, member: ZipInfo, name: str, budget: Budget, limit: int = LIMIT) -> bytes:
    """The bytes of one member. Raises InputError when it is damaged, locked, or more than it may be."""
    if member.flag_bits & 1:
        raise refuse(name, f"{member.filename} is locked with a password", "unpack it yourself")
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                budget.take(name, len(piece))
                if size > limit:
                    raise refuse(name, f"{member.filename} unpacks to more than {limit >> 20} MiB", _TODO)
                if size > _FREE and size > RATIO * max(member.compress_size, 1):
                    raise refuse(name, f"{member.filename} unpacks to more than {RATIO} times its size", _TODO)
                pieces.append(piece)
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error, KeyError):
        raise refuse(name, f"{member.filename} is damaged or packed in an unknown way", "pack it anew") from None
    return b"".join(pieces)


def members(data: bytes, name: str, budget: Budget) -> Iterator[tuple[str, bytes] | BadInput]:
    """Each file of an archive that may hold articles: its path and its bytes, or why it cannot be read."""
    from workbench.errors import InputError

    with open_zip(data, name, budget) as archive:
        found = [member for member in archive.infolist() if _wanted(member)]
        if not found:
            raise refuse(name, "no articles in this archive", f"it takes files that end in {' '.join(sorted(ENDINGS))}")
        for member in found:
            try:
                yield member.filename, unpack(archive, member, name, budget)
            except InputError as error:
                if budget.total < 0:
                    raise
                yield BadInput(
                    member.filename, str(error).removeprefix(f"{name}: ").removeprefix(member.filename).strip()
                )


def _wanted(member: ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts if part != "..")
    named = bool(member.filename) and not member.is_dir()  # the library stumbles over an empty name
    return named and not hidden and path.suffix.lower() in ENDINGS


def gunzip(data: bytes, name: str, limit: int = LIMIT) -> bytes:
    """The bytes of a gzip file, members joined. Raises InputError when it is damaged or more than it may be."""
    out: list[bytes] = []
    size, rest = 0, data
    while rest:
        unpacker = zlib.decompressobj(31)
        try:
            while not unpacker.eof:
                piece = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
                size += len(piece)
                if size > limit or (size > _FREE and size > 4 * RATIO * len(data)):
                    raise refuse(name, f"it unpacks to more than {limit >> 20} MiB", _TODO)
                out.append(piece)
                if not rest and not unpacker.eof and not piece:
                    raise refuse(name, "the gzip archive is cut short", "fetch or pack it anew")
        except zlib.error:
            raise refuse(name, "the gzip archive is damaged", "fetch or pack it anew") from None
        rest = unpacker.unused_data.lstrip(b"\x00")
    return b"".join(out)
