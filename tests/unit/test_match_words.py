import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.match import grams_of, word_diff
from workbench.match.words import words


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("“It’s THE end—of it,”", "it is the end of it"),
        ("We don't, can’t and won't.", "we do not can not and will not"),
        ("the town's money", "the town money"),
        ("[W]e will go … [the mayor] said", "we will go said"),
        ("$5.3bn, or 30,000 a day", "dollars 5.3 billion or 30000 a day"),
        ("seven per cent", "7 percent"),
        ("[[[ unclosed", "unclosed"),
        ("", ""),
        ("… — !", ""),
    ],
)
def test_a_quote_is_reduced_to_the_words_that_count(quote: str, expected: str) -> None:
    assert expected == " ".join(words(quote).texts)


def test_an_ellipsis_and_a_remark_in_brackets_are_recognised() -> None:
    found = words("We went [the mayor said] too far … and back [...] again")

    assert (2, ["[the mayor said]"]) == (found.gaps, [span.of(found_text) for span in found.bracketed])


found_text = "We went [the mayor said] too far … and back [...] again"


@given(st.text(max_size=300))
def test_words_stand_in_order_inside_any_text(text: str) -> None:
    found = words(text).words

    places = [place for word in found for place in (word.start, word.end)]
    assert sorted(places) == places
    assert all(0 <= place <= len(text) for place in places)


def test_grams_are_the_same_numbers_in_every_process() -> None:
    quote = "We went too far over budget in July"
    code = f"from workbench.match import grams_of; print(list(grams_of({quote!r}).all))"
    command = [sys.executable, "-c", code]

    printed = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}).stdout

    assert str(list(grams_of(quote).all)) == printed.strip()


@given(st.text(max_size=200))
def test_grams_fit_four_bytes_and_every_quote_with_words_has_one(text: str) -> None:
    found = grams_of(text).all

    assert all(0 <= gram < 2**29 for gram in found)
    assert bool(words(text).words) == bool(found)


def test_importing_the_room_does_not_import_rapidfuzz() -> None:
    code = "import sys, workbench.match; print('rapidfuzz' in sys.modules)"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "False" == printed.strip()


def test_a_word_diff_shows_each_change_in_the_spelling_of_its_quote() -> None:
    pieces = word_diff("We don’t want 5 new ships, ever.", "We do want five old ships.")

    assert [
        ("equal", "We do", "We do"),
        ("delete", "n’t", ""),
        ("equal", "want 5", "want five"),
        ("replace", "new", "old"),
        ("equal", "ships", "ships"),
        ("delete", "ever", ""),
    ] == [piece[:3] for piece in pieces]


@given(st.text("ab 5’'t.[]…n", max_size=60), st.text("ab 5’'t.[]…n", max_size=60))
def test_a_word_diff_holds_every_word_of_both_quotes_once_and_in_order(one: str, other: str) -> None:
    pieces = word_diff(one, other)

    for quote, side in ((one, 3), (other, 4)):
        spans = [piece[side] for piece in pieces if piece[side] != (0, 0)]
        assert sorted(spans) == spans
        covered = [any(s.start <= word.start and word.end <= s.end for s in spans) for word in words(quote).words]
        assert all(covered)
    for piece in pieces:
        assert (piece.one, piece.other) == (piece.span_one.of(one), piece.span_other.of(other))
