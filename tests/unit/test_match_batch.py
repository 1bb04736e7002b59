"""Many quotes at once: the pairs that arrays find are those that a look at every two of them finds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.match.batch import Quotes, comparable_pairs, linked
from workbench.match.compare import Profile, likeness
from workbench.match.grams import comparable, grams

WORDS = ["the", "of", "council", "harbour", "secretary", "state", "quay", "marlow", "skerrow", "budget", "7", "not",
         "new", "york", "breakwater", "inspection"]  # fmt: skip
QUOTES = st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(tuple), max_size=12)


@settings(max_examples=80, deadline=None)
@given(QUOTES)
def test_the_pairs_of_a_batch_are_those_that_every_two_quotes_give(quotes: list[tuple[str, ...]]) -> None:
    found = [
        (min(pair), max(pair))
        for one, other in comparable_pairs(Quotes(quotes))
        for pair in zip(one.tolist(), other.tolist(), strict=True)
    ]
    read = [grams(texts) for texts in quotes]
    expected = {
        (one, other) for one, other in combinations(range(len(quotes)), 2) if comparable(read[one], read[other])
    }

    assert expected == set(found)
    assert len(expected) == len(found)


@settings(max_examples=60, deadline=None)
@given(QUOTES)
def test_the_links_of_a_batch_are_those_of_a_closer_look_at_every_pair(quotes: list[tuple[str, ...]]) -> None:
    import numpy as np

    profiles = Quotes(quotes)
    pairs = [pair for pair in combinations(range(len(quotes)), 2) if quotes[pair[0]] and quotes[pair[1]]]
    if not pairs:
        return
    both = np.array(pairs, np.int64)
    expected = {pair for pair in pairs
                if likeness(*(Profile("", quotes[at]) for at in pair)).links(None, None)}  # fmt: skip

    assert expected == {(one, other) for one, other, _ in linked(profiles, both[:, 0], both[:, 1])}
