"""The linter: every code by the smallest change that calls for it, and the command over it."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Cli
from workbench.report.lint import lint

GOOD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/checks/1#claim-1",
    "datePublished": "2026-03-13",
    "author": {"@type": "Organization", "name": "Desk"},
    "claimReviewed": "The mole is safe",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "A. Mayor"},
        "datePublished": "2026-03-12",
        "appearance": [{"@type": "NewsArticle", "url": "https://paper.example/1"}],
    },
    "reviewRating": {
        "@type": "Rating", "alternateName": "False", "ratingValue": 1, "worstRating": 1, "bestRating": 5,
    },
}  # fmt: skip


def _with(path: str, value: Any) -> dict[str, Any]:
    changed = deepcopy(GOOD)
    *way, last = path.split(".")
    place = changed
    for name in way:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return changed


def _codes(value: Any, **options: Any) -> list[tuple[str, str]]:
    text = value if isinstance(value, str) else json.dumps(value)
    return [(one.code, one.level) for one in lint(text, today="2026-11-22", **options).findings]


def test_a_good_review_has_no_finding() -> None:
    assert [] == _codes(GOOD)
    assert [] == _codes(GOOD, page="https://www.desk.example/checks/1")


@pytest.mark.parametrize(
    ("code", "level", "path", "value"),
    [
        ("CR001", "error", "claimReviewed", " "),
        ("CR002", "error", "url", None),
        ("CR003", "error", "reviewRating", None),
        ("CR004", "error", "reviewRating.alternateName", None),
        ("CR005", "error", "@context", "https://example.org"),
        ("CR005", "error", "@type", "Review"),
        ("CR010", "error", "reviewRating.ratingValue", "5 stars"),
        ("CR010", "error", "reviewRating.ratingValue", "4,5"),
        ("CR010", "error", "reviewRating.ratingValue", "٥"),
        ("CR011", "error", "reviewRating.bestRating", 1),
        ("CR012", "error", "reviewRating.ratingValue", 0),
        ("CR013", "error", "reviewRating.worstRating", 0),
        ("CR014", "warning", "reviewRating.worstRating", None),
        ("CR015", "warning", "reviewRating.ratingValue", 1.5),
        ("CR016", "warning", "reviewRating.alternateName", "True"),
        ("CR016", "warning", "reviewRating.ratingValue", 5),
        ("CR020", "warning", "claimReviewed", "w" * 75),
        ("CR021", "error", "claimReviewed", "False: the mole is safe"),
        ("CR022", "warning", "claimReviewed", "It is not true that the mole is safe"),
        ("CR030", "error", "url", "/checks/1"),
        ("CR030", "error", "url", "https://bit.ly/x"),
        ("CR032", "warning", "itemReviewed.appearance", [{"url": "https://www.desk.example/old"}]),
        ("CR040", "warning", "author", None),
        ("CR040", "error", "author", {"@type": "Organization"}),
        ("CR040", "error", "author", {"@type": "Thing", "name": "Desk"}),
        ("CR041", "error", "itemReviewed.author", {"@type": "Person"}),
        ("CR042", "warning", "itemReviewed.author", {"@type": "Person", "name": "Viral image"}),
        ("CR043", "warning", "itemReviewed.author", {"@type": "Organization", "name": "Desk"}),
        ("CR050", "warning", "itemReviewed.appearance", None),
        ("CR051", "error", "itemReviewed.appearance", "https://a.example/1 and https://b.example/2"),
        ("CR051", "error", "itemReviewed.appearance", "page 3"),
        ("CR060", "warning", "datePublished", "13 March"),
        ("CR060", "warning", "datePublished", "2027-01-01"),
        ("CR060", "warning", "itemReviewed.datePublished", "2026-03-14"),
        ("CR080", "warning", "itemReviewed.@type", "CreativeWork"),
        ("CR090", "error", "reviewRating.ratingExplanation", "<b>No</b>"),
        ("CR090", "error", "claimReviewed", "{{ claim }}"),
        ("CR090", "error", "claimReviewed", "The mole\u0007 is safe"),
    ],
)
def test_each_code_is_called_for_by_one_change(code: str, level: str, path: str, value: Any) -> None:
    assert (code, level) in _codes(_with(path, value))


def test_only_name_is_a_warning() -> None:
    changed = _with("reviewRating.alternateName", None)
    changed["reviewRating"]["name"] = "False"

    assert [("CR004", "warning")] == _codes(changed)


def test_schema_org_is_milder_on_the_worst_rating_than_google() -> None:
    assert [("CR013", "warning")] == _codes(_with("reviewRating.worstRating", 0), google=False)


def test_what_shows_only_in_many_reviews() -> None:
    other = _with("reviewRating.ratingValue", 2)

    assert {("CR017", "warning"), ("CR031", "warning"), ("CR070", "info")} == set(_codes([GOOD, other]))


def test_another_site_than_the_page_is_an_error() -> None:
    page = f'<link rel="canonical" href="https://paper.example/1"><script type="application/ld+json">{json.dumps(GOOD)}'

    assert ("CR030", "error") in _codes(page + "</script>")


def test_a_broken_script_names_its_line() -> None:
    found = lint('<p>\n<script type="application/ld+json">\n{"@type":\n}</script>').findings

    assert [("CR000", "line 4")] == [(one.code, one.place) for one in found]


def test_the_packaged_fact_checks_hold() -> None:
    text = files("seeds").joinpath("marlow-quay/factchecks.json").read_text(encoding="utf-8")

    assert [("CR070", "info")] == _codes(text)


@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*GOOD, *GOOD["itemReviewed"], *GOOD["reviewRating"]]), inner, max_size=5),
    max_leaves=25,
))  # fmt: skip
def test_the_linter_never_stumbles(value: Any) -> None:
    for one in lint(json.dumps(value), today="2026-11-22").findings:
        assert one.code.startswith("CR")
        assert one.mend


def test_the_command_tells_place_and_mend_and_its_status_is_for_scripts(cli: Cli, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(GOOD), encoding="utf-8")
    bad.write_text(json.dumps(_with("reviewRating.ratingValue", 9)), encoding="utf-8")

    assert 0 == cli("lint", str(good)).status
    told = cli("lint", str(bad))
    assert 1 == told.status
    assert "the review.reviewRating.ratingValue: CR012 error" in told.out
    assert 1 == cli("lint", str(tmp_path / "none.json")).status
    lines = [json.loads(line) for line in cli("lint", "--json", str(bad)).out.splitlines()]
    assert ["CR012", "CR016"] == [line["code"] for line in lines]
