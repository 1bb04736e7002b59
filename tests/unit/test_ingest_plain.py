import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError, UsageError
from workbench.ingest import ReadOptions, read
from workbench.records import Document
from workbench.spans import Span

BODY = "The mayor opened the bridge on Monday. It had been closed for two years.\n"


def only(data: bytes, **options: str) -> Document:
    (document,) = read(data, name="bridge", options=ReadOptions(**options))
    assert isinstance(document, Document)
    return document


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        list(read(data, name="bridge"))
    assert caught.value.todo
    return str(caught.value)


def test_a_dump_header_gives_date_number_title_and_agency_and_stays_in_the_text() -> None:
    text = " date 2025-07-06 403\nBridge opens again\n(MENAFN) " + BODY

    document = only(text.encode())

    assert text == document.text
    assert Span(0, 20) == document.header
    assert ("2025-07-06", {"number": 403}) == (document.published, document.metadata)
    assert document.title_span is not None
    assert "Bridge opens again" == document.title == document.title_span.of(text)
    assert document.agency_span is not None
    assert ("MENAFN", "(MENAFN)") == (document.agency, document.agency_span.of(text))
    assert frozenset() == document.guessed


def test_a_date_that_does_not_exist_makes_no_header() -> None:
    document = only(b" date 2025-13-45 403\nBridge opens again\n" + BODY.encode())

    assert (None, None) == (document.header, document.published)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_short_first_line_before_a_body_is_the_guessed_title(end: str) -> None:
    text = f"Bridge opens again{end}{end}{BODY}"

    document = only(text.encode())

    assert text == document.text
    assert ("Bridge opens again", frozenset({"title"})) == (document.title, document.guessed)


@pytest.mark.parametrize(
    "text",
    [
        BODY + BODY,
        "The mayor opened the bridge on\nMonday after two years of work, and the\ntown came to see it.\n",
        "LONDON (AP) — The bridge\n\n" + BODY,
    ],
)
def test_a_sentence_a_wrapped_line_or_a_dateline_is_no_title(text: str) -> None:
    assert None is only(text.encode()).title


@pytest.mark.parametrize(
    ("start", "agency", "marker"),
    [
        ("(COASTAL WIRE) ", "COASTAL WIRE", "(COASTAL WIRE)"),
        ("LONDON (AP) — ", "AP", "LONDON (AP) —"),
        ("NEW YORK, July 6 (Reuters) - ", "Reuters", "NEW YORK, July 6 (Reuters) -"),
        ("AP — ", "AP", "AP —"),
        ("dpa - ", "dpa", "dpa -"),
    ],
)
def test_the_agency_is_read_from_the_start_of_the_body(start: str, agency: str, marker: str) -> None:
    document = only((start + BODY).encode())

    assert document.agency_span is not None
    assert (agency, marker) == (document.agency, document.agency_span.of(document.text))


@pytest.mark.parametrize("start", ["LONDON — ", "(Laughter) ", "(2025) ", "The mayor (a Liberal) ", "AP "])
def test_other_starts_name_no_agency(start: str) -> None:
    assert None is only((start + BODY).encode()).agency


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\t\n", "it is empty"),
        ("\ufeff\u00a0\u2003\n".encode(), "it is empty"),
        (b"Bridge opens again\n", "it holds a title and no text"),
        (b" date 2025-07-06 403\nBridge opens again\n", "it holds a title and no text"),
        (b" date 2025-07-06 403\n", "it holds a header and no text"),
        (b"%PDF-1.7 ...", "the PDF file is damaged"),
        (b"PK\x03\x04....", "the ZIP archive or office document is damaged"),
        (bytes(range(256)) * 8, "binary file"),
        (b"\x00\x01\x02\x03" * 50, "binary file"),
    ],
)
def test_an_input_without_an_article_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_one_sentence_alone_is_an_article() -> None:
    assert "Musk went too far." == only(b"Musk went too far.").text


def test_what_a_person_states_overrides_what_was_read() -> None:
    options = {
        "title": "T",
        "outlet": "O",
        "agency": "A",
        "published": "2024-01-02",
        "url": "https://x.example/",
        "id": "n",
    }

    document = only(b"Bridge opens again\n\n(MENAFN) " + BODY.encode(), **options)

    read_back = (document.title, document.outlet, document.agency, document.published, document.url, document.name)
    assert tuple(options.values()) == read_back
    assert frozenset() == document.guessed


@pytest.mark.parametrize("options", [{"format": "doc"}, {"published": "soon"}])
def test_options_that_cannot_be_are_a_usage_error(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        only(BODY.encode(), **options)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff")))
def test_plain_text_is_stored_character_for_character(text: str) -> None:
    try:
        documents = list(read(text.encode(), name="any", options=ReadOptions(format="text")))
    except InputError:
        return
    (document,) = documents
    assert isinstance(document, Document)
    assert text == document.text
    for span in (document.header, document.title_span, document.agency_span):
        assert span is None or 0 <= span.start < span.end <= len(text)


@settings(deadline=None)  # what begins like a PDF file is read in a process of its own
@given(st.binary())
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        for document in read(data, name="any"):
            document.text.encode() if isinstance(document, Document) else document.reason.encode()
    except InputError:
        return
