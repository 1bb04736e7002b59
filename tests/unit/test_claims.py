"""Editing claims, sentences and sources: each is one action, in places that are always the claim's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from tests.unit.test_rebuild import assert_every_place_holds_its_own_words
from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.records import ClaimRow
from workbench.services import claims, evidence, history, lists, rebuild, review, sentences, show, sources
from workbench.services.reread import reread
from workbench.services.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def text(store: Store, article: int = 1) -> str:
    return show.article_view(store, article).text


def first(store: Store, wanted: Callable[[ClaimRow], bool]) -> ClaimRow:
    return next(row for row in rows(store) if wanted(row))


def statement(store: Store) -> ClaimRow:
    return first(store, lambda row: row.kind == "statement")


def attributed(store: Store) -> ClaimRow:
    return first(store, lambda row: row.kind == "mixed")


def at(store: Store, words: str) -> int:
    return text(store).index(words)


def test_a_claim_added_by_a_person_stands_on_the_words_that_were_chosen(store: Store) -> None:
    start = at(store, "raised harbour dues")
    number, action = claims.add(store, 1, start - 1, start + len("raised harbour dues") + 1)
    card = show.claim_card(store, number)

    assert "raised harbour dues" == card.row.text == text(store)[card.start : card.end]
    assert ("statement", "open", None) == (card.row.kind, card.row.status, card.reading)
    assert f"c{number} added: raised harbour dues" == action.label


def test_a_claim_added_with_a_source_is_what_its_quotation_marks_make_of_it(store: Store) -> None:
    start = at(store, "“nobody will lose a berth”")
    for row in rows(store):
        if "nobody" in row.text:
            review.mark(store, [row.id], status="not a claim")
    number, _ = claims.add(store, 1, start + 1, start + len("“nobody will lose"), source="Ada Brandt", kind="direct")
    card = show.claim_card(store, number)

    assert ("direct", "Ada Brandt", True) == (card.row.kind, card.row.source, card.row.source_confirmed)
    assert ["nobody will lose"] == [text(store)[s.start : s.end] for s in card.spans if s.role == "quote"]


def test_a_claim_keeps_its_number_and_verdict_when_its_edges_move_and_goes_back_into_review(store: Store) -> None:
    row = statement(store)
    review.mark(store, [row.id], truth="true")
    card = show.claim_card(store, row.id)
    action = claims.respan(store, row.id, end=card.start + row.text.index(" by 4 percent"))
    now = show.claim_card(store, row.id)

    assert row.text[: row.text.index(" by 4 percent")] == now.row.text
    assert ("in review", "true", ()) == (now.row.status, now.row.truth, now.numbers)
    assert action.label.startswith(f"c{row.id} is now: ")


def test_a_statement_is_split_into_two_without_the_marks_of_the_cut(store: Store) -> None:
    row = statement(store)
    place = at(store, "by 4 percent")
    new, action = claims.split(store, row.id, place)

    assert "by 4 percent" in show.claim_card(store, new).row.text
    assert not show.claim_card(store, row.id).row.text.endswith(" ")
    assert f"c{row.id} split into c{row.id} and c{new}" == action.label
    assert ["statement"] * 2 == [show.claim_card(store, one).row.kind for one in (row.id, new)]


def test_a_split_attribution_stays_whole_and_gets_parts(store: Store) -> None:
    row = attributed(store)
    card = show.claim_card(store, row.id)
    middle = text(store).index(" ", card.start + len(row.text) // 2)
    new, _ = claims.split(store, row.id, middle)
    cards = [show.claim_card(store, each.id) for each in rows(store)]
    parts = [each for each in cards if each.parent_id == row.id]

    assert row.text == show.claim_card(store, row.id).row.text
    assert [new - 1, new] == [part.row.id for part in parts]
    assert {row.source} == {part.row.source for part in parts}
    assert {card.cue_text} == {part.cue_text for part in parts}


def test_two_halves_merge_into_what_was_split(store: Store) -> None:
    row = statement(store)
    new, _ = claims.split(store, row.id, at(store, "by 4 percent"))
    paper, _ = evidence.add(store, new, url="https://a.example/b")
    review.mark(store, [new], note="seen")
    claims.merge(store, row.id)
    card = show.claim_card(store, row.id)

    assert row.text == card.row.text
    assert ([paper.id], ["seen"]) == ([one.id for one in card.evidence], [note.text for note in card.notes])
    assert new not in [each.id for each in rows(store)]


EDITS = (
    "add", "respan", "split", "parts", "merge", "kind", "voice", "sentence", "rename", "join", "source kind",
)  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_one_action_that_undo_takes_back_and_redo_does_again(store: Store, edit: str) -> None:
    row, other = statement(store), attributed(store)
    place = show.claim_card(store, row.id).start
    do: dict[str, Callable[[], object]] = {
        "add": lambda: claims.add(store, 1, place + 4, place + 12),
        "respan": lambda: claims.respan(store, row.id, end=place + 20),
        "split": lambda: claims.split(store, row.id, place + 20),
        "parts": lambda: claims.split(store, other.id, show.claim_card(store, other.id).start + 9),
        "merge": lambda: claims.merge(store, row.id, claims.split(store, row.id, place + 20)[0]),
        "kind": lambda: claims.set_kind(store, [row.id], "indirect"),
        "voice": lambda: claims.set_voice(store, [other.id], "c"),
        "sentence": lambda: sentences.mark(store, [show.article_view(store, 1).sentences[0].id], "opinion"),
        "rename": lambda: sources.rename(store, 1, "Ada B."),
        "join": lambda: sources.merge(store, 1, 2),
        "source kind": lambda: sources.set_kind(store, 1, "document"),
    }
    before = whole(store)
    do[edit]()
    done = whole(store)
    steps = 2 if edit == "merge" else 1
    for _ in range(steps):
        history.undo(store)
    assert before == whole(store)
    for _ in range(steps):
        history.redo(store)

    assert before != done == whole(store)
    assert () == rebuild.rebuild(store).differing
    assert history.verify(store).ok
    assert_every_place_holds_its_own_words(store)


def whole(store: Store) -> list[object]:
    cards = [show.claim_card(store, row.id) for row in rows(store)]
    shown = [(card.row, card.spans, card.parent_id, card.hedges, card.numbers) for card in cards]
    marks = [(one.mark, one.settled) for one in show.article_view(store, 1).sentences]
    return [shown, marks, lists.source_rows(store)]


def test_what_people_shaped_survives_a_new_reading_and_a_new_version_exactly(store: Store) -> None:
    row = statement(store)
    claims.split(store, row.id, at(store, "by 4 percent"))
    claims.set_kind(store, [attributed(store).id], "direct")
    added, _ = claims.add(store, 1, at(store, "Harbour dues"), at(store, " to rise"))
    before = {each.id: (each.text, each.kind) for each in rows(store)}
    list(reread(store, [1]))
    assert before == {each.id: (each.text, each.kind) for each in rows(store)}
    put(store, "A correction of the editors stands here.\n" + HARBOUR)
    after = {each.id: (each.text, each.kind) for each in rows(store)}

    assert before.items() <= after.items()
    assert "moved" == show.claim_card(store, added).row.anchor_state
    assert () == rebuild.rebuild(store).differing
    assert_every_place_holds_its_own_words(store)


def test_a_split_is_not_undone_under_somebody_elses_verdict(tmp_path: Path) -> None:
    with make_store(tmp_path) as ana:
        new, _ = claims.split(ana, statement(ana).id, at(ana, "by 4 percent"))
        bob = Store(ana.path, "bob")
        review.mark(bob, [new], truth="true")
        with pytest.raises(ConflictError, match="bob has since done"):
            history.undo(ana)
        bob.close()


def test_a_mark_settles_its_sentence_and_comes_along_into_the_next_version(store: Store) -> None:
    view = show.article_view(store, 1)
    title = view.sentences[0]
    sentences.mark(store, [title.id], "nothing to check", why="a headline")
    marked = show.article_view(store, 1).sentences[0]
    assert ("nothing to check", True) == (marked.mark, marked.settled)
    put(store, HARBOUR.replace("4 percent", "5 percent"))

    assert "nothing to check" == show.article_view(store, 1).sentences[0].mark
    assert () == rebuild.rebuild(store).differing


def test_a_merged_source_keeps_its_claims_together_and_its_name_findable(store: Store) -> None:
    named = {row.name: row.id for row in lists.source_rows(store)}
    ada = named["Ada Brandt"]
    review.mark(store, [attributed(store).id], source="The mayor of Ostwick")
    mayor = next(row.id for row in lists.source_rows(store) if row.name == "The mayor of Ostwick")
    sources.merge(store, mayor, ada)

    assert "Ada Brandt" == show.claim_card(store, attributed(store).id).row.source
    assert ("The mayor of Ostwick",) == show.source(store, ada).aliases
    review.mark(store, [statement(store).id], wording="x")
    review.mark(store, [attributed(store).id], source="")
    review.mark(store, [attributed(store).id], source="the mayor of ostwick")
    assert "Ada Brandt" == show.claim_card(store, attributed(store).id).row.source


def test_a_renamed_source_is_the_same_in_the_next_article(store: Store) -> None:
    ada = next(row.id for row in lists.source_rows(store) if row.name == "Ada Brandt")
    sources.rename(store, ada, "Adelheid Brandt")
    put(store, HARBOUR.replace("Harbour dues to rise", "Dues again"), name="other")
    names = {row.name for row in lists.source_rows(store)}

    assert {"Adelheid Brandt"} == names & {"Adelheid Brandt", "Ada Brandt"}


@pytest.mark.parametrize(
    ("refused", "error", "match"),
    [
        (lambda store: claims.add(store, 9, 0, 4), NotFoundError, "no article a9"),
        (lambda store: claims.add(store, 1, 20, 21), UsageError, "at least one word"),
        (lambda store: claims.add(store, 1, 0, 7, kind="quote"), UsageError, "unknown kind"),
        (lambda store: claims.respan(store, 1, 50, 40), UsageError, "no place in a text"),
        (lambda store: claims.respan(store, 1), ConflictError, "nothing to change"),
        (lambda store: claims.split(store, 1, 3), UsageError, "not inside c1"),
        (lambda store: claims.merge(store, 1, 1), UsageError, "with itself"),
        (lambda store: claims.respan(store, 1, end=50, revision=7), ConflictError, "has changed since"),
        (lambda store: sentences.mark(store, [99], "opinion"), NotFoundError, "no such sentence"),
        (lambda store: sentences.mark(store, [1], "idle"), UsageError, "unknown mark"),
        (lambda store: sources.merge(store, 1, 1), UsageError, "with itself"),
        (lambda store: sources.rename(store, 1, "  "), UsageError, "needs a name"),
        (lambda store: sources.set_kind(store, 77, "body"), NotFoundError, "no source s77"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    store: Store, refused: Callable[[Store], object], error: type[Exception], match: str
) -> None:
    before = whole(store)
    with pytest.raises(error, match=match):
        refused(store)

    assert before == whole(store)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-5, 400), st.integers(-5, 400), st.integers(0, 400))
def test_a_claim_never_points_at_other_words_than_its_own(store: Store, start: int, end: int, cut: int) -> None:
    for edit in (
        lambda row: claims.respan(store, row.id, start, end),
        lambda row: claims.split(store, row.id, cut),
        lambda row: claims.merge(store, row.id),
    ):
        try:
            edit(rows(store)[cut % len(rows(store))])
        except (ConflictError, UsageError):
            continue
    assert_every_place_holds_its_own_words(store)
