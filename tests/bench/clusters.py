"""Which quotes belong together?: `python -m tests.bench.clusters SPANS.jsonl > clusters.jsonl`.

SPANS holds one `{"id", "text", "source", "date"}` a line; labels are not read. Out comes one `{"id", "cluster"}` a
line: the families that the product's matcher forms, each quote that is in none alone. `score_dupquotes.py`, beside
the data, makes B-cubed of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from tests.bench.quoted import quotation, rows
from workbench.match import Quotation, compare, group


def labels(quotes: Sequence[Quotation]) -> list[int]:
    """For each quote the number of its family; a quote alone has its own."""
    found = list(range(len(quotes)))
    pairs = ((one, other, compare(quotes[one], quotes[other])) for one, other in combinations(range(len(quotes)), 2))
    for family in group(quotes, [(one, other, link) for one, other, link in pairs if link]):
        for index in family.indexes:
            found[index] = family.indexes[0]
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.clusters", description=__doc__.split("\n")[0])
    parser.add_argument("spans", type=Path, metavar="SPANS.jsonl")
    given = list(rows(parser.parse_args(arguments).spans))
    for row, label in zip(given, labels([quotation(row) for row in given]), strict=True):
        sys.stdout.write(json.dumps({"id": row["id"], "cluster": f"f{label}"}) + "\n")


if __name__ == "__main__":
    main()
