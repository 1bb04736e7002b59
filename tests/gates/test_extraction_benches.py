"""The programs that measure extraction measure what they say."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import checkworthy, extraction, resolution
from workbench.extract import extract
from workbench.spans import Span

ROOT = Path(__file__).parents[2]
ROWS = (
    {"id": "a", "text": "The mole cost £4.8 million in 2025, 18 per cent more than the year before."},
    {"id": "b", "text": "What a lovely morning!"},
    {"id": "c", "text": ""},
)


def _spans(**given: list[list[int]]) -> dict[str, list[list[int]]]:
    return {"source": [], "cue": [], "content": [], **given}


def test_one_attribution_is_a_claim_with_a_cue_or_a_source_and_without_a_parent() -> None:
    statement = {"parent": None, "spans": _spans(content=[[0, 9]])}
    said = {"parent": None, "spans": _spans(content=[[10, 19]], cue=[[20, 24]])}
    owned = {"parent": None, "spans": _spans(content=[[30, 39]], source=[[40, 44]])}
    nested = {"parent": 1, "spans": _spans(content=[[12, 15]], cue=[[10, 11]])}

    found = extraction.attributions({"claims": [statement, said, owned, nested]})

    assert [said["spans"], owned["spans"]] == found


def test_a_text_is_read_as_the_command_reads_it(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("“The gap is closed,” Anders Tremlett said on Wednesday.\n", encoding="utf-8")

    run = extraction.read(tmp_path)

    assert ["one"] == [row["id"] for row in run.rows]
    assert 13 == run.tokens
    assert 1 == len(extraction.attributions(run.rows[0]))


@pytest.mark.parametrize("packed", [False, True])
def test_sentences_get_one_score_each_in_their_order(tmp_path: Path, packed: bool) -> None:
    data = "".join(f"{json.dumps(row)}\n" for row in ROWS).encode()
    path = tmp_path / ("rows.jsonl.gz" if packed else "rows.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)

    command = [sys.executable, "-m", "tests.bench.checkworthy", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    scored = [json.loads(line) for line in done.stdout.splitlines()]

    assert ["a", "b", "c"] == [row["id"] for row in scored]
    assert all(0 <= row["score"] <= 1 for row in scored)
    assert scored[0]["score"] > scored[1]["score"]


def test_scores_do_not_depend_on_how_many_sentences_come_at_once() -> None:
    texts = [str(row["text"]) for row in ROWS]

    alone = [score for text in texts for score in checkworthy.scores([text])]

    assert pytest.approx(alone, abs=0.02) == list(checkworthy.scores(texts))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Mr. Tremlett", "Tremlett"),
        ("the Harbour Office", "Harbour Office"),
        ("Mayor Ilse  Hartnoll’s", "ilse hartnoll"),
    ],
)
def test_titles_articles_case_and_possessives_do_not_tell_names_apart(given: str, wanted: str) -> None:
    assert resolution.same(given, wanted)


def test_a_surname_is_alike_and_not_the_same() -> None:
    assert not resolution.same("Hartnoll", "Ilse Hartnoll")
    assert resolution.alike("Hartnoll", "Ilse Hartnoll")
    assert not resolution.alike("Ilse", "Ilse Hartnoll")


def test_a_mention_is_compared_with_the_words_at_its_answer() -> None:
    text = "Mayor Ilse Hartnoll opened the meeting. “We are not raising dues,” Hartnoll said.\n"
    short, full = text.rindex("Hartnoll"), text.index("Ilse")
    mention = resolution.Mention("f", Span(short, short + 8), "short", "person", Span(full, full + 13), "tune")

    found = resolution.outcome(extract(text), mention)

    assert (True, True, True, True) == (found.found, found.strict, found.loose, found.kind)
