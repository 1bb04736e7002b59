"""Keys that come in a burst reach what the keys before them opened, and never judge by accident."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot

from tests.tui.conftest import desk, idle, seated
from tests.tui.samples import make
from workbench.services import show


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """All keys at once, as a paste into a terminal or a slow line delivers them."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(20):
        await idle(pilot)


@seated
async def test_a_filter_typed_ahead_judges_nothing(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await burst(pilot, "slash", "5", "full_stop", "9")

        assert "5" in pilot.app.queue_screen.filter_line.value
        with pilot.app.store.reading() as reader:
            assert [] == reader.execute("SELECT * FROM verdict").fetchall()


@seated
async def test_a_note_typed_ahead_is_the_note(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        claim = pilot.app.queue_screen.claim_id()
        await burst(pilot, "n", "1", "2", "q", "x", "enter")

        card = show.claim_card(pilot.app.store, claim)
        assert ["12qx"] == [note.text for note in card.notes]
        assert ("open", None) == (card.row.status, card.row.truth)


@seated
async def test_verdicts_typed_ahead_are_given_one_by_one(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        first = pilot.app.queue_screen.claim_id()
        await burst(pilot, "enter", "1", "5", "2", "u")

        assert "true" == show.claim_card(pilot.app.store, first).row.truth
        with pilot.app.store.reading() as reader:
            given = reader.execute("SELECT label FROM verdict ORDER BY given_at").fetchall()
        assert ["true", "false"] == [row[0] for row in given]
