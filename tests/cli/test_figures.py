"""`workbench stats` and `workbench audit` on a small store of invented articles."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Cli
from workbench import plots

FIRST = """Outlet: The Harbour Post
Date: 2026-03-11

Ferry fares rise
Mayor Ilse Hartnoll admitted that fares rose by 8 per cent in May. Critics said the ferry was late on 30 days.
Olaf Reth claims that 200 people lost their jobs. Olaf Reth claims that the mole cost 4 million pounds.
Olaf Reth insists that the union paid 3 million pounds. “The sums were too low,” said Ilse Hartnoll.
"""


@pytest.fixture
def stored(cli: Cli) -> Cli:
    """A store with one article of several claims, two of them judged."""
    assert 0 == cli("ingest", "--id", "first", "-", given=FIRST.encode()).status
    return cli


def _claim(cli: Cli, words: str) -> str:
    return next(
        claim["id"]
        for claim in map(json.loads, cli("claims", "--json").out.splitlines())
        if words in claim["text"] and claim["kind"] != "statement"
    )


def test_the_figures_count_what_stands(stored: Cli) -> None:
    claims = [json.loads(line) for line in stored("claims", "--json").out.splitlines()]
    first, second = claims[0]["id"], claims[1]["id"]
    stored("mark", first, "--truth", "false")
    stored("mark", second, "--truth", "true")
    found = json.loads(stored("stats", "--json").out)

    assert (len(claims), len(claims) - 2, 1) == (found["claims"], found["open"], found["articles"])
    assert {"open": len(claims) - 2, "checked": 2} == found["statuses"]
    assert [("True", 1), ("False", 1)] == [(each["label"], each["number"]) for each in found["verdicts"]]
    assert [("ana", 2, 1)] == [(pace["reviewer"], pace["verdicts"], pace["days"]) for pace in found["paces"]]
    assert 2 == sum(found["days"].values())
    assert {"s"} == {each["id"][0] for each in found["speakers"]}


def test_an_undone_verdict_counts_no_more(stored: Cli) -> None:
    before = stored("stats").out
    stored("mark", "1", "--truth", "false")
    stored("undo")

    assert before == stored("stats").out


def test_a_filter_narrows_the_figures(stored: Cli) -> None:
    assert 3 == json.loads(stored("stats", "--source", "Reth", "--json").out)["claims"]
    assert 0 == json.loads(stored("stats", "--outlet", "nowhere", "--json").out)["claims"]


def test_figures_of_an_empty_store_are_none(cli: Cli) -> None:
    for command in ("stats", "audit"):
        found = cli(command)
        assert (0, "") == (found.status, found.out)


def test_the_audit_holds_verbs_against_verdicts(stored: Cli) -> None:
    admitted, claimed = _claim(stored, "fares"), _claim(stored, "jobs")
    stored("mark", admitted, "--truth", "false")
    stored("mark", claimed, "--truth", "true")
    found = json.loads(stored("audit", "--json").out)

    assert {(admitted, "factive"), (claimed, "distancing")} == {
        (each["claim"]["id"], each["cue_class"]) for each in found["colourings"]
    }
    assert 1 == found["verbs"]["factive"]["false"]
    assert ["Olaf Reth"] == [each["name"] for each in found["doubted"]]
    assert "admitted" in stored("audit").out


def test_the_audit_counts_voices_by_article_and_outlet(stored: Cli) -> None:
    found = json.loads(stored("audit", "a1", "--json").out)

    assert 1 == found["articles"][0]["voices"]["G"]
    assert found["articles"][0]["voices"] == next(iter(found["outlets"].values()))
    assert 1 == found["articles"][0]["anonymous"]


def test_independent_evidence_takes_a_claim_off_the_single_sources(stored: Cli) -> None:
    claim = _claim(stored, "fares")
    before = [each["claim"]["id"] for each in json.loads(stored("audit", "--json").out)["single"]]
    stored("evidence", "add", claim, "--url", "https://example.org/fares", "--no-fetch")
    stored("evidence", "edit", "e1", "--independent")
    after = [each["claim"]["id"] for each in json.loads(stored("audit", "--json").out)["single"]]

    assert claim in before
    assert [each for each in before if each != claim] == after


def test_an_article_that_is_not_there_is_named(stored: Cli) -> None:
    found = stored("audit", "a99")

    assert (1, ["workbench: there is no article a99: workbench articles lists them"]) == (found.status, found.errors)


@pytest.mark.parametrize(
    ("value", "shown"), [(0, ""), (1, "▏"), (50, "████"), (51, "████▏"), (100, "████████"), (200, "████████")]
)
def test_a_bar_is_as_long_as_its_share(value: int, shown: str) -> None:
    assert shown == plots.bar(value, 100, 8)


def test_a_sparkline_has_a_character_a_value() -> None:
    assert "▁ █▅" == plots.sparkline([1, 0, 100, 51])
    assert "  " == plots.sparkline([0, 0])
