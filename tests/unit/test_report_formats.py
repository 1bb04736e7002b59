from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import report_samples as samples
from workbench.errors import UsageError
from workbench.report import FORMATS, render

GOLDEN = Path(__file__).parents[1] / "golden" / "report"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
def test_a_report_is_the_golden_file_byte_for_byte(format: str, public: bool) -> None:
    expected = (GOLDEN / f"{'public' if public else 'internal'}.{format}").read_bytes()
    assert expected == render(samples.report(public=public), format)
