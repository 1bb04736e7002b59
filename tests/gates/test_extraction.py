"""Extraction may not get worse: floors on the project's own case always, on the corpus where it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.bench import resolution
from tests.gates import extraction_floors as gate

ABSENT = "the corpus is not here (no folder shared beside the checkout, WORKBENCH_SHARED not set): "


@pytest.fixture(scope="module")
def readings() -> dict[str, dict[str, Any]]:
    return gate.own_readings()


def _as_claims(text: str, labels: list[dict[str, Any]]) -> dict[str, Any]:
    """A reading that says exactly what the labels say."""

    def claim(label: Mapping[str, Any]) -> dict[str, Any]:
        spans = {role: [place[:2] for place in label[role]] for role in ("source", "cue", "content")}
        name = label["name"] or "somebody"
        source = {"name": name, "kind": label["kind"]} if label["source"] else None
        return {"parent": None, "spans": spans, "source": source}

    return {"text": text, "claims": [claim(label) for label in labels]}


def test_the_own_case_keeps_its_floors() -> None:
    assert [] == gate.fallen(gate.own_case(), gate.stored()["own"])


@pytest.mark.parametrize("measure", [gate.dev_case, gate.mentions_case])
def test_the_corpus_keeps_its_floors_where_it_is_here(
    measure: Callable[[Path], gate.Case], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = gate.shared()
    if folder is None:  # said, not skipped: a newcomer has no corpus, and nothing is missing for it
        with capsys.disabled():
            print(f"\n{ABSENT}{measure.__name__} was not measured")
        return

    case = measure(folder)

    assert [] == gate.fallen(case, gate.stored()[case.name])


# ---- the labels ------------------------------------------------------------------------------------------------------


def test_every_label_of_the_own_case_stands_on_its_words(readings: dict[str, dict[str, Any]]) -> None:
    labels = gate.own_labels()

    assert set(labels) == set(readings)
    for name, attributions in labels.items():
        places = [place for item in attributions for role in ("source", "cue", "content") for place in item[role]]
        assert [place[2] for place in places] == [readings[name]["text"][place[0] : place[1]] for place in places]


def test_the_labels_of_the_corpus_are_places_and_hold_no_words_of_it() -> None:
    rows = [json.loads(line) for line in resolution.LABELS.read_text(encoding="utf-8").splitlines()]

    assert {"file", "start", "end", "stratum", "kind", "answer", "half"} == set().union(*rows)
    assert {"person", "body", "document", "anonymous"} == {row["kind"] for row in rows}
    assert set(resolution.STRATA) == {row["stratum"] for row in rows}


def test_at_least_two_hundred_mentions_of_sixty_articles_are_labelled_and_no_article_is_in_both_halves() -> None:
    mentions = resolution.labels()
    files = {half: {mention.file for mention in mentions if mention.half == half} for half in resolution.HALVES}

    assert len(mentions) >= 220
    assert len(files["tune"] | files["held"]) >= 60
    assert set() == files["tune"] & files["held"]
    assert 7 == len({name.partition("_")[0] for name in files["tune"] | files["held"]})


# ---- the scorer and the floors ---------------------------------------------------------------------------------------


def test_the_labels_on_themselves_score_everything(readings: dict[str, dict[str, Any]]) -> None:
    labels = gate.own_labels()
    perfect = {name: _as_claims(readings[name]["text"], labels[name]) for name in labels}

    assert {"content": 100.0, "e2e": 100.0, "names": 100.0} == gate.own_measures(perfect, labels)


def test_finding_nothing_scores_nothing(readings: dict[str, dict[str, Any]]) -> None:
    empty = {name: {"text": reading["text"], "claims": []} for name, reading in readings.items()}

    assert {"content": 0.0, "e2e": 0.0, "names": 0.0} == gate.own_measures(empty, gate.own_labels())


def test_a_content_that_shares_less_than_half_is_no_match() -> None:
    text = "one two three four five"
    whole, part = {"content": [[0, 23]]}, {"content": [[0, 7]]}

    assert [] == gate.pairs(text, [part], [whole])
    assert [(0, 0)] == gate.pairs(text, [{"content": [[0, 13]]}], [whole])


def test_a_figure_below_its_floor_is_named() -> None:
    case = gate.Case("own", "d", {"content": 59.9, "e2e": 61.0})

    assert ["own: content 59.9 is below its floor 60.0"] == gate.fallen(
        case, {"digest": "d", "floors": {"content": 60.0, "e2e": 60.0}}
    )


def test_floors_set_on_other_texts_do_not_count() -> None:
    case = gate.Case("own", "new", {"content": 99.0})

    assert ["own: these are not the texts and labels that the floors were set on"] == gate.fallen(
        case, {"digest": "old", "floors": {}}
    )


def test_a_refresh_raises_floors_and_lowers_none() -> None:
    case = gate.Case("own", "d", {"content": 70.0, "e2e": 50.0})
    old = {"digest": "d", "floors": {"content": 60.0, "e2e": 55.0}}

    assert {"content": 69.5, "e2e": 55.0} == gate.refreshed(case, old)["floors"]
    assert {"content": 69.5, "e2e": 49.5} == gate.lowered(case)["floors"]


def test_a_refresh_that_would_lower_a_floor_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    own = gate.own_case()
    before = json.dumps({"own": {"digest": own.digest, "floors": {"content": 101.0}}})
    floors.write_text(before)
    monkeypatch.setenv("WORKBENCH_SHARED", str(tmp_path))

    assert 1 == gate.main(["--refresh", "--floors", str(floors)])
    assert before == floors.read_text()
    assert "is below its floor 101.0" in capsys.readouterr().err

    assert 0 == gate.main(["--refresh", "--lower", "--floors", str(floors)])
    assert gate.lowered(own) == gate.stored(floors)["own"]
