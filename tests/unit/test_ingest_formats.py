"""Every format is found by its content and read to the text that a person would copy out of it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.unit import document_samples as samples
from workbench.errors import InputError, UsageError
from workbench.ingest import BadInput, ReadOptions, read
from workbench.ingest.formats import sniff
from workbench.ingest.options import FORMATS
from workbench.records import Document, Remark

FOUND = {
    "pdf": samples.pdf,
    "docx": samples.docx,
    "odt": samples.odt,
    "rtf": lambda: samples.RTF,
    "eml": samples.mail,
    "mbox": lambda: b"From a@b.example Tue May 06 09:30:00 2025\n" + samples.mail(),
    "feed": samples.RSS.encode,
    "csv": samples.CSV.encode,
    "markdown": samples.MARKDOWN.encode,
    "warc": lambda: gzip.decompress(samples.warc()),
    "zip": lambda: samples.packed(a__txt=b"Ida said no."),
    "jsonl": lambda: b'{"text": "Ida said no."}',
    "html": lambda: b"<p>Ida said no.</p>",
    "text": lambda: b"# of boats: 4\nFrom: the port\nIda said no.",
}


def documents(data: bytes) -> list[Document]:
    found = list(read(data, name="story"))

    assert [] == [each for each in found if isinstance(each, BadInput)]
    return [each for each in found if isinstance(each, Document)]


def one(data: bytes) -> Document:
    (document,) = documents(data)
    return document


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_its_content(name: str) -> None:
    assert name == sniff(FOUND[name]())


@pytest.mark.parametrize(
    "text",
    ["From the start: it rained.\n", "Title, Date\nIda said no.", "- one\n- two\n", "**Bold** words.", "<3 is a heart"],
)
def test_plain_text_that_looks_a_little_like_something_else_stays_plain(text: str) -> None:
    assert "text" == sniff(text.encode())


def test_columns_of_a_pdf_are_read_one_after_the_other_without_running_heads() -> None:
    text = one(samples.pdf(columns=2, pages=3, head="Marlow Courier, 6 May 2025")).text
    places = [text.index(f"On page {page} column {column}.") for page in (1, 2, 3) for column in (1, 2)]

    assert sorted(places) == places
    assert text.startswith("Pier to stay shut until June\n")
    assert ("Courier" in text, "of 3" in text, 19) == (False, False, len(text.split("\n")))


def test_words_that_a_line_end_broke_are_whole_again_and_hyphened_ones_keep_their_hyphen() -> None:
    text = one(samples.pdf(hyphens=True, text=samples.HARDER)).text
    plain = samples.HARDER.translate({0x201C: '"', 0x201D: '"'})

    assert f"Pier to stay shut until June\n{plain}" == text
    assert "a well-known captain" in one(samples.pdf()).text


def test_the_title_of_a_pdf_is_a_guess() -> None:
    document = one(samples.pdf())

    assert ("Pier to stay shut until June", frozenset({"title"})) == (document.title, document.guessed)


def test_a_scan_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="a scan without text"):
        documents(samples.scan())


def test_a_word_document_keeps_lists_tables_footnotes_and_comments() -> None:
    document = one(samples.docx(footnotes=True))
    lines = [
        "Pier to stay shut",
        "Harbour master Ida Brandt said the pier “will not open before June.”",
        "- The east gate",
        "Year | Cost",
        "2024 | $2.4 million",
        "The repair cost $2.4 million, she said.",
        "[1] Annual accounts of the port, page 12.",
    ]

    assert lines == document.text.split("\n")
    assert ("Pier to stay shut", "Nora Vass", frozenset()) == (document.title, document.author, document.guessed)
    start, end = document.text.index("“will"), document.text.index("June.”") + len("June.”")
    after = document.text.index("she said.") + len("she said.")
    assert (
        Remark(start, end, "Transcript, line 40; recording on file.", "comment", "Emil Rand"),
        Remark(after, after, "Annual accounts of the port, page 12.", "footnote"),
    ) == document.remarks


def test_words_deleted_in_review_are_left_out_and_that_is_said() -> None:
    deleted = b'<w:del w:id="9"><w:r><w:delText>never </w:delText></w:r></w:del></w:p><w:sectPr'
    data = samples.rezipped(
        samples.docx(), {}, lambda name, old: old.replace(b"</w:p><w:sectPr", deleted) if "document" in name else old
    )
    document = one(data)

    assert ("never" in document.text, 1) == (False, len(document.notes))


def test_an_opendocument_text_keeps_the_same() -> None:
    document = one(samples.odt())

    assert [
        "Pier to stay shut",
        "Ida Brandt said the pier “will not open before June.” The repair cost $2.4 million.",
        "- The east gate",
        "2024 | $2.4 million",
        "[1] Accounts, page 12.",
    ] == document.text.split("\n")
    assert [("comment", "On tape."), ("footnote", "Accounts, page 12.")] == [
        (each.kind, each.text) for each in document.remarks
    ]


def test_a_mail_is_its_own_words_decoded() -> None:
    document = one(samples.mail())

    assert "Ida Brandt said the pier “will not open before June” and\nblamed the storm." == document.text
    assert ("Pier stays shut – café too", "Nora Väss", "2025-05-06T09:30:00+02:00", "cp1252") == (
        document.title,
        document.author,
        document.published,
        document.encoding,
    )


def test_a_document_attached_to_a_mail_is_an_article_of_its_own() -> None:
    _, attached = documents(samples.mail(samples.docx()))

    assert ("story/accounts.docx", "docx", "Pier to stay shut") == (attached.name, attached.format, attached.title)


def test_each_mail_of_a_mailbox_is_an_article_named_by_its_message() -> None:
    start = b"From a@b.example Tue May 06 09:30:00 2025\n"
    second = samples.mail().replace(b"<one@", b"<two@").replace(b"blamed", b"From ") + b"\n>From the pier.\n"

    assert ["one@port.example", "two@port.example"] == [
        each.name for each in documents(start + samples.mail() + b"\n" + start + second)
    ]


def test_a_feed_gives_its_items_and_names_those_without_text() -> None:
    first, second, third = read(samples.RSS.encode(), name="feed")

    assert isinstance(first, Document)
    assert "Ida Brandt said the pier “will not open before June.”\nIt cost $2.4\u00a0million." == first.text
    assert ("https://courier.example/pier", "Marlow Courier", "Nora Vass", "2025-05-06T09:30:00+00:00", "en") == (
        first.url,
        first.outlet,
        first.author,
        first.published,
        first.language,
    )
    assert isinstance(second, Document)
    assert ("only the summary that the feed carries",) == second.notes
    assert BadInput("item 3", "it holds a title and no text") == third


def test_an_atom_feed_is_read_alike() -> None:
    document = one(samples.ATOM.encode())

    assert ("Pier & gate", "Ida Brandt said no.", "https://courier.example/pier", "Nora Vass") == (
        document.title,
        document.text,
        document.url,
        document.author,
    )


def test_markdown_is_read_as_a_reader_sees_it() -> None:
    document = one(samples.MARKDOWN.encode())

    assert [
        "Pier to stay shut",
        "Ida Brandt said the pier “will not open before June.”",
        "- the east gate",
        "- the west gate",
        "Year | Cost",
        "2024 | $2.4 million",
        "Nobody asked us.",
    ] == document.text.split("\n")
    assert ("Nora Vass", "2025-05-06", frozenset()) == (document.author, document.published, document.guessed)


def test_markdown_nested_beyond_the_library_loses_no_word() -> None:
    document = one(b"# Title\n\n" + b"> " * 60 + b"deep words\n")

    assert ("deep words" in document.text, 1) == (True, len(document.notes))


def test_rtf_is_its_words() -> None:
    assert "Pier to stay shut\nIda Brandt said the pier “will not open before June.”" == one(samples.RTF).text


def test_a_table_is_mapped_by_its_head_and_a_row_without_text_is_named() -> None:
    first, second = read(samples.CSV.encode(), name="table")

    assert isinstance(first, Document)
    assert ("Pier, shut", 'Ida said "no" to it.', "2025-05-06", "https://courier.example/pier", "csv") == (
        first.title,
        first.text,
        first.published,
        first.url,
        first.format,
    )
    assert BadInput("row 3", "the text is empty") == second


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_table_may_be_separated_otherwise(mark: str) -> None:
    assert "Ida said no." == one(f"title{mark}text\nPier{mark}Ida said no.\n".encode()).text


def test_a_web_archive_gives_its_pages_by_their_address() -> None:
    document = one(samples.warc())

    assert ("https://courier.example/pier", "\n".join(samples.BODY)) == (document.url, document.text)


def test_an_archive_gives_each_file_by_its_own_reader_and_names_those_that_fail() -> None:
    data = samples.packed(**{"in/a__docx": samples.docx(), "b__txt": b"Ida said no.", "c__html": b"", "d__png": b"x"})
    found = list(read(data, name="pack"))

    assert ["a", "b"] == [each.name for each in found if isinstance(each, Document)]
    assert ["c.html"] == [each.where for each in found if isinstance(each, BadInput)]


def test_one_file_packed_by_gzip_is_unpacked() -> None:
    assert "Ida said no." == one(gzip.compress(b"Ida said no.")).text


@pytest.mark.parametrize("name", ["zip", "mbox", "feed", "csv", "warc"])
def test_one_id_does_not_fit_many_articles(name: str) -> None:
    with pytest.raises(UsageError, match="--id"):
        list(read(FOUND[name](), name="many", options=ReadOptions(id="x")))


def test_what_a_person_states_is_no_guess_any_more() -> None:
    (document,) = read(samples.pdf(), name="story", options=ReadOptions(title="Shut", outlet="Courier"))

    assert isinstance(document, Document)
    assert ("Shut", "Courier", frozenset()) == (document.title, document.outlet, document.guessed)


def test_a_folder_is_searched_for_every_format(tmp_path: Path) -> None:
    from workbench.ingest.sources import Found, expand

    for name in ("a.pdf", "b.DOCX", "c.eml", "d.warc.gz", "e.json", "f.png"):
        (tmp_path / name).write_bytes(b"x")

    assert ["a", "b", "c", "d.warc"] == [each.name for each in expand([str(tmp_path)]) if isinstance(each, Found)]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("Ida\u202e said no.", "1 text-direction"),
        ("Ida\u200b said\x1b[31m no\x9b.", "2 control, 1 invisible"),
        ("Ida \U000e0041said no.", "1 invisible"),
    ],
)
def test_characters_that_hide_or_steer_are_told(words: str, note: str) -> None:
    document = one(words.encode())

    assert (words, (f"hidden characters, shown as stand-ins: {note}",)) == (document.text, document.notes)


def test_marks_of_arabic_hebrew_and_soft_hyphens_are_no_warning() -> None:
    assert () == one("ida said \u05d0\u200f no\u00adthing.".encode()).notes


def test_a_table_without_a_column_of_texts_names_those_it_has_and_how_to_choose() -> None:
    with pytest.raises(InputError) as told:
        list(read(b"name,amount\nAda,5\n", name="sales", ending=".csv"))

    assert (
        "sales: no column of the table holds the text (one of text, body, content); it has name, amount:"
        " --map text=COLUMN says which holds it"
    ) == str(told.value)


def test_a_person_may_say_which_column_or_key_holds_a_field() -> None:
    options = ReadOptions(fields=(("text", "story"), ("title", "Head")))
    table = b'Story,Head\n"Ida said ""no"".",Pier\n'
    (row,) = read(table, name="x", options=options)
    (line,) = read(b'{"story": "Ida said no.", "Head": "Pier", "title": "not this"}', name="x", options=options)

    assert isinstance(row, Document)
    assert isinstance(line, Document)
    assert ('Ida said "no".', "Pier", "Ida said no.", "Pier") == (row.text, row.title, line.text, line.title)


def test_a_text_with_commas_in_its_first_line_is_no_table() -> None:
    assert "Ida came, saw, left.\nShe paid.\n" == one(b"Ida came, saw, left.\nShe paid.\n").text


def test_an_unknown_field_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        list(read(b"text,x\na,b\n", name="x", options=ReadOptions(fields=(("words", "x"),))))
