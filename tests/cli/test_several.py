"""Marking all that a filter line finds, and the filters that were given a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.tui.samples import FERRY, HARBOUR, make


@pytest.fixture
def held(cli: Cli, db: Path) -> Cli:
    """The command line on a store of six open claims of two outlets."""
    db.parent.mkdir()
    make(db, (HARBOUR, FERRY))
    return cli


def verdicts(cli: Cli, *words: str) -> list[str | None]:
    """The truth verdicts of the claims that a list shows."""
    return [json.loads(line)["truth"] for line in cli("claims", *words, "--json").out.splitlines()]


def test_all_that_a_filter_finds_is_marked_in_one_action_and_undone_in_one(held: Cli) -> None:
    done = held("mark", "--matching", "outlet:marlow is:open", "--truth", "mixed")

    assert (0, "") == (done.status, done.err)
    assert "4 claims mixed · workbench undo takes it back\n" == done.out
    assert ["mixed"] * 4 == verdicts(held, "--outlet", "Marlow Courier")
    assert [None] * 2 == verdicts(held, "--outlet", "Harbour News")

    assert 0 == held("undo").status
    assert [None] * 6 == verdicts(held)


def test_keep_replaces_no_verdict_and_says_how_many_it_passed_over(held: Cli) -> None:
    held("mark", "1", "--truth", "true")
    done = held("mark", "--matching", "outlet:marlow", "--keep", "--truth", "false")

    assert "3 claims false · 1 passed over: a verdict that stands is kept · workbench undo takes it back\n" == done.out
    assert {"true": 1, "false": 3} == {label: verdicts(held).count(label) for label in ("true", "false")}


def test_without_keep_a_standing_verdict_is_replaced(held: Cli) -> None:
    held("mark", "1", "--truth", "true")

    assert held("mark", "--matching", "outlet:marlow", "--truth", "false").out.startswith("4 claims false")
    assert 4 == verdicts(held).count("false")


def test_keep_holds_for_claims_that_are_named_too(held: Cli) -> None:
    held("mark", "1", "--truth", "true")

    assert held("mark", "1", "2", "--keep", "--truth", "false").out.startswith("c2 false · 1 passed over")
    assert (1, 1) == (verdicts(held).count("true"), verdicts(held).count("false"))


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("1", "--matching", "is:open", "--truth", "false"), 2, "claims and --matching exclude each other"),
        (("--matching", "is:open"), 2, "nothing to mark was given"),
        (("--matching", "is:nothing-known", "--truth", "false"), 2, "is:nothing-known"),
        (("--matching", "is:open", "--truth", "falsch"), 2, "falsch"),
        (("--matching", "zeppelin", "--truth", "false"), 2, "no claim is chosen"),
        (("--matching", "is:open", "--attribution", "accurate", "--truth", "false", "--status", "later"), 2, "later"),
    ],
)
def test_what_cannot_be_marked_is_refused_in_one_line_and_marks_nothing(
    held: Cli, words: tuple[str, ...], status: int, said: str
) -> None:
    done = held("mark", *words)

    assert (status, "") == (done.status, done.out)
    assert 1 == len(done.errors)
    assert done.errors[0].startswith("workbench: ")
    assert said in done.errors[0]
    assert [None] * 6 == verdicts(held)


def test_a_saved_filter_is_listed_printed_used_and_taken_away(held: Cli) -> None:
    saved = held("filters", "--save", "wire", "outlet:marlow is:open")
    assert "filter “wire” saved · workbench undo takes it back\n" == saved.out
    held("filters", "--save", "alarms", "is:alarm")

    assert "alarms  is:alarm\nwire    outlet:marlow is:open\n" == held("filters").out
    line = held("filters", "wire").out.rstrip("\n")
    assert "outlet:marlow is:open" == line
    assert held("mark", "--matching", line, "--truth", "true").out.startswith("4 claims true")

    assert "filter “wire” taken away · workbench undo takes it back\n" == held("filters", "--remove", "wire").out
    assert "alarms  is:alarm\n" == held("filters").out
    held("undo")
    assert "wire" in held("filters").out
    assert 0 == held("doctor", "--rebuild").status
    assert "wire" in held("filters").out


def test_saving_under_a_name_again_replaces_the_filter(held: Cli) -> None:
    held("filters", "--save", "wire", "outlet:marlow")
    held("filters", "--save", " wire ", "kind:direct")

    assert "wire  kind:direct\n" == held("filters").out


def test_a_store_without_saved_filters_lists_none(held: Cli) -> None:
    assert (0, "") == ((done := held("filters")).status, done.out)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("unheard-of",), 1, "there is no saved filter “unheard-of”: known are wire"),
        (("--remove", "unheard-of"), 1, "there is no saved filter “unheard-of”: known are wire"),
        (("--save", "bad", "kind:novel"), 2, "novel"),
        (("--save", "", "is:open"), 2, "that is no name for a filter"),
        (("--save", "x\x1b[2J", "is:open"), 2, "that is no name for a filter"),
        (("--save", "empty", " "), 2, "there is no filter to save"),
        (("wire", "--remove", "wire"), 2, "exclude each other"),
    ],
)
def test_a_wrong_filter_is_refused_in_one_line_and_changes_none(
    held: Cli, words: tuple[str, ...], status: int, said: str
) -> None:
    held("filters", "--save", "wire", "is:open")
    done = held("filters", *words)

    assert (status, "") == (done.status, done.out)
    assert 1 == len(done.errors)
    assert said in done.errors[0]
    assert "wire  is:open\n" == held("filters").out
