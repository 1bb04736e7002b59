"""Brackets around claims, and the words that differ between two quotes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.cli.marking import marked
from workbench.records import ClaimSpan
from workbench.spans import Span

TEXT = "He said it went too far, and left."


def _content(claim_id: int, start: int, end: int) -> ClaimSpan:
    return ClaimSpan(claim_id, "content", start, end)


def test_claims_are_bracketed_where_they_stand() -> None:
    assert "He said ⟦c1 it went too far⟧, and left." == marked(TEXT, Span(0, 34), [_content(1, 8, 23)], numbered=True)


def test_nested_and_neighbouring_claims_stay_nested() -> None:
    contents = [_content(2, 8, 15), _content(1, 0, 34), _content(3, 8, 10), _content(4, 15, 23)]

    assert "⟦He said ⟦⟦it⟧ went⟧⟦ too far⟧, and left.⟧" == marked(TEXT, Span(0, 34), contents, numbered=False)


def test_a_claim_outside_the_place_is_left_out() -> None:
    assert "⟦it⟧" == marked(TEXT, Span(8, 10), [_content(1, 8, 10), _content(2, 0, 12)], numbered=False)


@given(st.text(), st.data())
def test_without_its_brackets_the_text_is_the_text(text: str, data: st.DataObject) -> None:
    text = text.replace("⟦", "").replace("⟧", "")
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    contents = [_content(1, min(pair), max(pair)) for pair in data.draw(st.lists(places, max_size=6))]

    shown = marked(text, Span(0, len(text)), contents, numbered=False)

    assert text == shown.replace("⟦", "").replace("⟧", "")
    assert shown.count("⟦") == shown.count("⟧")
