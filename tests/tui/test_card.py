"""The card under the keys: evidence and notes listed, changed and removed; texts in the reviewer's editor."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import desk, idle, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from workbench.services import evidence, review
from workbench.services.store import open_store
from workbench.tui.screens.review import ReviewScreen

WIDE = (120, 40)


def with_evidence(folder: Path) -> Path:
    path, paper = make(folder / "s.db"), folder / "minutes.txt"
    paper.write_text("Minutes\n\nThe wall will cost\n$4.2 million.\n", encoding="utf-8")
    with open_store(str(path), "ana") as store:
        evidence.add(store, 1, file=paper, quote="wall will cost $4.2 million", independent=True)
        evidence.add(store, 1, url="https://a.example/b", quote="no such", stance="context")
        review.mark(store, [1], note="call the mayor", truth="true")
    return path


async def card_of(pilot: Pilot[None], claim: int = 1) -> ReviewScreen:
    await pilot.app.open_review(claim)  # type: ignore[attr-defined]
    await idle(pilot)
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


async def open_tab(pilot: Pilot[None], screen: ReviewScreen, name: str) -> None:
    screen.action_tab(name)
    screen.set_focus(screen.card_pane)
    await idle(pilot)


@seated
async def test_an_excerpt_says_where_it_stands_in_the_kept_copy(tmp_path: Path) -> None:
    async with desk(with_evidence(tmp_path), WIDE) as pilot:
        await card_of(pilot)
        shown = screen_text(pilot)
        assert "line 3 of the copy" in shown
        assert "kept · independent" in shown


@seated
async def test_a_piece_of_evidence_is_chosen_changed_removed_and_brought_back(tmp_path: Path) -> None:
    async with desk(with_evidence(tmp_path), WIDE) as pilot:
        screen = await card_of(pilot)
        await press(pilot, "tab", "j", "j", "enter")
        await press(pilot, "tab", "tab", "right", "ctrl+s")
        assert screen.data.card is not None
        assert ["supports", "supports"] == [piece.stance for piece in screen.data.card.evidence]
        assert screen.article_url() == "https://a.example/b"
        await press(pilot, "delete")
        assert 1 == len(screen.data.card.evidence)
        assert ["e2 removed · u undoes"] == toasts(pilot)
        await press(pilot, "u")
        assert 2 == len(screen.data.card.evidence)


@seated
async def test_a_note_is_changed_and_removed_in_its_tab(tmp_path: Path) -> None:
    async with desk(with_evidence(tmp_path), WIDE) as pilot:
        screen = await card_of(pilot)
        await open_tab(pilot, screen, "Notes")
        await press(pilot, "j", "enter")
        await type_in(pilot, " again")
        await press(pilot, "enter")
        assert screen.data.card is not None
        assert ["call the mayor again"] == [note.text for note in screen.data.card.notes]
        await press(pilot, "delete")
        assert () == screen.data.card.notes


@pytest.mark.parametrize(("key", "field"), [("N", "note"), ("I", "rationale")])
@seated
async def test_the_editor_of_the_reviewer_writes_notes_and_rationales(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, field: str
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nprintf 'written\\nin the editor\\n' >> \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    path = with_evidence(tmp_path)
    async with desk(path, WIDE) as pilot:
        screen = await card_of(pilot)
        monkeypatch.setattr(pilot.app, "suspend", contextlib.nullcontext)
        await press(pilot, key)
        assert screen.data.card is not None
        assert screen.data.card.truth is not None
        written = {"note": screen.data.card.notes[-1].text, "rationale": screen.data.card.truth.rationale}
        assert "written\nin the editor" == written[field]


@seated
async def test_without_an_editor_a_field_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with desk(with_evidence(tmp_path), WIDE) as pilot:
        screen = await card_of(pilot)
        await press(pilot, "N")
        await type_in(pilot, "typed")
        await press(pilot, "enter")
        assert screen.data.card is not None
        assert "typed" == screen.data.card.notes[-1].text


@seated
async def test_a_failing_editor_is_told_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/nowhere/editor")
    async with desk(with_evidence(tmp_path), WIDE) as pilot:
        await card_of(pilot)
        monkeypatch.setattr(pilot.app, "suspend", contextlib.nullcontext)
        await press(pilot, "N")
        assert "the editor did not work" in toasts(pilot)[0]
        await press(pilot, "escape")


@seated
async def test_the_history_tab_says_who_when_from_what_to_what(tmp_path: Path) -> None:
    async with desk(with_evidence(tmp_path), (120, 60)) as pilot:
        await open_tab(pilot, await card_of(pilot), "History")
        shown = screen_text(pilot)
        for words in ("ana · mark", "truth: true", "status: open → checked", "evidence: https://a.example/b"):
            assert words in shown
