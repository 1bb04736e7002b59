"""One ClaimReview in the shapes that libraries and content systems write it in: all of them are the same check.

`golden/claimreview-shapes.json` is what extruct 0.18 and pyld 3 print for one invented page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.claimreview import reading, shapes
from workbench.services import checkimports, matching
from workbench.services.store import Store, open_store

PRINTED: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "golden" / "claimreview-shapes.json").read_text(encoding="utf-8")
)
PLAIN: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://www.desk.example/7",
    "claimReviewed": "The mole is safe",
    "datePublished": "2026-03-13",
    "author": {"@type": "Organization", "name": "Desk"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A. Mayor"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
}
_GRAPH = [
    {"@type": "WebPage", "@id": "https://www.desk.example/7#page", "mainEntity": {"@id": "https://www.desk.example/7#check"}},
    {"@type": "Organization", "@id": "https://www.desk.example/#org", "name": "Desk", "sameAs": ["https://a.example/"]},
    {
        **PLAIN, "@id": "https://www.desk.example/7#check", "author": {"@id": "https://www.desk.example/#org"},
        "isPartOf": {"@id": "https://www.desk.example/7#page"},
    },
]  # fmt: skip
WRITTEN: dict[str, Any] = {
    **PRINTED,
    "a graph of a content system": {"@context": "https://schema.org", "@graph": _GRAPH},
    "a list of types": [{**PLAIN, "@type": ["NewsArticle", "ClaimReview"]}],
    "a type with its address": {**PLAIN, "@context": "http://schema.org/", "@type": "https://schema.org/ClaimReview"},
    "inside the article": {"@type": "NewsArticle", "review": [PLAIN]},
    "a list of contexts": {**PLAIN, "@context": ["https://schema.org", {"@language": "en"}]},
    "the publisher as a word": {**PLAIN, "author": "Desk"},
    "publishers in a list": {**PLAIN, "author": [{"@type": "Organization", "name": "Desk"}, {"name": "Other"}]},
    "the claim as a creative work": {**PLAIN, "itemReviewed": {"@type": "CreativeWork", "author": "A. Mayor"}},
    "claims in a list": {**PLAIN, "itemReviewed": [{"@type": "Claim", "author": [{"name": "A. Mayor"}]}]},
    "numbers as words": {
        **PLAIN,
        "reviewRating": {"ratingValue": "1", "bestRating": "5.0", "worstRating": " 1 ", "alternateName": ["False"]},
    },
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "s.db"), "ana") as opened:
        yield opened


@pytest.mark.parametrize("shape", WRITTEN)
def test_it_is_the_same_check_in_every_shape(store: Store, tmp_path: Path, shape: str) -> None:
    path = tmp_path / "check.json"
    path.write_text(json.dumps(WRITTEN[shape]), encoding="utf-8")
    done = checkimports.import_checks(store, path)
    check = matching.check(store, 1)

    assert (1, 0) == (done.added, done.refused_count)
    assert ("The mole is safe", "https://www.desk.example/7", "Desk", "A. Mayor", "False", "false") == (
        check.claim, check.url, check.publisher, check.claimant, check.rating, check.word
    )  # fmt: skip


PAGE = """<html><body vocab="http://schema.org/"><div typeof="ClaimReview">
<p property="claimReviewed">The mole is safe</p>
<a property="url" href="https://www.desk.example/7">check</a><time property="datePublished" datetime="2026-03-13">
13 March</time><div property="schema:author" typeof="Organization"><span property="name">Desk</span></div>
<div property="itemReviewed" typeof="Claim"><div property="author" typeof="Person"><b property="name">A. Mayor</b></div>
</div><div property="reviewRating" typeof="Rating"><b property="alternateName">False</b></div></div></body></html>"""


def test_a_page_may_say_it_in_rdfa(store: Store, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    checkimports.import_checks(store, tmp_path / "page.html")
    check = matching.check(store, 1)

    assert ("The mole is safe", "Desk", "A. Mayor", "False", "2026-03-13") == (
        check.claim, check.publisher, check.claimant, check.rating, check.published
    )  # fmt: skip


def test_a_script_of_a_page_may_name_what_another_one_holds(store: Store, tmp_path: Path) -> None:
    parts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in _GRAPH)
    (tmp_path / "page.html").write_text(f"<html><head>{parts}</head></html>", encoding="utf-8")

    assert 1 == checkimports.import_checks(store, tmp_path / "page.html").added
    assert "Desk" == matching.check(store, 1).publisher


def test_nodes_that_name_each_other_round_and_round_come_to_an_end() -> None:
    nodes = [{"@id": f"n{n}", "author": [{"@id": f"n{other}"} for other in range(60)]} for n in range(60)]
    review = {**PLAIN, "author": {"@id": "n1"}}

    found = shapes.whole(review, shapes.named([review, *nodes]))
    assert len(json.dumps(found)) < 1_000_000
    assert None is reading.read(found).publisher  # type: ignore[union-attr]


def test_a_review_of_any_depth_is_one_error_at_most(store: Store, tmp_path: Path) -> None:
    deep = f'{json.dumps(PLAIN)[:-1]}, "about": {"[" * 400}{{"@id": "n", "name": {"[" * 400}{"]" * 400}}}{"]" * 400}}}'
    (tmp_path / "deep.json").write_text(deep, encoding="utf-8")

    assert 1 == checkimports.import_checks(store, tmp_path / "deep.json").added


_JSON = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@id", "@type", "a", "s:claimReviewed", "claimReviewed"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(_JSON)
def test_no_document_stops_it(document: Any) -> None:
    known = shapes.named(document)
    for node, holder in reading.reviews([document, {**PLAIN, "author": document}]):
        reading.read(shapes.whole(node, known), holder)
