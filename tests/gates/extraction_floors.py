"""What extraction must not fall below, and the command that measures it: `python -m tests.gates.extraction_floors`.

Three cases: the project's own (the seed and the invented articles, labelled by hand in tests/golden/extraction), the
dev articles of PolNeAR and the source mentions labelled in its training articles, these two only where the corpus is
(the folder `shared` beside the checkout, or wherever WORKBENCH_SHARED points). `--refresh` raises the floors to what
stands less SLACK; it lowers none, and takes no other corpus, without `--lower`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.bench import extraction, resolution

ROOT = Path(__file__).parents[2]
LABELS = ROOT / "tests" / "golden" / "extraction"
FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.5  # points between what stands and its floor
Spans = Sequence[Sequence[Any]]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    """One measured case: its figures in per cent, and the digest of the texts and labels they were measured on."""

    name: str
    digest: str
    measured: Mapping[str, float]


# ---- the project's own case ----------------------------------------------------------------------------------------


def own_labels() -> dict[str, list[dict[str, Any]]]:
    """The attributions labelled by hand, by the name of their text; places are [start, end, words]."""
    found = {}
    for path in sorted(LABELS.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        found[row["id"]] = row["attributions"]
    return found


def own_readings() -> dict[str, dict[str, Any]]:
    """What `workbench extract` makes of the seed and of the invented articles, by name."""
    from workbench.records import IngestOutcome
    from workbench.services.ingest import extract_documents, extraction_json

    case = ROOT / "seeds" / "marlow-quay"
    places = [str(ROOT / "seeds" / "bezos-musk-trump.txt"), str(case / "articles.jsonl")]
    places += [str(path) for path in sorted((*case.glob("*.txt"), *case.glob("*.html")))]
    wanted, found = own_labels(), {}
    for result in extract_documents(places):
        if not isinstance(result, IngestOutcome) and result[0].name in wanted:
            found[result[0].name] = json.loads(json.dumps(extraction_json(*result)))
    return found


def words_in(text: str, places: Spans) -> frozenset[int]:
    """Where the words of some spans begin."""
    return frozenset(word.start() for start, end, *_ in places for word in _WORD.finditer(text, start, end))


def pairs(text: str, given: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Given and gold attributions one to one, by the words that their contents share: half of both at least."""
    contents = [[words_in(text, item["content"]) for item in items] for items in (given, gold)]
    shares = [
        (len(one & other) / len(one | other), i, j)
        for i, one in enumerate(contents[0])
        for j, other in enumerate(contents[1])
        if one & other
    ]
    taken: list[tuple[int, int]] = []
    for share, i, j in sorted(shares, key=lambda item: (-item[0], item[1:])):
        if share >= 0.5 and all(i != left and j != right for left, right in taken):
            taken.append((i, j))
    return taken


def same_source(text: str, given: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    """Whether the sources share a word, or neither has one."""
    one, other = words_in(text, given["source"]), words_in(text, gold["source"])
    return bool(one & other) or not (one or other)


def right_name(source: Mapping[str, Any] | None, gold: Mapping[str, Any]) -> bool:
    """Whether the source is led to the labelled name; where there is none, whether its kind is seen."""
    if source is None:
        return not gold["source"]
    return resolution.same(source["name"], gold["name"]) if gold["name"] else source["kind"] == gold["kind"]


def own_measures(readings: Mapping[str, Mapping[str, Any]], labels: Mapping[str, Any]) -> dict[str, float]:
    """Content F1, end-to-end F1 (the source shares a word too) and the share of right names, over all texts."""
    given_count = gold_count = matched = whole = named = to_name = 0
    for name, gold in labels.items():
        reading = readings[name]
        text = reading["text"]
        claims = [c for c in reading["claims"] if c["parent"] is None and (c["spans"]["cue"] or c["spans"]["source"])]
        spans = [claim["spans"] for claim in claims]
        found = pairs(text, spans, gold)
        agreed = [(i, j) for i, j in found if same_source(text, spans[i], gold[j])]
        nameable = [(i, j) for i, j in agreed if gold[j]["name"] or gold[j]["kind"]]
        given_count, gold_count = given_count + len(claims), gold_count + len(gold)
        matched, whole, to_name = matched + len(found), whole + len(agreed), to_name + len(nameable)
        named += sum(right_name(claims[i]["source"], gold[j]) for i, j in nameable)
    both = given_count + gold_count
    shares = {"content": 2 * matched / both, "e2e": 2 * whole / both, "names": named / to_name if to_name else 0.0}
    return {name: round(100 * share, 2) for name, share in shares.items()}


# ---- the corpus ----------------------------------------------------------------------------------------------------


def shared() -> Path | None:
    """The folder with data and scorers; None where it is not."""
    folder = Path(os.environ.get("WORKBENCH_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data" / "polnear" / "dev" / "text").is_dir() else None


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 over the names and the bytes of files."""
    whole = sha256()
    for path in sorted(paths, key=lambda path: path.name):
        whole.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def own_case() -> Case:
    """The seed and the invented articles, measured."""
    readings, labels = own_readings(), own_labels()
    texts = "\0".join(readings[name]["text"] for name in sorted(readings))
    whole = digest([*LABELS.glob("*.json")]) + sha256(texts.encode()).hexdigest()
    return Case("own", sha256(whole.encode()).hexdigest(), own_measures(readings, labels))


def dev_case(folder: Path) -> Case:
    """The dev articles of PolNeAR, scored by the scorer beside them."""
    gold = folder / "data" / "polnear"
    paths = [*(gold / "dev" / "text").glob("*.txt"), *(gold / "dev" / "attributions").glob("*.ann")]
    run = extraction.read(gold / "dev" / "text")
    _, summary = extraction.score(folder / "bench" / "score_attribution.py", gold, "dev", run.rows, rounds=0)
    return Case("polnear-dev", digest(paths), extraction.figures(summary))


def mentions_case(folder: Path) -> Case:
    """The half of the labelled source mentions that may be looked at."""
    gold = folder / "data" / "polnear"
    mentions = [mention for mention in resolution.labels() if mention.half == "tune"]
    paths = [gold / "train" / "text" / f"{name}.txt" for name in {mention.file for mention in mentions}]
    paths.append(resolution.LABELS)
    return Case("mentions", digest(paths), resolution.measures(resolution.outcomes(gold, mentions)))


def cases() -> list[Case]:
    """Every case that can be measured here."""
    folder = shared()
    return [own_case(), *([dev_case(folder), mentions_case(folder)] if folder else [])]


# ---- the floors ----------------------------------------------------------------------------------------------------


def stored(path: Path = FLOORS) -> dict[str, Any]:
    """The floors by case: `{"digest", "floors"}`; empty when none are stored."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return loaded


def fallen(case: Case, floors: Mapping[str, Any]) -> list[str]:
    """What does not hold, in words: another corpus, or a figure below its floor."""
    if case.digest != floors["digest"]:
        return [f"{case.name}: these are not the texts and labels that the floors were set on"]
    return [
        f"{case.name}: {name} {case.measured[name]} is below its floor {floor}"
        for name, floor in floors["floors"].items()
        if case.measured[name] < floor
    ]


def refreshed(case: Case, old: Mapping[str, Any] | None) -> dict[str, Any]:
    """The floors that `case` allows: what stands less SLACK, never less than before on the same texts and labels."""
    fresh = {name: round(value - SLACK, 2) for name, value in case.measured.items()}
    before = old["floors"] if old and old["digest"] == case.digest else {}
    floors = {name: max(value, before.get(name, value)) for name, value in fresh.items()}
    return {"digest": case.digest, "floors": floors}


def lowered(case: Case) -> dict[str, Any]:
    """The floors at what stands less SLACK, whatever they were."""
    return refreshed(case, None)


def _shown(head: str, values: Mapping[str, float]) -> str:
    return f"{head:12} " + "  ".join(f"{name} {value:.2f}" for name, value in values.items())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gates.extraction_floors", description=__doc__.split("\n")[0])
    parser.add_argument("--refresh", action="store_true", help="raise the floors to what stands")
    parser.add_argument(
        "--lower", action="store_true", help="with --refresh: lower floors too, accept other texts and labels"
    )
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="JSON", help="where they are kept")
    given = parser.parse_args(arguments)
    floors, words = stored(given.floors), []
    for case in cases():
        old = floors.get(case.name)
        print(_shown(case.name, case.measured))
        if old:
            print(_shown("  floors", old["floors"]))
            words += [] if given.lower else fallen(case, old)
        floors[case.name] = lowered(case) if given.lower else refreshed(case, old)
    if words:
        print("\n".join((*words, "nothing was written")), file=sys.stderr)
        return 1
    if given.refresh:
        given.floors.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
