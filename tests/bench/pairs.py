"""Is it the same quote?: `python -m tests.bench.pairs PAIRS.jsonl > scores.jsonl`.

PAIRS holds one `{"id", "a", "b"}` a line, each side with `text`, `source` and `date`; labels are not read. Out comes
one `{"id", "score", "relation", "alarms"}` a line, as the product's matcher has it: `relation` is near, fragment or
none, `score` 0..1 ranks every pair, linked or not. `score_dupquotes.py`, beside the data, makes F1 and AP of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.quoted import quotation, rows
from workbench.match import compare
from workbench.match.compare import score


def judged(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the matcher says of one pair."""
    one, other = quotation(row["a"]), quotation(row["b"])
    link = compare(one, other)
    relation = "none" if link is None else "fragment" if link.relation == "fragment" else "near"
    alarms = list(link.alarms) if link else []
    return {"id": row["id"], "score": score(one, other), "relation": relation, "alarms": alarms}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pairs", description=__doc__.split("\n")[0])
    parser.add_argument("pairs", type=Path, metavar="PAIRS.jsonl")
    for row in rows(parser.parse_args(arguments).pairs):
        sys.stdout.write(json.dumps(judged(row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
