"""Wrapping keeps every character, fits every line, and knows where each line stands."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text import cell_width, clean
from workbench.tui.wrapping import row_of, wrap, wrapped

LETTERS = st.sampled_from("ab \n\t\r漢é\u0301\u200d\U0001f468\U0001f469\ufe0f❤\u202e\x1b“”-…")
TEXTS = st.text(LETTERS, max_size=200) | st.text(max_size=60)


@settings(max_examples=300)
@given(TEXTS, st.integers(2, 40), st.booleans())
def test_lines_fit_follow_each_other_and_lose_only_blanks(text: str, width: int, spaced: bool) -> None:
    shown = clean(text).replace("\t", " ")
    rows = wrap(shown, width, spaced=spaced)

    assert all(cell_width(shown[row.start : row.end]) <= width for row in rows)
    at = 0
    for row in rows:
        assert at <= row.start <= row.end <= len(shown)
        assert "" == shown[at : row.start].strip(" \n\u240d\u3000") or shown[at : row.start].isspace()
        at = row.end
    assert "" == shown[at:].strip(" \n\u240d")


@given(TEXTS, st.integers(2, 40))
def test_the_line_of_an_offset_holds_it_or_stands_before_it(text: str, width: int) -> None:
    shown = clean(text)
    rows = wrap(shown, width)
    for place, row in enumerate(rows):
        for offset in range(row.start, row.end):
            assert place == row_of(rows, offset)


def test_words_stay_whole_where_they_fit() -> None:
    assert ["the quick", "brown fox"] == wrapped("the quick brown fox", 10)


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert ["ab", "xxxxx", "xxxxx", "x cd"] == wrapped("ab xxxxxxxxxxx cd", 5)


def test_wide_characters_take_two_cells() -> None:
    assert ["漢字", "漢字"] == wrapped("漢字漢字", 5)


def test_a_family_of_emoji_is_never_taken_apart() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert [family] * 3 == wrapped(family * 3, 3)


def test_a_line_end_of_two_characters_shows_no_sign() -> None:
    text = clean("one\r\ntwo")

    assert ["one", "two"] == [text[row.start : row.end] for row in wrap(text, 20)]


def test_paragraphs_are_spaced_once() -> None:
    text = "one\ntwo\n\nthree"
    assert ["one", "", "two", "", "three"] == [text[row.start : row.end] for row in wrap(text, 20, spaced=True)]


def test_a_megabyte_in_one_word_is_wrapped_in_linear_time() -> None:
    small, large = _seconds("é\u0301漢" * 30_000), _seconds("é\u0301漢" * 300_000)

    assert large < 40 * max(small, 0.01)


def _seconds(text: str) -> float:
    start = time.process_time()
    wrap(text, 80)
    return time.process_time() - start
