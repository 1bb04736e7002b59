"""Classes of labelled or unlabelled quotes, through the product's own verifier.

python -m tests.bench.verify CASES.jsonl TRANSCRIPTS_DIR      one JSON object a case
python -m tests.bench.verify CASES.jsonl TRANSCRIPTS_DIR --score      the share that agrees with the labels
python -m tests.bench.verify --speed      CPU of a quote against 100,000 words
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.match.passages import Spoken, spoken
from workbench.match.verify import verify

LIMIT_MS = 20.0


def answers(cases: Path, folder: Path) -> Iterator[dict[str, Any]]:
    """For each case its id, whether it was found, class, alarms and lines. Each transcript is indexed once."""
    known: dict[str, Spoken] = {}
    for line in cases.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        case = json.loads(line)
        name = case["transcript"]
        if name not in known:
            known[name] = spoken(name, (folder / f"{name}.txt").read_text("utf-8"))
        found = verify(case["quote"], [known[name]], case.get("speaker"))
        yield {
            "id": case["id"],
            "found": found.found,
            "class": found.quote_class,
            "alarms": list(found.alarms),
            "lines": list(found.lines),
        }


def score(cases: Path, folder: Path) -> dict[str, float]:
    """Shares of cases whose class, alarms and lines are those of the labels."""
    labels = {case["id"]: case for case in map(json.loads, cases.read_text("utf-8").splitlines())}
    right: Counter[str] = Counter()
    for answer in answers(cases, folder):
        label = labels[answer["id"]]
        for name in ("class", "alarms", "lines"):
            agrees = sorted(answer[name]) == sorted(label[name]) if name != "class" else answer[name] == label[name]
            right[name] += agrees
            if not agrees:
                print(f"{answer['id']} {name}: {label[name]} but {answer[name]}: {label['quote']}", file=sys.stderr)
    return {name: round(right[name] / len(labels), 4) for name in ("class", "alarms", "lines")}


def speed(words: int = 100_000, quotes: int = 200) -> dict[str, float]:
    """CPU milliseconds: to index a transcript, and of a quote against it (median and 99th percentile)."""
    chance = random.Random(6)
    transcript, sentences = invented(words, chance)
    began = time.process_time()
    made = spoken("invented", transcript)
    indexed = (time.process_time() - began) * 1000
    began = time.process_time()
    verify(sentences[0], [made])
    times: list[float] = []
    first = (time.process_time() - began) * 1000  # reads the word lists
    for _ in range(quotes):
        quote = altered(chance.choice(sentences), chance)
        began = time.process_time()
        verify(quote, [made], "ANA RUIZ")
        times.append((time.process_time() - began) * 1000)
    times.sort()
    return {
        "index": indexed,
        "first": first,
        "median": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
        "most": times[-1],
    }


def invented(words: int, chance: random.Random) -> tuple[str, list[str]]:
    """A transcript of about so many words out of common and rare ones, spread as in speech, and its sentences."""
    from importlib.resources import files

    listed = files("workbench.match").joinpath("common_words.txt").read_text("utf-8").splitlines()
    entries = [line.split() for line in listed if line and not line.startswith("#")]
    names = [word for word, _ in entries] + [f"name{number}" for number in range(4000)]
    weights = [2.718 ** -float(weight) for _, weight in entries] + [0.00004] * 4000
    lines: list[str] = []
    sentences: list[str] = []
    count = 0
    while count < words:
        said = [" ".join(chance.choices(names, weights, k=chance.randint(6, 30))) + "." for _ in range(4)]
        sentences += said
        count += sum(len(sentence.split()) for sentence in said)
        lines.append(f"{chance.choice(('ANA RUIZ', 'BO LIND', 'CY MARR'))}: {' '.join(said)}")
    return "\n".join(lines), sentences


def altered(sentence: str, chance: random.Random) -> str:
    """A sentence with a word dropped, one put in, and sometimes the end cut."""
    words = sentence.split()
    del words[chance.randrange(len(words))]
    words.insert(chance.randrange(len(words)), "really")
    return " ".join(words[: chance.randint(max(4, len(words) // 2), len(words))])


def main() -> None:
    """Answer, score or time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path)
    parser.add_argument("transcripts", nargs="?", type=Path)
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--speed", action="store_true")
    given = parser.parse_args()
    if given.speed:
        figures = speed()
        print("  ".join(f"{name} {value:.2f} ms" for name, value in figures.items()))
        sys.exit(0 if figures["p99"] <= LIMIT_MS else 1)
    if given.cases is None or given.transcripts is None:
        parser.error("CASES.jsonl and TRANSCRIPTS_DIR are needed")
    if given.score:
        print(score(given.cases, given.transcripts))
        return
    for answer in answers(given.cases, given.transcripts):
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
