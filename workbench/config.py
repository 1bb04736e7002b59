"""Settings and paths: what the user's config file, the environment and the system's folders say.

Every setting is looked up in the same order: command line, environment, `config.toml`, the default. Nothing here
creates or writes a file, except `make_private`, which makes a folder for one user.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench.errors import StoreError, UsageError
from workbench.text import clean_line

APPLICATION = "workbench"
STORE_VARIABLE = "WORKBENCH_DB"
REVIEWER_VARIABLE = "WORKBENCH_REVIEWER"
LONGEST_NAME = 100  # characters of a reviewer's name: it stands in every line of the history


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config.toml` says. `keys` maps the id of an action to the key that the user chose for it."""

    reviewer: str | None = None
    db: str | None = None
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def data_dir() -> Path:
    """The folder of the user's stores; it need not exist yet."""
    from platformdirs import user_data_path  # 10 ms: not on the way to --help

    return user_data_path(APPLICATION, appauthor=False)


def default_store() -> Path:
    """The store that is opened when none is named."""
    return data_dir() / "workbench.db"


def state_file() -> Path:
    """Where the desk keeps what it restores at the next start (filter, place, theme); it need not exist yet."""
    from platformdirs import user_state_path

    return user_state_path(APPLICATION, appauthor=False) / "desk.json"


def config_file() -> Path:
    """The user's `config.toml`; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False) / "config.toml"


def make_private(folder: Path) -> Path:
    """Make `folder` and what is missing above it, readable by its owner alone (0700); return it.

    A folder that exists is left as it is. Raises StoreError when it cannot be made.
    """
    try:
        for missing in reversed([part for part in (folder, *folder.parents) if not part.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"cannot make the folder {folder}: {reason}", "name another store with --db") from error
    return folder


def settings(path: Path | None = None) -> Settings:
    """The settings of `path` or of the user's own file; the defaults when there is no such file.

    Raises UsageError that names the file and what is wrong in it.
    """
    file = path or config_file()
    if not file.exists():
        return Settings()
    import tomllib  # only where there are settings to read

    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read the settings in {file}: {_reason(error)}", "mend or remove the file") from error
    return _checked(table, file)


def store_location(explicit: str | None = None) -> str:
    """The path or URL of the store to use: `explicit`, else WORKBENCH_DB, else `config.toml`, else the default.

    Raises UsageError when `explicit` is empty: a variable that a script forgot must not lead to the user's own store.
    """
    if explicit is not None and not explicit.strip():
        raise UsageError("the name of the store is empty", "give a path after --db, or leave --db out")
    return explicit or os.environ.get(STORE_VARIABLE) or settings().db or str(default_store())


def reviewer_name(explicit: str | None = None) -> str:
    """Who works: `explicit`, else WORKBENCH_REVIEWER, else `config.toml`, else the login name. One clean line.

    Raises UsageError for a name that is empty, too long or steers a terminal.
    """
    if explicit is not None:
        return _checked_name(explicit, "--as")
    if named := os.environ.get(REVIEWER_VARIABLE):
        return _checked_name(named, REVIEWER_VARIABLE)
    if named := settings().reviewer:
        return _checked_name(named, "reviewer in config.toml")
    return _login_name()


def _login_name() -> str:
    import getpass

    try:
        name = " ".join(getpass.getuser().split())[:LONGEST_NAME]
    except (OSError, KeyError):  # a container whose user has no name
        name = ""
    return clean_line(name) or "reviewer"


def _checked_name(given: str, where: str) -> str:
    name = " ".join(given.split())
    if not name:
        raise UsageError(f"the reviewer's name is empty ({where})", "give a name such as --as ana")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"the reviewer's name is longer than {LONGEST_NAME} characters ({where})", "shorten it")
    if clean_line(name) != name:
        raise UsageError(f"the reviewer's name holds control or invisible characters ({where})", "use plain letters")
    return name


def _checked(table: Mapping[str, Any], file: Path) -> Settings:
    known = ("reviewer", "db", "keys")
    for name in table:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            todo = f"did you mean {near[0]}?" if near else f"known settings are {', '.join(known)}"
            raise UsageError(f"unknown setting {name!r} in {file}", todo)
    for name in ("reviewer", "db"):
        if not isinstance(table.get(name, ""), str):
            raise UsageError(f"{name} in {file} is not a text", f'write {name} = "…"')
    return Settings(table.get("reviewer") or None, table.get("db") or None, _checked_keys(table.get("keys", {}), file))


def _checked_keys(keys: object, file: Path) -> Mapping[str, str]:
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise UsageError(
            f"keys in {file} is not a table of texts", 'write [keys] and below it lines such as undo = "u"'
        )
    return MappingProxyType(dict(keys))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
