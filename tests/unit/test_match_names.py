"""Which sources may be one: proposals with their reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.match.names import Name, proposals, same_name


def _why(one: str, other: str, kind: str = "person", *more: str) -> str | None:
    names = [Name(number, name, kind) for number, name in enumerate((one, other, *more))]
    return same_name(names[0], names[1], names)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Mayor Ilse Hartnoll", "Ilse Hartnoll", "person"),
        ("Hartnoll", "Ilse Hartnoll", "person"),
        ("I. Hartnoll", "Ilse Hartnoll", "person"),
        ("Ilse M. Hartnoll", "Ilse Hartnoll", "person"),
        ("The Harbour Office", "the harbour office", "body"),
        ("AQFW", "Allied Quay and Ferry Workers", "body"),
        ("US Space Force", "Space Force", "body"),
    ],
)
def test_names_that_may_be_of_one_source_are_proposed_with_the_reason(one: str, other: str, kind: str) -> None:
    assert _why(one, other, kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Olaf Hartnoll", "Ilse Hartnoll", "person"),
        ("Ilse Reth", "Ilse Hartnoll", "person"),
        ("Space Force", "Air Force", "body"),
        ("Force", "Space Force", "body"),
    ],
)
def test_names_of_different_sources_are_not_proposed(one: str, other: str, kind: str) -> None:
    assert _why(one, other, kind) is None


def test_a_surname_that_two_people_bear_is_not_proposed() -> None:
    assert _why("Clinton", "Hillary Clinton", "person", "Bill Clinton") is None


def test_anonymous_voices_are_never_one() -> None:
    assert [] == proposals([Name(1, "an official", "anonymous"), Name(2, "an official", "anonymous")])


def test_kinds_must_agree_unless_one_is_unknown() -> None:
    assert [] == proposals([Name(1, "Ferry Workers", "body"), Name(2, "Ferry Workers", "document")])
    assert 1 == len(proposals([Name(1, "Ferry Workers", "body"), Name(2, "Ferry Workers", "unknown")]))


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["person", "body", "unknown", "anonymous"]))))
def test_each_pair_comes_once_and_in_order_whatever_the_names(given_names: list[tuple[str, str]]) -> None:
    names = [Name(number, *each) for number, each in enumerate(given_names)]
    pairs = [(each.first, each.second) for each in proposals(names)]

    assert sorted(set(pairs)) == pairs
    assert all(first < second for first, second in pairs)
