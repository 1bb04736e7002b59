"""`python -m tests.golden.refresh_reports` writes the golden reports anew; look at what changed before you commit."""

from __future__ import annotations

from pathlib import Path

from tests.unit import report_samples as samples
from workbench.report import FORMATS, render

FOLDER = Path(__file__).parent / "report"


def main() -> None:
    """Write every format, internal and public."""
    for format in FORMATS:
        for public in (False, True):
            name = f"{'public' if public else 'internal'}.{format}"
            (FOLDER / name).write_bytes(render(samples.report(public=public), format))


if __name__ == "__main__":
    main()
