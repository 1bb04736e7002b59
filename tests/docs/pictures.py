"""The README's pictures, drawn by the real desk without a screen: `python -m tests.docs.pictures` writes docs/*.svg."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from workbench.records import ClaimFilter, ClaimRow
from workbench.services import demo, evidence, lists, review
from workbench.services.store import Store, open_store
from workbench.tui.app import DeskApp

DOCS = Path(__file__).parents[2] / "docs"
REVIEWER = "ana"
SIZE = (120, 36)
SHOWN = "gone crazy"  # words of the claim that the second picture is about
REMOTE_FONT = re.compile(r"@font-face \{[^}]*\}")


def draw() -> dict[str, str]:
    """Both pictures as SVG, by name; the same bytes each time for the same program and seeds."""
    with tempfile.TemporaryDirectory() as name:
        _own_folders(Path(name))
        location = Path(name) / "demo.db"
        with open_store(str(location), REVIEWER) as store:
            demo.seed(store)
            claim_id = _decide(store)
        return asyncio.run(_pictures(location, claim_id))


def _own_folders(folder: Path) -> None:
    """Nothing of the user's settings and state in the pictures, and nothing that moves."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(folder / name.lower())
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(name, None)


def _decide(store: Store) -> int:
    """A desk in the middle of its work: some verdicts, and evidence on the claim that is shown."""
    best = lists.claim_rows(store, ClaimFilter(), "check", limit=4)
    for row, label in zip(best[1:], ("true", "mostly-true", "false"), strict=True):
        review.mark(store, [row.id], truth=label)
    shown = _find(store, SHOWN)  # without a verdict: its date would be in the picture
    review.mark(store, [shown.id], wording="Elon Musk has “gone crazy”.")
    evidence.add(store, shown.id, url="https://records.example/interview", quote="he has gone crazy")
    return shown.id


def _find(store: Store, words: str) -> ClaimRow:
    return lists.claim_rows(store, ClaimFilter(search=words), "article", limit=1)[0]


async def _pictures(location: Path, claim_id: int) -> dict[str, str]:
    app = DeskApp(str(location), REVIEWER)
    async with app.run_test(size=SIZE) as pilot:
        await _idle(pilot)
        queue = _drawn(app)
        await app.open_review(claim_id)
        await _idle(pilot)
        shown = _drawn(app)
        app.exit()
    if app.store is not None:
        app.store.close()
    return {"queue.svg": queue, "review.svg": shown}


async def _idle(pilot: Pilot[None]) -> None:
    """Wait until the store is open, the figures are read and nothing is left to paint."""
    app = pilot.app
    while not isinstance(app, DeskApp) or app.queue_screen.figures is None or app.workers:
        await pilot.pause()
    for _ in range(3):  # a pane wraps once its size is known, then scrolls to the claim
        await pilot.pause()


def _drawn(app: DeskApp) -> str:
    """The screen as SVG, with fonts of the reader's machine alone."""
    return REMOTE_FONT.sub("", app.export_screenshot()).replace("Fira Code", "monospace") + "\n"


if __name__ == "__main__":
    for file_name, picture in draw().items():
        (DOCS / file_name).write_text(picture, encoding="utf-8")
