"""A quote against what was said: places, classes and what stays out of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workbench.match.passages import spoken
from workbench.match.verify import verify

SEED = Path(__file__).parents[2] / "seeds" / "marlow-quay" / "transcript.txt"
TEXT = SEED.read_text("utf-8")
MADE = spoken("press conference", TEXT)
SAID = [turn for turn in MADE.speech.turns if turn.speaker and len(turn.words.of(TEXT).split()) > 3]
ARTICLE = "Ana Ruiz said on Monday that the bridge is closed. “We will not open it before June,” she said.\nIt rained."


@given(st.sampled_from(SAID))
def test_what_somebody_said_in_one_go_is_verbatim_at_its_place(turn: object) -> None:
    found = verify(turn.words.of(TEXT), [MADE], turn.speaker)  # type: ignore[attr-defined]

    assert "verbatim" == found.quote_class
    assert () == found.alarms
    assert turn.line in found.lines  # type: ignore[attr-defined]


@given(st.sampled_from(SAID), st.randoms(use_true_random=False))
def test_a_stretch_cut_out_of_a_turn_is_found_where_it_stands(turn: object, chance: random.Random) -> None:
    words = turn.words.of(TEXT).split()  # type: ignore[attr-defined]
    start = chance.randrange(max(1, len(words) - 7))
    quote = " ".join(words[start : start + 7])
    cut = {word.strip(".,") for word in words[start : start + 9]}
    assume(not {"million", "per", "cent"} & cut)  # a figure cut in two is another figure

    found = verify(quote, [MADE], None)

    assert found.quote_class in ("verbatim", "truncated_unmarked", "hedge_dropped")
    assert all(step.operation in ("equal", "delete") for step in found.steps)
    assert 1.0 == found.score


@settings(max_examples=200)
@given(st.text(max_size=200), st.text(max_size=300))
def test_places_fit_whatever_the_texts_are(quote: str, text: str) -> None:
    found = verify(quote, [text, text + quote], "Ana Ruiz")

    chosen = (text, text + quote)[found.text or 0]
    assert all(0 <= span.start < span.end <= len(chosen) for span in found.passages)
    assert all(0 <= step.said.start <= step.said.end <= len(chosen) for step in found.steps)
    assert all(0 <= step.printed.start <= step.printed.end <= len(quote) for step in found.steps)
    assert (found.text is None) == (found.quote_class == "not_found")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=40))
def test_words_shuffled_out_of_the_transcript_never_break_it(words: list[str]) -> None:
    found = verify(" ".join(words), [MADE], "Ilse Hartnoll")

    printed = [step.printed for step in found.steps if step.printed.end]
    assert printed == sorted(printed, key=lambda span: span.start)


def test_a_quote_of_many_equal_words_takes_no_time() -> None:
    found = verify("the " * 3000, ["the " * 20000])

    assert found.found


def test_the_text_that_holds_most_of_the_quote_is_named() -> None:
    found = verify("We will not open it before June,", ["ANA RUIZ: Good morning.\nBO: Hello.", ARTICLE])

    assert 1 == found.text
    assert ("verbatim", (1,)) == (found.quote_class, found.lines)


def test_nothing_found_counts_the_texts_that_were_given() -> None:
    found = verify("The moon is made of cheese", ["BO: Hello there.\nANA: Good day.", ARTICLE])

    assert ("not_found", 2, ()) == (found.quote_class, found.searched, found.lines)


@pytest.mark.parametrize(
    ("quote", "speaker", "expected"),
    [
        ("We will open it by May.", "the mayor", "verbatim"),
        ("We will open it by May.", "Ruiz", "verbatim"),
        ("We will open it by May.", "Bo Lind", "misattributed"),
        ("We will open it by May.", "the minister", "verbatim"),
        ("We will open it by May.", None, "verbatim"),
    ],
)
def test_speakers_are_known_by_last_name_and_office(quote: str, speaker: str | None, expected: str) -> None:
    text = "Ana Ruiz (mayor): We will open it by May.\nBo Lind (reporter): Why so late?\nAna Ruiz: Money."

    assert expected == verify(quote, [text], speaker).quote_class


def test_words_over_an_interruption_are_one_stretch() -> None:
    text = (
        "ANA: We will open the bridge in\nBO: When?\nANA: June, and not a day later.\nBO: Thank you very much indeed."
    )

    found = verify("We will open the bridge in June, and not a day later.", [text], "Ana")

    assert ("verbatim", (1, 3)) == (found.quote_class, found.lines)
