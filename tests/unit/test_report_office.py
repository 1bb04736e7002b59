"""Reports for Word and Excel, read back with the libraries that others use."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.unit import report_samples as samples
from tests.unit.test_report_hostile import HOSTILE, with_words
from workbench.records import Report
from workbench.report import render
from workbench.report.workbook import LONGEST


def _word(report: Report) -> Any:
    return Document(io.BytesIO(render(report, "docx")))


def _book(report: Report) -> Any:
    return load_workbook(io.BytesIO(render(report, "xlsx")))


def _rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_annotated_copy_holds_the_article_and_a_comment_on_each_claim() -> None:
    copy = _word(samples.report())
    text = "\n".join(paragraph.text for paragraph in copy.paragraphs)
    comments = {comment.text.split(" ")[0]: comment for comment in copy.comments}

    assert "It rained all day." in text
    assert ["c12", "c13", "c14", "c15", "c16"] == sorted(comments)
    assert "Is it so? false" in comments["c12"].text
    assert "The final bill was 19 million crowns." in comments["c12"].text
    assert "ana" == comments["c12"].author


def test_each_comment_is_anchored_on_the_words_of_its_claim() -> None:
    body = _word(samples.report()).element.body
    spaces = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    (start,) = body.xpath("//w:commentRangeStart[@w:id='1']")
    words = []
    for element in start.itersiblings():
        if element.tag.endswith("commentRangeEnd"):
            break
        words += element.xpath(".//w:t/text()") if not hasattr(element, "nsmap") else element.findall(".//w:t", spaces)

    assert "The new bridge cost 12 million crowns" == "".join(getattr(each, "text", each) for each in words)
    assert 5 == len(body.xpath("//w:commentRangeEnd")) == len(body.xpath("//w:commentReference"))


def test_every_page_of_an_internal_copy_says_so_and_no_page_of_a_public_one() -> None:
    said = "internal: not for publication"
    internal, public = _word(samples.report()).sections[0], _word(samples.report(public=True)).sections[0]

    assert said in internal.footer.paragraphs[0].text
    assert said in internal.header.paragraphs[0].text
    assert not any(said in paragraph.text for part in (public.header, public.footer) for paragraph in part.paragraphs)


def test_a_public_copy_prints_only_the_sentences_of_its_claims() -> None:
    text = "\n".join(paragraph.text for paragraph in _word(samples.report(public=True)).paragraphs)

    assert "The new bridge cost 12 million crowns, Mayor Vera Holm said on Tuesday." in text
    assert "[…]" in text
    assert "rained" not in text


def test_the_tables_have_typed_columns_a_frozen_header_and_filters() -> None:
    book = _book(samples.report())
    sheet = book["Claims"]
    row = _rows(sheet)[0]

    assert ["Claims", "Articles", "Evidence", "About"] == book.sheetnames
    assert "B2" == sheet.freeze_panes
    assert sheet.auto_filter.ref.startswith("A1:")
    assert datetime(2025, 5, 6) == row["published"]
    assert datetime(2025, 5, 8, 14, 5) == row["truth_given_at"]
    assert 0.81 == row["check_worthiness"]
    assert [True, False] == [row["source_confirmed"], row["stale"]]
    assert {"url": "https://courier.example/bridge?page=1&part=2"}["url"] == sheet["I2"].hyperlink.target
    assert "internal: not for publication" in sheet.oddHeader.center.text


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_texts_in_both(words: str) -> None:
    report = with_words(samples.report(), lambda text: words + text)
    cells = [cell for sheet in _book(report) for row in sheet.iter_rows() for cell in row]

    assert [] == [cell for cell in cells if cell.data_type == "f"]
    assert [] == [
        cell.hyperlink.target for cell in cells if cell.hyperlink and not cell.hyperlink.target.startswith("http")
    ]
    assert 5 == len(list(_word(report).comments))


def test_what_xml_cannot_hold_becomes_a_stand_in() -> None:
    report = with_words(samples.report(), lambda text: f"{text}\ufffe\uffff\x00\ud800")

    assert "\ufffd" in _word(report).paragraphs[0].text
    assert _rows(_book(report)["Claims"])


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    entry = samples.card(samples.row(1, "x", wording="a" * 40_000), ())
    whole = samples.ReportArticle(samples.view(samples.TEXT, (entry,), ()), (entry,))
    row = _rows(_book(replace(samples.report(), articles=(whole,), families=()))["Claims"])[0]

    assert (LONGEST, "…") == (len(row["wording"]), row["wording"][-1])


def test_the_parts_of_the_files_bear_no_date_of_today() -> None:
    for format in ("docx", "xlsx"):
        with ZipFile(io.BytesIO(render(samples.report(), format))) as parts:
            assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in parts.infolist()}
            core = parts.read("docProps/core.xml").decode()
        assert "2025-05-09T09:30:00Z" in core
