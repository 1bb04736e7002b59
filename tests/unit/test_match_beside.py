"""Members of a family beside each other, linked or not: how they stand to each other is said of every pair."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_match_compare import QUOTES, link
from workbench.match import Quotation, beside, compare
from workbench.match.words import words

LONG = "We are not going to build the second bridge, and the harbour board has known that since the storm."


@given(QUOTES, QUOTES)
def test_a_linked_pair_stands_to_each_other_as_its_link_says(one: str, other: str) -> None:
    linked, found = link(one, other), beside(Quotation(one, "Ana Reyes"), Quotation(other, "Reyes"))

    if linked:
        assert (linked.relation, linked.alarms) == (found.relation, found.alarms)


@given(QUOTES, QUOTES)
def test_every_word_of_the_other_is_shown_once_or_none_is(one: str, other: str) -> None:
    aligned = beside(Quotation(one), Quotation(other)).aligned

    if aligned:
        shown = [word.text for piece in aligned for word in words(piece.other).words]
        assert [word.text for word in words(other).words] == shown


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_stand_to_each_other_somehow(one: str, other: str) -> None:
    found = beside(Quotation(one), Quotation(other))

    assert found.relation in ("same", "near", "fragment", "differs")
    assert found.why


def test_a_fragment_leaves_nothing_out_but_what_it_is_in_alarm_for() -> None:
    found = beside(Quotation(LONG), Quotation("going to build the second bridge"))

    assert ("fragment", ("negation",)) == (found.relation, found.alarms)
    assert ["are not"] == [piece.one for piece in found.aligned if piece.operation == "delete"]


def test_two_quotes_without_a_stretch_in_common_differ_without_alarm() -> None:
    one, other = Quotation(LONG, "Reyes"), Quotation("that is seven of the five days", "Reyes")

    assert None is compare(one, other)
    assert ("differs", (), ()) == (beside(one, other).relation, beside(one, other).alarms, beside(one, other).aligned)
