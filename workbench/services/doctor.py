"""What is installed, where the store lies, and whether it is sound. Reads only."""

from __future__ import annotations

import importlib.metadata
import platform
from dataclasses import dataclass
from pathlib import Path

from db import driver, engine
from db.errors import StoreFault
from workbench import __version__, config
from workbench.errors import WorkbenchError
from workbench.services import history, lists
from workbench.services.store import Store, open_store, path_of

_LIBRARIES = ("textual", "sqlmodel", "sqlalchemy", "alembic", "rapidfuzz", "trafilatura", "click", "jinja2")


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
        Finding("settings", str(config.config_file())),
    ]
    try:
        path = path_of(location)
    except WorkbenchError as error:
        return [*findings, Finding("store", str(location), False, str(error))]
    return findings + _store(path)


def _sqlite() -> Finding:
    if driver.WAL_IS_SAFE:
        return Finding("sqlite", f"{driver.library()}, write-ahead log")
    return Finding(
        "sqlite",
        f"{driver.library()}, rollback journal: its write-ahead log has a bug mended in SQLite 3.51.3",
    )


def _library(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing", False, f"install workbench again: it needs {name}")


def _store(path: Path) -> list[Finding]:
    place = Finding("store", str(path))
    try:
        schema = engine.inspect(path)
        if schema == 0:
            return [place, Finding("state", "not there yet; the first ingest makes it")]
        if schema < driver.SCHEMA:
            return [place, Finding("schema", f"{schema} of {driver.SCHEMA}; it is upgraded when it is opened")]
        with open_store(str(path), "doctor", create=False) as store:
            return [place, *_contents(store)]
    except StoreFault as fault:
        from workbench.services.store import say

        error = say(fault, path)
        return [place, Finding("state", error.what, False, error.todo)]
    except WorkbenchError as error:
        return [place, Finding("state", error.what, False, error.todo)]


def _contents(store: Store) -> list[Finding]:
    with store.reading() as reader:
        try:
            integrity = str(driver.pragma(reader, "integrity_check"))
            orphans = reader.execute("PRAGMA foreign_key_check").fetchall()
            journal = str(driver.pragma(reader, "journal_mode"))
        except driver.sqlite.Error as error:
            raise driver.fault_of(error) from error
    advice = "restore a backup; keep this file for a look at what happened"
    figures = lists.totals(store)
    chain = history.verify(store)
    return [
        Finding("schema", str(driver.SCHEMA)),
        Finding("journal", journal, journal == driver.JOURNAL, "close other programs that hold the store open"),
        Finding("integrity", integrity, integrity == "ok", advice),
        Finding("references", f"{len(orphans)} broken", not orphans, advice),
        Finding("history", f"{chain.length} events, head {chain.head[:16]}", chain.ok, chain.what or ""),
        Finding("spans", *_spans(store)),
        Finding("holds", f"{figures.articles} articles, {figures.claims} claims, {figures.open} of them open"),
    ]


def _spans(store: Store) -> tuple[str, bool, str]:
    """Whether every anchor's words are the words of the stored text at its offsets."""
    sql = (
        "SELECT count(*), coalesce(sum(substr(version.text, anchor.start + 1, anchor.end - anchor.start) <> exact), 0)"
        " FROM anchor JOIN version ON version.id = anchor.version_id"
    )
    with store.reading() as reader:
        total, wrong = reader.execute(sql).fetchone()
    return f"{total} anchors, {wrong} that do not fit their text", wrong == 0, "restore a backup"
