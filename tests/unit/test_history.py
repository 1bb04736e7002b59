"""Undo, redo and the log: state is the fold of the events, and the chain shows every change."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import driver, pages
from tests.unit.store_samples import make_store, put, rows, state
from workbench.errors import ConflictError, WorkbenchError
from workbench.history import Change, fold
from workbench.records import ClaimFilter
from workbench.services import evidence, history, lists, review, show
from workbench.services.store import Store, open_store


def test_undo_and_redo_walk_step_by_step_across_restarts(tmp_path: Path) -> None:
    states = []
    with make_store(tmp_path) as store:
        claim = rows(store)[0].id
        states.append(state(store))
        review.mark(store, [claim], truth="true")
        states.append(state(store))
        review.mark(store, [claim], note="seen")
        states.append(state(store))
        evidence.add(store, claim, url="https://a.example/b")
        states.append(state(store))
    for expected in reversed(states[:-1]):
        with open_store(str(tmp_path / "desk.db"), "ana") as store:
            history.undo(store)
            assert expected == state(store)
    for expected in states[1:]:
        with open_store(str(tmp_path / "desk.db"), "ana") as store:
            history.redo(store)
            assert expected == state(store)


def test_something_new_ends_what_can_be_redone(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        claim = rows(store)[0].id
        review.mark(store, [claim], truth="true")
        history.undo(store)
        review.mark(store, [claim], truth="false")
        with pytest.raises(ConflictError, match="nothing of yours to redo"):
            history.redo(store)


def test_what_was_undone_before_something_new_is_not_redone_after_it(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        first, second = (row.id for row in rows(store)[:2])
        review.mark(store, [first], truth="false")
        history.undo(store)
        review.mark(store, [second], truth="true")
        history.undo(store)

        assert f"redo: c{second} true" == history.redo(store).label
        with pytest.raises(ConflictError, match="nothing of yours to redo"):
            history.redo(store)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=14))
def test_undo_and_redo_are_two_stacks(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name, make_store(Path(name)) as store:
        claim = rows(store)[0].id
        history.undo(store)  # the ingest
        history.redo(store)
        undoable, redoable = ["the ingest"], []
        for number, step in enumerate(steps):
            if step == "do":
                review.mark(store, [claim], wording=f"wording {number}")
                undoable, redoable = [*undoable, f"wording {number}"], []
            elif step == "undo" and len(undoable) > 1:
                assert undoable[-1] in history.undo(store).label
                redoable.append(undoable.pop())
            elif step == "redo" and redoable:
                assert redoable[-1] in history.redo(store).label
                undoable.append(redoable.pop())
            elif step == "redo":
                with pytest.raises(ConflictError):
                    history.redo(store)


def test_undo_takes_back_only_ones_own(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, open_store(str(store.path), "bob") as other:
        review.mark(store, [rows(store)[0].id], truth="true")
        with pytest.raises(ConflictError, match="nothing of yours"):
            history.undo(other)


def test_undo_is_refused_when_somebody_built_on_it(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, open_store(str(store.path), "bob") as other:
        claim = rows(store)[0].id
        review.mark(store, [claim], truth="true")
        review.mark(other, [claim], truth="false")
        with pytest.raises(ConflictError, match=f"bob has since done “c{claim} false”"):
            history.undo(store)
        history.undo(other)
        assert "true" == show.claim_card(store, claim).row.truth
        history.undo(store)
        assert None is show.claim_card(store, claim).row.truth


def test_undoing_an_ingest_hides_its_articles_and_redo_shows_them(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        shown = rows(store)
        history.undo(store)
        assert [] == rows(store)
        assert [] == lists.article_rows(store)
        history.redo(store)
        assert shown == rows(store)


def test_an_ingest_that_others_have_judged_is_not_undone(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, open_store(str(store.path), "bob") as other:
        review.mark(other, [rows(store)[0].id], note="mine")
        with pytest.raises(ConflictError, match="bob has since done"):
            history.undo(store)


def test_the_same_text_comes_back_after_its_ingest_was_undone(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        shown = rows(store)
        history.undo(store)
        outcome = put(store, (store.path.parent / "inbox" / "harbour.txt").read_text())

        assert "stored" == outcome.status
        assert shown == rows(store)


def test_the_log_tells_who_did_what_from_what_to_what(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        claim = rows(store)[0].id
        review.mark(store, [claim], truth="true")
        review.mark(store, [claim], status="in review")
        last = history.log(store, f"c{claim}")[-1]

        assert ("ana", "mark", f"c{claim}", "status", "checked", "in review") == (
            last.reviewer, last.verb, last.subject, last.field, last.before, last.after,
        )  # fmt: skip


def test_a_changed_entry_breaks_the_chain(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        claim = rows(store)[0].id
        review.mark(store, [claim], truth="true")
        review.mark(store, [claim], truth="false")
        whole = history.verify(store)
        assert whole.ok
        assert (whole.length, whole.head) == history.head(store)
    connection = driver.connect(tmp_path / "desk.db")
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("UPDATE event SET after = replace(after, '\"true\"', '\"mixed\"') WHERE field = 'truth'")
    connection.close()
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        broken = history.verify(store)

        assert not broken.ok
        assert broken.length < whole.length


FORGERIES = (
    "UPDATE action SET reviewer = 'eve' WHERE id = 2",
    "UPDATE action SET at = '2020-01-01T00:00:00.000Z' WHERE id = 2",
    "UPDATE action SET verb = 'remove' WHERE id = 2",
    "UPDATE action SET label = 'c1 false' WHERE id = 2",
    "UPDATE action SET target_id = 1 WHERE target_id IS NOT NULL",
    "UPDATE event SET after = 'null' WHERE field = 'truth'",
    "UPDATE event SET subject_id = subject_id + 1 WHERE field = 'truth'",
    "UPDATE event SET claim_id = claim_id + 1 WHERE field = 'truth'",
    "UPDATE event SET article_id = NULL WHERE field = 'truth'",
    "UPDATE event SET action_id = 1 WHERE field = 'truth'",
    "UPDATE event SET why = 'because' WHERE field = 'truth'",
    "UPDATE event SET purged = 1, before = 'null', after = 'null' WHERE field = 'truth'",
    "DELETE FROM event WHERE field = 'truth'",
    "DELETE FROM action WHERE id = 2",
)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_whatever_is_changed_in_the_log_shows(tmp_path: Path, forgery: str) -> None:
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
        review.mark(store, [2], note="seen")
        history.undo(store)
        connection = driver.connect(store.path)
        connection.execute("PRAGMA foreign_keys = OFF")
        for trigger in ("event_no_update", "event_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        assert history.verify(store).ok
        connection.execute(forgery)
        connection.close()

        assert not history.verify(store).ok


def test_the_log_is_told_one_by_one_however_long_it_is(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        for number in range(3):
            review.mark(store, [row.id for row in rows(store)], note=f"note {number}")
        whole = history.log(store, limit=None)

        assert [event.seq for event in whole] == list(range(1, len(whole) + 1))
        assert whole[-5:] == list(history.entries(store, limit=5)) == history.log(store, limit=5)
        assert history.log(store, "c1", limit=2) == history.log(store, "c1")[-2:]


_LABELS = st.sampled_from(["true", "mixed", "false"])
_DEEDS = st.one_of(
    st.tuples(st.just("truth"), _LABELS),
    st.tuples(st.just("attribution"), st.sampled_from(["accurate", "not-found"])),
    st.tuples(st.just("note"), st.text(min_size=1, max_size=5)),
    st.tuples(st.just("wording"), st.text(max_size=5)),
    st.tuples(st.just("source"), st.sampled_from(["Ada Brandt", "", "The council"])),
    st.tuples(st.just("flags"), st.sampled_from([["satire"], ["outdated"]])),
    st.tuples(st.just("status"), st.sampled_from(["open", "not a claim", "approved"])),
    st.tuples(st.just("evidence"), st.just("https://a.example/b")),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["ana", "bob"]), st.integers(0, 3), _DEEDS), max_size=12))
def test_columns_are_the_fold_of_the_events_after_any_history(steps: list[tuple[str, int, tuple[str, object]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, make_store(Path(folder)) as ana:
        bob = Store(ana.path, "bob")
        ids = [row.id for row in rows(ana)]
        base = {row.id: row for row in rows(ana)}
        for who, which, (name, value) in steps:
            _do(ana if who == "ana" else bob, ids[which % len(ids)], name, value)
        assert history.verify(ana).ok
        _assert_folded(ana, base)
        bob.close()


def _do(store: Store, claim: int, name: str, value: object) -> None:
    try:
        if name in ("undo", "redo"):
            getattr(history, name)(store)
        elif name == "evidence":
            evidence.add(store, claim, url=str(value))
        else:
            review.mark(store, [claim], **{name: value})  # type: ignore[arg-type]
    except WorkbenchError:
        pass


def _assert_folded(store: Store, base: dict[int, object]) -> None:
    changes = []
    with store.reading() as reader:
        for row in pages.select(reader, "SELECT * FROM event ORDER BY seq"):
            before, after = json.loads(row["before"]), json.loads(row["after"])
            changes.append(Change(row["subject"], row["subject_id"], row["subject_uid"], row["field"], before, after))
        uids = {row["id"]: row["uid"] for row in pages.select(reader, "SELECT id, uid FROM claim")}
    folded = fold(changes)
    shown = {row.id: row for row in lists.claim_rows(store, ClaimFilter(), "article", limit=None)}
    if not shown:  # the ingest itself was undone
        return
    for claim_id, uid in uids.items():
        row = shown[claim_id]
        for field in ("truth", "attribution"):
            value = folded.get(("claim", uid, field))
            assert (value["label"] if value else None) == getattr(row, field)
        if ("claim", uid, "status") in folded:
            assert folded["claim", uid, "status"] == row.status
        if ("claim", uid, "flags") in folded:
            assert folded["claim", uid, "flags"] == list(row.flags)
        if ("claim", uid, "source") in folded:
            value = folded["claim", uid, "source"]
            assert (value["name"] if value else None) == row.source
