"""The desk from the first frame to the export, by keys, at 80x24 and wide."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.conftest import SIZES, desk, idle, paste, press, screen_text, seated, toasts, type_in
from tests.tui.samples import HARBOUR, Piece, Said, make
from workbench.services import history, show
from workbench.services.store import open_store
from workbench.tui import state
from workbench.tui.screens.review import ReviewScreen

sizes = pytest.mark.parametrize("size", SIZES)


@sizes
@seated
async def test_the_queue_opens_on_the_claim_most_worth_a_check(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        shown = screen_text(pilot)

        assert "▸ ▇▇▇▇" in shown
        assert "6 of 6 claims open" in shown
        assert "6 match" in shown
        assert 1 == pilot.app.queue_screen.claim_id()


@sizes
@seated
async def test_typing_in_the_filter_line_narrows_the_list_and_esc_takes_it_away(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "survey")
        assert "1 match" in screen_text(pilot)
        assert "the first survey was never read" in screen_text(pilot)

        await press(pilot, "escape")
        assert "6 match" in screen_text(pilot)


@seated
async def test_an_unknown_filter_word_is_said_beside_the_line_and_the_list_stays(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 30)) as pilot:
        await press(pilot, "slash")
        await paste(pilot, "sourc:penn")

        assert "unknown filter sourc:" in screen_text(pilot)
        assert 6 == pilot.app.queue_screen.claims.count


@seated
async def test_the_cursor_stays_on_its_claim_when_the_order_changes(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "j", "j")
        claim = pilot.app.queue_screen.claim_id()
        before = pilot.app.queue_screen.claims.cursor
        await press(pilot, "S", "s")

        assert claim == pilot.app.queue_screen.claim_id()
        assert before != pilot.app.queue_screen.claims.cursor
        assert "by source" in screen_text(pilot)


@sizes
@seated
async def test_enter_shows_the_claim_in_its_article_with_its_card(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "enter")
        shown = screen_text(pilot)

        assert "▐The harbour wall of Marlow Quay will cost $4.2 million" in shown
        assert "Critics say" in shown
        assert "c1  indirect · open" in shown
        assert "Q1 accurate" in shown
        assert "1 true" in shown


@sizes
@seated
async def test_one_key_judges_and_goes_to_the_next_open_claim(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "5")

        assert ["c1 false · 5 left · E explains · u undoes"] == toasts(pilot)
        assert 2 == pilot.app.screen.claim_id()
    with open_store(str(path), "ana") as store:
        assert "false" == show.claim_card(store, 1).row.truth


@seated
async def test_verdicts_lead_through_the_article_and_then_into_the_next(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter")
        seen = []
        for _ in range(5):
            await press(pilot, "1")
            seen.append(pilot.app.screen.claim_id())

        assert [2, 3, 4, 5, 6] == seen


@seated
async def test_keys_pressed_without_waiting_are_all_counted_in_order(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "enter")
        await pilot.press("1", "2", "3", "4", "5", "6")
        await press(pilot, "k")
    with open_store(str(path), "ana") as store:
        given = [show.claim_card(store, number).row.truth for number in range(1, 7)]

        assert ["true", "mostly-true", "mixed", "mostly-false", "false", "unproven"] == given


@seated
async def test_a_verdict_in_the_queue_goes_to_the_next_open_claim_of_its_order(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "2")

        assert 5 == pilot.app.queue_screen.claim_id()
        assert "c1 mostly true" in toasts(pilot)[0]
        assert "5 of 6 claims open" in screen_text(pilot)


@sizes
@seated
async def test_q_and_a_digit_judge_the_attribution_and_stay(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "Q")
        assert "said so?" in screen_text(pilot)

        await press(pilot, "2")
        assert 1 == pilot.app.screen.claim_id()
        assert "c Cleaned" in screen_text(pilot)
    with open_store(str(path), "ana") as store:
        row = show.claim_card(store, 1).row
        assert ("cleaned", None) == (row.attribution, row.truth)


@seated
async def test_esc_gives_up_the_attribution_and_stays_in_review(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter", "Q", "escape")

        assert isinstance(pilot.app.screen, ReviewScreen)
        assert not pilot.app.screen.asking_attribution
        assert "next open" in screen_text(pilot)


@seated
async def test_a_statement_has_no_attribution_and_says_so(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter", "down", "down", "down", "Q")

        assert ["a statement is the article's own: it has no attribution judgement"] == toasts(pilot)


@sizes
@seated
async def test_evidence_is_added_from_a_pasted_address(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "e")
        await paste(pilot, "https://stats.example/wall")
        await press(pilot, "tab")
        await paste(pilot, "310 [/] metres")
        await press(pilot, "tab", "right", "tab", "tab", "tab", "right", "ctrl+s")
    with open_store(str(path), "ana") as store:
        evidence = show.claim_card(store, 1).evidence[0]

        assert ("https://stats.example/wall", "310 [/] metres", "refutes", False) == (
            evidence.url, evidence.excerpt, evidence.stance, evidence.confidential,
        )  # fmt: skip


@seated
async def test_a_file_that_is_not_there_is_refused_in_the_dialog_and_nothing_is_stored(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "e")
        await paste(pilot, "nowhere.txt")
        await press(pilot, "enter")

        assert "nowhere.txt does not exist" in screen_text(pilot)
    with open_store(str(path), "ana") as store:
        assert () == show.claim_card(store, 1).evidence


@sizes
@seated
async def test_the_source_picker_completes_over_known_sources(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "s")
        await type_in(pilot, "port")
        assert "the port authority" in screen_text(pilot)

        await press(pilot, "enter")
        assert "the port authority" in screen_text(pilot)
    with open_store(str(path), "ana") as store:
        row = show.claim_card(store, 1).row
        assert ("the port authority", True) == (row.source, row.source_confirmed)


@seated
async def test_a_source_that_nobody_knows_is_made(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "s")
        await paste(pilot, "Ben Reed")
        await press(pilot, "enter", "enter")
    with open_store(str(path), "ana") as store:
        row = show.claim_card(store, 1).row
        assert ("Ben Reed", "person") == (row.source, row.source_kind)


@sizes
@seated
async def test_wording_note_and_explanation_are_kept_as_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "w", "ctrl+u")
        await paste(pilot, "The wall costs [sic] 4.2 million.")
        await press(pilot, "enter", "n")
        await paste(pilot, "call the mayor")
        await press(pilot, "enter", "Q", "1", "i")
        await paste(pilot, "She said so.")
        await press(pilot, "enter")
    with open_store(str(path), "ana") as store:
        card = show.claim_card(store, 1)

        assert "The wall costs [sic] 4.2 million." == card.row.wording
        assert ["call the mayor"] == [note.text for note in card.notes]
        assert "She said so." == (card.attribution.explanation if card.attribution else None)


@seated
async def test_flags_are_set_by_their_letters(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "f", "m", "o", "o", "enter")
    with open_store(str(path), "ana") as store:
        assert ("missing-context",) == show.claim_card(store, 1).row.flags


@seated
async def test_waiving_asks_for_a_reason_and_refuses_none(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "W", "enter")
        assert "A waived claim needs a reason." in screen_text(pilot)

        await paste(pilot, "gossip")
        await press(pilot, "enter")
    with open_store(str(path), "ana") as store:
        card = show.claim_card(store, 1)
        assert ("waived", "gossip") == (card.row.status, card.waived_because)


@seated
async def test_not_a_claim_and_approval_by_another_reviewer(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "x", "1")
    async with desk(path, reviewer="ben") as pilot:
        queue = pilot.app.queue_screen
        queue.claims.move_to(next(n for n in range(6) if queue.claims.row_at(n).truth))
        await press(pilot, "A")
        assert "approved" in toasts(pilot)[0]
    with open_store(str(path), "ana") as store:
        rows = [show.claim_card(store, number).row for number in range(1, 7)]
        assert 1 == sum(row.status == "not a claim" for row in rows)
        assert 1 == sum(row.status == "approved" for row in rows)


@seated
async def test_ones_own_verdict_cannot_be_approved_and_the_toast_says_why(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter", "Q", "1", "A")

        assert "approval is another reviewer's" in toasts(pilot)[0]


@sizes
@seated
async def test_undo_and_redo_go_back_to_the_claim(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "5", "u")
        assert 1 == pilot.app.screen.claim_id()
        assert "U does it again" in toasts(pilot)[0]
        with open_store(str(path), "ana") as store:
            assert show.claim_card(store, 1).row.truth is None

        await press(pilot, "U")
    with open_store(str(path), "ana") as store:
        assert "false" == show.claim_card(store, 1).row.truth


@sizes
@seated
async def test_undoing_an_ingest_asks_says_what_it_hides_and_leaves_the_article_that_is_gone(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = make(tmp_path / "s.db", (HARBOUR,))
    async with desk(path, size) as pilot:
        await press(pilot, "enter", "u")
        asked = screen_text(pilot)
        assert "Undo “ingest" in asked
        assert "It brought 1 article and 4 claims" in " ".join(asked.replace("│", " ").split())
        await press(pilot, "escape")
        assert 1 == pilot.app.screen.claim_id()

        await press(pilot, "u", "enter")
        await idle(pilot)
        assert pilot.app.screen is pilot.app.queue_screen
        assert "U does it again" in toasts(pilot)[0]
        assert "U" in screen_text(pilot)

        await press(pilot, "U")
        await idle(pilot)
        assert "4 of 4 claims open" in screen_text(pilot)


@seated
async def test_clearing_takes_both_verdicts_in_one_action(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "enter", "Q", "1", "1", "up", "0")
    with open_store(str(path), "ana") as store:
        row = show.claim_card(store, 1).row
        assert (None, None, "open") == (row.truth, row.attribution, row.status)
        assert "c1 truth cleared, attribution cleared" == history.last_action(store).label


@seated
async def test_a_claim_that_changed_meanwhile_is_shown_again_instead_of_overwritten(tmp_path: Path) -> None:
    from workbench.services import review

    path = make(tmp_path / "s.db")
    async with desk(path, (120, 30)) as pilot:
        await press(pilot, "enter")
        with open_store(str(path), "ben") as store:
            review.mark(store, [1], truth="true")
        await press(pilot, "5")

        assert "c1 has changed since you saw it: ben did" in toasts(pilot)[0]
        assert "T True" in screen_text(pilot)
    with open_store(str(path), "ana") as store:
        assert "true" == show.claim_card(store, 1).row.truth


@seated
async def test_open_claims_articles_and_hits_have_keys_to_go_to(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter")
        seen = []
        for key in ("}", "{", "]", "[", ".", ","):
            name = {
                "}": "right_curly_bracket", "{": "left_curly_bracket", "]": "right_square_bracket",
                "[": "left_square_bracket", ".": "full_stop", ",": "comma",
            }[key]  # fmt: skip
            await press(pilot, name)
            seen.append(pilot.app.screen.claim_id())

        assert [2, 1, 5, 1, 5, 1] == seen


@seated
async def test_tab_goes_through_the_tabs_and_history_tells_what_was_done(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db"), (120, 40)) as pilot:
        await press(pilot, "enter", "Q", "1", "tab")
        assert "Nothing yet." in screen_text(pilot)

        for _ in range(4):  # duplicates where there are any, verify, fact-checks
            if "No notes." not in screen_text(pilot):
                await press(pilot, "tab")
        assert "No notes." in screen_text(pilot)

        await press(pilot, "tab")
        assert "said so: accurate" in screen_text(pilot)
        assert "status: open → checked" in screen_text(pilot)
        assert "· ana · mark" in screen_text(pilot)


@seated
async def test_leaving_the_review_stands_on_the_claim_looked_at_last(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "enter", "1", "1", "escape")

        assert 3 == pilot.app.queue_screen.claim_id()


@sizes
@seated
async def test_help_lists_the_keys_and_closes(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        await press(pilot, "question_mark")
        assert "open the claim, the article" in screen_text(pilot)

        await press(pilot, "escape")
        assert pilot.app.screen is pilot.app.queue_screen


@sizes
@seated
async def test_the_palette_does_what_the_keys_do(tmp_path: Path, size: tuple[int, int]) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path, size) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "mostly false")
        await press(pilot, "enter", "enter")
    with open_store(str(path), "ana") as store:
        assert "mostly-false" == show.claim_card(store, 1).row.truth


@seated
async def test_the_next_start_is_where_the_reviewer_left_off(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        await press(pilot, "slash")
        await paste(pilot, "kind:indirect")
        await press(pilot, "enter", "S", "d", "j")
        claim = pilot.app.queue_screen.claim_id()
    async with desk(path) as pilot:
        queue = pilot.app.queue_screen

        assert ("kind:indirect", "date", claim) == (
            queue.query_one("#filter", Input).value, queue.query_shown.sort, queue.claim_id(),
        )  # fmt: skip


@seated
async def test_another_store_starts_fresh(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "one.db")) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "ferry")
    async with desk(make(tmp_path / "two.db")) as pilot:
        assert "6 match" in screen_text(pilot)


def test_a_state_file_that_makes_no_sense_is_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    for held in ("", "[]", "nonsense", '{"sort": "colour"}', '{"claim": "x", "filter": 3}'):
        path.write_text(held, encoding="utf-8")

        assert state.DeskState() == state.load(path)


@seated
async def test_a_store_that_cannot_be_used_ends_the_desk_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("a shopping list " * 100, encoding="utf-8")
    async with desk(path) as pilot:
        assert f"{path} is not a workbench store: name another file with --db" == str(pilot.app.failure)


@sizes
@seated
async def test_the_claim_in_hand_is_scrolled_to_in_a_long_article(tmp_path: Path, size: tuple[int, int]) -> None:
    long = Piece(
        "long",
        "Long",
        "Long\n" + "\n".join(f"Paragraph {n} says little, at some length and to no end." for n in range(80)),
        tuple(Said(f"Paragraph {n} says little", check=n / 100) for n in (5, 40, 79)),
    )
    async with desk(make(tmp_path / "s.db", (long,)), size) as pilot:
        await press(pilot, "enter")
        assert "Paragraph 79 says little▌" in screen_text(pilot) or "▐Paragraph 79 says little" in screen_text(pilot)

        await press(pilot, "k")
        assert "▐Paragraph 40 says little" in screen_text(pilot)

        await press(pilot, "1")
        assert "▐Paragraph 79 says little" in screen_text(pilot)
        await press(pilot, "left_curly_bracket")
        assert "▐Paragraph 5 says little" in screen_text(pilot)


@seated
async def test_one_toast_at_a_time(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await pilot.press("1", "2", "3", "u", "u")
        await press(pilot, "j")

        assert 1 == len(toasts(pilot))
        assert 1 == len(toasts(pilot))


@seated
async def test_errors_of_the_store_are_toasts(tmp_path: Path) -> None:
    path = make(tmp_path / "s.db")
    async with desk(path) as pilot:
        path.write_bytes(b"nothing of a store " * 1000)
        await press(pilot, "S", "enter", "1")

        assert toasts(pilot)
        assert pilot.app.is_running


@sizes
@seated
async def test_the_claim_under_the_keys_is_shown_when_a_filter_goes_away(tmp_path: Path, size: tuple[int, int]) -> None:
    long = Piece(
        "long",
        "Long",
        "Long\n" + "\n".join(f"Paragraph {n} says {'rarely' if n > 87 else 'little'}." for n in range(90)),
        tuple(Said(f"Paragraph {n} says", check=(90 - n) / 100) for n in range(10, 90)),
    )
    async with desk(make(tmp_path / "s.db", (long,)), size) as pilot:
        await press(pilot, "slash")
        await paste(pilot, '"Paragraph 88"')
        await press(pilot, "enter", "end", "escape")

        assert "80 match" in screen_text(pilot)
        assert "▸" in screen_text(pilot)
        assert "Paragraph 88 says" in next(line for line in screen_text(pilot).split("\n") if "▸" in line)
        await press(pilot, "S", "S", "S")
        assert "▸" in screen_text(pilot)


@seated
async def test_tab_in_the_queue_never_leads_into_the_filter_line(tmp_path: Path) -> None:
    async with desk(make(tmp_path / "s.db")) as pilot:
        await press(pilot, "tab", "5")

        assert "" == pilot.app.queue_screen.filter_line.value
        assert "c1 false" in toasts(pilot)[0]
        await press(pilot, "slash", "tab")
        assert pilot.app.queue_screen.claims.has_focus


@sizes
@seated
async def test_a_toast_covers_no_line_of_the_list(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(make(tmp_path / "s.db"), size) as pilot:
        before = screen_text(pilot).split("\n")[3:-1]
        await press(pilot, "r")
        await press(pilot, "escape")
        pilot.app.say("nothing open is left here · and some more words")
        await press(pilot, "j", "k")

        assert before == screen_text(pilot).split("\n")[3:-1]
        assert "nothing open is left here" in screen_text(pilot).split("\n")[-1]


@sizes
@seated
async def test_help_explains_the_letters_of_both_scales_and_every_sign(tmp_path: Path, size: tuple[int, int]) -> None:
    from workbench.tui.screens.help import help_lines

    async with desk(make(tmp_path / "s.db"), size) as pilot:
        scales = pilot.app.scales
        await press(pilot, "question_mark", "end")
        assert "ctrl+p" in screen_text(pilot)
    shown = "\n".join("".join(part.text for part in parts) for parts in help_lines("queue", 80, scales))
    assert all(f"{label.letter:<10}{label.label.lower()}" in shown for scale in scales for label in scale.labels)
    assert all(sign in shown for sign in "○–≈⚠~▸⚑")
    assert all(
        sign in "\n".join("".join(part.text for part in parts) for parts in help_lines("review", 80))
        for sign in "○✓·▌~"
    )
