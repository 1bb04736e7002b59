"""`export --format claimreview`: what it needs, what it writes, and that it never writes a file of nothing."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def desk(cli: Cli) -> Cli:
    """A store of the seed article on a desk that says who it is."""
    with as_file(files("seeds") / "bezos-musk-trump.txt") as seed:
        cli("ingest", str(seed))
    cli("settings", "desk-name", "The Desk")
    cli("settings", "home-page", "https://desk.example/")
    cli("settings", "check-url", "https://desk.example/checks/{article}#{claim}")
    return cli


def test_a_claim_that_lacks_something_is_told_with_the_options_that_give_it(desk: Cli, tmp_path: Path) -> None:
    desk("mark", "c9", "--truth", "mostly-true")
    kept = tmp_path / "checks.json"
    kept.write_text("mine", encoding="utf-8")
    done = desk("export", "--format", "claimreview", "-o", str(kept))

    assert (1, "") == (done.status, done.out)
    assert (
        'workbench: c9 lacks a wording and an explanation: workbench mark c9 --wording "…" --explain "…"' in done.errors
    )
    assert "workbench: no check was written: give the claims what they lack, then export again" == done.errors[-1]
    assert "mine" == kept.read_text(encoding="utf-8")


def test_with_no_claim_judged_nothing_is_written(desk: Cli, tmp_path: Path) -> None:
    done = desk("export", "--format", "claimreview", "-o", str(tmp_path / "checks.json"))

    assert 1 == done.status
    assert "nothing was written: workbench mark gives verdicts" in done.err
    assert not (tmp_path / "checks.json").exists()


def test_what_is_whole_is_written_and_the_rest_is_told(desk: Cli, tmp_path: Path) -> None:
    desk("mark", "c9", "--truth", "mostly-true", "--wording", "SpaceX won 28 launches", "--explain", "It did.")
    desk("mark", "c10", "--truth", "false", "--explain", "No.")
    done = desk("export", "--format", "claimreview")

    assert 1 == done.status
    assert ["SpaceX won 28 launches"] == [one["claimReviewed"] for one in json.loads(done.out)]
    assert done.errors[0].startswith("wrote 1 check to standard output: claimreview, public")
    assert "1 of them cannot say where the claim appeared: no address is known" in done.errors
    assert 'workbench: c10 lacks a wording: workbench mark c10 --wording "…"' == done.errors[-1]
