"""Check-worthiness of unseen sentences: `python -m tests.bench.checkworthy SENTENCES.jsonl > scores.jsonl`.

SENTENCES holds one {"id", "text"} a line (plain or .gz); one {"id", "score"} a line comes out, the score that the
product gives the sentence. `score_checkworthy.py`, beside the data, makes AP and MAP of it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

AT_ONCE = 512  # sentences in the hand at a time


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, packed or not. Raises KeyError or ValueError for a line that is none."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                yield {"id": row["id"], "text": row["text"]}


def scores(sentences: Sequence[str]) -> Sequence[float]:
    """What the product gives each sentence, 0..1."""
    from workbench.extract import sentence_scores

    return list(sentence_scores(sentences))


def scored(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """`{"id", "score"}` for each row, in order."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield from _scored(batch)
            batch = []
    yield from _scored(batch)


def _scored(batch: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    found = scores([row["text"] for row in batch]) if batch else ()
    for row, score in zip(batch, found, strict=True):
        yield {"id": row["id"], "score": round(float(score), 6)}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.checkworthy", description=__doc__.split("\n")[0])
    parser.add_argument("sentences", type=Path, metavar="SENTENCES", help='{"id", "text"} a line, .jsonl or .jsonl.gz')
    given = parser.parse_args(arguments)
    for row in scored(read(given.sentences)):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
