"""The whole store in one zip, and back exactly: tables as JSON Lines, kept copies as files, numbers and chain included.

`tables/NAME.jsonl` holds the rows of a table, `copies/SHA256` the bytes of a kept copy, `manifest.json`, the last
part, says what belongs to it: format, schema, digests, and length and head of the history. Equal stores make equal
archives, byte for byte.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from db import archiving, driver
from workbench import __version__
from workbench.errors import ConflictError, InputError
from workbench.records import Progress
from workbench.services import history
from workbench.services.imports import Imported
from workbench.services.store import Store
from workbench.services.writing import written_aside

FORMAT = 1
KIND = "workbench archive"
MANIFEST = "manifest.json"
LONGEST_ROW = 256 * 2**20  # bytes of a row: an article may have 50 million characters
LARGEST_COPY = 256 * 2**20
LARGEST_MANIFEST = 2**20
PIECE = 2**20
MOST_EXPANDED = 200  # times its packed size that a part may have, beyond what is small anyway
SMALL = 64 * 2**20

_EPOCH = (1980, 1, 1, 0, 0, 0)
_OFFICE = "[Content_Types].xml"  # in every DOCX and XLSX
_PART = re.compile(r"tables/[a-z][a-z0-9_]{0,60}\.jsonl|copies/[0-9a-f]{64}|manifest\.json")
_BYTES = "data"  # the column of the table `blob` that is a file of its own

Progressing = Callable[[Progress], None]


def export(store: Store, path: Path, progress: Progressing | None = None) -> int:
    """Write the whole store to `path` as it is at one moment, and return how many claims are in it.

    Raises InputError where the file cannot be written; what stood there then stays.
    """
    with store.reading() as reader, _moment(reader), written_aside(path) as file:
        tables = archiving.tables(reader)
        with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as target:
            parts = {}
            for number, table in enumerate(tables):
                if progress:
                    progress(Progress(number, len(tables), f"writing {table.name}"))
                leave = frozenset({_BYTES}) if table.name == "blob" else frozenset[str]()
                rows, digest = _write_rows(target, table.name, archiving.rows(reader, table, leave))
                parts[table.name] = {"rows": rows, "digest": digest}
            copies = _write_copies(target, reader)
            length, head = history.head(store)
            manifest = {
                "format": FORMAT, "kind": KIND, "program": f"workbench {__version__}", "schema": driver.SCHEMA,
                "log": {"length": length, "head": head}, "copies": copies, "tables": dict(sorted(parts.items())),
            }  # fmt: skip
            target.writestr(_entry(MANIFEST), json.dumps(manifest, indent=1) + "\n")
        return archiving.count(reader, "claim")


@contextmanager
def _moment(reader: driver.Connection) -> Iterator[None]:
    """See one state of the store, whatever others write meanwhile."""
    reader.execute("BEGIN")
    try:
        yield
    finally:
        reader.execute("ROLLBACK")


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
    return entry


def _write_rows(target: ZipFile, table: str, rows: Iterator[dict[str, Any]]) -> tuple[int, str]:
    digest, number = sha256(), 0
    with target.open(_entry(f"tables/{table}.jsonl"), "w", force_zip64=True) as part:
        for row in rows:
            number += 1
            line = json.dumps(row, separators=(",", ":"), allow_nan=False, default=bytes.hex).encode() + b"\n"
            digest.update(line)
            part.write(line)
    return number, digest.hexdigest()


def _write_copies(target: ZipFile, reader: driver.Connection) -> int:
    number = 0
    for digest, data in reader.execute("SELECT digest, data FROM blob WHERE length(data) > 0 ORDER BY digest"):
        target.writestr(_entry(f"copies/{digest}"), data)
        number += 1
    return number


# ---- back ----------------------------------------------------------------------------------------------------------


def restore(store: Store, path: Path, progress: Progressing | None = None) -> Imported:
    """Fill an empty store with what an archive holds; a store that is that archive already is left as it is.

    All or nothing. Raises InputError for a file that is damaged, hostile or newer, ConflictError for a store that
    holds something else.
    """
    try:
        with ZipFile(path) as source:
            archive = _Archive(source, path.name)
            return _restore(store, archive, progress)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} is a damaged archive: {error}", "take another copy of it") from error
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}", "check the file") from error


def _restore(store: Store, archive: _Archive, progress: Progressing | None) -> Imported:
    length, head = history.head(store)
    if (length, head) == (archive.length, archive.head) and length:
        return Imported("archive", f"the store is this archive already: {length} entries, nothing was changed")
    with store.writing() as session:
        writer: Any = session.connection().connection.driver_connection
        if any(archiving.count(writer, table) for table in ("event", "action", "article")):
            raise ConflictError(
                "an archive restores into an empty store only, and this one holds something",
                "name a file that is not there yet with --db",
            )
        _load(writer, archive, progress)
        _check(writer, archive)
        claims = archiving.count(writer, "claim")
    return Imported("archive", f"restored {archive.length} entries of history and {claims} claims; the chain holds")


def _load(writer: driver.Connection, archive: _Archive, progress: Progressing | None) -> None:
    tables = archiving.tables(writer)
    archive.expect({table.name for table in tables})
    for number, table in enumerate(tables):
        if progress:
            progress(Progress(number, len(tables), f"reading {table.name}"))
        try:
            with closing(archive.rows(table.name, table.columns)) as rows:
                archiving.load(writer, table, rows)
        except (driver.sqlite.IntegrityError, driver.sqlite.DataError, OverflowError) as error:
            raise archive.wrong(f"a row of {table.name} is not one of a store ({error})") from error


def _check(writer: driver.Connection, archive: _Archive) -> None:
    """Refuse what does not hold together: references, and the chain of the history up to the head that is named."""
    table = archiving.dangling(writer)
    if table is not None:
        raise archive.wrong(f"a row of {table} refers to one that is not there")
    try:
        chain = history.walk(writer)
    except (ValueError, LookupError, TypeError):
        raise archive.wrong("its history cannot be read") from None
    if not chain.ok:
        raise archive.wrong(f"its history was changed at entry {chain.broken_at}")
    if (chain.length, chain.head) != (archive.length, archive.head):
        raise archive.wrong("its history does not end where the archive says")


class _Archive:
    """The parts of an archive, each looked at before it is believed."""

    def __init__(self, source: ZipFile, name: str) -> None:
        self._source = source
        self._name = name
        self._parts = self._checked_parts()
        manifest = self._manifest()
        self.length, self.head = self._log(manifest)
        self._tables: dict[str, Any] = manifest["tables"]
        if sum(part.startswith("copies/") for part in self._parts) != manifest.get("copies"):
            raise self.wrong("kept copies are missing or were put in")

    def wrong(self, what: str) -> InputError:
        """The error for an archive that is not as we write them."""
        return InputError(f"{self._name} is no sound archive: {what}", "take another copy of it")

    def _checked_parts(self) -> dict[str, ZipInfo]:
        parts: dict[str, ZipInfo] = {}
        for entry in self._source.infolist():
            if entry.orig_filename == _OFFICE:
                raise InputError(f"{self._name} is an office file, for people", "import the json or jsonl of a report")
            if not _PART.fullmatch(entry.orig_filename):
                raise self.wrong("it holds a file that is none of ours")
            if entry.filename in parts:
                raise self.wrong(f"it holds {entry.filename} twice")
            if entry.file_size > max(SMALL, MOST_EXPANDED * entry.compress_size):
                raise self.wrong(f"{entry.filename} would unpack to {entry.file_size:,} bytes")
            parts[entry.filename] = entry
        return parts

    def _manifest(self) -> dict[str, Any]:
        if MANIFEST not in self._parts:
            raise self.wrong("it says nowhere what it is")
        try:
            manifest = json.loads(self._bytes(MANIFEST, LARGEST_MANIFEST))
        except (ValueError, RecursionError):
            raise self.wrong("its manifest is not JSON") from None
        if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
            raise self.wrong("it is no archive of a store")
        format_number, schema = manifest.get("format"), manifest.get("schema")
        if not isinstance(format_number, int) or not isinstance(schema, int):
            raise self.wrong("its manifest has no format")
        if format_number > FORMAT or schema > driver.SCHEMA:
            raise InputError(f"{self._name} was written by a newer workbench", "update workbench, then import it")
        if format_number < FORMAT or schema < driver.SCHEMA:
            raise InputError(
                f"{self._name} was written by an older workbench (schema {schema})",
                "restore it with that version, then open the store with this one",
            )
        return manifest

    def _log(self, manifest: dict[str, Any]) -> tuple[int, str]:
        log, tables = manifest.get("log"), manifest.get("tables")
        if not isinstance(log, dict) or not isinstance(tables, dict):
            raise self.wrong("its manifest is not whole")
        length, head = log.get("length"), log.get("head")
        if not isinstance(length, int) or not isinstance(head, str):
            raise self.wrong("its manifest names no history")
        return length, head

    def expect(self, tables: set[str]) -> None:
        """Refuse an archive with more or fewer tables than the store has."""
        held = {part[7:-6] for part in self._parts if part.startswith("tables/")}
        if held != tables or set(self._tables) != tables:
            raise self.wrong(f"its tables are not those of schema {driver.SCHEMA}")

    def rows(self, table: str, columns: Mapping[str, str]) -> Generator[dict[str, Any], None, None]:
        """The rows of a table, each checked against its columns; kept copies are read beside their rows."""
        digest, number, said = sha256(), 0, self._tables[table]
        with closing(self._lines(f"tables/{table}.jsonl")) as lines:
            for number, line in enumerate(lines, 1):
                digest.update(line)
                row = self._row(line, table)
                for name in (name for name, kind in columns.items() if kind == "BLOB" and name in row):
                    row[name] = self._from_hex(row[name], table)
                if table == "blob":
                    row[_BYTES] = self._copy(row)
                if row.keys() != columns.keys() or not all(_fits(columns[name], row[name]) for name in columns):
                    raise self.wrong(f"row {number} of {table} has not the columns of schema {driver.SCHEMA}")
                yield row
        if not isinstance(said, dict) or (number, digest.hexdigest()) != (said.get("rows"), said.get("digest")):
            raise self.wrong(f"the rows of {table} are not those that were written")

    def _row(self, line: bytes, table: str) -> dict[str, Any]:
        try:
            row = json.loads(line, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise self.wrong(f"a row of {table} is not JSON") from None
        if not isinstance(row, dict):
            raise self.wrong(f"a row of {table} is not an object")
        return row

    def _from_hex(self, value: Any, table: str) -> bytes | None:
        try:
            return None if value is None else bytes.fromhex(value)
        except (TypeError, ValueError):
            raise self.wrong(f"a row of {table} has bytes that are none") from None

    def _lines(self, part: str) -> Generator[bytes, None, None]:
        with self._source.open(self._parts[part]) as file:
            while line := file.readline(LONGEST_ROW + 1):
                if not line.endswith(b"\n"):
                    raise self.wrong(f"{part} is cut short, or has too long a line")
                yield line

    def _copy(self, row: Mapping[str, Any]) -> bytes:
        """The bytes of a kept copy: those of the digest, none where they were purged."""
        digest, size = row.get("digest"), row.get("size")
        if row.get("purged_at") is not None or size == 0:
            return b""
        if not isinstance(size, int) or size > LARGEST_COPY or f"copies/{digest}" not in self._parts:
            raise self.wrong("a kept copy is missing")
        data = self._bytes(f"copies/{digest}", size)
        if len(data) != size or sha256(data).hexdigest() != digest:
            raise self.wrong(f"the kept copy {str(digest)[:12]} is not what its digest says")
        return data

    def _bytes(self, part: str, most: int) -> bytes:
        """A part of at most that many bytes, counted while it unpacks."""
        with self._source.open(self._parts[part]) as file:
            data = _read(file, most + 1)
        if len(data) > most:
            raise self.wrong(f"{part} is larger than it should be")
        return data


def _read(file: IO[bytes], most: int) -> bytes:
    pieces, left = [], most
    while left > 0 and (piece := file.read(min(PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _fits(kind: str, value: Any) -> bool:
    """Whether a value is one that a column of that declared type holds (affinities: sqlite.org/datatype3.html, 3.1)."""
    if value is None:
        return True
    if isinstance(value, int) and (isinstance(value, bool) or not -(2**63) <= value < 2**63):
        return False
    if "INT" in kind or kind == "BOOLEAN":
        return isinstance(value, int)
    if any(part in kind for part in ("REAL", "FLOA", "DOUB", "NUM")):
        return isinstance(value, (int, float))
    return isinstance(value, bytes if kind == "BLOB" else str)
