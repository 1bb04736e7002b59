"""What is a figure is one thing for families and for verify: in any spelling the same, and never changed unseen."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.language.figures import changed
from workbench.match import Quotation, beside, compare
from workbench.match.spoken import tokens
from workbench.match.verify import verify
from workbench.match.words import words

# One line a family of figures: another of a line is another figure wherever it stands.
KINDS = (
    ("half", "a third", "two thirds", "a quarter", "three quarters", "a fifth"),
    ("5 per cent", "6 per cent", "5 percentage points", "12%", "5"),
    ("four thousand", "fourteen thousand", "4 million", "half a million", "250", "two and a half million"),
    ("a dozen", "two dozen", "hundreds", "thousands"),
)
ROWS = (
    ("January", "March", "May", "September", "October"),
    ("Monday", "Tuesday", "Friday", "Sunday"),
)
VERBS = (("doubled", "tripled", "halved", "quadrupled"),)
PLACES = (("first", "second", "third", "fourth"),)
CLOCKS = (("10 a.m.", "10 p.m.", "11 a.m.", "noon", "10:30 p.m."),)
FRAMES = (
    (KINDS, "The council told us that {} of the old fishing boats were lost in the storm"),
    (ROWS, "The school on the island will open in {} and the bridge will follow soon after"),
    (VERBS, "Rents for a flat on the quay have {} since the old ferry stopped"),
    (PLACES, "The old lighthouse keeper was the {} woman to win the silver medal"),
    (CLOCKS, "The council meets at {} in the old town hall by the river"),
)


@st.composite
def swapped(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence twice, but for one figure."""
    rows, frame = draw(st.sampled_from(FRAMES))
    row = draw(st.sampled_from(rows))
    one, other = draw(st.sampled_from(row)), draw(st.sampled_from(row))
    assume(one != other)
    return frame.format(one), frame.format(other)


@given(swapped())
def test_a_changed_figure_is_in_alarm_in_families_and_for_verify_alike(pair: tuple[str, str]) -> None:
    one, other = pair
    linked = compare(Quotation(one, "Anna Holt", "2026-03-02"), Quotation(other, "Anna Holt", "2026-03-02"))
    assert linked is not None
    assert "number" in linked.alarms
    assert "number" in beside(Quotation(one), Quotation(other)).alarms

    found = verify(other, [f"Holt: Good morning. {one}. Thank you."], "Holt")
    assert "number" in found.alarms
    assert found.quote_class in ("number_changed", "inserted", "altered_word")


SPELLINGS = (
    ("two and a half million crowns", "2.5 million crowns"),
    ("two hundred and fifty ferries", "250 ferries"),
    ("half a million", "500,000"),
    ("a million and a half", "1.5 million"),
    ("a quarter of it", "25 per cent of it"),
    ("at 10am today", "at 10 a.m. today"),
    ("on 4 May", "on May 4th"),
    ("the fourth of May", "4 May"),
    ("two times as many", "twice as many"),
    ("the 3rd fire", "the third fire"),
    ("a third of pupils", "one third of pupils"),
    ("twenty-five", "25"),
    ("£5bn", "5 billion pounds"),
)
LOOSE = (
    "9" * 400,
    "5",
    "#12",
    "half",
    "a",
    "third",
    "of",
    "and",
    "million",
    "hundred",
    "percent",
    "may",
    "in",
    "first",
    "p",
    "m",
)
LEFT_OUT = (
    ("we meet on Monday in the hall", "we meet in the hall"),
    ("the first woman to win", "the woman to win"),
    ("it opens in May at last", "it opens at last"),
    ("we may vote", "we march on"),
)


@pytest.mark.parametrize(("one", "other"), SPELLINGS + LEFT_OUT)
def test_the_same_figure_in_other_words_and_a_day_left_out_are_no_change(one: str, other: str) -> None:
    for read in (lambda text: words(text).texts, lambda text: tuple(token.text for token in tokens(text))):
        assert not changed(read(one), read(other))
        assert not changed(read(other), read(one))


@given(st.lists(st.sampled_from(LOOSE)))
def test_any_words_can_be_read_for_figures_and_are_the_same_as_themselves(given_words: list[str]) -> None:
    assert not changed(given_words, list(given_words))
    assert changed(given_words, ["#7777"]) == changed(["#7777"], given_words)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_for_figures(one: str, other: str) -> None:
    for read in (lambda text: words(text).texts, lambda text: tuple(token.text for token in tokens(text))):
        assert changed(read(one), read(other)) == changed(read(other), read(one))


def test_a_flood_of_figure_words_is_read_in_seconds() -> None:
    started = time.process_time()
    for word in ("million", "hundred", "5", "and", "half", "third", "twenty"):
        changed([word, "and"] * 20_000, [word, "a"] * 20_000)

    assert time.process_time() - started < 10
