from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.match import FamilyDraft, Quotation, compare, group

SAID = "We went too far over budget, and the council will not pay for it."


def families(*quotes: Quotation) -> list[FamilyDraft]:
    pairs = combinations(range(len(quotes)), 2)
    found = ((one, other, compare(quotes[one], quotes[other])) for one, other in pairs)
    return group(quotes, [(one, other, link) for one, other, link in found if link])


def said(
    text: str, date: str = "2025-07-01", speaker: str | None = "Ana Reyes", origin: str | None = None
) -> Quotation:
    return Quotation(text, speaker, date, origin)


def test_copies_and_fragments_are_one_family_with_the_earliest_first() -> None:
    (family,) = families(
        said("went too far over budget", "2025-07-03"),
        said(SAID),
        said("We went too far over budget, and the council won't pay.", "2025-07-02"),
    )

    assert (1, 2, 0) == family.indexes
    assert ["earliest", "near", "fragment"] == [member.relation for member in family.members]
    assert 3 == family.origins


def test_a_changed_negation_is_in_the_family_with_its_alarm() -> None:
    (family,) = families(
        said(SAID), said("We went too far over budget, and the council will pay for it.", "2025-07-02")
    )

    assert ("negation",) == family.alarms == family.members[1].alarms


def test_a_fragment_of_two_families_joins_neither_and_never_joins_them() -> None:
    one = said("The ferry terminal opens in autumn because the harbour board approved the budget.")
    other = said("The harbour board approved the budget although nobody had asked the fishermen about it.")
    fragment = said("harbour board approved the budget")

    assert [] == families(one, other, fragment)


def test_short_quotes_join_only_when_the_same_speaker_says_the_same_words() -> None:
    assert [(0, 1)] == [family.indexes for family in families(said("gone crazy"), said("“gone crazy,”", "2025-07-02"))]
    assert [] == families(said("gone crazy"), said("gone crazy", speaker="Li Wei"))


def test_copies_of_one_wire_are_one_origin() -> None:
    (family,) = families(
        said(SAID, origin="COASTAL WIRE"), said(SAID, origin="Coastal Wire"), said(SAID, origin="AP"), said(SAID)
    )

    assert 3 == family.origins
    assert 1 == [member.relation for member in family.members].count("wire copy")


STATEMENTS = [
    SAID,
    "We went too far over budget, and the council will pay for it.",
    "We went too far over budget",
    "went too far",
    "The ferry terminal opens in autumn, and the council will not pay for it.",
    "the council will not pay for it",
    "The ferry terminal may open in autumn.",
    "the ferry terminal",
]
QUOTATIONS = st.builds(
    Quotation,
    st.sampled_from(STATEMENTS),
    st.sampled_from([None, "Ana Reyes", "Reyes", "Li Wei"]),
    st.sampled_from([None, "2025-07-01", "2025-07-02", "2025-09-09"]),
    st.sampled_from([None, "AP"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(QUOTATIONS, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_families_are_the_same_whatever_the_order_of_the_quotes(quotes: list[Quotation], random: object) -> None:
    shuffled = list(quotes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def contents(ordered: list[Quotation]) -> list[object]:
        return [
            [(ordered[member.index], member.relation, member.score, member.alarms) for member in family.members]
            for family in families(*ordered)
        ]

    assert contents(quotes) == contents(shuffled)


@settings(max_examples=60, deadline=None)
@given(st.lists(QUOTATIONS, max_size=8))
def test_a_quote_is_in_one_family_at_most_and_no_family_holds_one_alone(quotes: list[Quotation]) -> None:
    found = [family.indexes for family in families(*quotes)]

    flat = [index for indexes in found for index in indexes]
    assert len(set(flat)) == len(flat)
    assert all(len(indexes) > 1 for indexes in found)
