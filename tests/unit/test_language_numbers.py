"""Figures, and the words that hedge or negate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.guess import language
from workbench.language.hedges import hedges, negations
from workbench.language.numbers import numbers
from workbench.spans import Span


def read(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(number.text, number.value, number.unit) for number in numbers(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $5.9 billion contract", [("$5.9 billion", 5.9e9, "$")]),
        ("28 upcoming launches", [("28", 28.0, "launches")]),
        ("seven flights", [("seven", 7.0, "flights")]),
        ("£3m and €2bn", [("£3m", 3e6, "£"), ("€2bn", 2e9, "€")]),
        ("40k people", [("40k", 4e4, "people")]),
        ("12 per cent of them", [("12 per cent", 12.0, "%")]),
        ("3.5 percentage points", [("3.5 percentage points", 3.5, "percentage points")]),
        ("twenty-one boats, two hundred men", [("twenty-one", 21.0, "boats"), ("two hundred", 200.0, "men")]),
        ("half a million people", [("half a million", 5e5, "people")]),
        ("1,234,567 voters", [("1,234,567", 1234567.0, "voters")]),
        ("in 2016", [("2016", 2016.0, "year")]),
        ("2016 delegates", [("2016", 2016.0, "delegates")]),
        ("on July 6, 2025", [("July 6, 2025", None, "date")]),
        ("at 5 p.m. sharp", [("5 p.m.", 17.0, "time")]),
        ("10 to 15 percent", [("10", 10.0, "%"), ("15 percent", 15.0, "%")]),
        ("$10-15 million", [("$10", 1e7, "$"), ("15 million", 1.5e7, "$")]),
        ("the 21st century, No. 1, one man, an F-16", []),
    ],
)
def test_figures_have_a_plain_value_and_a_unit(text: str, expected: list[tuple[str, float | None, str | None]]) -> None:
    assert expected == read(text)


@given(st.text(max_size=200))
def test_figures_lie_in_bounds_and_in_order(text: str) -> None:
    end = 0
    for number in numbers(text, Span(0, len(text))):
        assert number.start >= end
        assert text[number.start : number.end] == number.text
        end = number.end


def test_hedges_are_found_and_the_month_of_may_is_none() -> None:
    text = "In May the ferry may perhaps sail."

    assert ["may", "perhaps"] == [span.of(text) for span in hedges(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We did not know.", ["not"]),
        ("We didn’t know.", ["didn’t"]),
        ("She never said so.", ["never"]),
        ("Not only the mayor knew.", []),
        ("A notable knot.", []),
    ],
)
def test_negation_is_found_and_not_only_is_none(text: str, expected: list[str]) -> None:
    assert expected == [span.of(text) for span in negations(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mayor said that it was not the council’s fault.", "en"),
        ("Der Bürgermeister sagte, dass es nicht die Schuld der Stadt ist.", "de"),
        ("Le maire a dit que ce n’est pas la faute de la ville.", "fr"),
        ("El alcalde dijo que no es culpa de la ciudad, según los vecinos.", "es"),
        ("Мэр сказал, что город не виноват.", "ru"),
        ("市长说这不是城市的错。", "zh"),
        ("Hello", "en"),
        ("", "und"),
    ],
)
def test_the_language_is_guessed_from_small_words_or_script(text: str, code: str) -> None:
    assert code == language(text)
