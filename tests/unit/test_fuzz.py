"""A few spoilt inputs for every door, and what the long runs of `python -m tests.bench.fuzz` found, as cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.fuzz import DOORS, run
from tests.unit import document_samples as samples

FOUND = [
    ("mbox", b"FrOm a@b.example Tue May 06 09:30:00 2025\nFrom: a@b.example\n\nIda said no.\n"),
    ("mbox", b'From a@b 2025\nContent-Type: text/plain; charset="a\x00b"\n\nIda s\xe9id no.\n'),
    ("zip", samples.packed(Q__txt=b"Ida said no.").replace(b"Q.txt", b"\x00.txt")),
    ("filter", b"ida said no "),
    ("claimreview", b'{"@type": "ClaimReview", "url": "httPs://a.example/1", "claimReviewed": "The pier stays shut"}'),
]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # warcio leaves the files of what it could not read
@pytest.mark.parametrize("door", DOORS)
def test_spoilt_inputs_are_read_or_refused_in_one_line(door: str) -> None:
    assert [] == run(door, 25, seed=7)


@pytest.mark.parametrize(("door", "data"), FOUND)
def test_what_was_found_stays_mended(door: str, data: bytes) -> None:
    DOORS[door](data)


@pytest.mark.parametrize("place", ["url", "itemReviewed"])
def test_a_check_as_deep_as_json_can_still_be_read_is_taken_or_refused(place: str) -> None:
    for depth in range(860, 1000, 4):  # where reading ends depends on how deep the caller stands
        deep = '{"url":' * depth + '"http://a.example/1"' + "}" * depth
        head = '{"@type": "ClaimReview", "url": "https://a.example/1", "claimReviewed": "x", '
        DOORS["claimreview"](f'{head}"{place}": {deep}}}'.encode())


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_any_line_is_a_filter_or_wrong_usage(text: str) -> None:
    DOORS["filter"](text.encode("utf-8", "replace"))


@settings(deadline=None, max_examples=60)
@given(st.text("“”‘’«»\"' aB.,\n—", max_size=200))
def test_quotations_of_any_marks_stand_inside_the_text(text: str) -> None:
    DOORS["quotes"](text.encode())
