"""Articles in the store: identity, versions, claims that follow their words, anchors that never lie."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.records import ClaimFilter
from workbench.services import doctor, history, lists, review, show
from workbench.services.ingest import IngestOptions, ingest
from workbench.services.store import Store, open_store


def _by_text(store: Store) -> dict[str, int]:
    return {row.text: row.id for row in rows(store)}


def test_the_stored_text_is_the_file_character_for_character(tmp_path: Path) -> None:
    text = "Title\r\n\r\n  “Wind” said\tAda Brandt. \U0001f30a cafe\u0301 \ufb01ne\r\n"
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        outcome = put(store, text)

        assert text == show.article_view(store, outcome.article_id or 0).text


def test_the_same_text_again_changes_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        length = history.head(store)
        outcome = put(store, HARBOUR)

        assert ("unchanged", length) == (outcome.status, history.head(store))


def test_a_new_text_is_a_new_version_and_claims_keep_their_identity_and_verdict(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        before = _by_text(store)
        kept = next(text for text in before if "nobody will lose" in text)
        gone = next(text for text in before if "4 percent" in text)
        review.mark(store, [before[kept]], attribution="accurate")
        review.mark(store, [before[gone]], truth="false")
        outcome = put(store, "Correction\n" + HARBOUR.replace("by 4 percent", "by 3 percent"))
        after = _by_text(store)
        card = show.claim_card(store, before[kept])

        assert "new version" == outcome.status
        assert 2 == show.article_view(store, outcome.article_id or 0).version
        assert before[kept] == after[kept]
        assert ("accurate", "moved", False) == (card.row.attribution, card.row.anchor_state, card.row.stale)
        changed = show.claim_card(store, before[gone])
        assert ("changed", True, 2) == (changed.row.anchor_state, changed.row.stale, changed.version)
        assert "3 percent" in changed.row.text


def test_undoing_the_new_version_brings_the_old_one_back(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        before = rows(store)
        put(store, HARBOUR.replace("4 percent", "3 percent"))
        changed = rows(store)
        history.undo(store)
        assert before == rows(store)
        history.redo(store)
        assert changed == rows(store)


def test_the_same_text_elsewhere_is_another_article(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        outcome = put(store, HARBOUR, outlet="Another Outlet")

        assert "stored" == outcome.status
        assert 2 == len(lists.article_rows(store))


def test_quotes_that_travel_become_a_family_whatever_the_order(tmp_path: Path) -> None:
    texts = [
        "One\nMayor Ada Brandt said “the long quay may be closed until 12 May for repairs”.\n",
        "Two\nMayor Ada Brandt said “the long quay will be closed until 12 May for repairs”.\n",
        "Three\n“Shipping is a hard business in the north”, said Olaf Reth.\n",
    ]
    shapes = []
    for number, order in enumerate(([0, 1, 2], [2, 1, 0])):
        with open_store(str(tmp_path / f"{number}" / "desk.db"), "ana") as store:
            for index in order:
                put(store, texts[index], name=f"article{index}", outlet=f"Outlet {index}")
            families = [show.family(store, row.id) for row in lists.family_rows(store)]
            shapes.append([sorted((one.outlet, one.alarms) for one in family.members) for family in families])
    assert shapes[0] == shapes[1]
    assert [2] == [len(family) for family in shapes[0]]


def test_a_folder_goes_on_past_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(HARBOUR)
    (tmp_path / "in" / "b.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    (tmp_path / "in" / "c.txt").write_text("")
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        outcomes = list(ingest(store, [str(tmp_path / "in"), str(tmp_path / "absent.txt")]))

        assert ["stored", "failed", "failed", "failed"] == [outcome.status for outcome in outcomes]
        assert 1 == len(lists.article_rows(store))


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HARBOUR)
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        (outcome,) = ingest(store, [str(path)], options=IngestOptions(dry_run=True))

        assert "would store" == outcome.status
        assert outcome.claims > 0
        assert [] == lists.article_rows(store)


def test_a_dry_run_says_what_a_new_version_would_change_and_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    path, file = tmp_path / "a.txt", tmp_path / "desk.db"
    path.write_text(HARBOUR)
    with open_store(str(file), "ana") as store:
        (stored,) = ingest(store, [str(path)])
        path.write_text(HARBOUR + "\nThe council said that 40 boats were lost.\n")
        before = list(history.entries(store))
        (would,) = ingest(store, [str(path)], options=IngestOptions(dry_run=True))

        assert ("would be a new version", stored.article_id) == (would.status, would.article_id)
        assert would.changes is not None
        assert stored.claims == would.changes.counts()["unchanged"]
        assert before == list(history.entries(store))
        (done,) = ingest(store, [str(path)])
        assert ("new version", would.changes) == (done.status, done.changes)


_WORDS = st.sampled_from(
    ["“We may close,”", "said", "Ada Brandt.", "The council", "raised dues by 4 percent", "\n", "”", "“",
     "He added that", "\U0001f30a", "nobody knows.", "\r\n", "[sic]", "e\u0301", "\u202e", "\t"]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_WORDS, min_size=2, max_size=25).map(" ".join), min_size=1, max_size=3))
def test_no_claim_ever_points_at_other_words_than_its_own(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/desk.db", "ana") as store:
        for text in texts:
            put(store, text)
        for row in lists.claim_rows(store, ClaimFilter(), "article", limit=None):
            card = show.claim_card(store, row.id)
            text = show.article_view(store, row.article_id, card.version).text
            pieces = [span for span in card.spans if span.role == "content"]
            assert row.text == " … ".join(text[piece.start : piece.end] for piece in pieces)
        findings = {finding.name: finding for finding in doctor.examine(str(store.path))}
        assert findings["spans"].ok
        assert findings["integrity"].ok
        assert findings["history"].ok
