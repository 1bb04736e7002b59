from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit import report_samples as samples
from workbench.report.marking import Segment, cut
from workbench.report.passages import SURROUNDINGS, Passages, in_place
from workbench.spans import Span

TEXT = "abcdefghijklmnopqrst"
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(-3, 22), st.integers(-2, 22))


@given(st.lists(spans, max_size=6), spans)
def test_the_pieces_are_the_text_and_each_lies_under_the_shortest_span_over_it(found: list[Span], around: Span) -> None:
    around = Span(max(around.start, 0), max(around.start, 0, min(around.end, len(TEXT))))
    segments = cut(TEXT, around, [(span, claim) for claim, span in enumerate(found)])

    assert around.of(TEXT) == "".join(segment.text for segment in segments)
    at = around.start
    for segment in segments:
        end = at + len(segment.text)
        over = [span for span in found if span.start <= at and end <= span.end]
        assert len(over) == segment.depth
        assert (segment.claim is None) == (not over)
        at = end


@given(st.lists(spans, max_size=6))
def test_each_claim_begins_once_and_ends_once(found: list[Span]) -> None:
    segments = cut(TEXT, Span(0, len(TEXT)), [(span, claim) for claim, span in enumerate(found)])
    inside = [claim for claim, span in enumerate(found) if max(span.start, 0) < min(span.end, len(TEXT))]

    assert inside == sorted(claim for segment in segments for claim in segment.begins)
    assert inside == sorted(claim for segment in segments for claim in segment.ends)


def test_a_nested_claim_is_marked_inside_the_other() -> None:
    expected = (
        Segment("ab", None, 0, (), ()),
        Segment("cd", 1, 1, (1,), ()),
        Segment("ef", 2, 2, (2,), (2,)),
        Segment("gh", 1, 1, (), (1,)),
    )

    assert expected == cut(TEXT, Span(0, 8), [(Span(2, 8), 1), (Span(4, 6), 2)])


def test_overlapping_claims_are_cut_where_each_begins_and_ends() -> None:
    segments = cut(TEXT, Span(0, 9), [(Span(1, 6), 1), (Span(4, 8), 2)])

    assert ["a", "bcd", "ef", "gh", "i"] == [segment.text for segment in segments]
    assert [None, 1, 2, 2, None] == [segment.claim for segment in segments]


def test_the_blocks_are_the_text_but_for_what_parts_paragraphs() -> None:
    view = samples.report().articles[0].view
    marked = [(span, card.row.id) for card in samples.report().articles[0].cards for span in in_place(card, view)]

    blocks = Passages(view).blocks(marked)

    assert ["title", "body", "body"] == [block.kind for block in blocks]
    assert view.text == "\n".join("".join(segment.text for segment in block.segments) for block in blocks)


def test_text_that_no_paragraph_covers_is_shown_too() -> None:
    view = replace(samples.report().articles[0].view, paragraphs=(), title_span=None)

    blocks = Passages(view).blocks([])

    assert view.text == "".join(segment.text for block in blocks for segment in block.segments)


def test_the_agency_before_a_paragraph_stands_on_its_line() -> None:
    text = "date 2025-01-01 7\nTitle\n(WIRE) It rained. (END)\n\nNotes to editors\n\nThe bridge was blue."
    view = samples.view(text, (), ())
    lines = samples.sentences(text, "Title", "It rained.", "The bridge was blue.")
    view = replace(view, header=Span(0, 17), title_span=lines[0], paragraphs=lines)

    blocks = Passages(view).blocks([])

    assert [
        ("header", "date 2025-01-01 7"),
        ("title", "Title"),
        ("body", "(WIRE) It rained. (END)"),
        ("body", "Notes to editors"),
        ("body", "The bridge was blue."),
    ] == [(block.kind, "".join(segment.text for segment in block.segments).strip()) for block in blocks]
    assert [False, False, True, True, True] == [block.shown for block in blocks]


def test_windows_line_ends_do_not_move_a_claim() -> None:
    text = "Title\r\nIt rained.\r\nThe bridge was blue."
    places = samples.spans(1, text, content="The bridge was blue.")
    view = samples.view(text, (), samples.sentences(text, "It rained.", "The bridge was blue."))

    assert "The bridge was blue." == Passages(view).words(samples.card(samples.row(1, "x"), places))


def test_of_an_endless_sentence_only_the_surroundings_of_the_claim_are_given() -> None:
    text = "so " * 5000 + "it was blue" + " and so on" * 5000
    places = samples.spans(1, text, content="it was blue")
    view = samples.view(text, (), (Span(0, len(text)),))

    context = Passages(view).context(samples.card(samples.row(1, "x"), places))

    assert ("…", "…") == (context[0].text, context[-1].text)
    assert sum(len(segment.text) for segment in context) <= 2 * SURROUNDINGS + 15


def test_a_claim_that_is_its_whole_sentence_needs_no_context() -> None:
    article = samples.report().articles[0]

    assert () == Passages(article.view).context(article.cards[2])
