"""Claims of one measure with different figures: found, with the reason; different statements are left alone."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.store_samples import make_store, put
from workbench.match.conflicts import Stated, conflict, index
from workbench.records import ClaimFilter
from workbench.services import demo, history, lists, purging, show
from workbench.services.store import Store, open_store

DAY = "2026-03-12"


def _conflict(one: str, other: str, day: str = DAY) -> bool:
    return conflict(Stated(one, None, DAY), Stated(other, None, day)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("46 people are on short time", "64 people are on short time"),
        ("the number of people on short time at 58", "46 people are on short time"),
        ("The bridge over the Tarrow will cost £4.8 million", "The bridge over the Tarrow will cost £8.4 million"),
        ("Freight through the harbour fell by 8 per cent to 640,000 tonnes in 2025",
         "The harbour handled 640,000 tonnes of freight in 2025, which is 18 per cent less than the year before"),
        ("Support for the mayor rose by 3 percentage points", "Support for the mayor rose by 3 per cent"),
        ("Passenger traffic on the crossing doubled last year", "Passenger traffic on the crossing tripled last year"),
    ],
)  # fmt: skip
def test_one_measure_with_two_figures_is_a_conflict(one: str, other: str) -> None:
    assert _conflict(one, other)
    assert _conflict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SpaceX received a $5.9 billion contract for 28 launches",
         "United Launch Alliance received $5.3 billion for 19 launches"),
        ("Blue Origin received a $2.3 billion contract", "SpaceX received a $5.9 billion contract"),
        ("The Tarrow bridge cost £4.8 million in 2024", "The Tarrow bridge cost £5.1 million in 2025"),
        ("The repair of the breakwater costs nearly £5 million", "The repair of the breakwater costs £4.8 million"),
        ("the regional harbour fund would pay £3.1 million",
         "A total of £4.3 million comes from the regional harbour fund and the insurers"),
        ("The ferry carried 212,000 passengers in 2025", "The ferry carried 188,000 passengers in 2024"),
        ("Unemployment in the province rose by 4 per cent", "Unemployment in the province fell by 5 per cent"),
        ("At 51 per cent Clara Holm leads the survey here", "At 44 per cent Ida Reth leads the survey here"),
        ("Reading scores are 6 points higher", "The harbour is 6 metres deep"),
    ],
)  # fmt: skip
def test_different_statements_are_no_conflict(one: str, other: str) -> None:
    assert not _conflict(one, other)


def test_a_figure_that_moves_has_moved_after_some_days() -> None:
    assert not _conflict(
        "Ted Lind has 11 delegates in the valley", "Ted Lind has 370 delegates in the valley", "2026-04-20"
    )


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_two_texts_break_it_and_the_order_makes_no_difference(one: str, other: str) -> None:
    assert (conflict(Stated(one), Stated(other)) is None) == (conflict(Stated(other), Stated(one)) is None)
    assert conflict(Stated(one), Stated(one)) is None


_MEASURES = st.builds(
    "{} {} {}{}".format,
    st.sampled_from(["The bridge over the Tarrow", "The Ostwick harbour fund", "Freight through the harbour"]),
    st.sampled_from(["will cost", "received", "carried", "lost"]),
    st.sampled_from(["£4.8 million", "£8.4 million", "46 people", "58 people", "18 per cent", "$640,000"]),
    st.sampled_from(
        ["", " and 11 workers", ", which is £12 million of a £77 million plan", " in 2025", " for the town"]
    ),
)


@given(_MEASURES, _MEASURES)
def test_what_is_in_conflict_shares_enough_keys_to_be_found(one: str, other: str) -> None:
    if _conflict(one, other):
        mine, theirs = index(one), index(other)
        assert mine is not None
        assert theirs is not None
        for own, there in ((mine, theirs), (theirs, mine)):
            shared = sum(tells for key, tells in zip(own.keys, own.tells, strict=True) if key in there.keys)
            assert own.needed <= own.rest + shared


def _pairs(store: Store) -> set[tuple[str, str]]:
    found = set()
    for row in lists.claim_rows(store, ClaimFilter(marks=frozenset({"conflict"})), "article", limit=None):
        for each in show.claim_card(store, row.id).conflicts:
            found.add((min(each.figure, each.against), max(each.figure, each.against)))
    return found


def test_the_invented_case_shows_its_planted_conflicts_and_no_other(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "s.db"), "ana") as store:
        demo.seed(store)

        assert {("46", "58"), ("18 per cent", "8 per cent")} == _pairs(store)


def test_a_new_text_an_undo_and_a_purge_keep_the_conflicts_true(tmp_path: Path) -> None:
    said = "News\nIn Ostwick 46 dockers are on short time, the harbour office said on Friday.\n"
    with make_store(tmp_path) as store:
        put(store, said, name="one")
        put(store, said.replace("46", "64"), name="two")
        assert {("46", "64")} == _pairs(store)

        put(store, said, name="two")
        assert set() == _pairs(store)
        history.undo(store)
        assert {("46", "64")} == _pairs(store)
        purging.purge(store, 3)
        assert set() == _pairs(store)


def test_conflicts_do_not_depend_on_the_order_of_ingest(tmp_path: Path) -> None:
    said = [
        f"News\nIn Ostwick {number} dockers are on short time, the harbour office said.\n" for number in (46, 58, 64)
    ]
    found = []
    for turn, order in enumerate(((0, 1, 2), (2, 0, 1))):
        folder = tmp_path / str(turn)
        folder.mkdir()
        with make_store(folder) as store:
            for place in order:
                put(store, said[place], name=f"n{place}")
            found.append(_pairs(store))

    assert found[0] == found[1] == set(combinations(("46", "58", "64"), 2))
