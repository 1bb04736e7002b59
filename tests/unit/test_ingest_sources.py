import os
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.ingest.sources import Found, NotReadable, expand, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.HTML", "deep/c.jsonl", "deep/picture.png", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path / "articles"


def names(*sources: str) -> list[str]:
    return [found.name for found in expand(sources) if isinstance(found, Found)]


def fault(source: str, limit: int = 100) -> NotReadable:
    (found,) = expand([source], limit=limit)
    assert isinstance(found, NotReadable)
    assert found.todo
    return found


def test_a_folder_gives_its_articles_sorted_with_those_of_its_folders_and_no_hidden_ones(folder: Path) -> None:
    assert ["a", "b", "c"] == names(str(folder))


def test_a_glob_gives_its_matches_and_standard_input_has_no_path(folder: Path) -> None:
    assert ["b"] == names(str(folder / "*.txt"))
    assert [Found(None, "stdin")] == list(expand(["-"]))


def test_a_named_file_may_end_as_it_likes(folder: Path) -> None:
    assert ["picture"] == names(str(folder / "deep" / "picture.png"))


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")

    assert ["a[1]"] == names(str(tmp_path / "a[1].txt"))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("missing.txt", "no such file or folder"),
        ("missing-*.txt", "no file matches"),
        ("nul\0.txt", "no such file or folder"),
    ],
)
def test_a_source_that_is_not_there_is_one_fault(source: str, reason: str) -> None:
    assert reason == fault(source).reason


def test_a_folder_without_articles_says_what_it_looks_for(folder: Path) -> None:
    (folder / "deep" / "c.jsonl").unlink()

    assert "no articles in this folder" == fault(str(folder / "deep")).reason
    assert ".jsonl" in fault(str(folder / "deep")).todo


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert "not a regular file" == fault(str(tmp_path / "pipe.txt")).reason
    assert "not a regular file" == fault("/dev/zero").reason
    with pytest.raises(InputError, match="not a regular file"):
        load(tmp_path / "pipe.txt")


def test_a_file_over_the_limit_is_refused(folder: Path) -> None:
    assert "larger than 3 bytes" == fault(str(folder / "b.txt"), limit=3).reason
    with pytest.raises(InputError, match="larger than 3 bytes"):
        load(folder / "b.txt", limit=3)


def test_a_link_that_leads_nowhere_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")

    assert "no such file or directory" == fault(str(tmp_path / "gone.txt")).reason


def test_a_name_of_any_bytes_can_be_stored(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("x")

    assert ["caf\ufffd"] == names(path)
    assert b"x" == load(Path(path))


def test_an_address_is_a_page_to_fetch() -> None:
    from workbench.ingest.sources import Address

    assert [Address("https://post.example/a")] == list(expand(["https://post.example/a"]))
