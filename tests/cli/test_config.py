"""Where the store, the settings and the reviewer's name come from."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from workbench import config
from workbench.errors import StoreError, UsageError


def _write(text: str) -> Path:
    file = config.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_default_store_lies_in_the_users_data_folder() -> None:
    assert str(config.data_dir() / "workbench.db") == config.store_location()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _write('db = "file.db"\nreviewer = "from file"\n')
    assert ("file.db", "from file") == (config.store_location(), config.reviewer_name())

    monkeypatch.setenv("WORKBENCH_DB", "environment.db")
    monkeypatch.setenv("WORKBENCH_REVIEWER", "from environment")
    assert ("environment.db", "from environment") == (config.store_location(), config.reviewer_name())
    assert ("given.db", "given") == (config.store_location("given.db"), config.reviewer_name("given"))


def test_the_login_name_serves_when_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ana")

    assert "ana" == config.reviewer_name()


def test_keys_are_read() -> None:
    _write('[keys]\nundo = "ctrl+z"\n')

    assert {"undo": "ctrl+z"} == dict(config.settings().keys)


def test_without_a_file_the_settings_are_the_defaults() -> None:
    assert config.Settings() == config.settings()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("reviwer = 'a'", "unknown setting 'reviwer' in"),
        ("reviewer = 5", "reviewer in"),
        ("[keys]\nundo = 1", "keys in"),
        ("reviewer = ", "cannot read the settings in"),
        ("reviewer = 'a\nb'", "cannot read the settings in"),
    ],
)
def test_wrong_settings_are_one_line_that_names_the_file(bare, text: str, what: str) -> None:
    file = _write(text)
    result = bare("claims")

    assert (2, "", 1) == (result.status, result.out, len(result.errors))
    assert result.err.startswith(f"workbench: {what} {file}")


def test_settings_that_are_no_text_are_told() -> None:
    _write("").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageError, match="it is not UTF-8 text"):
        config.settings()


def test_private_folders_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    folder = config.make_private(tmp_path / "one" / "two")

    assert [0o700, 0o700] == [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="cannot make the folder"):
        config.make_private(tmp_path / "file" / "below")


def test_a_long_name_is_refused() -> None:
    with pytest.raises(UsageError, match="longer than 100"):
        config.reviewer_name("a" * 101)
