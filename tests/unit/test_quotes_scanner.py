"""Quotation marks of every usual kind, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.paragraphs import paragraphs
from workbench.language.quotes import Quote, outermost, quotes

SOUP = st.lists(st.sampled_from([*"“”„«»‘’'\"`  .,\n", "word", "''", "``", "5'10\""]), max_size=60).map("".join)


def found(text: str) -> list[Quote]:
    return quotes(text, paragraphs(text))


def inner(text: str) -> list[str]:
    return [quote.inner.of(text) for quote in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "we are ready" and left.', ["we are ready"]),
        ("She said “we are ready” and left.", ["we are ready"]),
        ("„Wir sind bereit“, sagte sie.", ["Wir sind bereit"]),
        ("«Nous sommes prêts», dit-elle.", ["Nous sommes prêts"]),
        ("»Wir sind bereit«, sagte sie.", ["Wir sind bereit"]),
        ("She said ‘we are ready’ and left.", ["we are ready"]),
        ("She said 'we are ready' and left.", ["we are ready"]),
        ("She said ``we are ready'' and left.", ["we are ready"]),
        ("She said ''we are ready'' and left.", ["we are ready"]),
    ],
)
def test_every_usual_pair_of_marks_is_a_quotation(text: str, expected: list[str]) -> None:
    assert expected == inner(text)


@pytest.mark.parametrize(
    "text",
    [
        "It’s the council’s boat, not the dogs’ boat.",
        "It's the council's boat, not the dogs' boat.",
        "Rock ’n’ roll in the ’90s and the '80s.",
        'He is 5\'10" tall and the plank is 12" wide.',
        "A stray ” mark.",
        "No words: “ … ”",
    ],
)
def test_apostrophes_inches_and_stray_marks_are_no_quotations(text: str) -> None:
    assert [] == inner(text)


def test_an_apostrophe_inside_single_marks_does_not_end_them() -> None:
    assert ["The voters’ choice wasn’t ours,"] == inner("‘The voters’ choice wasn’t ours,’ she said.")


def test_a_quotation_inside_a_quotation_has_depth_one() -> None:
    text = "“He told me ‘never again’ twice,” she said."

    depths = [(quote.inner.of(text), quote.depth) for quote in found(text)]

    assert [("He told me ‘never again’ twice,", 0), ("never again", 1)] == depths


def test_a_wrong_mark_at_the_end_still_ends_a_quotation() -> None:
    assert ["It is unusual,", "It is hard."] == inner("“It is unusual,“ said Ruiz. “It is hard.”")


def test_straight_marks_inside_typographic_ones_nest() -> None:
    assert ['He shouted "stop" twice', "stop"] == inner('“He shouted "stop" twice” is what she wrote.')


def test_speech_over_paragraphs_is_one_group_when_each_paragraph_opens_again() -> None:
    text = "“The first part.\n“The second part.\n“The end,” he said."

    scanned = found(text)

    assert [("The first part.", False), ("The second part.", False), ("The end,", True)] == [
        (quote.inner.of(text), quote.closed) for quote in scanned
    ]
    assert 1 == len({quote.group for quote in scanned})


def test_a_quotation_that_is_never_closed_ends_at_its_paragraph() -> None:
    text = "He said “it is not over.\nThe next paragraph is the reporter’s."

    assert ["it is not over."] == inner(text)


def test_a_missing_mark_does_not_turn_the_rest_of_the_paragraph_inside_out() -> None:
    text = 'He said "no and left. Later she said "yes" to "all of it" again.'

    assert ["yes", "all of it"] == inner(text)[-2:]


def test_an_unclosed_quotation_never_swallows_a_page_without_paragraphs() -> None:
    text = "He said “it is not over. " + "The reporter goes on for long. " * 200

    assert ["it is not over."] == inner(text)


@given(st.one_of(st.text(max_size=200), SOUP))
def test_any_text_is_scanned_without_an_error_and_within_bounds(text: str) -> None:
    scanned = found(text)

    for quote in scanned:
        assert 0 <= quote.outer.start <= quote.inner.start < quote.inner.end <= quote.outer.end <= len(text)
        assert any(paragraph.covers(quote.outer) for paragraph in paragraphs(text))
    top = outermost(scanned)
    assert all(first.outer.end <= second.outer.start for first, second in pairwise(top))
