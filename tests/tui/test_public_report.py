"""What the desk says of a public report: the same words as the command line and the report itself."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import desk, paste, press, seated, toasts
from tests.tui.samples import make
from workbench.records import ONE_REVIEWER


@seated
async def test_a_public_report_says_what_it_holds(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "1", "r", "tab", "right", "tab", "ctrl+u")
        await paste(pilot, str(tmp_path / "out"))
        await press(pilot, "enter")
        said = toasts(pilot)[0]

    assert f"it holds {ONE_REVIEWER}" in " ".join(said.split())
    assert ONE_REVIEWER in (tmp_path / "out.md").read_text(encoding="utf-8")
