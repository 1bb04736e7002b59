"""Corrected articles, new readings, removal and purging by commands."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

MARLOW = Path(str(files("seeds").joinpath("marlow-quay")))


def _claims(cli) -> dict[str, dict]:
    result = cli("claims", "--json")
    assert (0, "") == (result.status, result.err)
    return {row["id"]: row for row in map(json.loads, result.out.splitlines())}


@pytest.fixture
def corrected(cli, tmp_path: Path):
    """The command line on the Courier's article after its correction, with two verdicts on the first version."""
    path = tmp_path / "courier.txt"
    path.write_bytes((MARLOW / "courier-v1.txt").read_bytes())
    cli("ingest", str(path), "--outlet", "Marlow Quay Courier")
    wrong = next(name for name, row in _claims(cli).items() if "64 people" in row["text"])
    ferry = next(name for name, row in _claims(cli).items() if "running again by 4 May" in row["text"])
    cli("mark", wrong, "--truth", "false")
    cli("mark", ferry, "--attribution", "altered-changed-meaning")
    result = cli("ingest", str(MARLOW / "courier-v2.txt"), "--replaces", "a1")
    assert (0, "") == (result.status, result.err)
    return cli, wrong, ferry, result


def test_a_corrected_text_says_what_it_changed(corrected) -> None:
    _, _, _, result = corrected

    assert result.out.startswith("a1 new version: ")
    assert " 2 changed, " in result.out
    assert "2 that people decided on to be looked at again" in result.out


def test_a_stale_claim_shows_its_words_before_and_now(corrected) -> None:
    cli, wrong, _, _ = corrected
    out = cli("show", wrong).out

    assert "checked, stale" in out
    assert "[-64-] {+46+} people are on short time" in out


def test_the_corrections_log_tells_every_change(corrected) -> None:
    cli, wrong, ferry, _ = corrected
    (entry,) = map(json.loads, cli("articles", "--changes", "a1", "--json").out.splitlines())
    told = {claim["claim"]: claim for claim in entry["claims"]}

    assert ("a1", 2, 1) == (entry["article"], entry["version"], entry["version_before"])
    assert ("64 people are on short time", "46 people are on short time", True) == (
        told[wrong]["before"], told[wrong]["now"], told[wrong]["judged"],
    )  # fmt: skip
    assert "changed" == told[ferry]["what"]
    assert [True] == ["October" in claim["before"] for claim in told.values() if claim["what"] == "lost"]
    out = cli("articles", "--changes").out
    assert "version 2 after 1" in out
    assert "[-64-] {+46+}" in out
    assert cli("articles", "--changes", "--csv").out.splitlines()[1].startswith("a1,")


def test_an_article_without_a_correction_has_an_empty_log(cli) -> None:
    cli("ingest", str(MARLOW / "courier-v1.txt"))

    assert (0, "") == (cli("articles", "--changes").status, cli("articles", "--changes").out)
    assert 1 == cli("articles", "--changes", "a9").status
    assert 2 == cli("articles", "a1").status


def test_undo_of_the_correction_brings_the_first_version_back(corrected) -> None:
    cli, wrong, _, _ = corrected
    cli("undo")
    row = _claims(cli)[wrong]

    assert ("64 people are on short time", False) == (row["text"], row["stale"])


def test_replacing_what_is_not_there_is_refused(cli) -> None:
    result = cli("ingest", str(MARLOW / "courier-v2.txt"), "--replaces", "a7")

    assert (1, ["workbench: there is no article a7 to replace: workbench articles lists them"]) == (
        result.status, result.errors,
    )  # fmt: skip
    assert 2 == cli("ingest", str(MARLOW), str(MARLOW / "courier-v2.txt"), "--replaces", "a1").status
    assert 2 == cli("ingest", str(MARLOW / "courier-v2.txt"), "--replaces", "c1").status


def test_reading_again_with_the_same_machine_changes_nothing(cli) -> None:
    cli("ingest", str(MARLOW / "courier-v1.txt"))
    result = cli("reread")

    assert (0, "0 read again, 1 as before: 0 kept, 0 gone, 0 new\n") == (result.status, result.out)
    assert 1 == cli("reread", "a9").status


def test_reading_a_corrected_article_again_keeps_what_people_judged(corrected) -> None:
    cli, wrong, ferry, _ = corrected
    before = _claims(cli)
    cli("reread")

    assert [before[wrong], before[ferry]] == [_claims(cli)[wrong], _claims(cli)[ferry]]


def test_removing_hides_until_undo(corrected) -> None:
    cli, wrong, ferry, _ = corrected
    cli("mark", ferry, "--note", "ask again")
    result = cli("remove", wrong, "n1")

    assert (0, f"removed {wrong}, n1 · workbench undo takes it back\n") == (result.status, result.out)
    assert wrong not in _claims(cli)
    assert "ask again" not in cli("show", ferry).out.partition("history")[0]
    cli("undo")
    assert wrong in _claims(cli)
    assert 1 == cli("remove", "s1").status


def test_evidence_is_edited_and_removed(corrected, tmp_path: Path) -> None:
    cli, wrong, _, _ = corrected
    (tmp_path / "table.txt").write_text("46")
    assert "no copy kept" in cli("evidence", "add", wrong, "--url", "https://stats.example/t7").out
    assert " copy kept" in cli("evidence", "add", wrong, "--file", str(tmp_path / "table.txt")).out
    assert "e1 changed: excerpt, stance" in cli("evidence", "edit", "e1", "--stance", "refutes", "--quote", "46").out
    shown = cli("show", "e1").out
    assert "refutes" in shown
    assert "46" in shown
    assert 2 == cli("evidence", "edit", "e1").status
    assert 2 == cli("evidence", "edit", "e1", "--stance", "refutes").status
    cli("evidence", "remove", "e1")
    assert 1 == cli("show", "e1").status
    cli("undo")
    assert 0 == cli("show", "e1").status
    cli("undo")
    assert "supports" in cli("show", "e1").out


def test_a_purge_needs_a_typed_confirmation(corrected) -> None:
    cli, _, _, _ = corrected
    result = cli("purge", "a1")

    assert (2, "") == (result.status, result.out)
    assert "--yes-purge a1" in result.errors[0]
    assert 0 == cli("show", "a1").status
    assert 1 == cli("purge", "a9", "--yes-purge", "a9").status


def test_a_purged_article_is_gone_and_the_history_holds(corrected, db: Path) -> None:
    cli, _, _, _ = corrected
    result = cli("purge", "a1", "--yes-purge", "a1")

    assert (0, "") == (result.status, result.err)
    assert "it cannot be undone" in result.out
    assert "the chain holds" in cli("log", "--verify").out
    assert not any(b"skerrow" in each.read_bytes().lower() for each in db.parent.glob("test.db*"))
    assert "a1 was purged on" in cli("show", "a1").errors[0]
    assert 1 == cli("undo").status
    assert "words purged" in cli("log").out
    assert 0 == cli("doctor").status
