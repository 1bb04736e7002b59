"""Two texts side by side: spans are found where their words stand, and nowhere else."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.version_samples import SEEDS, edited, insert, move, restyle, text_of
from workbench.alignment import Alignment, plain, word_diff
from workbench.extract import extract
from workbench.spans import Span

OLD = (
    "The gap is half filled. “The ferry will be running again by 4 May,” said Captain Tremlett. He was glad.\n"
    "The harbour office says 64 people are on short time. Critics say the council was warned in October.\n"
    "A senior insider called the mayor “rattled” by the long and bitter storm.\n"
)


def _place(old: str, new: str, words: str) -> tuple[str, str] | None:
    start = old.index(words)
    place = Alignment(old, new).place(Span(start, start + len(words)))
    return (place.state, place.span.of(new)) if place else None


@pytest.mark.parametrize(
    ("words", "out", "into", "expected"),
    [
        ("64 people are on short time", "x", "x", ("as was", "64 people are on short time")),
        ("64 people are on short time", "64", "46", ("changed", "46 people are on short time")),
        ("64 people are on short time", "The gap", "Correction: The gap", ("moved", "64 people are on short time")),
        ("“The ferry will be running again by 4 May,”", "will be running again by 4 May,",
         "may be running again by 4 May, but I will not promise it,",
         ("changed", "“The ferry may be running again by 4 May, but I will not promise it,”")),
        ("the council was warned in October", "Critics say the council was warned in October.", "", None),
        ("the council was warned in October", "the council was warned in October", "gulls eat fish on Sundays", None),
        ("rattled", "rattled", "shaken", ("changed", "shaken")),
        ("“The ferry will be running again by 4 May,”", "“The ferry will be running again by 4 May,”",
         "‘The ferry will be running again by 4 May,’", ("as was", "‘The ferry will be running again by 4 May,’")),
        ("64 people are on short time", "64 people are", "64  people\u00a0are",
         ("moved", "64  people\u00a0are on short time")),
    ],
)  # fmt: skip
def test_each_span_is_unchanged_moved_changed_or_lost(
    words: str, out: str, into: str, expected: tuple[str, str] | None
) -> None:
    assert expected == _place(OLD, OLD.replace(out, into), words)


def test_a_moved_paragraph_is_found_with_its_changed_word() -> None:
    first, second, third, _ = OLD.split("\n")
    new = "\n".join([third, second.replace("64", "46"), first])

    assert ("changed", "46 people are on short time") == _place(OLD, new, "64 people are on short time")
    assert ("moved", "rattled") == _place(OLD, new, "rattled")


def test_quotation_marks_dashes_and_white_space_do_not_count() -> None:
    assert plain("“A” –  b\u00a0c\n") == plain("'A'-b c")
    assert plain("twelve") != plain("twenty")
    assert plain("may") != plain("May")


def test_a_word_diff_gives_both_texts_back() -> None:
    before, now = "The quay may be closed until May", "The quay will be closed"
    pieces = word_diff(before, now)

    assert before == " ".join(piece.words for piece in pieces if piece.how != "new")
    assert now == " ".join(piece.words for piece in pieces if piece.how != "gone")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 10**9), st.integers(0, 12))
def test_a_place_never_holds_words_that_are_not_the_claims_own(name: str, seed: int, count: int) -> None:
    old = text_of(name)
    new = edited(old, seed, count)
    alignment = Alignment(old, new)
    for claim in extract(old).claims:
        for span in (*claim.content, *claim.source_spans, *claim.cue_spans, *claim.quotes):
            place = alignment.place(span)
            if place is None:
                continue
            before, now = span.of(old), place.span.of(new)
            assert 0 <= place.span.start < place.span.end <= len(new)
            if place.state in ("as was", "moved"):
                assert plain(before) == plain(now)
                assert (place.state == "as was") == (place.span == span)
            else:
                assert plain(before) != plain(now)
                words = set(plain(before).casefold().split())
                assert words & set(plain(now).casefold().split()) or len(words) <= 3


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 10**9))
def test_what_does_not_count_changes_no_state(name: str, seed: int) -> None:
    old = text_of(name)
    new = restyle(old, random.Random(seed))
    alignment = Alignment(old, new)
    for claim in extract(old).claims:
        for span in claim.content:
            place = alignment.place(span)
            assert place is not None
            assert "changed" != place.state


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 10**9))
def test_a_moved_paragraph_takes_its_spans_along(name: str, seed: int) -> None:
    old = text_of(name)
    alignment = Alignment(old, move(old, random.Random(seed)))
    for claim in extract(old).claims:
        for span in claim.content:
            place = alignment.place(span)
            if len(span.of(old).split()) >= 3 and "\n" not in old[claim.start : claim.end]:
                assert place is not None
                assert place.state in ("as was", "moved")


_LETTERS = st.sampled_from("ab.\n “”\U0001f30ae\u0301")


@settings(max_examples=40, deadline=None)
@given(st.text(_LETTERS, max_size=80), st.text(_LETTERS, max_size=80))
def test_any_two_texts_can_be_aligned(old: str, new: str) -> None:
    alignment = Alignment(old, new)
    for start in range(len(old)):
        place = alignment.place(Span(start, min(start + 5, len(old))))
        assert place is None or 0 <= place.span.start < place.span.end <= len(new)


def test_a_megabyte_is_aligned_in_seconds() -> None:
    chance = random.Random(4)
    lines = [" ".join(str(chance.randrange(20_000)) for _ in range(40)) + "." for _ in range(4_500)]
    old = "\n".join(lines)
    for number in range(0, len(lines), 7):
        lines[number] = insert(lines[number], chance)
    new = "\n".join(lines)
    began = time.process_time()
    Alignment(old, new)
    Alignment("a b " * 100_000, "b a a " * 66_000)

    assert len(old) > 900_000
    assert time.process_time() - began < 20
