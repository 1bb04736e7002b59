from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit import report_samples as samples
from tests.unit.reading_back import TEXTS, readable
from workbench.errors import UsageError
from workbench.records import APPROVED_ONLY, ONE_REVIEWER, Report
from workbench.report import FORMATS, render
from workbench.report.links import web_link

GOLDEN = Path(__file__).parents[1] / "golden" / "report"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
def test_a_report_is_the_golden_file_byte_for_byte(format: str, public: bool) -> None:
    expected = (GOLDEN / f"{'public' if public else 'internal'}.{format}").read_bytes()

    assert expected == render(samples.report(public=public), format)


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="md, html, json, jsonl, csv, xlsx, docx"):
        render(samples.report(), "pdf")


SECRETS = (
    "ana",
    "ben",
    "Ask the treasurer",
    "whistleblower",
    "feed01",
    "stands alone",
    "The Fen Post",
    "printed before it could be checked",
    "cp1252",
    "full name beside the cue",
    "internal",
    "30 members",
    "It rained all day",
    "figures are not final",
    "Tape of the council",
    "I think we",
    "Moor Gazette",
    "Rejected bridge story",
)


@pytest.mark.parametrize("format", FORMATS)
def test_a_public_report_holds_no_secret_even_if_its_records_do(format: str) -> None:
    page = readable(render(samples.report(public=True), format), format)

    found = [secret for secret in SECRETS if re.search(rf"\b{secret}\b", page)]

    assert [] == found


@pytest.mark.parametrize("format", FORMATS)
def test_an_internal_report_holds_all_of_it_and_says_that_it_is_internal(format: str) -> None:
    page = readable(render(samples.report(), format), format)

    expected = ["ana", "ben", "Ask the treasurer", "whistleblower", "feed01", "The Fen Post", "not for publication"]
    if format in ("csv", "xlsx"):
        expected.remove("The Fen Post")  # a table names the members of a family, it does not quote them
    if format in ("json", "jsonl"):
        expected[-1] = '"public": false'
    assert [] == [word for word in expected if word not in page]


@pytest.mark.parametrize("format", ["md", "html"])
def test_every_section_of_an_internal_report_says_so(format: str) -> None:
    page = render(samples.report(), format).decode()

    sections = re.split(r"<h[12]|<footer" if format == "html" else r"(?m)^##? (?!In figures)", page)[1:]

    assert [True] * len(sections) == ["internal: not for publication" in section for section in sections[1:]] + [True]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_report_gives_the_same_bytes(format: str) -> None:
    assert render(samples.report(), format) == render(samples.report(), format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_without_claims_is_a_report(format: str) -> None:
    empty = replace(
        samples.report(), articles=(), families=(), history=(), scales=(), flags=(), filter_text="", corrections=()
    )

    page = readable(render(empty, format), format)

    assert page.endswith("\n") or format not in TEXTS
    assert "None" not in page
    assert "sentences settled" not in page
    assert "| 100%" not in page
    assert ("No claim is in this report." in page) == (format in ("md", "html", "docx"))


@pytest.mark.parametrize("format", FORMATS)
def test_a_public_report_holds_no_verdict_whose_words_have_changed_or_are_lost(format: str) -> None:
    entries = [
        samples.card(samples.row(1, "x", wording="It stands", status="checked"), ()),
        samples.card(
            samples.row(2, "x", wording="It has changed", status="approved", anchor_state="changed", stale=True), ()
        ),
        samples.card(samples.row(3, "x", wording="It is lost", status="approved", anchor_state="lost"), ()),
    ]
    whole = samples.ReportArticle(samples.view(samples.TEXT, tuple(entries), ()), tuple(entries))
    page = readable(render(replace(samples.report(public=True), articles=(whole,), families=()), format), format)

    assert ["It stands"] == [words for words in ("It stands", "It has changed", "It is lost") if words in page]


@pytest.mark.parametrize("format", ["md", "html"])
def test_an_internal_report_says_of_a_verdict_that_its_text_has_changed(format: str) -> None:
    entry = samples.card(samples.row(2, "It has changed", status="checked", anchor_state="changed", stale=True), ())
    page = render(_single(samples.view(samples.TEXT, (entry,), ()), entry), format).decode()

    assert "stale: the text changed after the verdict was given" in page


@pytest.mark.parametrize("format", ["md", "html"])
def test_a_public_report_says_what_it_holds_and_hints_at_nothing_withheld(format: str) -> None:
    page = render(samples.report(public=True), format).decode()

    assert ONE_REVIEWER in page
    assert [] == [word for word in ("confidential", "withheld", "may be shown", "none given") if word in page]


def test_a_report_of_approved_claims_holds_no_checked_one() -> None:
    page = render(samples.report(public=True, rule=APPROVED_ONLY), "csv").decode()

    assert 1 == len(page.splitlines())


def test_the_two_pieces_of_a_quote_are_never_joined_without_a_gap() -> None:
    for format in ("md", "html"):
        page = render(samples.report(), format).decode()
        assert "fee,” … “and" in page
        assert "fee,” “and" not in page


def test_quotation_marks_that_only_a_paragraph_end_parts_have_no_gap() -> None:
    text = "Title\n“One day it rained.\n“The next day it did not,” Holm said."
    places = samples.spans(1, text, content=("“One day it rained.", "“The next day it did not,”"))
    entry = samples.card(samples.row(1, "whatever", kind="direct"), places)
    whole = samples.view(text, (entry,), ())
    page = render(_single(whole, entry), "md").decode()

    assert "> “One day it rained.\\\n> “The next day it did not,”\n" in page


def _single(view: samples.ArticleView, *cards: samples.ClaimCard) -> Report:
    return replace(samples.report(), articles=(samples.ReportArticle(view, cards),), families=())


def test_a_lost_claim_is_shown_with_its_words_and_said_to_be_lost() -> None:
    entry = samples.card(samples.row(1, "The bridge was blue", anchor_state="lost"), ())
    page = render(_single(samples.view(samples.TEXT, (entry,), ()), entry), "md").decode()

    assert "> The bridge was blue\n" in page
    assert "lost: these words are no longer in the text" in page


def test_the_table_has_one_row_a_claim_and_the_same_columns_for_every_report() -> None:
    internal = list(csv.DictReader(io.StringIO(render(samples.report(), "csv").decode(), newline="")))
    public = list(csv.DictReader(io.StringIO(render(samples.report(public=True), "csv").decode(), newline="")))

    assert ["c12", "c13", "c14", "c15", "c16"] == [row["claim"] for row in internal]
    assert ["c12", "c13"] == [row["claim"] for row in public]
    assert list(internal[0]) == list(public[0])
    assert ["c15"] == [row["part_of"] for row in internal if row["part_of"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", " ="])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert f"'{start}1+1" == _cell(f"{start}1+1")


@pytest.mark.parametrize("plain", ["-5", "+5", "-0.75", "5 = 5", "12"])
def test_a_cell_that_is_no_formula_stays_as_it_is(plain: str) -> None:
    assert plain == _cell(plain)


def _cell(wording: str) -> str:
    entry = samples.card(samples.row(1, "words", wording=wording), ())
    table = render(_single(samples.view(samples.TEXT, (entry,), ()), entry), "csv").decode()
    return next(csv.DictReader(io.StringIO(table, newline="")))["wording"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1&z=(2)", "https://a.example/x?y=1&z=%282%29"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("https://a.example/ü", "https://a.example/ü"),
        ("https://a.example/\u202etxt.exe", "https://a.example/%E2%80%AEtxt.exe"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("https://bank.example@a.example/", None),
        ("https://a.example\\@b.example/", None),
        ("https://[broken", None),
        ("https://", None),
        ("file:///etc/passwd", None),
        (None, None),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url: str | None, expected: str | None) -> None:
    assert expected == web_link(url)


def test_each_claim_in_json_has_the_fields_of_an_extraction_and_its_decisions() -> None:
    article = json.loads(render(samples.report(), "json"))["articles"][0]
    claim = article["claims"][0]

    assert "c12" == claim["id"]
    assert "The new bridge cost 12 million crowns" == article["text"][claim["start"] : claim["end"]]
    assert [[claim["start"], claim["end"]]] == claim["spans"]["content"]
    assert "Vera Holm" == claim["source"]["name"]
    assert "said" == claim["cue"]["text"]
    assert "The final bill was 19 million crowns." == claim["judgements"]["truth"]["explanation"]
    assert [40, 41, 42, 43, 44] == claim["history"]
    assert [{"start": 44, "end": 61, "text": "12 million crowns", "value": None, "unit": None}] == claim["numbers"]
    assert [None, None, None, None, 3] == [entry["parent"] for entry in article["claims"]]
    assert "f7" == article["claims"][1]["family"]


def test_a_figure_that_reads_as_it_did_has_its_value_in_json() -> None:
    entry = samples.card(samples.row(1, "x"), samples.spans(1, samples.TEXT, content="The council has 31 members."))
    entry = replace(entry, numbers=("31", "gone"))
    report = _single(samples.view(samples.TEXT, (entry,), ()), entry)
    claim = json.loads(render(report, "json"))["articles"][0]["claims"][0]

    assert [31.0, None] == [number["value"] for number in claim["numbers"]]
    assert ["31", "gone"] == [number["text"] for number in claim["numbers"]]
    assert claim["numbers"][1]["start"] is None


@pytest.mark.parametrize("format", ["md", "html", "docx"])
@pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
def test_a_quote_against_the_record_is_shown_with_its_word_diff(format: str, public: bool) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", readable(render(samples.report(public=public), format), format)).split())

    assert "hedge dropped" in page
    assert "the meaning changes" in page
    assert "hardly ever" in page
    assert "Mostly false: “Bridge bill checked” (Fen Checkers, 2025-05-20)" in page
    assert ("against Tape of the council, line 12, said by HOLM" in page) != public


@pytest.mark.parametrize("format", FORMATS)
def test_what_nobody_answered_for_is_not_published(format: str) -> None:
    held = samples.report(public=True)
    cards = tuple(
        replace(card, verifications=tuple(replace(found, meaning=None) for found in card.verifications))
        for card in held.articles[0].cards
    )
    page = readable(render(replace(held, articles=(replace(held.articles[0], cards=cards),)), format), format)

    assert "hardly ever raised" not in page
    assert "hedge dropped" not in page
