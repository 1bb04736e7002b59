"""`workbench sources --same`, `source apart` and `source part`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.tui.samples import HARBOUR, fill, make
from tests.tui.test_sources import MORE, ORRS, orr
from workbench.services.store import open_store


@pytest.fixture
def stored(cli: Cli, db: Path) -> Cli:
    """A store where one article says “Penn” and another “Ada Penn”."""
    db.parent.mkdir(parents=True)
    make(db, (HARBOUR, MORE))
    return cli


def _pairs(cli: Cli) -> list[tuple[str, str]]:
    return [
        (each["goes"][0], each["stays"])
        for each in map(json.loads, cli("sources", "--same", "--json").out.splitlines())
    ]


def test_pairs_are_listed_with_the_reason_and_nothing_is_merged(stored: Cli) -> None:
    before = stored("sources").out
    found = stored("sources", "--same").out

    assert "the surname alone" in found
    assert before == stored("sources").out


def test_a_pair_kept_apart_is_proposed_again_after_undo_only(stored: Cli) -> None:
    ((goes, stays),) = _pairs(stored)
    assert 0 == stored("source", "apart", goes, stays).status
    assert [] == _pairs(stored)
    assert 1 == stored("source", "apart", stays, goes).status

    stored("undo")
    assert [(goes, stays)] == _pairs(stored)


@pytest.fixture
def namesakes(cli: Cli, db: Path) -> Cli:
    """A store where eight articles name an Orr, each its own."""
    db.parent.mkdir(parents=True)
    make(db, ORRS)
    return cli


def test_sources_of_one_name_are_one_proposal_that_tells_them_by_their_articles(namesakes: Cli) -> None:
    (found,) = map(json.loads, namesakes("sources", "--same", "--json").out.splitlines())
    assert (7, "Orr", 7) == (len(found["goes"]), found["name"], found["claims"])
    assert 8 == len({*found["articles"], *found["stays_articles"]})
    assert "a8 Paper 8" in found["articles"]
    assert "a8 Paper 8" in namesakes("sources", "--same", "--csv").out

    done = namesakes("source", "merge", *found["goes"], found["stays"])
    assert f"7 sources merged into {found['stays']} Orr" in done.out
    assert 1 == len(namesakes("sources", "--json").out.splitlines())
    namesakes("undo")
    assert 8 == len(namesakes("sources", "--json").out.splitlines())


def test_a_group_is_kept_apart_in_one_step_and_a_newcomer_is_asked_about_alone(namesakes: Cli, db: Path) -> None:
    (found,) = map(json.loads, namesakes("sources", "--same", "--json").out.splitlines())
    assert 0 == namesakes("source", "apart", *found["goes"], found["stays"]).status
    assert [] == _pairs(namesakes)
    assert 0 == namesakes("doctor", "--rebuild").status
    assert [] == _pairs(namesakes)

    with open_store(str(db), "ana") as store:
        fill(store, [orr(9)])
    assert [("s9", "s1")] == _pairs(namesakes)
    namesakes("source", "apart", "s9", "s1")
    assert [("s9", "s2")] == _pairs(namesakes)


def test_a_rebuild_keeps_pairs_apart(stored: Cli) -> None:
    ((goes, stays),) = _pairs(stored)
    stored("source", "apart", goes, stays)

    assert 0 == stored("doctor", "--rebuild").status
    assert [] == _pairs(stored)


def test_an_article_s_claims_are_parted_and_a_rebuild_holds(stored: Cli) -> None:
    ((_, stays),) = _pairs(stored)
    done = stored("source", "part", stays, "a2")
    assert (0, "is another") == (done.status, "is another" if "is another" in done.out else done.out)
    assert 0 == stored("doctor", "--rebuild").status
    assert 2 == sum("Ada Penn" in line for line in stored("sources").out.splitlines())

    stored("undo")
    assert 1 == sum("Ada Penn" in line for line in stored("sources").out.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("apart", "s1", "s1"), "a source is itself"),
        (("apart", "s1", "s99"), "there is no source s99"),
        (("part", "s1", "a99"), "a99 has no claim of s1"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(stored: Cli, words: tuple[str, ...], said: str) -> None:
    found = stored("source", *words)

    assert found.status in (1, 2)
    assert [True] == [said in line for line in found.errors]
