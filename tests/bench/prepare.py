"""A store that holds the seeds: `python -m tests.bench.prepare FILE`."""

from __future__ import annotations

import sys

from workbench.services import demo
from workbench.services.store import open_store

if __name__ == "__main__":
    with open_store(sys.argv[1], "ana") as made:
        demo.seed(made)
