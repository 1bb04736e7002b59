"""Figures as amounts: unit, scale, rounding, ranges, changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.amounts import Amount, amounts
from workbench.spans import Span


def _one(text: str) -> Amount:
    (found,) = amounts(text, Span(0, len(text)))
    return found


@pytest.mark.parametrize(
    ("text", "unit", "bound", "change"),
    [
        ("It cost £4.8 million.", "£", "exact", None),
        ("It cost nearly £4.8 million.", "£", "nearly", None),
        ("It cost more than £4.8 million.", "£", "over", None),
        ("They placed about 5,200 tonnes of rock.", "tonnes", "about", None),
        ("Freight fell by 8 per cent.", "%", "exact", "down"),
        ("It is 18 per cent less.", "%", "exact", "down"),
        ("Support rose by three percentage points.", "percentage points", "exact", "up"),
        ("The debt doubled.", "times", "exact", "up"),
        ("The debt was halved.", "times", "exact", "down"),
        ("Between 80 and 120 million euros.", "€", "about", None),
        ("up to 15 per cent", "%", "under", None),
    ],
)
def test_an_amount_says_its_unit_its_rounding_and_its_change(
    text: str, unit: str, bound: str, change: str | None
) -> None:
    found = _one(text)

    assert (unit, bound, change) == (found.unit, found.bound, found.change)


def test_from_one_figure_to_another_is_no_range() -> None:
    text = "Fares rose from £4 to £6."

    assert ["£4", "£6"] == [amount.text for amount in amounts(text, Span(0, len(text)))]


def test_years_dates_and_times_are_no_amounts() -> None:
    text = "On 4 May 2026 at 10:30 a.m., as in 1931, it rained."

    assert () == amounts(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("£4.8 million", "£4,800,000", True),
        ("£4.8 million", "£4.83 million", True),
        ("£4.8 million", "£4.9 million", False),
        ("more than £4 million", "£4.3 million", True),
        ("nearly 50 ships", "47 ships", True),
        ("46 ships", "58 ships", False),
        ("about 900 ships", "950 ships", True),
        ("up to 15 per cent", "12 per cent", True),
        ("between 80 and 120 tonnes", "100 tonnes", True),
    ],
)
def test_amounts_agree_within_what_they_say(one: str, other: str, agree: bool) -> None:
    assert agree == _one(one).agrees(_one(other)) == _one(other).agrees(_one(one))


@given(st.text(st.sampled_from("0123456789.,£$% abcmillionpertodubled-–"), max_size=80))
def test_amounts_fit_into_any_text(text: str) -> None:
    found = amounts(text, Span(0, len(text)))

    assert all(0 <= amount.start < amount.end <= len(text) and amount.low <= amount.high for amount in found)
    assert [amount.text for amount in found] == [text[amount.start : amount.end] for amount in found]
