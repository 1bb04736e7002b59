"""What is installed, where the store lies, and whether it is sound. Reads only, and one row at a time."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from db import counting, driver, engine
from db.errors import StoreFault
from workbench import __version__, config, keymap
from workbench.errors import WorkbenchError
from workbench.services import history, lists
from workbench.services.store import Store, in_words, open_store, path_of
from workbench.text import clean_line

_LIBRARIES = (
    *("textual", "sqlmodel", "sqlalchemy", "alembic", "rapidfuzz", "trafilatura", "click", "jinja2"),
    *("onnxruntime", "numpy"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` says what to do when it is not `ok`."""

    name: str
    value: str
    ok: bool = True
    advice: str = ""


def examine(location: str | None = None) -> list[Finding]:
    """Everything that doctor knows about this program and the store at `location`. Creates no store."""
    findings = [
        Finding("workbench", __version__),
        Finding("python", platform.python_version()),
        _sqlite(),
        *(_library(name) for name in _LIBRARIES),
        *_settings(),
    ]
    try:
        path = path_of(location)
    except WorkbenchError as error:
        return [*findings, Finding("store", str(location), False, str(error))]
    return [*findings, *_store(path)]


def _sqlite() -> Finding:
    if driver.WAL_IS_SAFE:
        return Finding("sqlite", f"{driver.library()}, write-ahead log")
    reason = "its write-ahead log has a bug that SQLite 3.51.3 mended"
    chosen = (
        f"; {driver.CHOICE} chooses it" if os.environ.get(driver.CHOICE) else "; installing pysqlite3 brings a newer"
    )
    return Finding("sqlite", f"{driver.library()}, rollback journal, slower and as safe: {reason}{chosen}")


def _settings() -> Iterator[Finding]:
    """The settings' file, and keys of it that do not hold."""
    file = config.config_file()
    try:
        chosen = config.settings().keys
    except WorkbenchError as error:
        yield Finding("settings", str(file), False, str(error))
        return
    yield Finding("settings", str(file))
    for fault in keymap.read(chosen).faults:
        yield Finding("keys", fault, False, "the default key stands; mend [keys] in the settings")


def _library(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing", False, f"install workbench again: it needs {name}")


def _store(path: Path) -> Iterator[Finding]:
    yield Finding("store", str(path))
    try:
        with in_words(path):
            schema = engine.inspect(path)
        if schema == 0:
            yield Finding("state", "not there yet; the first ingest makes it")
            return
        if schema < driver.SCHEMA:
            yield Finding("schema", f"{schema} of {driver.SCHEMA}; it is upgraded when it is opened")
            return
        with open_store(str(path), "doctor", create=False) as store:
            yield from _contents(store)
    except WorkbenchError as error:
        yield Finding("state", error.what, False, error.todo)
        if isinstance(error.__cause__, StoreFault) and error.__cause__.fault == "damaged":
            yield from _damage(path)


_RESTORE = "restore a backup; keep this file for a look at what happened"


def _contents(store: Store) -> Iterator[Finding]:
    yield Finding("schema", str(driver.SCHEMA))
    for name, check in (
        ("journal", _journal), ("integrity", _integrity), ("references", _references), ("history", _history),
        ("texts", _texts), ("spans", _spans), ("kept copies", _copies), ("counters", _counters),
        ("holds", _holds),
    ):  # fmt: skip
        try:
            with store.reading() as reader:
                yield check(store, reader)
        except WorkbenchError as error:
            yield Finding(name, error.what, False, error.todo)


def _damage(path: Path) -> Iterator[Finding]:
    """What the integrity check says of a file that is ours but cannot be used; looks past its log and locks."""
    try:
        if engine.inspect(path) == 0:
            return
    except StoreFault:
        return  # what was said already is all there is
    try:
        connection = driver.connect(path, immutable=True)
    except StoreFault as fault:
        yield _unsound([fault.detail])
        return
    try:
        yield _integrity(None, connection)
    finally:
        connection.close()


def _journal(_store: Store, reader: driver.Connection) -> Finding:
    mode = str(driver.pragma(reader, "journal_mode"))
    if mode == driver.JOURNAL or driver.WAL_IS_SAFE:
        kind = {"wal": "write-ahead log", "delete": "rollback journal"}.get(mode, mode)
        held = "" if mode == driver.JOURNAL else ", for now: another program holds the store open"
        return Finding("journal", f"{kind}, every commit is synchronised{held}")
    return Finding("journal", mode, False, "close other programs that hold the store open")


_DAMAGES = (
    ("missing from index", "an index lacks entries"),
    ("entries in index", "an index lacks entries"),
    ("malformed inverted index", "the full-text index does not fit the claims"),
    ("NULL value", "a value is missing that must be there"),
    ("CHECK constraint", "a value is outside its bounds"),
    ("never used", "pages are lost"),
)


def _integrity(_store: Store | None, reader: driver.Connection) -> Finding:
    """SQLite's own check."""
    try:
        lines = [str(row[0]) for row in reader.execute("PRAGMA integrity_check(100)")]
    except driver.sqlite.DatabaseError as error:  # so damaged that the check itself stops
        lines = [str(error)]
    return Finding("integrity", "ok") if lines == ["ok"] else _unsound(lines)


def _unsound(lines: list[str]) -> Finding:
    """The terse lines of the check in words, the first one quoted."""
    words = [next((said for part, said in _DAMAGES if part in line), "pages are damaged") for line in lines]
    kinds = "; ".join(dict.fromkeys(words))
    first = " ".join(clean_line(lines[0]).split())[:100]
    many = "100 or more findings" if len(lines) >= 100 else f"{len(lines)} finding{'s' if len(lines) > 1 else ''}"
    return Finding("integrity", f"{kinds} ({many}, the first: {first})", False, _RESTORE)


def _references(_store: Store, reader: driver.Connection) -> Finding:
    broken: Counter[str] = Counter(f"{row[0]} to {row[2]}" for row in reader.execute("PRAGMA foreign_key_check"))
    shown = ", ".join(f"{count} from {name}" for name, count in broken.items())
    return Finding("references", shown or "0 broken", not broken, _RESTORE)


def _history(store: Store, _reader: driver.Connection) -> Finding:
    chain = history.verify(store)
    if chain.ok:
        return Finding("history", f"{chain.length} events, head {chain.head[:16]}")
    place = f"broken at entry {chain.broken_at}"
    return Finding("history", f"{place}: {chain.what}", False, "compare it with a backup")


def _texts(_store: Store, reader: driver.Connection) -> Finding:
    """Whether each stored text is the one whose digest was noted when it came in."""
    altered, count = [], 0
    for article, number, text, digest in reader.execute(_TEXTS):
        count += 1
        if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
            altered.append(f"a{article} version {number}")
    return Finding("texts", f"{count}, {_count(altered, 'altered')}", not altered, "restore a backup")


_TEXTS = (
    "SELECT article_id, number, text, digest FROM version"
    " WHERE article_id NOT IN (SELECT id FROM article WHERE purged_at IS NOT NULL)"
)


def _spans(_store: Store, reader: driver.Connection) -> Finding:
    """Whether every anchor's words are the words of the stored text at its offsets."""
    wrong, total = [], 0
    anchors = 'SELECT claim_id, "start", "end", exact FROM anchor WHERE version_id = ?'
    for version, text in reader.execute("SELECT id, text FROM version"):
        for claim, start, end, exact in reader.execute(anchors, (version,)):
            total += 1
            if text[start:end] != exact:
                wrong.append(f"c{claim}")
    return Finding("spans", f"{total}, {_count(wrong, 'that do not fit their text')}", not wrong, _RESTORE)


_HOLDERS = """
WITH holder (digest, name) AS (
SELECT blob_digest, 'a' || article_id FROM version WHERE blob_digest IS NOT NULL
UNION ALL SELECT blob_digest, 'e' || id FROM evidence WHERE blob_digest IS NOT NULL
UNION ALL SELECT blob_digest, 't' || id FROM transcript WHERE blob_digest IS NOT NULL)
"""


def _copies(_store: Store, reader: driver.Connection) -> Finding:
    """Whether each kept copy is there and has the digest under which it was kept."""
    altered, count, size = [], 0, 0
    for digest, data in reader.execute("SELECT digest, CAST(data AS BLOB) FROM blob WHERE purged_at IS NULL"):
        count, size = count + 1, size + len(data)
        if sha256(data).hexdigest() != digest:
            altered.append(_holder(reader, digest))
    lost = "SELECT name FROM holder WHERE digest NOT IN (SELECT digest FROM blob)"
    missing = [str(row[0]) for row in reader.execute(_HOLDERS + lost)]
    value = f"{count} of {size:,} bytes, {_count(missing, 'missing')}, {_count(altered, 'altered')}"
    return Finding("kept copies", value, not altered and not missing, "restore a backup, or add the evidence anew")


def _holder(reader: driver.Connection, digest: str) -> str:
    """What rests on a kept copy, for people."""
    row = reader.execute(_HOLDERS + "SELECT name FROM holder WHERE digest = ? LIMIT 1", (digest,)).fetchone()
    return str(row[0]) if row else digest[:16]


def _count(names: list[str], what: str) -> str:
    """`0 altered`, or `2 altered (e4, a3)`."""
    different = list(dict.fromkeys(names))
    shown = ", ".join(different[:3]) + (", …" if len(different) > 3 else "")
    return f"{len(names)} {what}" + (f" ({shown})" if names else "")


def _counters(_store: Store, reader: driver.Connection) -> Finding:
    """Whether the counters of the lists hold what the rows give."""
    off = sum(counting.wrong(reader).values())
    return Finding("counters", f"{off} that do not fit the rows", not off, "run workbench doctor --rebuild")


def _holds(store: Store, _reader: driver.Connection) -> Finding:
    figures = lists.totals(store)
    return Finding("holds", f"{figures.articles} articles, {figures.claims} claims, {figures.open} of them open")
