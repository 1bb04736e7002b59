"""Columns folded anew from base rows and events: equal to what stands after any history, or put right and told."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import counting, driver
from tests.unit.store_samples import HARBOUR, make_store, put, rows, state
from workbench.errors import ConflictError, WorkbenchError
from workbench.services import evidence, history, purging, removal, review, show
from workbench.services.rebuild import rebuild
from workbench.services.store import Store

TEXTS = (
    HARBOUR,
    HARBOUR.replace("by 4 percent", "by 3 percent"),
    "Correction\n" + HARBOUR.replace("“nobody will lose a berth”", "“some will lose a berth”"),
    "Another day\nThe council met. Olaf Reth said: “Shipping is a hard business in the north.”\n",
)
_MARKS = st.one_of(
    st.fixed_dictionaries({"truth": st.sampled_from(["true", "mixed", "false"])}),
    st.fixed_dictionaries({"attribution": st.sampled_from(["accurate", "not-found"])}),
    st.fixed_dictionaries({"explain": st.text(max_size=5)}),
    st.fixed_dictionaries({"note": st.text(min_size=1, max_size=5)}),
    st.fixed_dictionaries({"wording": st.text(max_size=5)}),
    st.fixed_dictionaries({"source": st.sampled_from(["Ada Brandt", "", "The council", "Ölaf"])}),
    st.fixed_dictionaries({"flags": st.sampled_from([["satire"], ["outdated", "satire"]])}),
    st.fixed_dictionaries({"unflags": st.just(["satire"])}),
    st.fixed_dictionaries({"status": st.sampled_from(["open", "in review", "not a claim", "approved"])}),
    st.fixed_dictionaries({"waive": st.just("not about facts")}),
    st.fixed_dictionaries({"clear": st.sampled_from([["truth"], ["attribution"], ["truth", "attribution"]])}),
)
_STEPS = st.one_of(
    st.tuples(st.just("mark"), _MARKS),
    st.tuples(st.sampled_from(["evidence", "no evidence", "other evidence", "undo", "redo"]), st.none()),
    st.tuples(st.just("remove"), st.sampled_from("cca")),
    st.tuples(st.just("purge"), st.none()),
    st.tuples(st.just("ingest"), st.tuples(st.sampled_from(TEXTS), st.sampled_from(["harbour", "harbour", "other"]))),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["ana", "bob", "cid"]), st.integers(0, 5), _STEPS), max_size=16))
def test_any_history_of_several_reviewers_folds_to_what_stands(
    steps: list[tuple[str, int, tuple[str, object]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, make_store(Path(folder)) as ana:
        stores = {"ana": ana, "bob": Store(ana.path, "bob"), "cid": Store(ana.path, "cid")}
        for who, which, (name, value) in steps:
            _do(stores[who], which, name, value)
        with ana.reading() as reader:
            assert {} == counting.wrong(reader)
        before, bytes_before = state(ana), ana.path.read_bytes()
        done = rebuild(ana)

        assert () == done.differing
        assert done.events <= history.head(ana)[0]
        assert (before, bytes_before) == (state(ana), ana.path.read_bytes())
        for store in stores.values():
            store.close()


def _do(store: Store, which: int, name: str, value: object) -> None:
    ids = [row.id for row in rows(store)] or [1]
    claim = ids[which % len(ids)]
    try:
        if name in ("undo", "redo"):
            getattr(history, name)(store)
        elif name == "ingest":
            text, called = value  # type: ignore[misc]
            put(store, text, name=called)
        elif name == "evidence":
            review.add_evidence(store, claim, url="https://a.example/b")
        elif name == "remove":
            removal.remove(store, [(str(value), claim if value == "c" else 1 + which % 2)])
        elif name == "purge":
            purging.purge(store, 1 + which % 2)
        elif name == "other evidence":
            evidence.edit(store, show.claim_card(store, claim).evidence[0].id, stance="refutes", quote=f"the {which}th")
        elif name == "no evidence":
            review.remove_evidence(store, show.claim_card(store, claim).evidence[0].id)
        else:
            review.mark(store, [claim], **value)  # type: ignore[arg-type]
    except (WorkbenchError, IndexError):
        pass  # a step that this history does not allow


TAMPERED = {
    "claim status": "UPDATE claim SET status = 'approved' WHERE id = 1",
    "claim wording": "UPDATE claim SET wording = 'other words' WHERE id = 1",
    "claim source_id": "UPDATE claim SET source_id = NULL WHERE id = 2",
    "claim revision": "UPDATE claim SET revision = revision + 1 WHERE id = 1",
    "claim start": "UPDATE claim SET start = start - 1 WHERE id = 2",
    "claim hidden": "UPDATE claim SET hidden = 1 WHERE id = 1",
    "claim flags": "UPDATE claim SET flags = '[\"satire\"]' WHERE id = 1",
    "verdict label": "UPDATE verdict SET label = 'false'",
    "verdict row that was missing": "DELETE FROM verdict",
    "sentence settled": "UPDATE sentence SET settled = NOT settled WHERE id = 1",
    "evidence hidden": "UPDATE evidence SET hidden = 1",
    "evidence url": "UPDATE evidence SET url = 'https://b.example/c'",
    "note hidden": "UPDATE note SET hidden = 1",
    "note text": "UPDATE note SET text = 'other words'",
    "article title": "UPDATE article SET title = 'Another'",
    "action undone": "UPDATE action SET undone = 1 WHERE id = 2",
}


@pytest.mark.parametrize(("column", "statement"), TAMPERED.items(), ids=TAMPERED)
def test_what_was_changed_past_the_history_is_told_and_put_right(tmp_path: Path, column: str, statement: str) -> None:
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true", note="seen")
        review.add_evidence(store, 1, url="https://a.example/b")
        before = state(store)
        connection = driver.connect(store.path)
        connection.execute(statement)
        connection.close()

        assert column in [each.column for each in rebuild(store).differing]
        assert before == state(store)
        assert () == rebuild(store).differing


def test_a_rewritten_history_is_not_folded(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        review.mark(store, [1], truth="true")
        connection = driver.connect(store.path)
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET subject_id = 2 WHERE field = 'truth'")
        connection.close()
        with pytest.raises(ConflictError, match="the history was changed"):
            rebuild(store)
        assert "true" == show.claim_card(store, 1).row.truth
