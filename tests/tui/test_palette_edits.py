"""Every edit of the review works by its name in the palette; test_editing and test_card press the keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import desk, press, screen_text, seated, type_in
from tests.tui.samples import make
from tests.tui.test_card import card_of, with_evidence
from workbench.tui.screens.review import ReviewScreen

Check = Callable[[ReviewScreen], bool]


def mode(name: str) -> Check:
    return lambda screen: screen.article.pick is not None and screen.article.pick.mode == name


def marked(what: str, count: int) -> Check:
    return lambda screen: count == [row.mark for row in screen.data.view.sentences].count(what)


def dialog(screen: ReviewScreen) -> bool:
    return screen.app.screen is not screen and screen.app.screen.is_modal


ACTIONS: dict[str, tuple[str, Check]] = {
    "respan_start": ("first word: move", mode("respan")),
    "respan_end": ("last word: move", mode("respan")),
    "split": ("split: cut the claim", mode("split")),
    "merge": ("merge: take the next", lambda screen: len(screen.data.view.claims) == 3),
    "add_claim": ("add claim: select", mode("add")),
    "kind": ("kind: say what kind", dialog),
    "voice": ("voice: say how near", dialog),
    "next_sentence": ("sentence: next", lambda screen: screen.article.here is not None),
    "previous_sentence": ("sentence before", lambda screen: "first sentence" in screen_text_of(screen)),
    "nothing_to_check": ("nothing here: the sentence", marked("nothing to check", 1)),
    "opinion": ("opinion: the sentence", marked("opinion", 1)),
    "waive_sentence": ("leave it: the sentence", marked("waived", 1)),
    "nothing_in_paragraph": ("the whole paragraph holds nothing", marked("nothing to check", 2)),
    "opinion_paragraph": ("the whole paragraph is opinion", marked("opinion", 2)),
    "waive_paragraph": ("the whole paragraph stays", marked("waived", 2)),
    "note_editor": ("long note: write", dialog),
    "rationale": ("rationale: write", dialog),
}


def screen_text_of(screen: ReviewScreen) -> str:
    return " ".join(notification.message for notification in screen.app._notifications)


async def prepared(pilot: Pilot[None]) -> ReviewScreen:
    """The first claim of a paragraph of two sentences, the next of its sort behind it and of the same source."""
    await card_of(pilot, 1)
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


@pytest.mark.parametrize("name", ACTIONS)
@seated
async def test_an_action_works_by_its_name_in_the_palette(tmp_path: Path, name: str) -> None:
    words, done = ACTIONS[name]
    async with desk(with_evidence(tmp_path), (120, 40)) as pilot:
        screen = await prepared(pilot)
        await press(pilot, "ctrl+p")
        await type_in(pilot, words)
        await press(pilot, "enter")
        assert done(screen), screen_text(pilot)
        await press(pilot, "escape")


@seated
async def test_the_mode_of_choosing_says_its_keys_at_every_size(tmp_path: Path) -> None:
    for size in ((60, 20), (80, 24), (120, 36)):
        async with desk(make(tmp_path / f"{size[0]}.db"), size) as pilot:
            await card_of(pilot, 1)
            for key, words in (("greater_than_sign", "last word"), ("vertical_line", "split here"), ("a", "from here")):
                await press(pilot, key)
                assert words in screen_text(pilot)
                await press(pilot, "escape")
