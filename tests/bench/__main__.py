"""`python -m tests.bench`: prints every figure with its limit; exit status 1 when one is broken."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.figures import FIGURES


def main() -> int:
    """Measure all, a line each as it is done."""
    print("     used  figure (1.00 is the whole limit; CPU time, the best of several runs)")
    broken = 0
    for measure in FIGURES:
        with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
            for figure in measure(Path(folder)):
                print(figure, flush=True)
                broken += not figure.holds
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
