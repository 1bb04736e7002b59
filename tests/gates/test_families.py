"""Families may not get worse: the project's own invented case always, the labelled corpus where it is."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from tests.bench import clusters, pairs
from tests.bench.quoted import quotation, rows
from tests.gates.extraction_floors import ROOT, shared
from workbench.records import Family
from workbench.services import lists
from workbench.services.ingest import IngestOptions, ingest
from workbench.services.store import open_store

CASE = ROOT / "seeds" / "marlow-quay"
FLOORS = {"F1": 0.92, "AP": 0.965, "altered": 0.92, "B3": 0.93}  # on the half that may be looked at


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> list[Family]:
    """What the seven invented articles have in common (one of them in its first version)."""
    names = sorted([*CASE.glob("*.txt"), *CASE.glob("*.html"), CASE / "articles.jsonl"])
    kept = [str(path) for path in names if path.name not in ("transcript.txt", "courier-v2.txt")]
    with open_store(str(tmp_path_factory.mktemp("families") / "desk.db"), "ana") as store:
        list(ingest(store, kept, options=IngestOptions()))
        return lists.family_rows(store)


def _of(families: list[Family], words: str) -> Family:
    (found,) = (family for family in families if words in family.text)
    return found


# What the answer key (seeds/marlow-quay/README.md) says was printed more than once: words of the earliest, how many
# articles, how many origins (the Herald and the Mail carry one wire), and what must be in alarm.
@pytest.mark.parametrize(
    ("words", "size", "origins", "alarm"),
    [
        ("We are not raising harbour dues this year", 3, 2, None),
        ("I think the Skerrow ferry may be running again by 4 May", 3, 2, "hedge"),
        ("We did not receive the inspection report before the storm", 4, 3, "negation"),
        ("Nobody on that quay has had a full week’s pay since the storm", 3, 2, None),
        ("The gap should be closed by 17 April", 2, 1, None),
        ("I’m not saying there will be a strike", 2, 1, "negation"),
        ("went well beyond anything we had planned for", 2, 2, None),
    ],
)
def test_what_was_printed_again_in_the_own_case_is_one_family(
    families: list[Family], words: str, size: int, origins: int, alarm: str | None
) -> None:
    found = _of(families, words)

    assert (size, origins, alarm) == (found.size, found.origins, found.alarm)


def test_no_family_of_the_own_case_is_larger_than_the_articles_that_carry_it(families: list[Family]) -> None:
    assert [] == [family for family in families if family.size > 7]


def test_the_labelled_half_keeps_its_floors_where_it_is_here(capsys: pytest.CaptureFixture[str]) -> None:
    folder = shared()
    if folder is None or not (folder / "data" / "dupquotes").is_dir():
        with capsys.disabled():
            print("\nthe labelled quotes are not here (no folder shared beside the checkout): families not measured")
        return

    measured = _measured(folder)

    assert [] == [(name, measured[name]) for name, floor in FLOORS.items() if measured[name] < floor]


def _measured(folder: Path) -> dict[str, float]:
    scorer = _scorer(folder / "bench" / "score_dupquotes.py")
    data = folder / "data" / "dupquotes"
    gold = list(rows(data / "pairs_dev.jsonl"))
    judged = [pairs.judged(row) for row in gold]
    same = [row["label"] != "different" for row in gold]
    called = [row["relation"] != "none" for row in judged]
    altered = [called[at] for at, row in enumerate(gold) if row["label"] == "same_utterance_altered"]
    spans = list(rows(data / "clusters_dev.jsonl"))
    found = dict(zip((row["id"] for row in spans), clusters.labels([quotation(row) for row in spans]), strict=True))
    b3 = scorer.bcubed({row["id"]: row["cluster"] for row in spans}, found)
    return {
        "F1": scorer.prf(same, called)[2], "AP": scorer.ap(same, [row["score"] for row in judged]),
        "altered": sum(altered) / len(altered), "B3": b3["non_singleton"]["F1"],
    }  # fmt: skip


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_dupquotes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_doors_read_no_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"text": "We went too far over budget, and the council will not pay.", "source": "Reyes", "date": None}
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps({"id": "q1", "a": said, "b": said | {"text": "went too far over budget"}}) + "\n")
    pairs.main([str(path)])
    row = json.loads(capsys.readouterr().out)
    assert ("q1", "fragment", []) == (row["id"], row["relation"], row["alarms"])

    path.write_text("".join(json.dumps({"id": name} | said) + "\n" for name in ("i1", "i2")))
    clusters.main([str(path)])
    one, other = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert one["cluster"] == other["cluster"]
