"""Editing from the command line: claims, sentences, sources; each says what it did, and undo takes it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

TEXT = (
    "Ferry to stop\nThe ferry carried 400 cars in June and the pier was closed for 3 days. "
    "Mayor Ada Penn said the pier would open in May. The pier was closed again.\n"
)


@pytest.fixture
def told(cli: Cli, tmp_path: Path) -> Cli:
    """The command line on a store with one article; claim 1 is added by hand, so that no model decides."""
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    cli("ingest", str(path))
    for row in claims(cli):
        cli("remove", str(row["id"]))
    return cli


def claims(cli: Cli) -> list[dict[str, object]]:
    return [json.loads(line) for line in cli("claims", "--json").out.splitlines()]


def added(cli: Cli, *words: str) -> str:
    done = cli("claim", "add", "a1", *words)
    assert (0, "") == (done.status, done.err)
    return done.out.split()[0]


def texts(cli: Cli) -> list[object]:
    return sorted(str(row["text"]) for row in claims(cli))


def test_claims_are_added_split_respanned_and_merged_by_their_words(told: Cli) -> None:
    name = added(told, "--text", "The ferry carried 400 cars in June and the pier was closed for 3 days")
    out = told("claim", "split", name, "--before", "the pier").out
    assert f"{name} split into {name} and c" in out
    assert ["The ferry carried 400 cars in June and", "the pier was closed for 3 days"] == texts(told)
    told("claim", "respan", name, "--text", "The ferry carried 400 cars in June")
    assert ["The ferry carried 400 cars in June", "the pier was closed for 3 days"] == texts(told)
    told("claim", "merge", name)
    assert ["The ferry carried 400 cars in June and the pier was closed for 3 days"] == texts(told)
    for _ in range(4):
        told("undo")
    assert [] == texts(told)


def test_a_claim_is_added_at_a_place_with_kind_and_source(told: Cli) -> None:
    start = TEXT.index("the pier would")
    name = added(told, "--at", f"{start}:{start + 26}", "--kind", "indirect", "--source", "Ada Penn")
    (row,) = claims(told)

    assert ("the pier would open in May", "indirect", "Ada Penn") == (row["text"], row["kind"], row["source"])
    assert f"{name} kind: mixed" in told("claim", "kind", name, "mixed").out
    assert f"{name} voice: B" in told("claim", "voice", name, "b").out


def test_sentences_are_listed_and_marked_by_number(told: Cli) -> None:
    assert "a1:1  no claim          Ferry to stop" == told("sentence", "list", "a1").out.splitlines()[0]
    assert "2 sentences of a1: opinion" in told("sentence", "mark", "a1:1-2", "--as", "opinion").out
    told("sentence", "mark", "a1:2", "--clear")
    assert ["opinion", "no claim"] == [line.split("  ")[1] for line in told("sentence", "list", "a1").out.splitlines()][
        :2
    ]


def test_sources_are_renamed_and_merged(told: Cli) -> None:
    added(told, "--text", "the pier would open in May", "--kind", "indirect", "--source", "Mayor P.")
    row = next(json.loads(line) for line in told("sources", "--json").out.splitlines() if "Mayor P." in line)
    assert "renamed: Mayor P. is now Ada Penn-Reth" in told("source", "rename", str(row["id"]), "Ada Penn-Reth").out
    assert "person" in told("source", "kind", str(row["id"]), "person").out
    assert "also      Mayor P." in told("show", str(row["id"])).out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("claim", "add", "a1", "--text", "The pier was never"), 2, "does not stand there"),
        (("claim", "add", "a1", "--text", "pier was closed"), 2, "stands there 2 times: "),
        (("claim", "add", "a1"), 2, "give either --text or --at"),
        (("claim", "add", "c1", "--at", "0:4"), 2, "c1 is not an article"),
        (("claim", "add", "a1", "--at", "0-4"), 2, "“0-4” is no place"),
        (("claim", "split", "c99", "--at", "4"), 1, "there is no claim c99"),
        (("claim", "kind", "c1", "rumour"), 2, "unknown word “rumour”"),
        (("claim", "voice", "c1", "Z"), 2, "unknown level “Z”"),
        (("sentence", "mark", "a1", "--as", "opinion"), 2, "“a1” names no sentence"),
        (("sentence", "mark", "a1:99", "--as", "opinion"), 1, "a1 has 4 sentences"),
        (("sentence", "mark", "a1:1"), 2, "give either --as or --clear"),
        (("source", "merge", "s1", "s1"), 2, "with itself"),
        (("source", "rename", "c1", "x"), 2, "c1 is not a source"),
        (("source", "kind", "s99", "body"), 1, "there is no source s99"),
    ],
)
def test_a_mistake_is_one_line(told: Cli, words: tuple[str, ...], status: int, said: str) -> None:
    done = told(*words)

    assert (status, 1) == (done.status, len(done.errors))
    assert said in done.err
