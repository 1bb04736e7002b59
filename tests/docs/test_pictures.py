"""The pictures are drawn from the desk: nothing of the machine in them, nothing to load, the same each time."""

from __future__ import annotations

import re

import pytest

from tests.docs.pictures import DOCS, PICTURES, draw

NAMES = tuple(name for name, _, _ in PICTURES)


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:  # puts back what the drawing sets in the environment
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "TEXTUAL_ANIMATIONS"):
            patch.setenv(name, "")
        return draw()


def test_the_pictures_show_the_seeds_on_the_desk(drawn: dict[str, str]) -> None:
    words = {name: re.sub(r"<[^>]+>", "", svg).replace("&#160;", " ") for name, svg in drawn.items()}

    assert set(NAMES) == set(words)
    assert "Queue" in words["queue.svg"]
    assert "gone crazy" in words["review.svg"]
    assert "verbatim" in words["verify.svg"]
    assert "occurrences" in words["compare.svg"]
    assert "Coverage" in words["audit.svg"]


def test_the_tour_shows_every_picture() -> None:
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (DOCS / "tour.md").read_text(encoding="utf-8"))

    assert list(NAMES) == shown


def test_the_same_program_draws_the_same_pictures(drawn: dict[str, str]) -> None:
    assert drawn == draw()


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_in_the_project_names_no_machine_and_loads_nothing(name: str) -> None:
    svg = (DOCS / name).read_text(encoding="utf-8")

    assert [] == re.findall(r"(?<![\w.<:/])/(?:[\w.-]+/){2,}", svg)
    assert [] == re.findall(r"url\((?!#)[^)]*\)|href=|src=|@import", svg)
