"""Paragraphs and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.paragraphs import paragraphs
from workbench.language.sentences import sentences
from workbench.spans import Span


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Hale met Gen. Ruiz in the U.S. Senate.",
        "The bill, No. 5, costs $3.5 million or 2.5 percent.",
        "The J. K. Marlow case was closed at 5 p.m. on Friday.",
        "She (Rep. Ruiz, D-Calif.) left.",
        "“Go away!” he said.",
        "“Go away!” Ana Ruiz said.",
        "“Why?” the mayor asked.",
        "Well … that was that.",
        "It starts on Jan. 5 in St. Brannock.",
        "Acme Inc. said so.",
    ],
)
def test_a_full_stop_that_ends_nothing_does_not_split(sentence: str) -> None:
    assert [sentence] == split(sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He lives in the U.S. The rest left.", ["He lives in the U.S.", "The rest left."]),
        ("He said “it is over.” She left.", ["He said “it is over.”", "She left."]),
        ("“We go,” he said. “Now.”", ["“We go,” he said.", "“Now.”"]),
        ("He said no. Then he sat. Ruiz left.", ["He said no.", "Then he sat.", "Ruiz left."]),
        ("Really?! Yes! 14 came.", ["Really?!", "Yes!", "14 came."]),
        ("She waited... Then she left.", ["She waited...", "Then she left."]),
        ("We left at 5 p.m. The gate was shut.", ["We left at 5 p.m.", "The gate was shut."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert expected == split(text)


def test_a_line_is_a_paragraph() -> None:
    text = "One line.\r\nTwo.\n\n  Three.  \n"

    assert ["One line.", "Two.", "Three."] == [span.of(text) for span in paragraphs(text)]


def test_lines_wrapped_by_hand_make_one_paragraph_between_blank_lines() -> None:
    block = "The harbour office closed its doors on Monday after the\nlong storm that had torn away the outer wall and the\nnew crane beside it.\n"  # noqa: E501
    text = block + "\n" + block + "\n" + block

    assert 3 == len(paragraphs(text))


@given(st.text(max_size=300))
def test_sentences_are_trimmed_in_order_and_hold_every_word(text: str) -> None:
    held: set[int] = set()
    end = 0
    for paragraph in paragraphs(text):
        for span in sentences(text, paragraph):
            assert span.start < span.end
            assert span.start >= end
            assert paragraph.covers(span)
            assert span.of(text) == span.of(text).strip()
            end = span.end
            held.update(range(*span))

    assert all(
        index in held or character.isspace() or not character.isprintable() for index, character in enumerate(text)
    )
