"""Families in a store: whatever the order in which quotes come and go, and whatever people decide, they are as
`match.group` has them, which compares every pair."""

from __future__ import annotations

import random
import tempfile
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.unit.family_samples import SAID, STATEMENTS, families, put, put_article, said
from tests.unit.store_samples import put as put_text
from workbench.errors import NotFoundError, UsageError
from workbench.match import Quotation, compare, group
from workbench.records import ClaimFilter
from workbench.services import drift, history, kinship, lists, removal, show
from workbench.services.rebuild import rebuild
from workbench.services.store import Store, open_store

QUOTATIONS = st.builds(
    Quotation,
    st.sampled_from(STATEMENTS),
    st.sampled_from([None, "Ana Reyes", "Reyes", "Li Wei"]),
    st.sampled_from([None, "2025-07-01", "2025-07-02", "2025-09-09"]),
    st.sampled_from([None, "AP"]),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "desk.db"), "ana")


def by_reference(quotes: dict[int, Quotation]) -> set[frozenset[int]]:
    """The families among the quotes of claims, every pair compared."""
    claims = list(quotes)
    pairs = ((one, other, compare(quotes[claims[one]], quotes[claims[other]])) for one, other in
             combinations(range(len(claims)), 2))  # fmt: skip
    drafts = group([quotes[claim] for claim in claims], [(one, other, link) for one, other, link in pairs if link])
    return {frozenset(claims[index] for index in draft.indexes) for draft in drafts}


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(QUOTATIONS, max_size=12), st.integers(0, 2**32))
def test_families_of_a_store_are_those_of_the_slow_matcher_as_quotes_come_and_go(
    quotes: list[Quotation], seed: int
) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/desk.db", "ana") as store:
        held = dict(zip(put(store, quotes), quotes, strict=True))
        assert by_reference(held) == families(store)
        for claim in chance.sample(sorted(held), len(held) // 3):
            removal.remove(store, [("a", claim)])
            del held[claim]
        assert by_reference(held) == families(store)
        if len(held) < len(quotes):
            history.undo(store)
        assert () == rebuild(store).differing


def test_a_stock_phrase_stored_five_thousand_times_means_the_same_in_any_order(tmp_path: Path) -> None:
    phrase = "at the end of the day"
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 6)]
    people = ["Ana Reyes", "Li Wei", None, "Bo Lund"]
    whole = [[said(phrase, day, people[at % 4]) for at in range(100)] for day in days]
    whole.append([said(f"We will pay {phrase}, and the council will not.", "2025-07-01")])
    found = []
    for name, order in (("one", whole), ("other", whole[::-1])):
        with open_store(str(tmp_path / f"{name}.db"), "ana") as store:
            for quotes in order:
                put_article(store, quotes)
            assert 5_001 == lists.totals(store).claims
            found.append(sorted((row.size, row.earliest or "") for row in lists.family_rows(store)))

    assert found[0] == found[1]


def test_confirming_makes_every_member_confirmed_and_says_by_whom(store: Store) -> None:
    one, other = put(store, [said(SAID), said(SAID, "2025-07-02")])
    (family,) = lists.family_rows(store)
    kinship.confirm(store, family.id)

    assert ["confirmed", "confirmed"] == [member.state for member in show.family(store, family.id).members]
    assert ["ana", "ana"] == [variant.decided_by for variant in drift.drift(store, family.id).variants]
    history.undo(store)
    assert {"suggested"} == {member.state for member in show.family(store, family.id).members}
    assert {frozenset({one, other})} == families(store)


def test_what_a_person_put_out_stays_out_whatever_comes_in_later(store: Store) -> None:
    one, other = put(store, [said(SAID), said(SAID, "2025-07-02")])
    (family,) = lists.family_rows(store)
    kinship.reject(store, family.id, [other])
    assert set() == families(store)

    later = put(store, [said(SAID, f"2025-07-0{day}") for day in range(1, 6)])
    assert {frozenset({one, *later})} == families(store)
    assert () == rebuild(store).differing
    history.undo(store)
    assert {frozenset({one, other, *later})} == families(store)


def test_a_split_and_a_merge_hold_against_every_later_run_and_are_taken_back(store: Store) -> None:
    changed = SAID.replace("will not pay", "will pay")
    first, second, third, fourth = put(store, [said(SAID), said(SAID, "2025-07-02"), said(changed), said(changed)])
    (family,) = lists.family_rows(store)
    kinship.split(store, family.id, [third, fourth])
    split = {frozenset({first, second}), frozenset({third, fourth})}
    assert split == families(store)
    put(store, [said("The ferry terminal may open in autumn.")])
    assert split == families(store)

    here, there = (row.id for row in lists.family_rows(store))
    kinship.merge(store, here, [there])
    assert {frozenset({first, second, third, fourth})} == families(store)
    assert () == rebuild(store).differing
    history.undo(store)
    assert split == families(store)
    history.redo(store)
    assert {frozenset({first, second, third, fourth})} == families(store)


def test_two_families_that_have_nothing_in_common_are_one_where_a_person_says_so(store: Store) -> None:
    claims = put(store, [said(SAID), said(SAID), said(STATEMENTS[5]), said(STATEMENTS[5])])
    here, there = (row.id for row in lists.family_rows(store))
    kinship.merge(store, here, [there])

    assert {frozenset(claims)} == families(store)
    (family,) = lists.family_rows(store)
    whys = {member.why.rpartition("; ")[2] for member in show.family(store, family.id).members}
    assert {"put here by a person", "joined through c1"} < whys
    assert {"ana"} == {variant.decided_by for variant in drift.drift(store, family.id).variants if variant.decided_by}


def test_a_member_that_is_not_linked_to_the_chosen_one_is_compared_with_it_and_says_through_whom(store: Store) -> None:
    whole = "We did not receive the inspection report before the storm, and nobody told us of the cracks in the wall."
    long = f"{whole} It is dated 28 November, and it reached this building on 14 January, five days after."
    claims = put(store, [said(whole), said(long), said("it reached this building on 14 January", speaker=None),
                         said("We did receive the inspection report before the storm", speaker=None)])  # fmt: skip
    (family,) = lists.family_rows(store)
    assert {frozenset(claims)} == families(store)

    members = {member.claim_id: member for member in drift.drift(store, family.id, claims[0]).family.members}
    assert ("differs", ()) == (members[claims[2]].relation, members[claims[2]].alarms)
    assert members[claims[2]].why.endswith(f"; joined through c{claims[1]}")
    assert ("fragment", ("negation",)) == (members[claims[3]].relation, members[claims[3]].alarms)
    assert () == drift.drift(store, family.id, claims[0]).outlets_that_dropped


def test_words_that_are_replaced_or_put_in_brackets_are_not_left_out(store: Store) -> None:
    one = "We should have labelled the pipes of the organisation, and not one of them will stand on the plain."
    other = "We should have labeled the pipes of the organisation, and not one [of them] will stand on the plain."
    put(store, [said(one), said(other, "2025-07-02")])
    (family,) = lists.family_rows(store)

    assert () == drift.drift(store, family.id).outlets_that_dropped


def test_words_said_again_years_later_are_found_elsewhere_and_never_head_the_family(store: Store) -> None:
    plan = "We will build four thousand homes by October, and not one of them will stand on the flood plain."
    slogan = "We will make this town great again"
    plans = [said(plan, "2025-01-10", "Karl Friis"), said(plan, "2026-05-04"), said(plan, "2026-05-05")]
    slogans = [said(slogan, "2023-05-05"), said(slogan, "2026-05-04"), said(slogan, "2026-05-05")]
    claims = put(store, plans + slogans)

    assert {frozenset(claims[1:3]), frozenset(claims[4:])} == families(store)
    for early, later in ((claims[0], claims[1]), (claims[3], claims[4])):
        (found, _) = drift.also_found(store, early)
        assert later == found.claim_id
        assert found.why.endswith("; said on another occasion, not the same utterance")


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(QUOTATIONS, min_size=3, max_size=9), st.integers(0, 2**32))
def test_no_later_run_undoes_what_a_person_decided(quotes: list[Quotation], seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/desk.db", "ana") as store:
        put(store, quotes[: len(quotes) // 2 + 1])
        for _ in range(2):
            _decide_something(store, chance)
        decided = _decisions(store)
        put(store, quotes[len(quotes) // 2 + 1 :])
        assert decided == _decisions(store)
        _assert_held(store)
        before = families(store)
        assert () == rebuild(store).differing
        assert before == families(store)


def _decide_something(store: Store, chance: random.Random) -> None:
    rows = lists.family_rows(store)
    if not rows:
        return
    family = chance.choice(rows)
    members = [member.claim_id for member in show.family(store, family.id).members]
    chosen = chance.sample(members, chance.randrange(1, len(members)))
    chance.choice([kinship.reject, kinship.split])(store, family.id, chosen)


def _decisions(store: Store) -> list[tuple[int, int, str]]:
    from db import pages

    with store.reading() as reader:
        return [tuple(row) for row in pages.select(reader, "SELECT * FROM kinship ORDER BY 1, 2")]


def _assert_held(store: Store) -> None:
    whose = {claim: number for number, family in enumerate(families(store)) for claim in family}
    for one, other, state in _decisions(store):
        together = one in whose and whose.get(one) == whose.get(other)
        assert (state == "confirmed") == together


def test_a_decision_about_what_is_not_there_is_refused_in_words(store: Store) -> None:
    put(store, [said(SAID), said(SAID)])
    (family,) = lists.family_rows(store)

    with pytest.raises(NotFoundError):
        kinship.confirm(store, 999)
    with pytest.raises(UsageError):
        kinship.reject(store, family.id, [1, 2])
    with pytest.raises(UsageError):
        kinship.split(store, family.id, [77])
    with pytest.raises(UsageError):
        kinship.merge(store, family.id, [family.id])


def test_an_alarm_goes_with_the_quote_that_raised_it(store: Store) -> None:
    put(store, [said(SAID), said(SAID), said(SAID.replace("will not pay", "will pay"), "2025-07-02")])
    assert ["negation"] == [row.alarm for row in lists.family_rows(store)]

    removal.remove(store, [("a", 3)])
    assert [None] == [row.alarm for row in lists.family_rows(store)]


def test_a_variant_names_the_words_that_it_dropped_against_any_chosen_one(store: Store) -> None:
    first, second = put(store, [said(SAID), said("We went far over budget, and the council will pay for it.")])
    (family,) = lists.family_rows(store)
    found = drift.drift(store, family.id)
    turned = drift.drift(store, family.id, second)

    assert (first, second) == (found.against, turned.against)
    assert ("too", "not") == found.variants[1].dropped
    assert ("too", "not") == turned.variants[0].added
    assert ("negation",) == found.variants[1].member.alarms
    with pytest.raises(UsageError):
        drift.drift(store, family.id, 99)


def test_copies_of_one_wire_count_as_one_origin(store: Store) -> None:
    put(store, [said(SAID, origin="Coastal Wire"), said(SAID, origin="COASTAL WIRE"), said(SAID)])
    (family,) = lists.family_rows(store)

    assert (3, 2) == (family.size, family.origins)
    assert {None, 2} == {variant.wire_of for variant in drift.drift(store, family.id).variants}


def test_a_fragment_that_fits_two_families_is_said_to_be_found_in_both(store: Store) -> None:
    one, other, fragment = put(store, [said(STATEMENTS[6]), said(STATEMENTS[5]), said(STATEMENTS[8])])

    assert set() == {found for found in families(store) if fragment in found}
    assert {one, other} == {each.claim_id for each in drift.also_found(store, fragment)}


def test_what_an_outlet_puts_in_brackets_is_shown_and_a_not_among_it_is_in_alarm(store: Store) -> None:
    one = "He said that the filters of the old plant are old and were never cleaned at all."
    other = "[Reese] said that the filters of the old plant are [not] old and were never cleaned at all."
    first, _ = put(store, [said(one), said(other, "2025-07-02")])
    (family,) = lists.family_rows(store)
    found = drift.drift(store, family.id, first).variants[1]

    assert "negation" == family.alarm
    assert ("negation",) == found.member.alarms
    assert [("He", "[Reese]"), ("", "[not]")] == [
        (each.before, each.now) for each in found.changes if each.operation != "equal"
    ]


def test_a_merge_keeps_the_family_named_first_and_undo_and_redo_give_numbers_back(store: Store) -> None:
    put(store, [said(SAID), said(SAID), said(SAID), said(STATEMENTS[5]), said(STATEMENTS[5])])
    before = {row.id: row.size for row in lists.family_rows(store)}
    first, second = sorted(before, key=lambda number: before[number])
    kinship.merge(store, first, [second])
    assert {first: 5} == {row.id: row.size for row in lists.family_rows(store)}
    history.undo(store)
    assert before == {row.id: row.size for row in lists.family_rows(store)}
    history.redo(store)
    assert {first: 5} == {row.id: row.size for row in lists.family_rows(store)}

    history.undo(store)
    kinship.split(store, second, [2, 3])
    parted = {row.id: row.size for row in lists.family_rows(store)}
    history.undo(store)
    assert before == {row.id: row.size for row in lists.family_rows(store)}
    history.redo(store)
    assert parted == {row.id: row.size for row in lists.family_rows(store)}
    assert () == rebuild(store).differing


def test_a_claim_without_a_quote_is_not_put_into_a_family(store: Store) -> None:
    put(store, [said(SAID), said(SAID)])
    put_text(store, "News\nThe mayor said that 46 dockers are on short time.\n", name="news")
    (family,) = lists.family_rows(store)
    number = next(row.id for row in lists.claim_rows(store, ClaimFilter(), "article", limit=None) if row.id > 2)

    with pytest.raises(UsageError):
        kinship.join(store, number, family.id)
    assert [] == _decisions(store)


def test_an_article_with_the_text_of_another_says_so_and_its_quotes_are_of_one_origin(store: Store) -> None:
    text = "News\n“We went too far over budget, and the council will not pay for it,” Ana Reyes said on Friday.\n"
    put_text(store, text, name="one")
    put_text(store, text, name="other")

    assert [None, 1] == [row.copy_of for row in sorted(lists.article_rows(store), key=lambda row: row.id)]
    (family,) = lists.family_rows(store)
    assert (2, 1) == (family.size, family.origins)
    assert "a copy of a1; " in show.family(store, family.id).members[1].why
    put_text(store, text.replace("Friday", "Monday"), name="other")
    assert {None} == {row.copy_of for row in lists.article_rows(store)}
