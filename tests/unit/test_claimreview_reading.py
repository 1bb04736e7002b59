"""Reading ClaimReview as pages and feeds write it: what is taken, what is refused, what is mended."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.claimreview import pages, ratings, reading, repair, stream, values
from workbench.factchecks import PublishedCheck

PLAIN: dict[str, Any] = {
    "@type": "ClaimReview",
    "url": "https://desk.example/1",
    "claimReviewed": "The mole is safe",
    "reviewRating": {"alternateName": "False", "ratingValue": "1", "bestRating": "5", "worstRating": "1"},
}


def _read(**changed: Any) -> PublishedCheck:
    found = reading.read({**PLAIN, **changed})
    assert isinstance(found, PublishedCheck), found
    return found


def _elements(text: str, size: int = 7) -> list[Any]:
    file = io.StringIO(text)
    return [
        one.value if isinstance(one, stream.Element) else one.reason
        for one in stream.Reader(lambda count: file.read(min(count, size))).elements()
    ]


def test_the_dirt_of_the_wild_is_washed_off() -> None:
    check = _read(
        claimReviewed={"@value": " The  mole\nis safe "},
        author=[{"name": "Desk"}],
        reviewRating={"properties": {"alternateName": {"@value": "Mostly false"}, "ratingValue": "10",
                                     "bestRating": "1", "worstRating": 0}},
        itemReviewed={
            "type": "http://schema.org/Claim",
            "properties": {
                "author": [{"name": "A"}, {"name": "B"}],
                "datePublished": "soon",
                "appearance": "https://a.example/x, https://b.example/y and https://c.example/z",
                "url": ["https://d.example/", "ftp://e.example/"],
            },
        },
    )  # fmt: skip

    assert "The mole is safe" == check.claim
    assert ("Desk", "A, B", None) == (check.publisher, check.claimant, check.claimed)
    assert ("Mostly false", 1.0, 0.0, 1.0) == (check.rating, check.value, check.worst, check.best)
    assert (
        "https://a.example/x", "https://b.example/y", "https://c.example/z", "https://d.example/"
    ) == check.appearances  # fmt: skip


def test_minus_one_of_minus_one_is_no_rating() -> None:
    check = _read(reviewRating={"ratingValue": -1, "bestRating": -1, "worstRating": -1, "name": "Satire"})

    assert (None, None, None, "Satire") == (check.value, check.worst, check.best, check.rating)


@pytest.mark.parametrize("changed", [{"claimReviewed": " "}, {"url": "ftp://a.example"}, {"url": "/checks/1"}])
def test_what_cannot_be_used_is_refused_in_words(changed: dict[str, Any]) -> None:
    assert isinstance(reading.read({**PLAIN, **changed}), str)


def test_a_feed_item_lends_its_address() -> None:
    item = {"@type": "DataFeedItem", "url": "https://desk.example/9", "item": [{**PLAIN, "url": None}]}
    ((node, holder),) = reading.reviews(item)

    assert "https://desk.example/9" == reading.read(node, holder).url  # type: ignore[union-attr]


def test_reviews_are_found_in_graphs_and_lists_and_not_in_media_reviews() -> None:
    value = [{"@graph": [{"@type": ["Review", "ClaimReview"], "n": 1}]}, {"@type": "MediaReview", "x": PLAIN}, [PLAIN]]

    assert [1, None] == [node.get("n") for node, _ in reading.reviews(value)]


BROKEN = """//<![CDATA[
{"@type":"ClaimReview" "url":"https://a.example/x", "claimReviewed":"He said "we will" and left",
 "l":[1,2,],
"reviewRating":{"alternateName":"False"}
"author":{"name":"D"},}
//]]>"""


def test_broken_json_is_mended_where_the_neighbours_show_what_was_meant() -> None:
    found = repair.loads(BROKEN)

    assert 'He said "we will" and left' == found["claimReviewed"]
    assert ([1, 2], "False", "D") == (found["l"], found["reviewRating"]["alternateName"], found["author"]["name"])


def test_what_cannot_be_mended_names_its_line() -> None:
    with pytest.raises(repair.Broken) as caught:
        repair.loads('{"a": 1,\n"b": }')

    assert 2 == caught.value.line


@pytest.mark.parametrize("given", ["[" * 100_000, '{"a":' * 50_000, "1" * 100_000, "{" * 100_000])
def test_depth_and_length_are_one_error_and_no_wait(given: str) -> None:
    with pytest.raises(repair.Broken):
        repair.loads(given)


@given(st.text(alphabet='{}[]",:\\ \n1ta', max_size=60))
def test_mending_never_fails_otherwise(given: str) -> None:
    with contextlib.suppress(repair.Broken):
        repair.loads(given)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(_JSON, max_size=6), st.integers(1, 40))
def test_a_stream_gives_the_elements_of_an_array_however_it_is_cut(items: list[Any], size: int) -> None:
    assert items == _elements(json.dumps(items), size)


@given(st.lists(st.dictionaries(st.text(max_size=5), _JSON, max_size=3), max_size=5), st.integers(1, 40))
def test_a_stream_gives_the_elements_of_a_feed_and_keeps_what_stands_beside_them(items: list[Any], size: int) -> None:
    file = io.StringIO(json.dumps({"@type": "DataFeed", "dataFeedElement": items, "name": "feed"}))
    reader = stream.Reader(lambda count: file.read(min(count, size)))
    found = [one.value for one in reader.elements() if isinstance(one, stream.Element)]

    assert (items, "feed", True) == (found, reader.head.values["name"], reader.head.complete)


@given(st.lists(_JSON, min_size=1, max_size=30), st.integers(1, 3_000), st.sampled_from((None, "", ", ", ",\n {")))
def test_elements_that_begin_alike_are_read_the_same_many_at_once(items: list[Any], size: int, nasty: Any) -> None:
    alike = [{"@type": "DataFeedItem", "n": one, "said": f'{nasty}{{"@type": "DataFeedItem"'} for one in items]

    assert alike == _elements(json.dumps(alike), size)
    assert [*alike, "expecting value", alike[0]] == _elements(
        f'{json.dumps(alike)[:-1]}, {{"@type": "DataFeedItem", "n": }}, {json.dumps(alike[0])}]', size + 200
    )


@given(st.text(alphabet="ahtps:/.?#=, ;%-_A0\x00é|&[]", max_size=40))
def test_an_address_is_the_same_however_it_is_recognised(path: str) -> None:
    for given_ in (path, "https://a.example" + path, "http://A.example/" + path):
        assert list(values.addresses(f" {given_}")) == list(values.addresses(given_))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30))
def test_a_text_is_on_one_line_with_single_blanks(text: str) -> None:
    assert (" ".join(text.split()) or None) == values.text(text)


def test_a_broken_element_is_told_and_the_next_is_read() -> None:
    feed = (
        '{"@type":"DataFeed","dataFeedElement":[{"@type":"DataFeedItem","n":1},{"@type":"DataFeedItem","n":"a "b" c"},'
        '{"@type":"DataFeedItem","n":3}]}'
    )

    assert [
        {"@type": "DataFeedItem", "n": 1}, "expecting ',' delimiter", {"@type": "DataFeedItem", "n": 3}
    ] == _elements(feed)  # fmt: skip


def test_a_feed_that_ends_in_the_middle_is_not_complete() -> None:
    file = io.StringIO('{"@type":"DataFeed","dataFeedElement":[{"@type":"DataFeedItem","n":1},')
    reader = stream.Reader(file.read)
    list(reader.elements())

    assert not reader.head.complete


def test_json_lines_are_read_one_by_one() -> None:
    assert [{"a": 1}, {"b": 2}] == _elements('{"a": 1}\n{"b": 2}\n')


@given(st.text(alphabet='{}[]",:\\ \n1a@', max_size=80), st.integers(1, 20))
def test_a_stream_ends_whatever_it_is_given(text: str, size: int) -> None:
    assert len(_elements(text, size)) <= len(text) + 3


MICRODATA = """<html><head><link rel="canonical" href="https://www.desk.example/7"></head><body>
<div itemscope itemtype="http://schema.org/ClaimReview"><span itemprop="claimReviewed">The mole is safe</span>
<meta itemprop="datePublished" content="2026-03-13"><div itemprop="author" itemscope
itemtype="http://schema.org/Organization"><span itemprop="name">Desk</span></div>
<div itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating"><meta itemprop="ratingValue" content="1">
<span itemprop="alternateName">False</span></div></div></body></html>"""


def test_microdata_is_read_as_json_ld_would_say_it() -> None:
    (item,) = pages.microdata(MICRODATA)
    check = reading.read(item.value, pages.page_address(MICRODATA))

    assert isinstance(check, PublishedCheck)
    assert ("https://www.desk.example/7", "desk.example", "Desk", "False", "2026-03-13") == (
        check.url, check.site, check.publisher, check.rating, check.published
    )  # fmt: skip


def test_a_script_deep_in_a_page_is_found_with_its_line() -> None:
    page = "<div>" * 3000 + "\n<script type='application/ld+json'>" + json.dumps(PLAIN) + "</script>"
    (found,) = pages.scripts(page)

    assert (PLAIN, 2) == (found.value, found.line)


@pytest.mark.parametrize("page", ["<script>" * 20_000, "<script type='application/ld+json'>" * 5_000, "<" * 100_000])
def test_hostile_pages_take_no_time(page: str) -> None:
    assert [] == [*pages.scripts(page), *pages.microdata(page)]


@pytest.mark.parametrize(
    ("label", "site", "share", "expected"),
    [
        ("Pants on Fire!", "politifact.com", None, ("false", ())),
        ("Half True", "politifact.com", None, ("mixed", ())),
        ("MIXTURE", "snopes.com", 0.0, ("mixed", ())),
        ("Misattributed", "snopes.com", None, ("none", ("misattributed",))),
        ("Two Pinocchios", "washingtonpost.com", None, ("mixed", ())),
        ("False", "factcheck.lk", None, ("mostly false", ())),
        ("False", "somebody.example", 1.0, ("false", ())),
        ("Missing context", "somebody.example", 0.9, ("none", ("missing-context",))),
        ("Four boats", "somebody.example", 0.7, ("mostly true", ())),
        ("Four boats", "somebody.example", None, ("none", ())),
        (None, "somebody.example", None, ("none", ())),
    ],
)
def test_a_rating_is_read_by_its_label_and_by_numbers_only_where_no_table_knows_it(
    label: str | None, site: str, share: float | None, expected: tuple[str, tuple[str, ...]]
) -> None:
    found = ratings.normal(label, site, share)

    assert expected == (found.word, found.flags)


@given(st.text(max_size=60))
def test_addresses_are_absolute_and_of_the_web(text: str) -> None:
    assert all(values.is_address(url) for url in values.addresses([text, f"https://a.example/{text}", {"url": text}]))


@pytest.mark.parametrize("given", ["5 stars", "4,5", "٥", True, None, [], "1e999", float("nan"), 10**400])
def test_what_is_no_plain_number_is_none(given: Any) -> None:
    assert values.number(given) is None
