"""Transcripts in the store, quotes verified against them, what is kept and what a person answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.store_samples import make_store, rows
from workbench.errors import ConflictError, InputError, NotFoundError, UsageError
from workbench.records import ClaimRow, Verification, VerifiedText
from workbench.services import evidence, history, purging, removal, show, transcripts, verification
from workbench.services.rebuild import rebuild
from workbench.services.store import Store

RECORD = (
    b"ADA BRANDT: Good morning. The quay will be closed until 12 May, and nobody will lose a berth.\n"
    b"OLAF RETH: Thank you, Mayor. Who pays for it?\n"
)


def _quoted(store: Store, words: str) -> ClaimRow:
    return next(row for row in rows(store) if words in row.text)


def _verify(store: Store, words: str) -> Verification:
    row = _quoted(store, words)
    return verification.verify(
        *verification.quote_of(store, row.id), verification.texts_for(store, row.id).texts, row.id
    )


def test_a_transcript_is_stored_with_its_speakers_and_its_copy(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        kept, done = transcripts.add(store, RECORD, name="council", held_at="2026-03-11", title="Council")

        assert ("Council", "2026-03-11", ("ADA BRANDT", "OLAF RETH")) == (kept.title, kept.held_at, kept.speakers)
        assert RECORD.decode() == transcripts.show(store, kept.id)[1]
        assert [kept] == transcripts.rows(store, "RETH")
        assert [] == transcripts.rows(store, "100%")
        assert "transcript add" == done.verb


def test_the_same_text_again_is_refused_and_a_removed_one_comes_back(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        kept, _ = transcripts.add(store, RECORD)
        with pytest.raises(ConflictError):
            transcripts.add(store, RECORD, title="Another")
        removal.remove(store, [("t", kept.id)])
        assert [] == transcripts.rows(store)

        again, _ = transcripts.add(store, RECORD)

        assert kept.id == again.id
        history.undo(store)
        assert [] == transcripts.rows(store)
        with pytest.raises(NotFoundError):
            transcripts.show(store, kept.id)


@pytest.mark.parametrize(
    ("data", "held_at", "error"),
    [(b"", None, InputError), (b"%PDF-1.4", None, InputError), (RECORD, "next week", UsageError)],
)
def test_what_is_no_transcript_is_refused_and_nothing_is_stored(
    tmp_path: Path, data: bytes, held_at: str | None, error: type[Exception]
) -> None:
    with make_store(tmp_path) as store:
        before = history.head(store)
        with pytest.raises(error):
            transcripts.add(store, data, held_at=held_at)

        assert before == history.head(store)


def test_a_claims_quote_is_verified_against_transcripts_and_its_kept_evidence(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        transcripts.add(store, RECORD, title="Council")
        (tmp_path / "letter.txt").write_text("Nobody will lose a berth, the mayor wrote.\n")
        claim = _quoted(store, "lose a berth")
        evidence.add(store, claim.id, file=tmp_path / "letter.txt")

        texts = verification.texts_for(store, claim.id)
        found = _verify(store, "lose a berth")

        assert ["t1", "e1"] == [text.about.id for text in texts.texts]
        assert ("verbatim", (), (1,), ("ADA BRANDT",)) == (
            found.quote_class,
            found.alarms,
            found.lines,
            found.speakers,
        )


def test_a_finding_is_kept_with_the_answer_and_undo_takes_both_back(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        transcripts.add(store, RECORD, title="Council")
        found = _verify(store, "12 May")
        assert ("altered_word", ("hedge",)) == (found.quote_class, found.alarms)
        assert None is verification.suggestion(found)

        kept, _ = verification.keep(store, found, "changed")

        assert ("changed", "ana") == (kept.meaning, kept.answered_by)
        assert (kept,) == show.claim_card(store, kept.claim_id or 0).verifications
        assert "altered-changed-meaning" == (verification.suggestion(kept) or ("",))[0]
        verification.answer(store, kept.id or 0, "same")
        assert "same" == verification.of_claim(store, kept.claim_id or 0)[0].meaning
        history.undo(store)
        assert "changed" == verification.of_claim(store, kept.claim_id or 0)[0].meaning
        history.undo(store)
        assert () == verification.of_claim(store, kept.claim_id or 0)
        history.redo(store)
        assert "changed" == verification.of_claim(store, kept.claim_id or 0)[0].meaning
        assert () == rebuild(store).differing


def test_a_verification_never_gives_a_verdict(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        transcripts.add(store, RECORD)
        found = _verify(store, "lose a berth")

        verification.keep(store, found)

        card = show.claim_card(store, found.claim_id or 0)
        assert (None, None, "open") == (card.truth, card.attribution, card.row.status)


def test_a_claim_without_quotation_marks_names_what_to_do(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        plain = next(row for row in rows(store) if row.kind in ("statement", "indirect"))
        with pytest.raises(UsageError, match="--text"):
            verification.quote_of(store, plain.id)


def test_a_purge_takes_the_words_of_verifications(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        transcripts.add(store, RECORD)
        found = _verify(store, "lose a berth")
        verification.keep(store, found)

        purging.purge(store, _quoted(store, "lose a berth").article_id)

        assert () == verification.of_claim(store, found.claim_id or 0)
        assert history.verify(store).ok


def test_a_finding_that_is_kept_already_takes_the_answer_and_is_not_kept_twice(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        transcripts.add(store, RECORD, name="council")
        found = verification.verify("The quay will be closed until June", "Brandt", verification.texts_for(store).texts)
        claim = rows(store)[0].id
        kept, _ = verification.keep(store, found, claim_id=claim)
        answered, _ = verification.keep(store, found, "changed", claim_id=claim)

        assert (kept.id, "changed") == (answered.id, answered.meaning)
        assert [answered] == list(verification.of_claim(store, claim))
        with pytest.raises(UsageError):
            verification.keep(store, found, claim_id=claim)


def test_where_no_text_was_searched_nothing_is_suggested_and_nothing_kept(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        found = verification.verify("nobody will lose a berth", None, ())

        assert None is verification.suggestion(found)
        with pytest.raises(UsageError):
            verification.keep(store, found, claim_id=rows(store)[0].id)


def test_what_was_said_holds_the_words_at_the_edges_that_were_changed(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        transcripts.add(store, RECORD, name="council")
        texts = verification.texts_for(store).texts
        found = verification.verify("everybody will lose a berth", "Brandt", texts)

        assert "nobody will lose a berth" == found.passage


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Ruiz>Hello", "council"),
        (b"WEBVTT - Second debate\n\n00:01.000 --> 00:02.000\n<v Ana Ruiz>Hello", "Second debate"),
        (b"[00:01] Ana Ruiz\nGood day.\n\n[00:09] Bo Li\nHi.", "council"),
        (RECORD, "council"),
        (b"Sitting of 3 May\n\nANA: Hello.\nBO: Hi.", "Sitting of 3 May"),
    ],
)
def test_a_transcript_is_called_by_its_first_line_only_where_that_is_a_title(
    text: bytes, title: str, tmp_path: Path
) -> None:
    with make_store(tmp_path) as store:
        assert title == transcripts.add(store, text, name="council")[0].title


@pytest.mark.parametrize(
    ("quote", "differing"),
    [
        ("It is final and we can pay", [("is", "isn't"), ("can", "can't")]),
        ("We spent £40 million on filters", [("£40 million", "some £40,000")]),
        ("We have [not] said so", [("[not]", "")]),
    ],
)
def test_a_contraction_or_a_sum_that_was_changed_is_shown_whole(quote: str, differing: list[tuple[str, str]]) -> None:
    record = "ADA: It isn't final and we can't pay. We spent some £40,000 on filters. We have said so.\nBO: Yes.\n"
    text = verification.Text(VerifiedText("record", "0", None), record)
    found = verification.verify(quote, "Ada", [text])

    assert differing == [(step.printed, step.said) for step in found.steps if step.operation != "equal"]
    assert {"negation", "number"} & set(found.alarms)
    assert None is verification.suggestion(found)
