"""Columns folded anew from base rows and events: equal to what stands after any history, or put right and told."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import counting, driver, pages
from tests.unit.store_samples import HARBOUR, make_store, put, rows, state
from workbench.errors import ConflictError, WorkbenchError
from workbench.services import claims, evidence, history, lists, purging, removal, review, sentences, show, sources
from workbench.services.rebuild import rebuild
from workbench.services.store import Store
from workbench.spans import Span, anchor

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
    st.tuples(st.just("split"), st.integers(1, 30)),
    st.tuples(st.just("respan"), st.tuples(st.integers(-20, 20), st.integers(-20, 20))),
    st.tuples(st.just("add"), st.tuples(st.integers(0, 200), st.integers(1, 60))),
    st.tuples(st.just("merge"), st.none()),
    st.tuples(st.just("kind"), st.sampled_from(["statement", "indirect", "mixed"])),
    st.tuples(st.just("voice"), st.sampled_from("ABG")),
    st.tuples(st.just("sentence"), st.sampled_from(["opinion", "nothing to check", None])),
    st.tuples(st.just("rename"), st.sampled_from(["Ada Brandt-Reth", "Ölaf"])),
    st.tuples(st.just("source merge"), st.integers(1, 4)),
    st.tuples(st.just("source kind"), st.sampled_from(["person", "body"])),
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
        assert_every_place_holds_its_own_words(ana)
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
            evidence.add(store, claim, url="https://a.example/b")
        elif name == "remove":
            removal.remove(store, [(str(value), claim if value == "c" else 1 + which % 2)])
        elif name == "purge":
            purging.purge(store, 1 + which % 2)
        elif name in SHAPING:
            shape(store, name, value, claim, which)
        elif name == "other evidence":
            evidence.edit(store, show.claim_card(store, claim).evidence[0].id, stance="refutes", quote=f"the {which}th")
        elif name == "no evidence":
            evidence.remove(store, show.claim_card(store, claim).evidence[0].id)
        else:
            review.mark(store, [claim], **value)  # type: ignore[arg-type]
    except (WorkbenchError, IndexError):
        pass  # a step that this history does not allow


SHAPING = (
    "split", "respan", "add", "merge", "kind", "voice", "sentence", "rename", "source merge", "source kind",
)  # fmt: skip


def shape(store: Store, name: str, value: Any, claim: int, which: int) -> None:
    """Edit a claim, mark a sentence or change a source."""
    card = show.claim_card(store, claim)
    if name == "split":
        claims.split(store, claim, card.start + value)
    elif name == "respan":
        claims.respan(store, claim, card.start + value[0], card.end + value[1])
    elif name == "add":
        claims.add(store, card.row.article_id, value[0], value[0] + value[1], source="Olaf Reth" if which % 2 else None)
    elif name == "merge":
        claims.merge(store, claim)
    elif name == "kind":
        claims.set_kind(store, [claim], value)
    elif name == "voice":
        claims.set_voice(store, [claim], value)
    elif name == "sentence":
        view = show.article_view(store, card.row.article_id)
        sentences.mark(store, [view.sentences[which % len(view.sentences)].id], value)
    elif name == "rename":
        sources.rename(store, 1 + which % 3, value)
    elif name == "source kind":
        sources.set_kind(store, 1 + which % 3, value)
    else:
        sources.merge(store, value, 1 + which % 4)


def assert_every_place_holds_its_own_words(store: Store) -> None:
    """No claim points at other words than its own, in any version."""
    with store.reading() as reader:
        for row in pages.select(
            reader,
            "SELECT anchor.*, version.text AS whole FROM anchor JOIN version ON version.id = anchor.version_id"
            " WHERE version.text <> ''",
        ):
            place = anchor(row["whole"], Span(row["start"], row["end"]))
            assert (place.exact, place.prefix, place.suffix) == (row["exact"], row["prefix"], row["suffix"])
    for row in rows(store):
        card = show.claim_card(store, row.id)
        text = show.article_view(store, row.article_id, card.version).text
        pieces = [text[span.start : span.end] for span in card.spans if span.role == "content"]
        if row.anchor_state != "lost":
            assert " … ".join(pieces) == row.text
            assert text[card.start : card.end].startswith(pieces[0])
            assert text[card.start : card.end].endswith(pieces[-1])


TAMPERED = {
    "source name": "UPDATE source SET name = 'Nobody' WHERE id = 1",
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
        sources.rename(store, 1, "The Council")
        evidence.add(store, 1, url="https://a.example/b")
        before = state(store)
        connection = driver.connect(store.path)
        connection.execute(statement)
        connection.close()

        assert column in [each.column for each in rebuild(store).differing]
        assert before == state(store)
        assert () == rebuild(store).differing


def test_an_article_is_written_as_its_events_fold_it_also_where_its_sources_were_merged(tmp_path: Path) -> None:
    said = "Pier\nMayor Ada Brandt said “the pier may be closed”. Brandt said Ida Holm had accused her of “delay”.\n"
    with make_store(tmp_path) as store:
        put(store, said.replace("Ada Brandt", "Ada Brandis"), name="other")
        names = {row.name: row.id for row in lists.source_rows(store)}
        sources.merge(store, names["Ada Brandis"], names["Ada Brandt"])
        put(store, said.replace("Ada Brandt", "Ada Brandis"), name="third")
        with store.reading() as reader:
            spoken = pages.select(reader, "SELECT DISTINCT source_id, source_name FROM claim WHERE article_id = 3")

        assert (names["Ada Brandt"], "Ada Brandt") in [tuple(row) for row in spoken]
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
