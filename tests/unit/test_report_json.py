from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit import report_samples as samples
from workbench.errors import InputError
from workbench.records import Report
from workbench.report import read_json, render
from workbench.report.public import withhold
from workbench.spans import Span

BOTH = pytest.mark.parametrize("format", ["json", "jsonl"])


@BOTH
def test_a_report_reads_back_equal(format: str) -> None:
    assert samples.report() == read_json(render(samples.report(), format))


@BOTH
def test_a_public_report_reads_back_as_what_was_published(format: str) -> None:
    report = samples.report(public=True)

    assert withhold(report) == read_json(render(report, format))


def test_each_line_of_json_lines_is_an_object_that_says_what_it_is() -> None:
    lines = [json.loads(line) for line in render(samples.report(), "jsonl").splitlines()]

    assert ["report", "family", "article", *["entry"] * 5] == [line["kind"] for line in lines]
    assert 1 == lines[0]["format"]


@pytest.mark.parametrize(
    "change", [lambda lines: lines[:-1], lambda lines: [*lines, lines[-1]], lambda lines: lines[:1]]
)
def test_json_lines_that_are_cut_or_added_to_are_refused(change: Any) -> None:
    lines = render(samples.report(), "jsonl").splitlines()

    with pytest.raises(InputError, match="cut short"):
        read_json(b"\n".join(change(lines)))


@pytest.mark.parametrize("line", [b"[]", b"{", b'{"kind": "virus"}', b"1" * 9, b"[" * 100_000])
def test_a_line_that_is_none_of_ours_is_refused_in_words(line: bytes) -> None:
    with pytest.raises(InputError, match="line 2"):
        read_json(render(samples.report(), "jsonl").splitlines()[0] + b"\n" + line)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | numbers | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


def _records(hint: Any, leave: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Any value of a record's type, down to its last field."""
    if hint is Any:
        return anything
    if hint is Span:
        return st.builds(Span, st.integers(-1, 40), st.integers(-1, 40))
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: _records(hints[field.name], leave) for field in fields(hint)})
    if get_origin(hint) is tuple:
        return st.lists(_records(get_args(hint)[0], leave), max_size=2).map(tuple)
    if type(None) in get_args(hint):
        return st.none() | _records(get_args(hint)[0], leave)
    if get_args(hint):
        return st.sampled_from(get_args(hint))
    return {str: texts, int: st.integers(0, 2**62), bool: st.booleans(), float: numbers}[hint]


def _coherent(report: Report) -> Report:
    """The spans of a card belong to its claim, as every store keeps them."""
    articles = tuple(
        replace(article, cards=tuple(
            replace(card, spans=tuple(replace(span, claim_id=card.row.id) for span in card.spans))
            for card in article.cards
        ))
        for article in report.articles
    )  # fmt: skip
    return replace(report, articles=articles, public=False)


@settings(max_examples=25, deadline=None)
@given(st.deferred(lambda: _records(Report, {})).map(_coherent))
def test_any_report_reads_back_equal(report: Report) -> None:
    assert report == read_json(render(report, "json"))
    assert report == read_json(render(report, "jsonl"))


@settings(max_examples=25, deadline=None)
@given(st.deferred(lambda: _records(Report, {})).map(_coherent), st.sampled_from(["md", "html", "csv"]), st.booleans())
def test_any_report_can_be_printed(report: Report, format: str, public: bool) -> None:
    page = render(replace(report, public=public), format).decode()

    assert "\x1b" not in page
    assert "\u202e" not in page


@settings(max_examples=10, deadline=None)
@given(st.deferred(lambda: _records(Report, {})).map(_coherent), st.sampled_from(["docx", "xlsx"]))
def test_any_report_can_be_opened_in_an_office(report: Report, format: str) -> None:
    assert render(report, format).startswith(b"PK")


def test_the_file_is_safe_to_print_and_still_exact() -> None:
    report = replace(samples.report(), filter_text="\x1b[2J\x9b31m\x7f\u202e\U000e0041 ü “”")

    data = render(report, "json")

    assert "ü “”" in data.decode()
    assert [] == [sign for sign in "\x1b\x9b\x7f\u202e\U000e0041" if sign in data.decode()]
    assert report == read_json(data)


def test_a_lone_surrogate_is_written_as_an_escape() -> None:
    report = replace(samples.report(), filter_text="\ud800")

    assert report == read_json(render(report, "json"))


def _changed(change: Any) -> bytes:
    value = json.loads(render(samples.report(), "json"))
    change(value)
    return json.dumps(value).encode()


def _set(*path: Any) -> Any:
    *way, last, new = path

    def change(value: Any) -> None:
        for step in way:
            value = value[step]
        value[last] = new

    return change


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "is not an object"),
        (b"{}", "holds no report"),
        (b'{"format": 1}', "holds no report"),
        (b'{"format": 1, "articles": NaN}', "is not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"format": 9, "articles": []}', "newer workbench"),
        (_changed(_set("articles", 3)), "articles is not a list"),
        (_changed(_set("articles", 0, "claims", 0, "kind", "guess")), "kind is none of direct, mixed"),
        (_changed(_set("articles", 0, "claims", 0, "id", 12)), "no identifier such as “c12”"),
        (_changed(_set("articles", 0, "claims", 0, "id", "c" + "9" * 5000)), "no identifier"),
        (_changed(_set("articles", 0, "claims", 1, "family", "f99")), "names a family"),
        (_changed(_set("articles", 0, "claims", 0, "confidence", True)), "confidence is not a number"),
        (_changed(_set("articles", 0, "marks", 0, ["c12", "content", 1])), "is not a role and two offsets"),
        (_changed(_set("articles", 0, "sentences", [])), "another length"),
        (_changed(_set("articles", 0, "paragraphs", 0, [1])), "is not a pair of offsets"),
        (_changed(_set("scales", 0, "judgement", "taste")), "judgement is none of truth, attribution"),
        (_changed(lambda value: value.pop("made_at")), "has no “made_at”"),
    ],
)
def test_what_is_no_report_of_ours_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words.replace("[", r"\[")):
        read_json(data)


def test_a_file_from_before_drift_was_written_is_still_read() -> None:
    earlier = re.sub(rb',\s*"changes": \[[^\[\]]*\]', b"", render(samples.report(), "json"))
    members = [member for family in read_json(earlier).families for member in family.members]

    assert b'"changes"' not in earlier
    assert [()] * len(members) == [member.changes for member in members]
