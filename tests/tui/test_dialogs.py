"""The dialogs: nothing typed is lost, nothing leaks to the screen below, and everything fits."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.tui.conftest import desk, paste, press, screen_text, seated, toasts, type_in
from tests.tui.samples import make
from tests.unit.web_samples import Site, answer, page, served, slow
from workbench.ingest.web import FetchOptions
from workbench.services import show
from workbench.services.store import open_store
from workbench.tui.dialogs.evidence import EvidenceDialog, place_of

SMALL = (60, 20)


@seated
async def test_evidence_that_is_refused_keeps_what_was_typed_and_can_be_mended(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "e")
        await paste(pilot, "ftp://stats.example/wall")
        await press(pilot, "tab")
        await paste(pilot, "310 metres")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, EvidenceDialog)
        assert "does not exist" in screen_text(pilot)
        assert "310 metres" in screen_text(pilot)

        await press(pilot, "shift+tab", "ctrl+u")
        await paste(pilot, "stats.example/wall")
        await press(pilot, "tab", "tab", "right", "tab", "tab", "tab", "right", "enter")
        assert pilot.app.screen is pilot.app.queue_screen
    with open_store(str(path), "ana") as store:
        (evidence,) = show.claim_card(store, 1).evidence
        assert ("https://stats.example/wall", "310 metres", "refutes") == (
            evidence.url, evidence.excerpt, evidence.stance,
        )  # fmt: skip


def test_a_bare_host_is_an_address_unless_a_file_has_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.example").mkdir()
    (tmp_path / "notes.example" / "a").touch()

    assert "https://www.x.org/y" == place_of("www.x.org/y")
    assert "https://records.example/x" == place_of("records.example/x")
    for typed in (
        "notes.txt",
        "notes.example/a",
        "./a.example/x",
        "docs/a.pdf",
        "https://x.org",
        "/tmp.d/a",
        "~/a.b/c",
    ):
        assert typed == place_of(typed)


@seated
async def test_the_evidence_dialog_says_what_enter_does_in_each_field(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "e")
        assert "enter or ctrl+s stores" in screen_text(pilot)

        await press(pilot, "tab")
        assert "ctrl+s stores · enter new line" in screen_text(pilot)
        await press(pilot, "tab")
        assert "enter or ctrl+s stores" in screen_text(pilot)


@seated
async def test_part_of_a_listed_name_is_that_source(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "j", "s")
        await paste(pilot, "authorit")
        assert "▸ the port authority" in screen_text(pilot)
        assert "new source “authorit”" in screen_text(pilot)
        claim = pilot.app.queue_screen.claim_id()
        await press(pilot, "enter")
    with open_store(str(path), "ana") as store:
        assert "the port authority" == show.claim_card(store, claim).row.source


@seated
async def test_a_new_source_beside_a_listed_one_is_a_row_of_its_own(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "s")
        await type_in(pilot, "port")
        await press(pilot, "down")
        assert "▸ new source “port”" in screen_text(pilot)

        await press(pilot, "enter", "b")
    with open_store(str(path), "ana") as store:
        row = show.claim_card(store, 1).row
        assert ("port", "body") == (row.source, row.source_kind)


@seated
async def test_a_quick_enter_waits_for_the_names_that_match(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "s")
        await pilot.press("p", "o", "r", "t", "enter")
        await press(pilot, "j")
    with open_store(str(path), "ana") as store:
        assert "the port authority" == show.claim_card(store, 1).row.source


@seated
async def test_a_long_sentence_is_seen_whole_and_may_have_two_lines(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    words = "The council minutes of May give the figure as four million, not more than that, and name the mason."
    async with desk(path) as pilot:
        await press(pilot, "n")
        await paste(pilot, words)
        assert "The council minutes" in screen_text(pilot)
        assert "the mason." in screen_text(pilot)

        await press(pilot, "ctrl+j", "x", "enter")
    with open_store(str(path), "ana") as store:
        assert [f"{words}\nx"] == [note.text for note in show.claim_card(store, 1).notes]


@seated
async def test_a_note_that_is_refused_stays_in_its_dialog(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "w")
        pilot.app.screen.query_one(TextArea).text = "word " * 1000
        await press(pilot, "enter")

        assert "longer than" in screen_text(pilot)
        assert [] == toasts(pilot)


@pytest.mark.parametrize("key", ["e", "s", "f", "n", "w", "W", "rw"])
@seated
async def test_every_dialog_fits_a_small_screen_with_its_last_line(tmp_path: Path, key: str) -> None:
    async with desk(make(tmp_path / "s.db"), SMALL) as pilot:
        await press(pilot, *key)
        shown = screen_text(pilot)

        assert "esc cancels" in " ".join(shown.replace("│", " ").split())
        assert "╯" in shown
        if key == "f":
            assert pilot.app.flags
            assert all(flag.label in shown for flag in pilot.app.flags)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as made:
        yield made


def a_desk_that_asks_this_machine(pilot: Pilot[None]) -> None:
    pilot.app.fetch_options = FetchOptions(allow_private=True, ignore_robots=True, pause=0.0)


@seated
async def test_a_page_that_is_named_as_evidence_is_fetched_and_a_copy_kept(tmp_path: Path, site: Site) -> None:
    site.pages["/pier"] = answer(page())
    async with desk(make(tmp_path / "s.db"), (100, 30)) as pilot:
        a_desk_that_asks_this_machine(pilot)
        await press(pilot, "e")
        await paste(pilot, f"{site.root}/pier")
        assert "a copy of the page" in screen_text(pilot)
        await press(pilot, "enter")
        (evidence,) = show.claim_card(pilot.app.store, 1).evidence

        assert pilot.app.screen is pilot.app.queue_screen
        assert sha256(page()).hexdigest() == evidence.digest
        assert ["/pier"] == site.paths


@seated
async def test_a_page_that_cannot_be_had_is_said_and_enter_again_keeps_its_address_alone(
    tmp_path: Path, site: Site
) -> None:
    async with desk(make(tmp_path / "s.db"), (100, 30)) as pilot:
        a_desk_that_asks_this_machine(pilot)
        await press(pilot, "e")
        await paste(pilot, f"{site.root}/gone")
        await press(pilot, "enter")
        assert pilot.app.screen._wrong.endswith("Enter now keeps the address alone.")
        await press(pilot, "enter")
        (evidence,) = show.claim_card(pilot.app.store, 1).evidence

        assert (f"{site.root}/gone", None) == (evidence.url, evidence.digest)


@seated
async def test_esc_stops_the_fetching_of_a_page_and_keeps_what_was_typed(tmp_path: Path, site: Site) -> None:
    site.pages["/slow"] = slow
    async with desk(make(tmp_path / "s.db"), (100, 30)) as pilot:
        a_desk_that_asks_this_machine(pilot)
        await press(pilot, "e")
        await paste(pilot, f"{site.root}/slow")
        await pilot.press("enter")
        while "esc stops" not in screen_text(pilot):
            await pilot.pause()
        await press(pilot, "escape")

        assert "Stopped: nothing was stored" in screen_text(pilot)
        assert f"{site.root}/slow" in screen_text(pilot)
        assert () == tuple(show.claim_card(pilot.app.store, 1).evidence)
