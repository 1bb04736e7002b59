from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.unit import report_samples as samples
from tests.unit.reading_back import TEXTS
from workbench.records import Report
from workbench.report import read_json, render
from workbench.report.mdescape import inline, opening, quoted
from workbench.spans import Span
from workbench.text import clean

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "</script></style></title><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://evil.example/ www.evil.example a@evil.example",
    "# heading",
    "- list\n\n1. one\n\n    code\n\n***\n\n===\n---\n| a | b |\n|---|---|",
    "```\nfence\n```\n~~~",
    "&lt;b&gt; &#60; {{ 7*7 }} {% raw %}",
    "\x1b]0;title\x07\x1b[2J\x9b31m\x08\x7f\r\x00",
    "\u202egnp.exe\u2066\u200b\U000e0041\u2028\ufeff",
    "[x]: https://evil.example\n[x] <https://evil.example>",
)


def with_words(value: Any, change: Callable[[str], str]) -> Any:
    """A record with every free text in it changed, wherever it stands."""
    if not is_dataclass(value):
        return value
    hints = get_type_hints(type(value))
    return replace(value, **{  # type: ignore[type-var]
        field.name: _changed(hints[field.name], getattr(value, field.name), change) for field in fields(value)
    })  # fmt: skip


def _changed(hint: Any, value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Span) or hint in (bool, int):
        return value
    if isinstance(value, tuple):
        return tuple(_changed(get_args(hint)[0], item, change) for item in value)
    if isinstance(value, str) and (hint is str or str in get_args(hint) or hint is Any):
        return change(value)
    if get_origin(hint) is None and is_dataclass(value):
        return with_words(value, change)
    return with_words(value, change) if is_dataclass(value) else value


def reports(before: bool) -> Iterator[Report]:
    for words in HOSTILE:
        yield with_words(samples.report(), lambda text, words=words: words + text if before else text + words)


@pytest.fixture(params=[True, False], ids=["before", "after"])
def hostile(request: pytest.FixtureRequest) -> list[Report]:
    return list(reports(request.param))


@pytest.mark.parametrize("format", TEXTS)
def test_no_format_writes_a_control_or_bidi_character(format: str, hostile: list[Report]) -> None:
    for report in hostile:
        page = render(report, format).decode()
        page = page.replace("\r\n", "\n") if format == "csv" else page
        assert page == clean(page)


def test_the_page_has_no_script_no_handler_and_nothing_from_elsewhere(hostile: list[Report]) -> None:
    usual = _tags(html.document_fromstring(render(samples.report(), "html").decode()))
    for report in hostile:
        page = html.document_fromstring(render(report, "html").decode())
        assert set() == _tags(page) - usual
        for element in page.iter(etree.Element):
            assert [] == [name for name in element.attrib if name.startswith("on") or name in ("src", "style")]
            assert element.get("href", "#").startswith(("#", "http://", "https://"))


def _tags(page: Any) -> set[str]:
    return {element.tag for element in page.iter(etree.Element)}


def test_what_looks_like_a_template_is_not_run(hostile: list[Report]) -> None:
    page = render(with_words(samples.report(), lambda text: text + "{{ 7*7 }}"), "html").decode()

    assert "{{ 7*7 }}" in page
    assert "49" not in page.replace("2025", "")


def test_every_mark_links_to_its_card_and_back_and_no_name_is_used_twice() -> None:
    page = html.document_fromstring(render(samples.report(), "html").decode())
    names = Counter(page.xpath("//@id"))
    targets = {link[1:] for link in page.xpath("//@href") if link.startswith("#")}

    assert [] == [name for name, times in names.items() if times > 1]
    assert set() == targets - set(names)
    assert {f"c{number}" for number in range(12, 17)} <= targets
    assert {f"m{number}" for number in range(12, 17)} <= targets


def test_links_to_elsewhere_say_nothing_about_the_reader() -> None:
    page = html.document_fromstring(render(samples.report(), "html").decode())
    outside = [link for link in page.xpath("//a") if link.get("href").startswith("http")]

    assert 3 == len(outside)
    assert ["noopener noreferrer"] * 3 == [link.get("rel") for link in outside]


ALLOWED = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "strong_open"),
    *("strong_close", "em_open", "em_close", "bullet_list_open", "bullet_list_close", "list_item_open"),
    *("list_item_close", "blockquote_open", "blockquote_close", "softbreak", "hardbreak", "link_open", "link_close"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close"),
    *("th_open", "th_close", "td_open", "td_close", "text_special"),
}


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _parsed(page: str) -> list[Token]:
    return list(_tokens(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)))


def test_markdown_has_the_same_headings_tables_and_links_whatever_the_words_are(hostile: list[Report]) -> None:
    usual = _outline(_parsed(render(samples.report(), "md").decode()))
    for report in hostile:
        tokens = _parsed(render(report, "md").decode())
        assert set() == {token.type for token in tokens} - ALLOWED
        assert usual == _outline(tokens)
        links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
        assert len(links) <= 3  # the article's address, the evidence's and the published check's
        assert [] == [link for link in links if not link.startswith(("https://", "http://"))]


def _outline(tokens: list[Token]) -> Counter[str]:
    kinds = [token.type + token.tag for token in tokens]
    return Counter(kind for kind in kinds if kind.startswith(("heading_open", "table_open", "tr_open", "td_open")))


lines = st.text(st.sampled_from("ab #*_`[]()<>!-+=.|~&;:/\\\t\n1@$w\"'“…{}\x1b\u202e"), max_size=40)


@given(lines)
def test_escaped_text_reads_as_itself_wherever_it_stands(text: str) -> None:
    for page in (f"- **x:** {inline(text)}", f"- {opening(text)}", "\n".join(quoted(text))):
        tokens = _parsed(page)
        expected = "".join(clean(text).split())
        read = "".join(token.content for token in tokens if token.type in ("text", "text_special"))
        assert expected == "".join(read.removeprefix("x:").split())
        assert set() == {token.type for token in tokens} - ALLOWED - {"text_special"}


def test_no_cell_of_the_table_starts_a_formula(hostile: list[Report]) -> None:
    for report in hostile:
        for row in csv.reader(io.StringIO(render(report, "csv").decode(), newline="")):
            assert [] == [cell for cell in row if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]


def test_json_of_hostile_words_reads_back_equal(hostile: list[Report]) -> None:
    for report in hostile:
        assert report == read_json(render(report, "json"))
