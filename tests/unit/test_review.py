"""Judging claims: what a mark does, what it refuses, and that a refusal touches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store_samples import make_store, rows, state
from workbench.errors import ConflictError, InputError, NotFoundError, UsageError
from workbench.services import evidence, history, review, show
from workbench.services.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def _quoted(store: Store) -> int:
    return next(row.id for row in rows(store) if row.kind in ("direct", "mixed"))


def _statement(store: Store) -> int:
    return next(row.id for row in rows(store) if row.kind == "statement")


def test_the_first_verdict_checks_a_claim_and_says_who_gave_it(store: Store) -> None:
    claim = _statement(store)
    action = review.mark(store, [claim], truth="mostly-false", explain="The rise was 3 percent.")
    card = show.claim_card(store, claim)

    assert f"c{claim} mostly false, explanation: The rise was 3 percent." == action.label
    assert "checked" == card.row.status
    assert card.truth is not None
    assert ("mostly-false", "mostly false", 2, "ana", 1) == (
        card.truth.label, card.truth.word, card.truth.rating, card.truth.reviewer, card.truth.version,
    )  # fmt: skip


def test_another_verdict_drops_the_explanation_of_the_one_before(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="true", explain="The minutes say so.", rationale="Read them twice.")
    action = review.mark(store, [claim], truth="false")
    card = show.claim_card(store, claim)

    assert f"c{claim} false, explanation removed, rationale removed" == action.label
    assert card.truth is not None
    assert ("false", None, None) == (card.truth.label, card.truth.explanation, card.truth.rationale)
    assert "The minutes say so." in str(history.log(store, f"c{claim}"))
    history.undo(store)
    before = show.claim_card(store, claim).truth
    assert before is not None
    assert ("true", "The minutes say so.") == (before.label, before.explanation)


def test_another_verdict_with_its_own_explanation_keeps_that_one(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="true", attribution="accurate", explain="So they say.")
    action = review.mark(store, [claim], truth="false", explain="They took it back.")
    card = show.claim_card(store, claim)

    assert f"c{claim} false, explanation: They took it back." == action.label
    assert card.truth is not None
    assert "They took it back." == card.truth.explanation


def test_the_same_verdict_again_by_the_same_person_is_no_action_and_by_another_is_one(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="true", explain="The minutes say so.")
    before = (history.head(store), show.claim_card(store, claim))
    with pytest.raises(ConflictError, match=f"c{claim} has that verdict"):
        review.mark(store, [claim], truth="true")
    assert before == (history.head(store), show.claim_card(store, claim))

    with open_store(str(store.path), "ben") as other:
        assert f"c{claim} true, explanation removed" == review.mark(other, [claim], truth="true").label


@pytest.mark.parametrize("status", ["in review", "not a claim", "waived"])
def test_the_verdict_that_stands_given_again_settles_what_was_left_aside(store: Store, status: str) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="true")
    review.mark(store, [claim], waive="too old") if status == "waived" else review.mark(store, [claim], status=status)
    review.mark(store, [claim], truth="true")

    assert "checked" == show.claim_card(store, claim).row.status


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"source": ""}, "has no source"),
        ({"wording": ""}, "has no wording"),
        ({"explain": ""}, "has no explanation"),
        ({"unflags": ["satire"]}, "has no flag satire"),
        ({"clear": ["truth"]}, "has no truth verdict"),
        ({"status": "open"}, "has the status “open”"),
    ],
)
def test_a_mark_that_changes_nothing_is_refused_in_words_and_stores_nothing(
    store: Store, wanted: dict[str, object], says: str
) -> None:
    claim = _statement(store)
    before = history.head(store)
    with pytest.raises(ConflictError, match=f"nothing to change: c{claim} {says}"):
        review.mark(store, [claim], **wanted)  # type: ignore[arg-type]
    assert before == history.head(store)
    assert 1 == ConflictError.exit_status


def test_an_explanation_that_is_not_there_cannot_be_removed_from_a_verdict(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="true")
    with pytest.raises(ConflictError, match="has no explanation"):
        review.mark(store, [claim], explain="")


def test_the_label_names_only_the_claims_and_things_that_changed(store: Store) -> None:
    quoted, statement = _quoted(store), _statement(store)
    review.mark(store, [quoted], source="Ada Brandt")
    action = review.mark(store, [quoted, statement], source="", unflags=["satire"])

    assert f"c{quoted} source removed" == action.label


def test_a_label_may_be_given_by_its_key_or_name(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="5", attribution="Accurate")
    card = show.claim_card(store, claim)

    assert ("false", "accurate") == (card.row.truth, card.row.attribution)


def test_clearing_the_last_verdict_opens_the_claim_again(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], truth="true", attribution="accurate")
    review.mark(store, [claim], clear=["truth"])
    assert "checked" == show.claim_card(store, claim).row.status
    review.mark(store, [claim], clear=["attribution"])
    assert "open" == show.claim_card(store, claim).row.status


def test_a_statement_has_no_speaker_to_judge(store: Store) -> None:
    with pytest.raises(UsageError, match="own statement"):
        review.mark(store, [_statement(store)], attribution="accurate")


def test_one_action_marks_many_claims_or_none(store: Store) -> None:
    ids = [row.id for row in rows(store)]
    before = state(store)
    with pytest.raises(NotFoundError, match="no claim c999"):
        review.mark(store, [*ids, 999], truth="true")
    assert before == state(store)

    action = review.mark(store, ids, truth="true")
    assert f"{len(ids)} claims true" == action.label
    assert {"true"} == {row.truth for row in rows(store)}
    history.undo(store)
    assert {None} == {row.truth for row in rows(store)}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"truth": "flase"}, "did you mean false"),
        ({"attribution": "true"}, "unknown attribution verdict"),
        ({"flags": ["missing-contxt"]}, "did you mean “missing-context”"),
        ({"status": "done"}, "unknown status"),
        ({"waive": " "}, "needs a reason"),
        ({"status": "waived"}, "needs a reason"),
        ({"explain": "because"}, "no verdict to explain"),
        ({}, "nothing to mark"),
        ({"truth": "true", "clear": ["truth"]}, "both given and cleared"),
        ({"wording": "x" * 3000}, "longer than 2000 characters"),
        ({"source": "Ada Brandt"}, "own statement and has no speaker"),
    ],
)
def test_a_wrong_mark_is_refused_in_words_and_touches_nothing(
    store: Store, wrong: dict[str, object], says: str
) -> None:
    before = state(store)
    with pytest.raises((UsageError, NotFoundError), match=says):
        review.mark(store, [_statement(store)], **wrong)  # type: ignore[arg-type]
    assert before == state(store)


def test_a_second_writer_is_told_what_changed(store: Store) -> None:
    claim = _quoted(store)
    seen = show.claim_card(store, claim).revision
    with open_store(str(store.path), "bob") as other:
        review.mark(other, [claim], truth="true")

    with pytest.raises(ConflictError, match=f"bob did “c{claim} true”"):
        review.mark(store, [claim], truth="false", revision=seen)
    assert "true" == show.claim_card(store, claim).row.truth


def test_only_another_reviewer_approves(store: Store) -> None:
    claim = _quoted(store)
    with pytest.raises(ConflictError, match="no verdict to approve"):
        review.mark(store, [claim], status="approved")
    review.mark(store, [claim], truth="true")
    with pytest.raises(ConflictError, match="another reviewer's"):
        review.mark(store, [claim], status="approved")
    with open_store(str(store.path), "bob") as other:
        review.mark(other, [claim], status="approved")
    assert "approved" == show.claim_card(store, claim).row.status


def test_source_wording_note_flag_and_waiver_are_kept(store: Store) -> None:
    claim = _quoted(store)
    review.mark(store, [claim], source="Ada Brandt", wording="The quay may close.", note="Call her.", flags=["satire"])
    review.mark(store, [claim], waive="not about facts")
    card = show.claim_card(store, claim)

    assert ("Ada Brandt", True) == (card.row.source, card.row.source_confirmed)
    assert ("The quay may close.", ("satire",)) == (card.row.wording, card.row.flags)
    assert ["Call her."] == [note.text for note in card.notes]
    assert ("waived", "not about facts") == (card.row.status, card.waived_because)


def test_a_sentence_is_settled_with_its_claims(store: Store) -> None:
    claim = _statement(store)
    view = show.article_view(store, show.article_of_claim(store, claim))
    touched = [sentence.id for sentence in view.sentences if sentence.claims == (claim,)]
    review.mark(store, [claim], truth="true")
    after = show.article_view(store, view.row.id)

    assert touched
    assert set(touched) <= {sentence.id for sentence in after.sentences if sentence.settled}


def test_evidence_is_a_page_or_a_file_and_a_file_is_kept(store: Store, tmp_path: Path) -> None:
    claim = _quoted(store)
    paper = tmp_path / "minutes.txt"
    paper.write_text("The dues rose by 3 percent.")
    kept, action = evidence.add(store, claim, file=paper, quote="by 3 percent", stance="refutes")
    page, _ = evidence.add(store, claim, url="https://ostwick.example/minutes", confidential=True)

    assert f"e{kept.id} refutes c{claim}: minutes.txt" == action.label
    assert ("minutes.txt", "by 3 percent", "refutes") == (kept.file_name, kept.excerpt, kept.stance)
    assert kept.digest is not None
    assert (None, True) == (page.digest, page.confidential)
    assert 2 == show.claim_card(store, claim).row.evidence_count
    evidence.remove(store, kept.id)
    assert [page] == list(show.claim_card(store, claim).evidence)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/b", "https://", "no address", "http://[::1"])
def test_an_address_that_is_none_is_refused(store: Store, url: str) -> None:
    with pytest.raises(UsageError, match="is not an address"):
        evidence.add(store, _quoted(store), url=url)


def test_a_file_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        evidence.add(store, _quoted(store), file=tmp_path / "absent.pdf")
