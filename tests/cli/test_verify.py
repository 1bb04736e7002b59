"""`verify`, `transcript add`, `transcripts`, `show t1` and `log t1`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

RECORD = "ADA BRANDT: The quay may be closed until 12 May.\nOLAF RETH: Nobody will lose a berth.\n"
ARTICLE = (
    "Dues\nMayor Ada Brandt said “the quay will be closed until 12 May”.\nThe weather was fine on the day. It rained.\n"
)


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "record.txt"
    path.write_text(RECORD, "utf-8")
    return str(path)


@pytest.fixture
def quoted(cli: Cli, tmp_path: Path) -> str:
    """A claim that drops a hedge."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    cli("ingest", str(path))
    return json.loads(cli("claims", "--search", "quay", "--json").out.splitlines()[0])["id"]


def test_a_quote_is_verified_against_a_file_without_any_store(bare: Cli, record: str) -> None:
    done = bare("verify", "--text", "Nobody will lose a berth", "--speaker", "Ada Brandt", "--against", record)

    assert 0 == done.status
    assert done.out.startswith("another speaker said it · ⚠ speaker\n")
    assert "record.txt, line 2" in done.out
    assert "OLAF RETH, not Ada Brandt" in done.out


def test_what_is_not_found_is_not_found_in_the_texts_given(bare: Cli, record: str) -> None:
    done = bare("verify", "--text", "It is all invented by the press", "--against", record)

    assert (0, "not found in the 1 text given") == (done.status, done.out.splitlines()[0])
    assert "fabricat" not in done.out


def test_a_claim_is_verified_kept_and_answered(cli: Cli, quoted: str, record: str) -> None:
    assert 0 == cli("transcript", "add", record, "--held-at", "2026-03-11", "--title", "Council").status

    done = cli("verify", quoted, "--meaning", "changed")

    assert done.out.startswith(f"{quoted}: hedge dropped · ⚠ hedge\n")
    assert "the quay [-may-] {+will+} be closed until 12 May" in done.out
    assert "suggests altered-changed-meaning" in done.out
    assert "meaning changed, says ana" in cli("show", quoted).out
    assert "said: " not in cli("claims", "--json").out
    cli("undo")
    assert "says ana" not in cli("show", quoted).out


def test_the_json_of_a_finding_has_class_place_and_suggestion(cli: Cli, quoted: str, record: str) -> None:
    done = cli("verify", quoted, "--against", record, "--json")

    found = json.loads(done.out)
    assert (quoted, "hedge_dropped", ["hedge"], [1], True, None) == (
        found["claim"],
        found["class"],
        found["alarms"],
        found["lines"],
        found["found"],
        found["suggestion"],
    )


def test_transcripts_are_listed_shown_with_numbered_lines_and_have_a_history(cli: Cli) -> None:
    cli("transcript", "add", "-", "--title", "Council", given=RECORD.encode())

    assert "Council" == json.loads(cli("transcripts", "--json").out)["title"]
    assert "2  OLAF RETH: Nobody will lose a berth." in cli("show", "t1").out
    assert "transcript add" in cli("log", "t1").out
    assert 0 == cli("remove", "t1").status
    assert 1 == cli("show", "t1").status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("verify",), 2),
        (("verify", "c1", "--text", "x"), 2),
        (("verify", "--text", "hello there", "--keep"), 2),
        (("verify", "--text", "hello there", "--against", "t7"), 1),
        (("verify", "--text", "hello there", "--against", "no such file"), 1),
        (("verify", "--text", "…", "--against", "t7"), 1),
        (("verify", "c99"), 1),
        (("transcript", "add", "no such file"), 1),
        (("show", "t9"), 1),
    ],
)
def test_bad_input_is_one_line(cli: Cli, quoted: str, words: tuple[str, ...], status: int) -> None:
    done = cli(*words)

    assert (status, 1) == (done.status, len(done.errors))


def test_hostile_words_are_cleaned_on_their_way_out(bare: Cli, tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text("EVA: We \x1b[31mwill not\u202e pay [/red] for it.\n", "utf-8")

    done = bare("verify", "--text", "We \x1b[31mwill not\u202e pay [/red] for this", "--against", str(path))

    assert 0 == done.status
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
