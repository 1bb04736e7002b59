"""Lines, the list's rows, the article's marks and the card: pure drawing from records."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.actions import ACTIONS, PLACES, in_place
from workbench.records import ClaimCard, ClaimRow, ClaimSpan, EventRow, Family, Occurrence
from workbench.text import cell_width
from workbench.tui.keys import bindings_for, footer_of, shown_key
from workbench.tui.lines import Part, action_at, cut, justify, width_of
from workbench.tui.marks import Run, runs
from workbench.tui.screens.help import help_lines
from workbench.tui.screens.registry import SCREENS, screen_class
from workbench.tui.tabs.base import About
from workbench.tui.tabs.duplicates import DuplicatesTab
from workbench.tui.tabs.history import event_lines
from workbench.tui.widgets.claim_list import claim_line, columns_for, heads, hit_pattern, marked, source_words
from workbench.tui.widgets.hint_bar import fitting, hint_lines

ROW = ClaimRow(
    1, 1, "Title", "Marlow Courier", "2025-07-06", "mixed", "they “went too far”", None, "Ada Penn", "person", False,
    "A", 0.7, "open", None, None, (), 3, 3, "negation", 1, "as was", False,
)  # fmt: skip
CARD = ClaimCard(
    ROW, 1, 0, 20, (), None, None, None, None, None, (), False, (), 1.0, None, None, None, None, (), (), None, None, 1
)
WORDS = st.text(st.characters() | st.sampled_from("漢[/]\x1b\u202e\u0301\U0001f468\u200d\ufe0f"), max_size=120)


@given(WORDS, WORDS, WORDS, st.integers(44, 200))
def test_a_row_of_the_list_is_as_wide_as_the_list_whatever_it_says(
    words: str, source: str, outlet: str, width: int
) -> None:
    row = replace(ROW, text=words, source=source, outlet=outlet)
    drawn = claim_line(row, width, {}, hit_pattern("a"))

    assert width - 2 == width_of(drawn)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_heads_stand_above_their_columns(width: int) -> None:
    head = "".join(part.text for part in heads(width))
    row = "  " + "".join(part.text for part in claim_line(ROW, width, {}, None))

    assert head.index("source") == row.index("Ada Penn")
    assert head.index("claim") == row.index("they")
    assert columns_for(width).wide == ("Marlow Courier" in row)


def test_a_guessed_source_carries_a_tilde_and_a_confirmed_one_none() -> None:
    assert ("Ada Penn", " ~") == tuple(part.text for part in source_words(ROW))
    assert ("Ada Penn",) == tuple(part.text for part in source_words(replace(ROW, source_confirmed=True)))


def test_an_anonymous_source_shows_its_level() -> None:
    row = replace(ROW, source=None, source_kind="anonymous", anonymity="F")

    assert "anonymous (F)" == source_words(row)[0].text


def test_a_row_says_how_many_occurrences_and_what_differs() -> None:
    drawn = "".join(part.text for part in claim_line(ROW, 100, {}, None))

    assert "≈3 ⚠not e1" in drawn


def test_the_words_of_the_search_are_marked_where_words_begin() -> None:
    parts = marked("the ferry ferries", hit_pattern('ferr "the f'), "plain")

    assert ["the f", "ferr"] == [part.text for part in parts if part.role == "hit"]


@given(st.lists(WORDS, max_size=5), st.integers(0, 60))
def test_a_cut_line_never_exceeds_its_width(words: list[str], width: int) -> None:
    assert width_of(cut([Part(word) for word in words], width)) <= width


@given(WORDS, st.text("ab ", max_size=10), st.integers(12, 80))
def test_a_justified_line_has_exactly_its_width(left: str, right: str, width: int) -> None:
    assert width == width_of(justify([Part(left)], [Part(right)], width))


def test_a_click_finds_the_words_under_it() -> None:
    line = (Part("漢字", "plain", "wide"), Part(" "), Part("x", "key", "narrow"))

    assert ["wide", "wide", "wide", "wide", "", "narrow", ""] == [action_at(line, cell) for cell in range(7)]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12))
def test_every_marked_place_belongs_to_the_shortest_claim_over_it(places: list[tuple[int, int]]) -> None:
    spans = [ClaimSpan(number, "content", at, at + size) for number, (at, size) in enumerate(places, 1)]
    drawn = {place: run.claim_id for run in runs(spans) for place in range(run.start, run.end)}
    for place in range(90):
        over = [span for span in spans if span.start <= place < span.end]
        assert bool(over) == (place in drawn)
        if over:
            shortest = min(span.end - span.start for span in over)
            chosen = next(span for span in over if span.claim_id == drawn[place])
            assert shortest == chosen.end - chosen.start


def test_a_nested_claim_is_drawn_over_the_one_around_it() -> None:
    outer, inner = ClaimSpan(1, "content", 0, 30), ClaimSpan(2, "content", 10, 20)

    assert [Run(0, 10, 1), Run(10, 20, 2), Run(20, 30, 1)] == runs([outer, inner])


def test_every_action_has_a_binding_under_its_own_id() -> None:
    for place in (info.place for info in PLACES):
        bound = {str(binding.id).split("-")[0] for binding in bindings_for(place)}  # type: ignore[union-attr,arg-type]

        assert {action.id for action in in_place(place)} == bound  # type: ignore[arg-type]


def test_in_one_place_a_key_does_one_thing() -> None:
    for info in PLACES:
        keys = [key for action in in_place(info.place) for key in action.key.split(",")]

        assert [] == [key for key in keys if keys.count(key) > 1]


def test_every_screen_of_the_table_has_a_class_that_knows_its_place_and_a_letter_of_its_own() -> None:
    letters = [info.letter for info in PLACES if info.letter]

    assert len(set(letters)) == len(letters)
    assert {info.place for info in PLACES} == {"queue", *SCREENS}
    assert list(SCREENS) == [screen_class(place).place for place in SCREENS]


def test_the_footer_has_at_most_six_hints() -> None:
    assert all(len(info.footer) <= 6 for info in PLACES)


@pytest.mark.parametrize("width", [20, 40, 58, 78, 120])
def test_the_footer_keeps_the_way_to_help_however_narrow(width: int) -> None:
    for place in (info.place for info in PLACES):
        shown = fitting(footer_of(place), width)

        assert "help" == shown[-1][2]
        assert 1 == len(hint_lines(shown, width))


def test_help_lists_every_key_of_the_table() -> None:
    for place in (info.place for info in PLACES):
        shown = "\n".join("".join(part.text for part in line) for line in help_lines(place, 80))  # type: ignore[arg-type]
        for action in ACTIONS:
            if place in action.places or "everywhere" in action.places:
                assert shown_key(action) in shown
                assert action.help.split()[0] in shown
        assert all(cell_width(line) <= 80 for line in shown.split("\n"))


def words_of(lines: list[tuple[Part, ...]]) -> str:
    return "\n".join("".join(part.text for part in line) for line in lines)


@pytest.mark.parametrize("status", ["open", "in review", "checked", "approved"])
def test_a_truth_that_nobody_judged_is_never_ticked(status: str) -> None:
    row = replace(ROW, status=status, attribution="accurate")  # type: ignore[arg-type]
    drawn = "".join(part.text for part in claim_line(row, 80, {"accurate": "A"}, None))

    assert drawn.endswith("  ○    A  ")
    assert heads(80)[0].text.endswith("truth said")


def test_an_occurrence_says_where_it_stands_how_it_relates_and_why() -> None:
    member = Occurrence(
        7, 2, "Marlow Courier", None, "2025-07-06", "it is not so", "near", 0.8, ("negation",),
        "9 of 12 words in common, same speaker", "suggested",
    )  # fmt: skip
    card = replace(CARD, family=Family(1, "it is so", 2, 2, "negation", None, (member,)))
    shown = words_of(DuplicatesTab().lines(About(card), 70))

    for words in ("c7 2025-07-06 Marlow Courier", "suggested", "“it is not so”", "⚠ negation differs"):
        assert words in shown
    assert "suggested · near: 9 of 12 words in common, same speaker" in shown


def test_the_history_is_told_in_words_for_people() -> None:
    def event(field: str, before: object, after: object, subject: str = "c1") -> EventRow:
        return EventRow(1, 1, "2025-07-06T10:00:00", "ana", "mark", subject, field, before, after, None)

    verdict = {
        "scale": "truth-5", "label": "mostly-false", "explanation": "Not so.", "rationale": None, "reviewer": "ana",
        "at": "2025-07-06", "version": 1,
    }  # fmt: skip
    events = (
        event("truth", None, verdict),
        event("truth", verdict, None),
        event("source", None, {"uid": "fb2f", "name": "Ada Brandt", "confirmed": True}),
        event("waived_because", None, "opinion"),
        event("record", None, {"text": "call her"}, "n3"),
        event("record", None, {"url": "https://a.example/x", "stance": "supports", "blob_digest": "ab"}, "e3"),
        event("flags", ["x"], []),
    )
    labels = {"mostly-false": "Mostly false"}
    shown = words_of([line for event in events for line in event_lines(event, 90, labels)])

    for line in (
        "truth: mostly false · explanation Not so.", "truth: mostly false · explanation Not so. → taken away",
        "source: Ada Brandt", "waived: opinion", "note: call her", "evidence: https://a.example/x · supports",
        "flags: x → taken away",
    ):  # fmt: skip
        assert line in shown
    assert not any(raw in shown for raw in ("fb2f", "truth-5", "waived_because", "{", "blob"))
