"""Many claims marked at once: the same as one by one, one action, one undo, and nothing when it is stopped."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store_samples import HARBOUR, make_store, put, rows, state
from workbench.errors import ConflictError, UsageError, WorkbenchError
from workbench.records import ClaimFilter
from workbench.services import history, journal, review, several
from workbench.services.rebuild import rebuild
from workbench.services.store import Store

TEXTS = 8  # copies of the harbour article: more claims than are written one by one


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with _filled(tmp_path) as made:
        yield made


def _filled(folder: Path) -> Store:
    made = make_store(folder)
    for number in range(TEXTS):
        put(made, HARBOUR.replace("dues", f"dues {number}"), name=f"copy {number}")
    return made


_MARKS = st.one_of(
    st.fixed_dictionaries({"truth": st.sampled_from(["true", "false"]), "flags": st.just(["satire"])}),
    st.fixed_dictionaries({"truth": st.just("mixed"), "explain": st.just("because")}),
    st.fixed_dictionaries({"source": st.sampled_from(["Ada Brandt", "", "The council"])}),
    st.fixed_dictionaries({"waive": st.just("not about facts")}),
    st.fixed_dictionaries({"status": st.sampled_from(["open", "not a claim"])}),
    st.fixed_dictionaries({"clear": st.just(["truth"])}),
    st.fixed_dictionaries({"wording": st.sampled_from(["", "Dues rise."])}),
)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_MARKS, min_size=1, max_size=3))
def test_many_at_once_are_as_one_by_one_and_as_the_events_say(marks: list[dict[str, Any]]) -> None:
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        _filled(Path(one)) as single,
        _filled(Path(other)) as many,
    ):
        for mark in marks:
            _one_by_one(single, mark)
            _at_once(many, mark)

        assert _without_times(state(single)) == _without_times(state(many))
        assert () == rebuild(many).differing
        assert history.verify(many).ok


def _one_by_one(store: Store, mark: dict[str, Any]) -> None:
    for row in rows(store):
        try:
            review.mark(store, [row.id], **mark)
        except WorkbenchError:
            continue


def _at_once(store: Store, mark: dict[str, Any]) -> None:
    try:
        several.mark_many(store, ClaimFilter(), **mark)
    except ConflictError:
        return


def _without_times(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT[^\"]*", "", text)


def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(store: Store) -> None:
    before, claims = state(store), rows(store)
    marked = several.mark_many(store, ClaimFilter(), truth="false", flags=["satire"])
    after = state(store)

    assert len(claims) > journal.MANY
    assert f"{len(claims)} claims false, flag satire" == marked.action.label
    assert f"undo: {marked.action.label}" == history.undo(store).label
    assert before == state(store)
    history.redo(store)
    assert after == state(store)
    assert history.verify(store).ok


def test_statements_are_passed_over_by_an_attribution_and_told(store: Store) -> None:
    kinds = [row.kind for row in rows(store)]
    marked = several.mark_many(store, ClaimFilter(), attribution="accurate")

    assert kinds.count("statement") == sum(marked.skipped.values())
    assert len(kinds) - kinds.count("statement") == marked.claims
    assert "passed over: it is the article's own statement and has no speaker" in marked.said


def test_a_verdict_that_stands_can_be_kept(store: Store) -> None:
    first = rows(store)[0].id
    review.mark(store, [first], truth="true")
    marked = several.mark_many(store, ClaimFilter(), truth="false", keep=True)

    assert {"a verdict that stands is kept": 1} == marked.skipped
    assert "true" == next(row.truth for row in rows(store) if row.id == first)


def test_what_is_stopped_leaves_nothing_behind(store: Store) -> None:
    class Stopped(WorkbenchError):
        pass

    def watch(done: int, total: int) -> None:
        if done == total:
            raise Stopped("stopped")

    before = state(store)
    with pytest.raises(Stopped):
        several.mark_many(store, ClaimFilter(), truth="false", watch=watch)

    assert before == state(store)
    with pytest.raises(ConflictError, match="nothing of yours"):
        history.undo(Store(store.path, "nobody"))


def test_progress_grows_to_the_whole(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    several.mark_many(store, ClaimFilter(), truth="false", watch=lambda done, total: seen.append((done, total)))

    assert sorted(seen) == seen
    assert seen[-1][0] == seen[-1][1] == len(rows(store))


def test_a_choice_of_nothing_and_a_mark_that_changes_nothing_are_told(store: Store) -> None:
    with pytest.raises(UsageError, match="no claim is chosen"):
        several.mark_many(store, ClaimFilter(outlet="nowhere"), truth="false")
    with pytest.raises(ConflictError, match="that stands already"):
        several.mark_many(store, ClaimFilter(), status="open")


def test_what_stands_on_a_choice_is_counted(store: Store) -> None:
    ids = [row.id for row in rows(store)][:3]
    review.mark(store, ids[:2], truth="true")

    assert (3, 2, 2, 0) == tuple(
        getattr(several.standing(store, ids), name) for name in ("claims", "settled", "truth", "attribution")
    )
    assert len(rows(store)) == several.standing(store, ClaimFilter()).claims
