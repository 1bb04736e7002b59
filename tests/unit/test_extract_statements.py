"""What the article states in its own voice, and what holds of every text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.extract import READING, extract, to_json
from workbench.extract.assemble import claims as assembled
from workbench.extract.attributions import attributions
from workbench.extract.layout import layout
from workbench.records import Document
from workbench.spans import Span

PIECES = [
    *"“”\"‘’'«».,:;!?()—-\n 0123$%", "said ", "that ", "Ana Ruiz ", "he ", "according to ", "reportedly ", "accused ",
    "of ", "and ", "is said to ", "the mayor ", "Mr. ", "\n\n", "HALE: ", "was ", "who ", "U.S. ", "saying ", "by ",
    "told ", "million ", "percent ", "claim ",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def stated(text: str) -> list[str]:
    return [text[claim.start : claim.end] for claim in extract(text, language="en").claims if claim.kind == "statement"]


def test_a_sentence_with_several_clauses_is_several_claims() -> None:
    text = "The Quay Line got $5 million for 19 boats, while Pier Works was paid $2 million for seven cranes."

    assert [
        "The Quay Line got $5 million for 19 boats",
        "Pier Works was paid $2 million for seven cranes",
    ] == stated(text)


def test_what_somebody_else_says_is_no_statement_of_the_article() -> None:
    assert [] == stated("Ana Ruiz said the bridge cost $2 million and was late.")


def test_the_article_speaks_again_after_hearsay() -> None:
    text = "Hale is said to have met Ruiz in May, while Tom Beck held talks with the board."
    bones = layout(text)
    found = assembled(bones, attributions(bones), [0.5])

    assert ["Tom Beck held talks with the board"] == [
        text[claim.start : claim.end] for claim in found if claim.kind == "statement"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Should the town pay for it?",
        "Read more about the bridge here.",
        "We must all do better than this.",
        "What a sad and shameful day.",
        "“The bridge has cost us two million by now.”",
        "A headline without a stop that has 20 boats",
    ],
)
def test_questions_wishes_calls_and_speech_are_no_statements(text: str) -> None:
    assert [] == stated(text)


def test_figures_and_acts_are_worth_more_than_feelings() -> None:
    figure, feeling = extract(
        "The council paid $4 million for 12 boats in 2024. Ana Ruiz hopes it might be fine.", language="en"
    ).claims

    assert figure.check_worthiness > feeling.check_worthiness + 0.3


@settings(max_examples=60)
@given(TEXTS)
def test_every_span_of_every_text_is_in_bounds_trimmed_sorted_and_apart(text: str) -> None:
    extraction = extract(text, language="en")

    for claim in extraction.claims:
        assert claim.content
        for pieces in (claim.content, claim.source_spans, claim.cue_spans, claim.quotes, claim.hedges):
            for piece in pieces:
                assert 0 <= piece.start < piece.end <= len(text)
                assert piece.of(text) == piece.of(text).strip()
            assert all(one.end <= two.start for one, two in pairwise(pieces))
        assert 0 <= claim.check_worthiness <= 1
        assert claim.parent is None or 0 <= claim.parent < len(extraction.claims)
    assert sorted(claim.start for claim in extraction.claims) == [claim.start for claim in extraction.claims]
    assert all(any(p.covers(s) for p in extraction.paragraphs) for s in extraction.sentences)


@settings(max_examples=60)
@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_header_and_a_title_anywhere_do_no_harm(text: str, first: int, length: int) -> None:
    first, end = min(first, len(text)), min(first + length, len(text))

    extraction = extract(text, header=Span(0, first), title=Span(first, end))

    assert all(sentence.start >= first for sentence in extraction.sentences)


def test_the_json_of_an_extraction_has_the_documented_shape() -> None:
    text = "Ana Ruiz said it may not cost “$2 million”."
    extraction = extract(text)

    printed = to_json(Document("quay", text, title="A title"), extraction)

    claim = printed.pop("claims")[0]
    assert {
        "format": 1, "id": "quay", "title": "A title", "published": None, "outlet": None, "agency": None,
        "language": "en", "analysed": True, "reading": READING, "text": text, "sentences": [[0, 43]],
    } == printed  # fmt: skip
    assert {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 42]]} == claim["spans"]
    assert [{"start": 31, "end": 41, "text": "$2 million"}] == claim["quotes"]
    assert [{"start": 31, "end": 41, "text": "$2 million", "value": 2e6, "unit": "$"}] == claim["numbers"]
    assert [{"start": 17, "end": 20, "text": "may"}] == claim["hedges"]
    assert ("mixed", True, "A", None) == (claim["kind"], claim["negated"], claim["anonymity"], claim["parent"])
    assert {"start": 9, "end": 13, "text": "said", "class": "neutral"} == claim["cue"]


@pytest.mark.parametrize(
    "words", ["Thank you, Bridie. Right, questions. Dora, you were first.", "And what does it say?", "Good morning."]
)
def test_a_question_or_a_greeting_in_a_speaker_turn_is_hardly_worth_a_check(words: str) -> None:
    text = f"HALE: The bridge of 1931 cost $2 million.\n\nRUIZ: {words}\n\nHALE: The bridge is safe."

    claims = [claim for claim in extract(text, language="en").claims if text[claim.start : claim.end] in words]

    assert claims == [claim for claim in claims if claim.check_worthiness <= 0.05]
    assert claims


@pytest.mark.parametrize("sentence", ["Perhaps that is the saddest part of it.", "Long may it last in this town."])
def test_a_wish_or_a_musing_states_nothing(sentence: str) -> None:
    assert [] == [claim for claim in extract(sentence, language="en").claims if claim.kind == "statement"]


def test_why_a_source_has_no_name_is_no_claim() -> None:
    text = "An official who declined to be named because the matter is under review said the bridge was closed."

    contents = [text[claim.start : claim.end] for claim in extract(text, language="en").claims]

    assert [] == [content for content in contents if content.startswith("to be named")]


@pytest.mark.parametrize(
    "piece",
    [
        "“x” ",
        "Trump said ",
        "1,",
        "A",
        "'a ",
        "reportedly ",
        "the mayor said that ",
        "HALE: a\n",
        "Ana Ruiz left. She said it. ",
        "The Hale campaign said it. ",
    ],
)
def test_a_hostile_text_is_read_in_linear_time(piece: str) -> None:
    started = time.process_time()
    extract(piece * (20_000 // len(piece)), language="en")

    assert time.process_time() - started < 5
