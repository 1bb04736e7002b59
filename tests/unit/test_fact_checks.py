"""Fact-checks in the store: imports, undo, feeds that lose rows, matching, decisions, settings, ClaimReview out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db import checks
from tests.tui.samples import make
from workbench.errors import ConflictError, InputError, UsageError
from workbench.records import ClaimFilter
from workbench.report.lint import lint
from workbench.services import (
    checkdecisions,
    checkimports,
    claimreviews,
    claims,
    history,
    imports,
    lists,
    matching,
    rebuild,
    review,
    settings,
    show,
)
from workbench.services.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(make(tmp_path / "s.db")), "ana") as opened:
        yield opened


def _review(number: int, claim: str, **changed: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://factdesk.example/{number}",
        "datePublished": "2026-03-13",
        "author": {"@type": "Organization", "name": "Fact Desk"},
        "claimReviewed": claim,
        "itemReviewed": {"@type": "Claim", "appearance": {"@type": "CreativeWork", "url": "https://a.example/1"}},
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        **changed,
    }


def _file(folder: Path, value: Any, name: str = "checks.json") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def _feed(*items: dict[str, Any]) -> dict[str, Any]:
    listed = [{"@type": "DataFeedItem", "item": [item]} for item in items]
    return {"@type": "DataFeed", "dataFeedElement": [*listed, {"@type": "DataFeedItem", "item": None}]}


def _claims(store: Store) -> list[str]:
    return [matching.check(store, number).claim for number in range(1, matching.count(store) + 1)]


def test_an_import_is_one_action_that_undo_takes_back_and_the_same_file_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    path = _file(tmp_path, [_review(1, "The mole is safe"), _review(2, "The ferry runs")])
    done = checkimports.import_checks(store, path)
    again = checkimports.import_checks(store, path)

    assert (2, 0, 2, None) == (done.added, again.added, again.same, again.label)
    assert ["The mole is safe", "The ferry runs"] == _claims(store)
    history.undo(store)
    assert 0 == matching.count(store)
    history.redo(store)
    assert 2 == matching.count(store)
    assert () == rebuild.rebuild(store).differing
    assert history.verify(store).ok


def test_a_row_that_vanished_upstream_is_withdrawn_and_no_longer_suggested(store: Store, tmp_path: Path) -> None:
    words = show.claim_card(store, 1).row.text
    checkimports.import_checks(store, _file(tmp_path, _feed(_review(1, words), _review(2, "Elsewhere"))))
    matching.index_few(store)
    assert [1] == [match.check.id for match in matching.match_claim(store, 1).matches]

    checkdecisions.decide(store, 1, 1, "confirmed")
    done = checkimports.import_checks(store, _file(tmp_path, _feed(_review(2, "Elsewhere")), "later.json"))

    (kept,) = matching.match_claim(store, 1).matches
    assert (1, True, "confirmed", words) == (done.withdrawn, kept.check.withdrawn, kept.state, kept.check.claim)
    assert matching.check(store, 1).withdrawn
    assert [] == [match for match in matching.match_claim(store, 2).matches if match.check.id == 1]
    history.undo(store)
    assert not matching.check(store, 1).withdrawn


def test_the_feed_of_another_publisher_withdraws_nothing(store: Store, tmp_path: Path) -> None:
    one, other = (
        _feed(_review(1, "The mole is safe")),
        _feed(_review(2, "The ferry runs", url="https://other.example/2")),
    )
    checkimports.import_checks(store, _file(tmp_path, one, "one.json"))
    done = checkimports.import_checks(store, _file(tmp_path, other, "other.json"))

    assert (1, 0) == (done.added, done.withdrawn)
    again = checkimports.import_checks(store, _file(tmp_path, one, "one.json"))
    assert (1, 0, 0) == (again.same, again.changed, again.withdrawn)


def test_a_feed_that_broke_off_withdraws_nothing(store: Store, tmp_path: Path) -> None:
    checkimports.import_checks(store, _file(tmp_path, _feed(_review(1, "One"), _review(2, "Two"))))
    cut = json.dumps(_feed(_review(1, "One"), _review(3, "Three")))[:-60]
    done = checkimports.import_checks(store, _file(tmp_path, cut, "cut.json"))

    assert (0, 0) == (done.added, done.withdrawn)
    assert done.refused_count > 0


def test_a_reworded_check_is_the_same_check(store: Store, tmp_path: Path) -> None:
    checkimports.import_checks(store, _file(tmp_path, [_review(1, "The mole is safe")]))
    done = checkimports.import_checks(store, _file(tmp_path, [_review(1, "The North Mole is safe")]))

    assert (0, 1) == (done.added, done.changed)
    assert "The North Mole is safe" == matching.check(store, 1).claim


def test_only_wanted_publishers_come_in(store: Store, tmp_path: Path) -> None:
    other = _review(2, "Spam", url="https://spam.example/1")
    path = _file(tmp_path, [_review(1, "The mole is safe"), other])
    settings.change(store, "publishers", "www.FactDesk.example")
    done = imports.import_file(store, path)

    assert ["The mole is safe"] == _claims(store)
    assert "1 of other publishers left out" in done.said


@pytest.mark.parametrize("given", ["", "{", "[]", "<html></html>", '{"@type": "ClaimReview"}', "\x00" * 50, "null"])
def test_a_file_without_a_fact_check_is_refused_and_nothing_is_stored(store: Store, tmp_path: Path, given: str) -> None:
    with pytest.raises(InputError):
        checkimports.import_checks(store, _file(tmp_path, given))

    assert 0 == matching.count(store)


def test_hostile_words_are_stored_as_they_are_and_matched_without_complaint(store: Store, tmp_path: Path) -> None:
    words = 'NEAR("x" OR * \' -- \x1b[31m [/b] </script> \ud800 ' + "a" * 20_000
    checkimports.import_checks(store, _file(tmp_path, [_review(1, words)]))
    matching.index_few(store)

    found, note = matching.answers(store, words, least=0.0)
    assert (1, None) == (len(found), note)
    assert ([], None) == (matching.answers(store, "", least=0.9)[0], note)


def test_without_vectors_words_alone_decide_and_it_is_said(store: Store, tmp_path: Path) -> None:
    checkimports.import_checks(store, _file(tmp_path, [_review(1, show.claim_card(store, 1).row.text)]))
    found, note = matching.answers(store, show.claim_card(store, 1).row.text, least=0.0)

    assert [1] == [check.id for check, *_ in found]
    assert note is not None
    assert "words alone" in note


def test_words_that_nearly_every_check_holds_are_not_looked_up_beside_a_rare_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "MOST_READ", 8)
    told = [_review(n, f"Harbour{' dredger' if n == 7 else ''} number {n}") for n in range(12)]
    checkimports.import_checks(store, _file(tmp_path, told))

    (alone,) = checks.by_text(store.reader, ["harbour", "dredger", "absent"], 5)
    assert "Harbour dredger number 7" == checks.checks(store.reader, [alone])[0]["claim_reviewed"]
    assert 5 == len(checks.by_text(store.reader, ["harbour", "absent"], 5))
    assert {} == checks.by_text(store.reader, ["absent"], 5)


def test_what_a_new_check_means_is_known_to_a_matcher_that_looked_before(store: Store, tmp_path: Path) -> None:
    def suggested() -> list[str]:
        return [check.claim for check, *_ in matching.answers(store, "The ferry runs every day", least=0.0)[0]]

    for number, claim in ((1, "The mole is safe"), (2, "Boats cross daily")):
        checkimports.import_checks(store, _file(tmp_path, [_review(number, claim)]))
        matching.index_few(store)
        assert claim in suggested()


def test_a_decision_is_refused_twice_and_a_rejected_check_is_not_suggested(store: Store, tmp_path: Path) -> None:
    checkimports.import_checks(store, _file(tmp_path, [_review(1, show.claim_card(store, 1).row.text)]))
    checkdecisions.decide(store, 1, 1, "rejected")
    with pytest.raises(ConflictError):
        checkdecisions.decide(store, 1, 1, "rejected")

    assert ["rejected"] == [match.state for match in matching.match_claim(store, 1).matches]
    assert () == rebuild.rebuild(store).differing
    checkdecisions.decide(store, 1, 1, "confirmed")
    assert ["confirmed"] == [match.state for match in show.claim_card(store, 1).fact_checks]


def test_a_claim_that_takes_another_in_takes_over_what_was_decided_on_checks(store: Store, tmp_path: Path) -> None:
    one = next(row.id for row in lists.claim_rows(store, ClaimFilter(), "article") if row.kind == "statement")
    card = show.claim_card(store, one)
    other, _ = claims.split(store, one, card.start + card.row.text.index(" ", len(card.row.text) // 2) + 1)
    checkimports.import_checks(store, _file(tmp_path, [_review(n, f"Check {n}") for n in (1, 2, 3)]))
    checkdecisions.decide(store, one, 1, "rejected")
    checkdecisions.decide(store, other, 1, "confirmed")
    checkdecisions.decide(store, other, 2, "confirmed")

    def decided() -> list[tuple[int, str, str | None]]:
        return [(each.check.id, each.state, each.decided_by) for each in show.claim_card(store, one).fact_checks]

    claims.merge(store, one, other)
    both = [(1, "rejected", "ana"), (2, "confirmed", "ana")]
    assert (both, [(one, "confirmed")]) == (decided(), matching.claims_of(store, 2))
    assert () == rebuild.rebuild(store).differing
    history.undo(store)
    assert (both[:1], [(other, "confirmed")]) == (decided(), matching.claims_of(store, 2))
    history.redo(store)
    assert both == decided()
    assert () == rebuild.rebuild(store).differing


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("home-page", "desk"), ("check-url", "https://desk.example/1"), ("publishers", "not a host"),
        ("truth-scale", "truth-9"), ("language", "english!"), ("colour", "red"), ("desk-name", "x" * 2_000),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(store: Store, name: str, given: str) -> None:
    with pytest.raises(UsageError):
        settings.change(store, name, given)


def test_a_chosen_scale_is_in_use_until_it_is_taken_back(store: Store) -> None:
    settings.change(store, "truth-scale", "truth-4")
    review.mark(store, [1], truth="partly-true")

    assert "Partly true" == show.claim_card(store, 1).truth.label_text  # type: ignore[union-attr]
    assert () == rebuild.rebuild(store).differing
    settings.change(store, "truth-scale", "")
    assert "truth-5" == show.scale(store, "truth").id
    assert "Partly true" == show.claim_card(store, 1).truth.label_text  # type: ignore[union-attr]


def _desk(store: Store) -> None:
    settings.change(store, "desk-name", "The Desk")
    settings.change(store, "home-page", "https://desk.example/")
    settings.change(store, "check-url", "https://desk.example/checks/{article}#{claim}")


def test_claimreview_needs_the_desk(store: Store) -> None:
    with pytest.raises(UsageError, match="desk-name, home-page, check-url"):
        claimreviews.export(store, ClaimFilter())


def test_what_goes_out_holds_before_the_linter_and_comes_in_again(store: Store, tmp_path: Path) -> None:
    _desk(store)
    first, second, third = (row.id for row in lists.claim_rows(store, ClaimFilter(), "article", limit=3))
    review.mark(store, [first], truth="mostly-false", explain="No.", wording="A & B")
    review.mark(store, [second], truth="unproven", explain="Nobody knows.", wording="Nobody knows what happened")
    review.mark(store, [third], truth="false", wording="w" * 75)
    written = claimreviews.export(store, ClaimFilter(), output=tmp_path / "out.json")
    made = {one["url"].rpartition("#")[2]: one for one in json.loads(written.data)}

    assert 2 == written.reviews
    assert [(third, 2)] == [(one.claim_id, len(one.lacks)) for one in written.lacking]
    rating = made[f"claim-{first}"]["reviewRating"]
    assert (2, 1, 5) == (rating["ratingValue"], rating["worstRating"], rating["bestRating"])
    assert "ratingValue" not in made[f"claim-{second}"]["reviewRating"]
    assert [] == [one for one in lint(written.data.decode(), today="9999-01-01").findings if one.level == "error"]
    assert 2 == checkimports.import_checks(store, tmp_path / "out.json").added


def test_a_page_of_checks_is_safe_and_reads_back(store: Store, tmp_path: Path) -> None:
    _desk(store)
    row = lists.claim_rows(store, ClaimFilter(), "article", limit=1)[0]
    nasty = "</script><script>alert(1)</script><!--"
    review.mark(store, [row.id], truth="false", explain=nasty, wording="What was claimed")
    written = claimreviews.export(store, ClaimFilter(), page=True, output=tmp_path / "out.html")

    assert 1 == written.data.lower().count(b"<script")
    assert b"alert(1)</script>" not in written.data
    assert f'id="claim-{row.id}"'.encode() in written.data
    assert b'<a href="https://desk.example/" rel="noopener nofollow">The Desk</a>' in written.data
    assert 1 == checkimports.import_checks(store, tmp_path / "out.html").added


def test_the_invented_case_suggests_its_own_checks_and_not_those_of_another_town(tmp_path: Path) -> None:
    from importlib.resources import as_file, files

    with open_store(str(tmp_path / "k.db"), "ana") as store:
        with as_file(files("seeds") / "marlow-quay" / "factchecks.json") as path:
            checkimports.import_checks(store, path)
        matching.index_few(store)
        answered = {
            claim: [check.id for check, *_ in matching.answers(store, claim)[0]][:1]
            for claim in (
                "the council had known before the storm that the mole was weak, and had received the inspection report",
                "the number of people on short time at 58",
                "the council was warned about the state of the mole as early as October",
                "About 35 calls have been lost since January, most of them to the neighbouring port of Brannock Haven",
            )
        }

    assert [[2], [4], [3], []] == list(answered.values())
