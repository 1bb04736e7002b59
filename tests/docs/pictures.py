"""The pictures of README and tour, drawn by the real desk: `python -m tests.docs.pictures` writes docs/*.svg."""

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
SHOWN = "gone crazy"  # words of the claim that the picture of the review is about
CHECKED = "raising harbour dues"  # of the quote that is held against the transcript
COMPARED = "may be running again"  # of the quote that went through several outlets
REMOTE_FONT = re.compile(r"@font-face \{[^}]*\}")


def draw() -> dict[str, str]:
    """The pictures as SVG, by name; the same bytes each time for the same program and seeds."""
    with tempfile.TemporaryDirectory() as name:
        _own_folders(Path(name))
        location = Path(name) / "demo.db"
        with open_store(str(location), REVIEWER) as store:
            demo.seed(store)
            found = _decide(store)
        return asyncio.run(_pictures(location, found))


def _own_folders(folder: Path) -> None:
    """Nothing of the user's settings and state in the pictures, and nothing that moves."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(folder / name.lower())
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(name, None)


def _decide(store: Store) -> dict[str, int]:
    """A desk in the middle of its work: some verdicts, and evidence on the claim that is shown."""
    best = lists.claim_rows(store, ClaimFilter(), "check", limit=4)
    for row, label in zip(best[1:], ("true", "mostly-true", "false"), strict=True):
        review.mark(store, [row.id], truth=label)
    shown = _find(store, SHOWN)  # without a verdict: its date would be in the picture
    review.mark(store, [shown.id], wording="Elon Musk has “gone crazy”.")
    evidence.add(store, shown.id, url="https://records.example/interview", quote="he has gone crazy")
    return {SHOWN: shown.id} | {words: _find(store, words).id for words in (CHECKED, COMPARED)}


def _find(store: Store, words: str) -> ClaimRow:
    return lists.claim_rows(store, ClaimFilter(search=words), "article", limit=1)[0]


# Each picture: its file, the words of the claim that is opened first ("" for none), the keys pressed after that.
PICTURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("queue.svg", "", ()),
    ("review.svg", SHOWN, ()),
    ("verify.svg", CHECKED, ("v",)),
    ("compare.svg", COMPARED, ("d",)),
    ("sources.svg", "", ("g", "s")),
    ("articles.svg", "", ("g", "a")),
    ("audit.svg", "", ("g", "t", "tab")),
)


async def _pictures(location: Path, found: dict[str, int]) -> dict[str, str]:
    drawn: dict[str, str] = {}
    for name, words, keys in PICTURES:
        app = DeskApp(str(location), REVIEWER)
        async with app.run_test(size=SIZE) as pilot:
            await _idle(pilot)
            if words:
                await app.open_review(found[words])
                await _idle(pilot)
            for key in keys:
                await pilot.press(key)
                await _idle(pilot)
            drawn[name] = _drawn(app)
            app.exit()
        if app.store is not None:
            app.store.close()
    return drawn


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
